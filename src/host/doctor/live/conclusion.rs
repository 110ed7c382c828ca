//! What the calls have shown, in words, and the line that the configuration needs.

use super::{Live, said::Said, search::Pair};
use crate::{
    host::{
        doctor::{
            book::{Book, Verdict},
            checks::Check,
            place::Place,
        },
        settings::PROFILE,
    },
    wire::json::{Object, quoted},
};

impl Live {
    /// Writes down what was found; the line that the configuration needs, if it needs one.
    pub(in crate::host::doctor) fn conclude(&self, place: &Place, book: &mut Book) -> Option<String> {
        book.looked(Check::LiveCall);
        let Some((found, rest)) = &self.found else {
            book.found(Check::LiveCall, Verdict::Fault, None, self.refused(place.get(PROFILE)));
            return None;
        };
        let mut changes = Vec::new();
        let mut reading = |check, name: &str, is_other: bool, word: &str, problem: &str| {
            book.looked(check);
            if is_other {
                book.found(check, Verdict::Fault, Some(PROFILE), format!("{problem} Set {name} to {word}."));
                changes.push((name.to_owned(), word.to_owned()));
            }
        };
        let certificate = quoted(found.certificate.name());
        let is_other = found.certificate != self.configured.certificate;
        reading(
            Check::LiveCertificate,
            "certificate",
            is_other,
            &certificate,
            "The gateway's key is another form of the certificate.",
        );
        let is_other = found.basic != self.configured.basic;
        reading(
            Check::LiveBasic,
            "basic",
            is_other,
            &quoted(found.basic.name()),
            "The gateway joins client id and secret otherwise.",
        );
        if let Some(sign_query) = rest.sign_query {
            let (is_other, word) =
                (sign_query != self.configured.sign_query, if sign_query { "true" } else { "false" });
            reading(
                Check::LiveSignQuery,
                "signQuery",
                is_other,
                word,
                "The gateway signs a path with its query, or without, the other way.",
            );
        }
        if let Some(empty) = rest.empty_payload {
            let is_other = empty != self.configured.empty_payload;
            reading(
                Check::LiveEmptyPayload,
                "emptyPayload",
                is_other,
                &quoted(empty.name()),
                "The gateway signs a call without a body otherwise.",
            );
        }
        let silent =
            "The gateway's answers do not tell, or the calls did not suffice. The profile's reading stays as it is.";
        for (check, is_known) in
            [(Check::LiveSignQuery, rest.sign_query.is_some()), (Check::LiveEmptyPayload, rest.empty_payload.is_some())]
        {
            if !is_known {
                book.found(check, Verdict::Skipped, None, silent.to_owned());
            }
        }
        (!changes.is_empty()).then(|| profile_line(place.get(PROFILE), &changes))
    }

    fn refused(&self, written: Option<&str>) -> String {
        match &self.stopped {
            Some(Said::Wait) => return String::from("The gateway asks to wait (429). Run it again later."),
            Some(_) => {
                return String::from("The gateway does not answer a signed call, or fails at it. Run it again later.");
            }
            None => {}
        }
        let said = if self.search.is_of_credentials() {
            "The gateway says that it does not know the client, however the credentials are joined. Compare \
             TELL_CLIENT_ID and TELL_CLIENT_SECRET with the portal's."
        } else {
            "The gateway refuses each reading of certificate and credentials that was tried. Compare client id, \
             secret, app and certificate with the portal's, and the clock."
        };
        let line = |pair: Pair| {
            let changes = [("certificate", pair.certificate.name()), ("basic", pair.basic.name())];
            profile_line(written, &changes.map(|(name, word)| (name.to_owned(), quoted(word))))
        };
        match self.search.left().into_iter().map(line).reduce(|one, other| [&one, " or ", &other].concat()) {
            Some(left) => format!("{said} If they are right, set what was not tried, and run it again: {left}"),
            None => said.to_owned(),
        }
    }
}

/// `TELL_PROFILE` with some readings changed, as a line of an env file.
pub(super) fn profile_line(written: Option<&str>, changes: &[(String, String)]) -> String {
    let object = written.and_then(|text| Object::parse(text).ok());
    let is_kept = |name: &str| !changes.iter().any(|(changed, _)| changed == name);
    let kept = object.iter().flat_map(|object| object.members()).filter(|(name, _)| is_kept(name));
    let members = kept
        .map(|(name, value)| (name.to_owned(), value.as_written().to_owned()))
        .chain(changes.iter().cloned())
        .map(|(name, value)| [&quoted(&name), ":", &value].concat())
        .collect::<Vec<_>>();
    [PROFILE, "='{", &members.join(","), "}'"].concat()
}
