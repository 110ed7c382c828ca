#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::panic, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn right() -> Json {
    json!({
        "AccountId": "12345678",
        "PaymentType": "FasterPayment",
        "BeneficiaryName": "Zoë O'Neill & Söhne",
        "SchemeName": "UK.OBIE.SortCodeAccountNumber",
        "BeneficiaryIdentification": "04000412345678",
        "Amount": "10.50",
        "Currency": "GBP",
        "Reference": "Invoice 17",
    })
}

fn with(member: &str, value: impl Into<Json>) -> Json {
    let mut payment = right();
    payment[member] = value.into();
    payment
}

/// The members at fault.
fn wrong(payment: &Json) -> Vec<String> {
    wrong_in(&payment.to_string())
}

fn wrong_in(text: &str) -> Vec<String> {
    match Payment::parse(text.to_owned()) {
        Ok(payment) => {
            assert_eq!(payment.text(), text, "byte for byte");
            Vec::new()
        }
        Err(Error::Payment(faults)) => {
            assert!(faults.iter().all(|fault| fault.problem.ends_with('.')));
            faults.into_iter().map(|fault| fault.setting).collect()
        }
        Err(error) => vec![error.code().to_string()],
    }
}

#[test]
fn pay_1_a_right_payment_is_passed_on_byte_for_byte_with_what_is_not_known() {
    assert_eq!(wrong(&right()), [""; 0]);
    let mut payment = right();
    payment.as_object_mut().unwrap().remove("AccountId");
    payment["Urgency"] = json!({ "is": [1.50, null] });
    assert_eq!(wrong(&payment), [""; 0]);
    let spaced = right().to_string().replace(',', " ,\n ");
    assert_eq!(wrong_in(&spaced), [""; 0]);
}

#[test]
fn pay_1_an_amount_is_a_plain_decimal_above_nothing_and_no_finer_than_its_currency() {
    for amount in ["0.01", "1", "10", "10.5", "10.50", "999999999999999.99", "0.10"] {
        assert_eq!(wrong(&with("Amount", amount)), [""; 0], "{amount}");
    }
    let digits = "1".repeat(40);
    for amount in [
        "1e3",
        "-1",
        "+1",
        "0",
        "0.00",
        "10.999",
        "1,000.00",
        " 1",
        "1 ",
        "١٠",
        "10.10.",
        "10.",
        ".5",
        "01",
        "00.1",
        "",
        "0x1",
        "NaN",
        "10,50",
        "1_000",
        "9999999999999999.999",
        &digits,
    ] {
        assert_eq!(wrong(&with("Amount", amount)), ["Amount"], "{amount:?}");
    }
    for amount in [json!(10), json!(10.5), json!(null), json!(["1"]), json!(true)] {
        assert_eq!(wrong(&with("Amount", amount.clone())), ["Amount"], "{amount}");
    }
    for (currency, amount, is_right) in
        [("JPY", "100", true), ("JPY", "100.0", false), ("KWD", "1.234", true), ("KWD", "1.2345", false)]
    {
        let mut payment = with("Amount", amount);
        payment["Currency"] = currency.into();
        assert_eq!(wrong(&payment).is_empty(), is_right, "{amount} {currency}");
    }
}

#[test]
fn pay_1_a_currency_is_one_of_iso_4217() {
    for currency in ["gbp", "GB", "GBPX", "XXX", "XAU", "ZZZ", "£", ""] {
        assert_eq!(wrong(&with("Currency", currency)), ["Currency"], "{currency}");
    }
    assert_eq!(wrong(&with("Currency", "EUR")), [""; 0]);
}

#[test]
fn pay_1_an_identification_is_of_its_scheme() {
    for identification in ["0400041234567", "040004123456789", "04-00-04 12345678", "0400041234567x", "٠٤٠٠٠٤١٢٣٤٥٦٧٨"]
    {
        let payment = with("BeneficiaryIdentification", identification);
        assert_eq!(wrong(&payment), ["BeneficiaryIdentification"], "{identification}");
    }
    let iban = |text: &str| {
        let mut payment = with("SchemeName", "IBAN");
        payment["BeneficiaryIdentification"] = text.into();
        wrong(&payment)
    };
    // The examples of the IBAN registry (SWIFT).
    for right in
        ["GB29NWBK60161331926819", "DE89370400440532013000", "NO9386011117947", "MT84MALT011000012345MTLCAST001S"]
    {
        assert_eq!(iban(right), [""; 0], "{right}");
    }
    for wrong in [
        "GB28NWBK60161331926819",
        "GB29 NWBK 6016 1331 9268 19",
        "gb29nwbk60161331926819",
        "GB29NWBK6016133192681",
        "XX29NWBK60161331926819",
        "GB29NWBK601613319268190",
        "04000412345678",
        "",
    ] {
        assert_eq!(iban(wrong), ["BeneficiaryIdentification"], "{wrong}");
    }
    for scheme in ["SortCode", "PAN", "UK.OBIE.", "IBAN.x"] {
        assert_eq!(wrong(&with("SchemeName", scheme)), ["SchemeName"], "{scheme}");
    }
}

#[test]
fn pay_1_texts_are_there_short_and_seen_alike_by_everybody() {
    for member in ["BeneficiaryName", "Reference", "PaymentType"] {
        let long = "n".repeat(10 * 1024);
        for text in ["", "  ", "a\nb", "a\0b", "a\u{202e}b", "\u{2066}x\u{2069}", "\u{7f}", "\u{85}", long.as_str()] {
            assert_eq!(wrong(&with(member, text)), [member], "{text:?}");
        }
        let mut payment = right();
        payment.as_object_mut().unwrap().remove(member);
        assert_eq!(wrong(&payment), [member], "missing");
        let surrogate = right().to_string().replacen(&right()[member].to_string(), "\"a\\ud800b\"", 1);
        assert_eq!(wrong_in(&surrogate), [member], "a lone surrogate");
    }
    assert_eq!(wrong(&with("AccountId", "")), ["AccountId"]);
    assert_eq!(wrong(&with("BeneficiaryName", "é".repeat(140))), [""; 0], "characters are counted, not bytes");
}

#[test]
fn pay_1_what_is_no_payment_at_all_is_told_and_every_fault_at_once() {
    let twice = right().to_string().replacen('{', r#"{"Amount":"1.00","#, 1);
    assert_eq!(wrong_in(&twice), ["payment"]);
    for text in ["", "[]", "null", "\"x\"", "{", "7"] {
        assert_eq!(wrong_in(text), ["json_invalid"], "{text}");
    }
    assert_eq!(wrong(&with("Note", "n".repeat(MAX_PAYMENT))), ["too_large"]);
    let all = [
        "PaymentType",
        "BeneficiaryName",
        "SchemeName",
        "BeneficiaryIdentification",
        "Amount",
        "Currency",
        "Reference",
    ];
    assert_eq!(wrong_in("{}"), all);
}

proptest! {
    /// An amount that is taken is one that a payment's reader takes for the same number of pence.
    #[test]
    fn pay_1_an_amount_that_is_taken_is_whole_pence(amount in "[0-9]{0,4}[.,eE+-]{0,1}[0-9]{0,4}") {
        if wrong(&with("Amount", amount.as_str())).is_empty() {
            let (pounds, pence) = amount.split_once('.').unwrap_or((&amount, ""));
            let pence = format!("{pence:0<2}");
            prop_assert!(pence.len() == 2);
            prop_assert!(pounds.parse::<u64>().unwrap() * 100 + pence.parse::<u64>().unwrap() > 0);
        }
    }

    /// One wrong digit of an IBAN never passes (ISO 7064).
    #[test]
    fn pay_1_an_iban_with_one_digit_changed_is_refused(at in 4..22_usize, by in 1..10_u8) {
        let mut iban = b"GB29NWBK60161331926819".to_vec();
        prop_assume!(iban[at].is_ascii_digit());
        iban[at] = b'0' + (iban[at] - b'0' + by) % 10;
        let mut payment = with("SchemeName", "IBAN");
        payment["BeneficiaryIdentification"] = String::from_utf8(iban).unwrap().into();
        prop_assert_eq!(wrong(&payment), ["BeneficiaryIdentification"]);
    }
}
