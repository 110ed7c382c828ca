//! A certificate's text, which is a key byte for byte, and what X.509 says of it.

use super::{
    book::{Book, Verdict},
    checks::Check,
    place::{Place, Setting},
};
use crate::{profile::CertificateReading, wire::within::split_around};
use serde::Deserialize;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// From so many days before its end it is time to have another made.
const SOON_DAYS: i64 = 30;
/// Bits of an RSA key, as authorities ask for.
const RSA_BITS: u32 = 2048;

/// What X.509 says, as the platform reads it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(rename = "X509Facts", rename_all = "camelCase", optional_fields)
)]
pub struct X509 {
    /// Milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub valid_from: i64,
    /// Milliseconds since 1970.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub valid_to: i64,
    /// `rsa`, `ec` or another.
    pub key_type: Option<String>,
    /// Of an RSA key.
    pub key_bits: Option<u32>,
}

/// Looks at a certificate's text; what is to be read as X.509, if there is something.
pub(super) fn check_text(Setting { name, value }: &Setting, place: &Place, book: &mut Book) -> Option<String> {
    let reading = place.profile().certificate;
    let is_der = matches!(reading, CertificateReading::PemBody | CertificateReading::Der);
    let ends_alike = is_der || matches!(reading, CertificateReading::Lf | CertificateReading::CrLf);
    let ends_once = is_der || matches!(reading, CertificateReading::NoFinalNewline | CertificateReading::FinalNewline);
    let has_private_key = value.contains("PRIVATE KEY-----");
    let has_escapes = value.contains("\\n") || value.contains("\\r");
    let problem = "A private key is in it, which nobody may ever be sent. Put the certificate alone here, and make a \
                   new key if this one was uploaded.";
    book.fault_if(Check::CertificatePrivateKey, name, has_private_key, problem);
    let problem = "It begins with a byte order mark, which is a part of the key. Save it as UTF-8 without one.";
    book.fault_if(Check::CertificateMark, name, value.starts_with('\u{feff}'), problem);
    let problem = "It has \\n as two characters in place of a line end. In an env file put it into double quotes; \
                   elsewhere write real line ends.";
    book.fault_if(Check::CertificateEscapes, name, has_escapes, problem);
    let problem =
        "It is more than one certificate. The key is all of the text, so it has to be what was uploaded: is it?";
    book.warning_if(Check::CertificateSingle, name, value.matches(BEGIN).count() > 1, problem);
    if !ends_alike {
        let problem = "Some of its line ends are those of Windows and some are not. The key is its bytes: take it \
                       from the file that was uploaded.";
        book.warning_if(Check::CertificateLineEnds, name, kinds_of_line_ends(value) > 1, problem);
    }
    if !ends_once && !has_escapes && value.contains(END) && !has_private_key {
        let stripped =
            value.strip_suffix("\r\n").or_else(|| value.strip_suffix('\n')).or_else(|| value.strip_suffix('\r'));
        let is_one = stripped.is_some_and(|text| !text.ends_with(['\n', '\r']));
        let problem = "It does not end with exactly one line end, as files do. The key is its bytes: compare it with \
                       the file that was uploaded.";
        book.warning_if(Check::CertificateFinalNewline, name, !is_one, problem);
    }
    let block = block(value);
    if !is_der && let Some((before, _, after)) = &block {
        let is_stray = |text: &str| !text.trim_matches(['\n', '\r', '\u{feff}']).is_empty();
        let has_margin = value.split(['\n', '\r']).any(|line| line.trim() != line);
        let is_stray = is_stray(before) || (!after.contains(BEGIN) && is_stray(after)) || has_margin;
        let problem =
            "Text or white space stands around it or its lines, and is a part of the key. Was it uploaded so?";
        book.warning_if(Check::CertificateStray, name, is_stray && !has_escapes && !has_private_key, problem);
    }
    match block {
        Some((_, block, _)) => Some(block),
        None if has_private_key => None,
        None => {
            unparsed(name, place, book);
            None
        }
    }
}

/// What stands before the first certificate, it, and what stands behind it.
fn block(value: &str) -> Option<(String, String, String)> {
    let text = value.replace("\\r", "").replace("\\n", "\n");
    let (before, rest) = split_around(&text, BEGIN)?;
    let (body, after) = split_around(rest, END)?;
    Some((before.to_owned(), [BEGIN, body, END, "\n"].concat(), after.to_owned()))
}

fn kinds_of_line_ends(text: &str) -> usize {
    let windows = text.matches("\r\n").count();
    let kinds = [windows, text.matches('\n').count() - windows, text.matches('\r').count() - windows];
    kinds.iter().filter(|count| **count > 0).count()
}

fn unparsed(name: &str, place: &Place, book: &mut Book) {
    let problem = "It is no X.509 certificate in PEM. Production verifies it; the sandbox takes any text.";
    book.found(Check::CertificateParses, place.graver(), Some(name), problem.to_owned());
}

/// Looks at what X.509 says of a certificate; nothing, if it could not be read.
pub(super) fn check_facts(name: &str, facts: Option<&X509>, now: i64, place: &Place, book: &mut Book) {
    let Some(facts) = facts else { return unparsed(name, place, book) };
    book.looked(Check::CertificateParses);
    let problem = "It is not valid yet. Wait until it is, or have another made.";
    book.judge(Check::CertificateBegun, name, (facts.valid_from > now).then(|| (place.graver(), problem)));
    book.looked(Check::CertificateExpiry);
    let days = (facts.valid_to - now).div_euclid(DAY_MS);
    if facts.valid_to <= now {
        let problem = format!(
            "It ended {} ago. Have another made and upload it.",
            days_in_words((now - facts.valid_to) / DAY_MS)
        );
        book.found(Check::CertificateExpiry, place.graver(), Some(name), problem);
    } else if days < SOON_DAYS {
        let problem = format!("It ends in {}. Have another made and upload it before.", days_in_words(days));
        book.found(Check::CertificateExpiry, Verdict::Warning, Some(name), problem);
    }
    let is_short = facts.key_type.as_deref() == Some("rsa") && facts.key_bits.is_some_and(|bits| bits < RSA_BITS);
    let problem = "Its RSA key has fewer than 2,048 bits, which no authority signs. Have another made.";
    book.warning_if(Check::CertificateKey, name, is_short, problem);
}

fn days_in_words(days: i64) -> String {
    match days {
        0 => String::from("less than a day"),
        1 => String::from("a day"),
        days => format!("{days} days"),
    }
}
