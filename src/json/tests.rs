#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;
use serde_json::value::RawValue;
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
fn jws_5_reads_64_levels_and_not_one_more() {
    let nested = |open: &str, close: &str, depth: usize| format!("{}0{}", open.repeat(depth), close.repeat(depth));
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
        let levels = open.matches(['[', '{']).count();
        assert_eq!(check(&nested(open, close, MAX_DEPTH / levels)), Ok(()));
        assert_eq!(check(&nested(open, close, MAX_DEPTH / levels + 1)), Err(Error::JsonDepth));
    }
    assert_eq!(check(&"[".repeat(1_000_000)), Err(Error::JsonDepth), "the stack is bounded");
}

#[test]
fn acc_4_members_and_numbers_are_read_as_written() {
    let text =
        r#" { "b" : 1.10, "a":12345678901234567890123, "c":{"x": [1, 2]}, "d":"\u00a3\"", "e":null, "f":true } "#;
    let object = Object::parse(text).unwrap();
    let names: Vec<&str> = object.members().map(|(name, _)| name).collect();
    assert_eq!(names, ["b", "a", "c", "d", "e", "f"]);
    assert_eq!(object.get("b"), Some(Value::Number("1.10")));
    assert_eq!(object.get("a"), Some(Value::Number("12345678901234567890123")));
    assert_eq!(object.u64("a"), None, "no rounding to a number that fits");
    assert_eq!(object.get("c"), Some(Value::Nested(r#"{"x": [1, 2]}"#)));
    assert_eq!(object.str("d").as_deref(), Some("£\""));
    assert_eq!((object.get("e"), object.get("f"), object.get("g")), (Some(Value::Null), Some(Value::Bool(true)), None));
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
fn cfg_1_lists_are_read_item_by_item() {
    assert_eq!(items("[ ]"), Ok(Vec::new()));
    assert_eq!(
        items(r#"[1 ,"a",{"b":[]}]"#),
        Ok(vec![Value::Number("1"), Value::String("a"), Value::Nested(r#"{"b":[]}"#)])
    );
    for text in ["{}", "1", "", "[1", "[1]x", "[1,]"] {
        assert_eq!(items(text), Err(Error::Json), "{text}");
    }
}

#[test]
fn jws_6_writes_members_in_order_without_white_space() {
    let text = Writer::new()
        .str("z", "a\"\\\n\r\t\0\u{1f}\u{7f}£😀/")
        .u64("n", u64::MAX)
        .raw("r", "[1]")
        .when(None::<&str>, |writer, value| writer.str("none", value))
        .when(Some("s"), |writer, value| writer.str("some", value))
        .end();
    let expected =
        concat!(r#"{"z":"a\"\\\n\r\t\u0000\u001f"#, "\u{7f}", r#"£😀/","n":18446744073709551615,"r":[1],"some":"s"}"#);
    assert_eq!(text, expected);
    assert_eq!(Writer::new().end(), "{}");
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
        prop_assert_eq!(items(&text).is_ok(), serde_json::from_str::<Vec<Box<RawValue>>>(&text).is_ok());
    }

    #[test]
    fn acc_4_reads_every_member_as_serde_json_does(
        members in prop::collection::btree_map(any::<String>(), any_value(), 0..6),
    ) {
        let expected = serde_json::Value::Object(members.into_iter().collect());
        let text = serde_json::to_string_pretty(&expected).unwrap();
        let object = Object::parse(&text).unwrap();
        for (name, value) in object.members() {
            match value {
                Value::String(_) => prop_assert!(value.as_str().as_deref() == expected[name].as_str()),
                Value::Number(text) | Value::Nested(text) => {
                    prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(text).unwrap(), &expected[name]);
                }
                Value::Bool(value) => prop_assert_eq!(Some(value), expected[name].as_bool()),
                Value::Null => prop_assert!(expected[name].is_null()),
            }
        }
        prop_assert_eq!(object.members().count(), expected.as_object().unwrap().len());
    }

    #[test]
    fn jws_6_what_is_written_reads_back(name: String, value: String, number: u64) {
        let text = Writer::new().str(&name, &value).u64("number", number).end();
        prop_assert_eq!(check(&text), Ok(()));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read["number"].as_u64(), Some(number));
        if name != "number" {
            prop_assert_eq!(read[&name].as_str(), Some(value.as_str()));
            prop_assert!(Object::parse(&text).unwrap().str(&name).as_deref() == Some(value.as_str()));
        }
    }
}
