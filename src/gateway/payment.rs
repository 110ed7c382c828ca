//! A payment as a TPP states it (`PAY-1`): checked before anything leaves, and passed on byte for byte.

use super::currency::decimals_of;
use crate::{
    Error, Fault,
    wire::json::{Object, Value},
};
use iban::{Iban, IbanLike as _};
use sha2::{Digest as _, Sha256};
use std::{borrow::Cow, fmt};

/// Largest payment, in bytes.
pub const MAX_PAYMENT: usize = 16 * 1024;
/// Digits of an amount (ISO 20022).
const MAX_DIGITS: usize = 18;

/// A checked payment: the JSON text as it was given.
#[derive(Clone, PartialEq, Eq)]
pub struct Payment(String);

/// Without what it says: who is paid how much is nobody's business.
impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment").finish_non_exhaustive()
    }
}

impl Payment {
    /// Checks the JSON text of a payment. Members that are not known are passed on.
    ///
    /// # Errors
    /// [`Error::TooLarge`]; [`Error::Json`] for anything but an object; [`Error::Payment`] with every fault, each naming
    /// its member and no value.
    pub fn parse(text: String) -> Result<Self, Error> {
        if text.len() > MAX_PAYMENT {
            return Err(Error::TooLarge("A payment has 16 KiB at most."));
        }
        let object = Object::parse(&text)?;
        let mut faults = Vec::new();
        if object.has_duplicates() {
            faults.push(fault("payment", "A member stands in it twice."));
        }
        faults.extend(faults_of(&object).into_iter().flatten());
        if faults.is_empty() { Ok(Self(text)) } else { Err(Error::Payment(faults)) }
    }

    /// A payment that was checked before, from its text.
    pub(crate) fn kept(text: String) -> Self {
        Self(text)
    }

    /// The JSON text, as it was given.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The digest of the text: the same payment, byte for byte (`PAY-4`).
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}

fn faults_of(object: &Object<'_>) -> [Option<Fault>; 8] {
    let text = |name, longest| checked(object.get(name), longest).map_err(|problem| fault(name, problem));
    let needed = |name, longest| text(name, longest).and_then(|text| text.ok_or_else(|| fault(name, "It is missing.")));
    let (scheme, currency) = (needed("SchemeName", 70), needed("Currency", 3));
    let identification = needed("BeneficiaryIdentification", 34).and_then(|identification| {
        let problem = scheme.as_ref().ok().and_then(|scheme| problem_of_identification(scheme, &identification));
        problem.map_or(Ok(()), |problem| Err(fault("BeneficiaryIdentification", problem)))
    });
    let decimals = currency.as_ref().ok().map(|currency| decimals_of(currency));
    let amount = needed("Amount", 40).and_then(|amount| {
        let problem = problem_of_amount(&amount, decimals.flatten());
        problem.map_or(Ok(()), |problem| Err(fault("Amount", problem)))
    });
    let no_currency = matches!(decimals, Some(None)).then(|| fault("Currency", "It must be a currency of ISO 4217."));
    let no_scheme = scheme.as_ref().is_ok_and(|scheme| Scheme::of(scheme).is_none());
    let no_scheme = no_scheme.then(|| fault("SchemeName", "It must be SortCodeAccountNumber or IBAN."));
    [
        text("AccountId", 128).err(),
        needed("PaymentType", 35).err(),
        needed("BeneficiaryName", 140).err(),
        scheme.err().or(no_scheme),
        identification.err(),
        amount.err(),
        currency.err().or(no_currency),
        needed("Reference", 35).err(),
    ]
}

fn fault(member: &str, problem: &'static str) -> Fault {
    Fault { setting: member.to_owned(), problem }
}

/// A member's text, if there is one: short enough, and of characters that everybody sees alike.
fn checked<'a>(value: Option<Value<'a>>, longest: usize) -> Result<Option<Cow<'a, str>>, &'static str> {
    let Some(value) = value else { return Ok(None) };
    let text = value.as_str().ok_or("It must be a text.")?;
    if text.trim().is_empty() {
        return Err("It must not be empty.");
    }
    if text.chars().count() > longest {
        return Err("It is too long.");
    }
    if text.chars().any(is_unseen) {
        return Err("It must have no control characters and none that turn the direction of writing.");
    }
    Ok(Some(text))
}

/// Control characters, and those that only change how others are shown (Unicode's `Bidi_Control`).
fn is_unseen(character: char) -> bool {
    let is_bidi = matches!(character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || is_bidi
}

/// How a beneficiary is identified.
enum Scheme {
    SortCodeAccountNumber,
    Iban,
}

impl Scheme {
    /// Reads its name, with or without a prefix (`UK.OBIE.IBAN`).
    fn of(name: &str) -> Option<Self> {
        let name = name.rsplit('.').next().unwrap_or_default();
        if name.eq_ignore_ascii_case("SortCodeAccountNumber") {
            return Some(Self::SortCodeAccountNumber);
        }
        name.eq_ignore_ascii_case("IBAN").then_some(Self::Iban)
    }
}

fn problem_of_identification(scheme: &str, identification: &str) -> Option<&'static str> {
    match Scheme::of(scheme)? {
        Scheme::SortCodeAccountNumber => {
            let is_one = identification.len() == 14 && identification.bytes().all(|byte| byte.is_ascii_digit());
            (!is_one).then_some("It must be sort code and account number: 14 digits.")
        }
        // As it is sent: in capitals and without the spaces that people write.
        Scheme::Iban => {
            let is_one = identification.parse::<Iban>().is_ok_and(|iban| iban.electronic_str() == identification);
            (!is_one).then_some("It must be an IBAN with right check digits, without spaces.")
        }
    }
}

fn problem_of_amount(amount: &str, decimals: Option<usize>) -> Option<&'static str> {
    let (whole, fraction) = amount.split_once('.').map_or((amount, None), |(whole, rest)| (whole, Some(rest)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_digits(whole) && fraction.is_none_or(is_digits) && (whole == "0" || !whole.starts_with('0'));
    if !is_plain {
        return Some("It must be a plain decimal in a text, as \"10.50\".");
    }
    let fraction = fraction.unwrap_or_default();
    if whole.bytes().chain(fraction.bytes()).all(|digit| digit == b'0') {
        return Some("It must be more than nothing.");
    }
    if whole.len() + fraction.len() > MAX_DIGITS {
        return Some("It has too many digits.");
    }
    let is_too_fine = decimals.is_some_and(|decimals| fraction.len() > decimals);
    is_too_fine.then_some("It has more digits behind the point than the currency.")
}

#[cfg(test)]
mod tests;
