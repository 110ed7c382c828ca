//! How a browser came: which of its calls are let in, by what its headers say of where they come from.

use super::members::Members;
use crate::{Code, Error, wire::within::split_around, words::from_words};

/// What a call may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "lowercase"))]
pub enum Door {
    /// Change something: this site's own pages alone.
    Change,
    /// Read what is the customer's: this site's own pages, or what is no browser.
    Read,
    /// Come back from the bank: a person's browser, on its way to a page.
    Return,
}

from_words!(Door, Error::Option("door"), {
    "change" => Self::Change,
    "read" => Self::Read,
    "return" => Self::Return,
});

/// What a browser tells of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Knock {
    /// The HTTP method.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub method: Option<String>,
    /// The origin by which the worker was called.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub own: Option<String>,
    /// The header `Origin`.
    pub origin: Option<String>,
    /// The header `Sec-Fetch-Site`.
    pub site: Option<String>,
    /// The header `Sec-Fetch-Dest`.
    pub destination: Option<String>,
    /// What may tell of a prefetch: the headers `Sec-Purpose`, `Purpose`, `X-Purpose` and `X-Moz`, one after the other.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub purpose: Option<String>,
}

impl From<Members> for Knock {
    fn from(mut members: Members) -> Self {
        let mut text = |name| members.text(name).ok().flatten();
        Self {
            method: text("method"),
            own: text("own"),
            origin: text("origin"),
            site: text("site"),
            destination: text("destination"),
            purpose: text("purpose"),
        }
    }
}

impl Knock {
    /// Why the call is not let in; `None` when it is.
    pub fn refusal(&self, door: Door) -> Option<Code> {
        let is_same_site = self.site.as_deref().is_none_or(|site| site == "same-origin");
        match door {
            Door::Return => self.looks_ahead().then_some(Code::TooEarly),
            Door::Read => (!is_same_site).then_some(Code::OriginMismatch),
            Door::Change if self.origin.is_none() && self.site.is_none() => Some(Code::OriginRequired),
            Door::Change => {
                let is_same_origin = self.origin.is_none() || self.origin == self.own;
                (!is_same_site || !is_same_origin).then_some(Code::OriginMismatch)
            }
        }
    }

    /// Whether it only looks ahead, and must spend nothing (`RED-4`): it is no GET, says so, or asks for what is no page.
    fn looks_ahead(&self) -> bool {
        let purpose = self.purpose.as_deref().unwrap_or_default().to_ascii_lowercase();
        self.method.as_deref() != Some("GET")
            || self.destination.as_deref().is_some_and(|destination| destination != "document")
            || ["prefetch", "prerender", "preview"].iter().any(|ahead| split_around(&purpose, ahead).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn get() -> Knock {
        Knock { method: text("GET"), own: text("https://tpp.example"), ..Knock::default() }
    }

    #[test]
    fn red_4_whoever_only_looks_ahead_spends_no_code() {
        let by = |purpose: &str| Knock { purpose: text(purpose), ..get() };
        let knocks = [
            Knock { method: text("HEAD"), ..get() },
            Knock::default(),
            by("prefetch;prerender"),
            by("Prefetch"),
            by("prerender"),
            by("preview"),
            Knock { destination: text("image"), ..get() },
            Knock { destination: text("iframe"), ..get() },
            Knock { destination: text("empty"), ..get() },
        ];
        for knock in knocks {
            assert_eq!(knock.refusal(Door::Return), Some(Code::TooEarly), "{knock:?}");
        }
        let bank = Knock { site: text("cross-site"), destination: text("document"), ..get() };
        for knock in [get(), bank] {
            assert_eq!(knock.refusal(Door::Return), None, "{knock:?}");
        }
    }

    #[test]
    fn err_2_a_foreign_site_neither_changes_nor_reads_anything() {
        for site in ["cross-site", "same-site", "none", "", "Same-Origin"] {
            let foreign = Knock { site: text(site), ..get() };
            assert_eq!(foreign.refusal(Door::Read), Some(Code::OriginMismatch), "{site}");
            assert_eq!(foreign.refusal(Door::Change), Some(Code::OriginMismatch), "{site}");
            let claims = Knock { origin: text("https://tpp.example"), ..foreign };
            assert_eq!(claims.refusal(Door::Change), Some(Code::OriginMismatch), "{site}");
        }
        let own = Knock { site: text("same-origin"), origin: text("https://tpp.example"), ..get() };
        assert_eq!([own.refusal(Door::Read), own.refusal(Door::Change)], [None, None]);
        let other = Knock { origin: text("https://tpp.example.evil"), ..own };
        assert_eq!(other.refusal(Door::Change), Some(Code::OriginMismatch));
    }

    #[test]
    fn err_2_what_is_no_browser_may_read_and_has_to_name_an_origin_to_change() {
        assert_eq!(get().refusal(Door::Read), None);
        assert_eq!(get().refusal(Door::Change), Some(Code::OriginRequired));
    }
}
