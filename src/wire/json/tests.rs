#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What another implementation says, without its limits on the size of numbers and on lone surrogates.
fn serde_accepts(text: &str) -> bool {
    serde_json::from_str::<Box<RawValue>>(text).is_ok()
}

#[test]
fn jws_5_takes_every_form_of_rfc_8259() {
    let lines = r#"
        {}
        []
        ""
        0
        -0
        -0.0e-0
        1E+9
        12.50
        true
        false
        null
        [ {"a" : [{"b":[]}, 1, "x"] } , {} ]
        {"a":1,"a":2}
        "\" \\ \/ \b \f \n \r \t \u00A3 \uD83D\uDE00 \ud800"
    "#;
    let others = [" \t\r\n{ } \n", "\"\u{7f} £ 😀 \u{2028}\""];
    for text in lines.trim().lines().chain(others) {
        assert_eq!(check(text), Ok(()), "{text}");
        assert!(serde_accepts(text), "{text}");
    }
}

#[test]
fn jws_5_refuses_what_is_not_json() {
    let words = "{ } [1,] [,1] {\"a\":1,} {a:1} {'a':1} {\"a\"1} {\"a\":} 01 - +1 .5 1. 1e 1e+ 0x1 NaN Infinity \
                 undefined True nul nulll \" \"\\x\" \"\\u12\" \"\\u12g4\" {}{} [1]] //x tr£e \u{feff}{} {\u{a0}}";
    let others = ["", " ", "1 2", "\"\n\"", "\"\t\"", "\"\0\""];
    for text in words.split(' ').chain(others) {
        assert_eq!(check(text), Err(Error::Json), "{text:?}");
        assert!(!serde_accepts(text), "{text:?}");
    }
}

#[test]
fn jws_5_reads_json_however_deep_without_a_deep_stack() {
    const DEPTH: usize = 1_000_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
        assert_eq!(check(&format!("{}0{}", open.repeat(DEPTH), close.repeat(DEPTH))), Ok(()));
        assert_eq!(check(&open.repeat(DEPTH)), Err(Error::Json));
        let member = format!(r#"{{"access_token":"a","deep":{}0{}}}"#, open.repeat(DEPTH), close.repeat(DEPTH));
        assert_eq!(Object::parse(&member).unwrap().str("access_token").as_deref(), Some("a"));
    }
}

#[test]
fn acc_4_members_and_numbers_are_read_as_written() {
    let text =
        r#" { "b" : 1.10, "a":12345678901234567890123, "c":{"x": [1, 2]}, "d":"\u00a3\"", "e":null, "f":true } "#;
    let object = Object::parse(text).unwrap();
    let names: Vec<&str> = object.members().map(|(name, _)| name).collect();
    assert_eq!(names, ["b", "a", "c", "d", "e", "f"]);
    let written = ["1.10", "12345678901234567890123", r#"{"x": [1, 2]}"#, r#""\u00a3\"""#, "null", "true"];
    assert!(object.members().map(|(_, value)| value.as_written()).eq(written));
    assert_eq!(object.get("a").unwrap().as_u64(), None, "no rounding to a number that fits");
    assert_eq!(object.str("d").as_deref(), Some("£\""));
    assert!(object.get("g").is_none());
}

#[test]
fn jws_9_a_member_written_twice_is_seen_through_its_escapes() {
    assert!(Object::parse(r#"{"alg":1,"\u0061lg":2}"#).unwrap().has_duplicates());
    assert!(!Object::parse(r#"{"alg":1,"ALG":2,"nested":{"alg":3}}"#).unwrap().has_duplicates());
}

#[test]
fn err_1_lone_surrogates_are_no_text() {
    for text in [r#"{"a":"\ud800"}"#, r#"{"a":"\udc00"}"#, r#"{"a":"\ud800\u0041"}"#, r#"{"a":"\ud83dx"}"#] {
        assert_eq!(Object::parse(text).unwrap().str("a"), None, "{text}");
    }
    assert_eq!(Object::parse(r#"{"\ud800":1}"#).err(), Some(Error::Json));
    assert_eq!(Object::parse(r#"{"a":"\ud83d\ude00"}"#).unwrap().str("a").as_deref(), Some("😀"));
}

#[test]
fn tok_4_lists_are_read_item_by_item() {
    let items = |text: &str| {
        let text = format!(r#"{{"list":{text}}}"#);
        let items = Object::parse(&text).unwrap().get("list").unwrap().items()?;
        Some(items.into_iter().map(|item| item.as_written().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(items("[ ]"), Some(vec![]));
    assert_eq!(items(r#"[1 ,"a",{"b":[]}]"#), Some(["1", r#""a""#, r#"{"b":[]}"#].map(String::from).into()));
    for text in ["{}", "1", "\"[]\"", "null"] {
        assert_eq!(items(text), None, "{text}");
    }
}

/// Texts near JSON: its own characters in any order, which random text hardly ever is.
fn nearly_json() -> impl Strategy<Value = String> {
    let tokens = "{ } [ ] , : \" \\ \\u d83d \\ude00 0 1 - . e + true null \"a\" £ \u{1} \"a\":1 [] {} \n";
    let token = prop::sample::select(tokens.split(' ').chain([" "]).collect::<Vec<_>>());
    prop::collection::vec(token, 0..12).prop_map(|tokens| tokens.concat())
}

fn any_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<i32>().prop_map(|number| (f64::from(number) / 4.0).into()),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn jws_5_agrees_with_serde_json_on_what_is_json(text in prop_oneof![any::<String>(), nearly_json()]) {
        prop_assert_eq!(check(&text).is_ok(), serde_accepts(&text));
        let object = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(&text);
        prop_assert_eq!(Object::parse(&text).is_ok(), object.is_ok());
    }

    #[test]
    fn acc_4_reads_every_member_as_serde_json_does(
        members in prop::collection::btree_map(any::<String>(), any_value(), 0..6),
    ) {
        let expected = serde_json::Value::Object(members.into_iter().collect());
        let text = serde_json::to_string_pretty(&expected).unwrap();
        let object = Object::parse(&text).unwrap();
        for (name, value) in object.members() {
            let read: serde_json::Value = serde_json::from_str(value.as_written()).unwrap();
            prop_assert_eq!(&read, &expected[name]);
            prop_assert!(value.as_str().as_deref() == expected[name].as_str());
        }
        prop_assert_eq!(object.members().count(), expected.as_object().unwrap().len());
    }
}
