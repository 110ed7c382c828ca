#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use crate::{
    Error,
    profile::ACCOUNT_RESOURCES,
    wire::json::{Object, Value},
};
use proptest::prelude::*;

fn money(value: &str, currency: &str) -> Money {
    Money { value: value.to_owned(), currency: Some(currency.to_owned()) }
}

fn one<T>(read: Result<Vec<T>, Error>) -> T {
    let mut rows = read.unwrap();
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

#[test]
fn acc_5_both_shapes_of_a_transaction_are_one_view() {
    let flat = r#"{"Transactions":[{"TransactionId":"t1","BookingDateTime":"2026-03-02","Amount":"3.40","Currency":"GBP",
        "Status":"Booked","CreditDebit":"Debit","Code":"CCRD","SubCode":"POSD","CreditorSchemeName":"S",
        "CreditorName":"Ada","CreditorIdentification":"01","TransactionInformation":"PRET","CardSchemeName":"VISA",
        "CardIdentification":"4321","MerchantCategoryCode":"5814","MerchantName":"Pret"}]}"#;
    let obie = r#"{"Data":{"Transaction":[{"TransactionId":"t1","BookingDateTime":"2026-03-02",
        "Amount":{"Amount":"3.40","Currency":"GBP"},"Status":"Booked","CreditDebitIndicator":"Debit",
        "BankTransactionCode":{"Code":"CCRD","SubCode":"POSD"},
        "CreditorAccount":{"SchemeName":"S","Name":"Ada","Identification":"01"},"TransactionInformation":"PRET",
        "CardInstrument":{"CardSchemeName":"VISA","Identification":"4321"},
        "MerchantDetails":{"MerchantCategoryCode":"5814","MerchantName":"Pret"}}]},"Links":{},"Meta":{}}"#;
    let (flat, obie) = (one(transactions(flat)), one(transactions(obie)));
    assert_eq!(flat.amount, Some(money("-3.40", "GBP")));
    assert_eq!(flat.rest, r#"{"Amount":"3.40","Currency":"GBP","CreditDebit":"Debit"}"#);
    assert!(obie.rest.contains(r#""CreditorAccount":{"SchemeName":"S","Name":"Ada","Identification":"01"}"#));
    assert_eq!(Transaction { rest: String::new(), ..obie }, Transaction { rest: String::new(), ..flat });
}

#[test]
fn acc_5_every_resource_is_read_flat_and_wrapped() {
    let flat = r#"{"Accounts":[{"AccountId":"1","Identification":"0102","SchemeName":"S","Nickname":"Bills"}]}"#;
    let obie = r#"{"Data":{"Account":[{"AccountId":"1","Nickname":"Bills",
        "Account":[{"SchemeName":"S","Identification":"0102","Name":"Ada"}]}]}}"#;
    for account in [
        one(accounts(flat)),
        one(accounts(obie)),
        one(accounts(r#"{"AccountId":"1","Nickname":"Bills","Account":{"SchemeName":"S","Identification":"0102"}}"#)),
    ] {
        assert_eq!(
            [account.account_id, account.nickname, account.identification, account.scheme_name],
            ["1", "Bills", "0102", "S"].map(|text| Some(text.to_owned()))
        );
    }

    for text in [
        r#"{"Amount":"10.10","Currency":"GBP","CreditDebit":"Debit"}"#,
        r#"{"Balance":{"Amount":10.10,"Currency":"GBP","CreditDebit":"DR"}}"#,
        r#"{"Balances":[{"Amount":"-10.10","Currency":"GBP"}]}"#,
        r#"{"Data":{"Balance":[{"Amount":{"Amount":"10.10","Currency":"GBP"},"CreditDebitIndicator":"DBIT"}]}}"#,
        r#"{"Data":{"Amount":{"Amount":"10.10","Currency":"GBP"},"CreditDebitIndicator":"debit"}}"#,
        r#"[{"Amount":{"Amount":-10.10,"Currency":"GBP"},"CreditDebit":"Debit"}]"#,
    ] {
        assert_eq!(one(balances(text)).amount, Some(money("-10.10", "GBP")), "{text}");
    }

    for text in [
        r#"{"Beneficiaries":[{"BeneficiaryId":"b","Name":"Ada","Identification":"01","SchemeName":"S","Reference":"rent"}]}"#,
        r#"{"Data":{"Beneficiary":[{"BeneficiaryId":"b","Reference":"rent",
            "CreditorAccount":{"Name":"Ada","Identification":"01","SchemeName":"S"}}]}}"#,
    ] {
        let read = one(beneficiaries(text));
        let members = [read.beneficiary_id, read.name, read.identification, read.scheme_name, read.reference];
        assert_eq!(members, ["b", "Ada", "01", "S", "rent"].map(|text| Some(text.to_owned())));
    }

    let debit = one(direct_debits(
        r#"{"Data":{"DirectDebit":[{"DirectDebitId":"d","DirectDebitStatusCode":"Active","Name":"Gym",
            "PreviousPaymentAmount":{"Amount":"29.50","Currency":"GBP"}}]}}"#,
    ));
    assert_eq!((debit.status.as_deref(), debit.name.as_deref()), (Some("Active"), Some("Gym")));
    assert_eq!(debit.previous_payment_amount, Some(money("29.50", "GBP")));

    let order = one(standing_orders(
        r#"{"StandingOrders":[{"StandingOrderId":"s","NextPaymentAmount":{"Amount":"450.00","Currency":"GBP"},
            "FinalPaymentAmount":{"Amount":"1.00","Currency":"GBP"},"CreditorAccount":{"Name":"Saver"}}]}"#,
    ));
    assert_eq!(order.amount, Some(money("450.00", "GBP")));
    assert_eq!(order.final_payment_amount, Some(money("1.00", "GBP")));
    assert_eq!(order.name.as_deref(), Some("Saver"));

    for text in [
        r#"{"ScheduledPayments":[{"ScheduledPaymentId":"p","Amount":"42.50","Currency":"GBP","Name":"Kit"}]}"#,
        r#"{"Data":{"ScheduledPayment":[{"ScheduledPaymentId":"p","InstructedAmount":{"Amount":"42.50","Currency":"GBP"},
            "CreditorAccount":{"Name":"Kit"}}]}}"#,
    ] {
        let read = one(scheduled_payments(text));
        assert_eq!((read.amount, read.name.as_deref()), (Some(money("42.50", "GBP")), Some("Kit")));
    }

    for text in [
        r#"{"ProductName":"Saver","ProductId":"x"}"#,
        r#"{"Data":{"Product":[{"ProductName":"Saver","ProductId":"x"}]}}"#,
    ] {
        assert_eq!(one(product(text)).product_name.as_deref(), Some("Saver"));
    }
}

#[test]
fn acc_4_numbers_stay_as_they_were_written() {
    for (written, credit, debit) in [
        ("10.10", "10.10", "-10.10"),
        ("1E400", "1E400", "-1E400"),
        ("12345678901234567890", "12345678901234567890", "-12345678901234567890"),
        ("0.10e-2", "0.10e-2", "-0.10e-2"),
        ("0.00", "0.00", "0.00"),
        ("\"007.50\"", "007.50", "-007.50"),
        ("\"+1.5\"", "1.5", "-1.5"),
    ] {
        for (direction, value) in [("Credit", credit), ("Debit", debit)] {
            let text = format!(r#"{{"Amount":{written},"Currency":"GBP","CreditDebit":"{direction}","X":{written}}}"#);
            let balance = one(balances(&text));
            assert_eq!(balance.amount, Some(money(value, "GBP")), "{text}");
            assert!(balance.rest.contains(&format!("\"X\":{written}")), "{}", balance.rest);
        }
    }
}

#[test]
fn acc_4_a_member_that_cannot_be_read_stays_and_costs_no_row() {
    let text = r#"{"Transactions":[7,null,{"TransactionId":5,"Status":["Booked"],"BookingDateTime":null,"Amount":"1,000.00",
        "MerchantName":"\ud800","TransactionInformation":"a\u0000b","TransactionInformation":"again"},
        {"Amount":"-5","CreditDebit":"Credit"},{"Amount":"5","CreditDebit":"sideways"},
        {"Amount":{"Currency":"GBP"}},{"Amount":""},{"Amount":"."},{"Amount":"5."},{"Amount":"1e99999999999999999999"}]}"#;
    let read = transactions(text).unwrap();
    assert_eq!(read.len(), 10);
    assert_eq!((read[0].rest.as_str(), read[1].rest.as_str()), ("7", "null"));
    assert_eq!(read[2].transaction_id.as_deref(), Some("5"));
    assert_eq!(read[2].transaction_information.as_deref(), Some("a\0b"));
    assert_eq!(
        read[2].rest,
        r#"{"TransactionId":5,"Status":["Booked"],"BookingDateTime":null,"Amount":"1,000.00","MerchantName":"\ud800","TransactionInformation":"again"}"#
    );
    assert!(read.iter().all(|row| row.amount.is_none()));
    let names = |row: &Transaction| [row.status.clone(), row.booking_date_time.clone(), row.merchant_name.clone()];
    assert!(read.iter().flat_map(names).all(|member| member.is_none()));
}

#[test]
fn acc_5_what_has_no_such_list_says_so() {
    for text in ["", "{", "[1,]", "\u{feff}[]"] {
        assert_eq!(accounts(text), Err(Error::Json), "{text:?}");
        assert_eq!(next_page(text), Err(Error::Json), "{text:?}");
    }
    for text in ["7", "null", "{}", r#"{"Data":null}"#, r#"{"Balances":[]}"#, r#"{"Accounts":7}"#, r#"{"error":"no"}"#]
    {
        assert_eq!(accounts(text), Err(Error::List), "{text}");
    }
    assert_eq!(accounts(r#"{"Data":{},"Accounts":[]}"#), Ok(vec![]));
    assert_eq!(accounts(&" ".repeat(MAX_VIEWED + 1)).unwrap_err().code().as_str(), "too_large");
    let many = format!("[{}0]", "0,".repeat(MAX_ROWS));
    assert_eq!(accounts(&many).unwrap_err().code().as_str(), "too_large");
}

#[test]
fn acc_5_the_next_page_is_a_url_or_a_path() {
    let next = |link: &str| next_page(&format!(r#"{{"Data":{{}},"Links":{{"Self":"/a","Next":{link}}}}}"#)).unwrap();
    for link in ["/accounts/1/transactions?page=2", "https://bank.example/v1/accounts?page=2", "http://localhost/a"] {
        assert_eq!(next(&format!("\"{link}\"")).as_deref(), Some(link));
    }
    for link in [
        "null",
        "\"\"",
        "7",
        "\"//evil.example/\"",
        "\"javascript:alert(1)\"",
        "\"page=2\"",
        "\"https://\"",
        "\"/a b\"",
        "\"/a\\nb\"",
        "\"/\\\\evil\"",
        "\"/é\"",
    ] {
        assert_eq!(next(link), None, "{link}");
    }
    assert_eq!(next(&format!("\"/{}\"", "a".repeat(16 * 1024))), None);
    for text in ["[]", "7", "{}", r#"{"Links":null}"#, r#"{"Links":[]}"#, r#"{"Links":{"Self":"/"}}"#] {
        assert_eq!(next_page(text), Ok(None), "{text}");
    }
}

#[test]
fn acc_4_a_view_names_its_texts_as_the_flat_lists_do_in_camel_case() {
    for (kind, read) in KINDS {
        for own in texts(kind) {
            let text = format!(r#"[{{"{own}":"it"}}]"#);
            assert_eq!(json(&text, kind).unwrap(), format!(r#"[{{"{}":"it","rest":"{{}}"}}]"#, camel(own)));
            assert_eq!(json(&text, kind).unwrap(), read(&text), "the view is what is written of it");
        }
    }
}

/// A list as serde writes it.
type Read = fn(&str) -> String;

const KINDS: [(&Kind, Read); 8] = [
    (&kinds::ACCOUNTS, |text| serde_json::to_string(&accounts(text).unwrap()).unwrap()),
    (&kinds::BALANCES, |text| serde_json::to_string(&balances(text).unwrap()).unwrap()),
    (&kinds::TRANSACTIONS, |text| serde_json::to_string(&transactions(text).unwrap()).unwrap()),
    (&kinds::BENEFICIARIES, |text| serde_json::to_string(&beneficiaries(text).unwrap()).unwrap()),
    (&kinds::DIRECT_DEBITS, |text| serde_json::to_string(&direct_debits(text).unwrap()).unwrap()),
    (&kinds::STANDING_ORDERS, |text| serde_json::to_string(&standing_orders(text).unwrap()).unwrap()),
    (&kinds::SCHEDULED_PAYMENTS, |text| serde_json::to_string(&scheduled_payments(text).unwrap()).unwrap()),
    (&kinds::PRODUCT, |text| serde_json::to_string(&product(text).unwrap()).unwrap()),
];

/// The names that a text is held to the letter under.
fn texts(kind: &Kind) -> impl Iterator<Item = &'static str> {
    kind.members.iter().filter_map(|member| match member {
        fields::Member::Text(names) => names.first().copied(),
        fields::Member::Money(_) => None,
    })
}

/// `AccountId` as `accountId`.
fn camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// A value of JSON, as text.
fn value() -> impl Strategy<Value = String> {
    const SCALARS: &[&str] = &[
        "null",
        "true",
        "1",
        "-0",
        "10.10",
        "1E400",
        "12345678901234567890",
        "\"\"",
        "\"GBP\"",
        "\"-3.40\"",
        "\"Debit\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\u00e9\"",
        "[]",
        "{}",
        "[[],{}]",
    ];
    let leaf = prop_oneof![
        prop::sample::select(SCALARS).prop_map(str::to_owned),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec((name(), inner.clone()), 0..4).prop_map(|members| object(&members)),
            prop::collection::vec(inner, 0..3).prop_map(|items| format!("[{}]", items.join(" , "))),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let names = ["Amount", "Currency", "CreditDebit", "CreditDebitIndicator", "Name", "CreditorAccount", "Other", ""];
    let own: Vec<String> = texts(&kinds::TRANSACTIONS).chain(names).map(str::to_owned).collect();
    prop_oneof![4 => prop::sample::select(own), 1 => any::<String>()]
}

fn object(members: &[(String, String)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("{}: {value}", serde_json::to_string(name).unwrap())).collect();
    format!("{{ {} }}", members.join(","))
}

proptest! {
    #[test]
    fn acc_4_every_member_is_in_the_view_to_the_letter_or_in_the_rest(
        members in prop::collection::vec((name(), value()), 0..12),
    ) {
        let text = format!("[{}]", object(&members));
        for (kind, read) in KINDS {
            prop_assert_eq!(json(&text, kind).unwrap(), read(&text), "the view is what is written of it");
        }
        let again = super::written(&json(&text, &kinds::TRANSACTIONS).unwrap()).unwrap();
        let view = one(transactions(&text));
        prop_assert_eq!(&again, &[Transaction { rest: String::new(), ..view.clone() }]);
        let written = serde_json::to_string(&view).unwrap();
        let held = Object::parse(&written).unwrap();
        let rest = Object::parse(&view.rest).unwrap();
        let mut rest = rest.members().peekable();
        for (name, value) in &members {
            if rest.next_if(|(other, as_written)| other == name && as_written.as_written() == value).is_some() {
                continue;
            }
            let text = Value::parse(value).unwrap().as_str().unwrap().into_owned();
            let own = held.str(&camel(name)).unwrap_or_default().into_owned();
            prop_assert!(own == text, "{} is lost", name);
        }
        prop_assert!(rest.next().is_none(), "nothing is added");
    }

    #[test]
    fn acc_4_any_text_gives_a_list_or_an_error(text in any::<String>(), value in value()) {
        for text in [text, value] {
            let _ = (accounts(&text), balances(&text), transactions(&text), product(&text), next_page(&text));
        }
    }
}

#[test]
fn acc_3_each_resource_has_its_view_and_no_other_path_has_one() {
    let kinds: Vec<_> = ACCOUNT_RESOURCES.iter().map(|name| kind_of(&format!("/accounts/1/{name}?page=2"))).collect();
    assert!(kinds.iter().all(Option::is_some));
    let is_one = |path: &str| std::ptr::eq(kind_of(path).unwrap(), &kinds::ACCOUNTS);
    assert!(is_one("/accounts") && is_one("/accounts/1"));
    for path in ["", "/", "/payments", "/accounts/1/statements", "/accounts/1/transactions/2", "accounts"] {
        assert!(kind_of(path).is_none(), "{path}");
    }
}
