#![allow(clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use crate::wire::json;
use proptest::prelude::*;

fn streamed(bytes: &[u8], sizes: &[usize]) -> bool {
    let (mut stream, mut rest) = (JsonStream::default(), bytes);
    for size in sizes.iter().cycle() {
        let (chunk, others) = rest.split_at(rest.len().min(*size));
        stream.take(chunk);
        rest = others;
        if rest.is_empty() {
            break;
        }
    }
    stream.is_whole()
}

/// The check of a whole text in memory.
fn checked(bytes: &[u8]) -> bool {
    bytes.is_empty() || std::str::from_utf8(bytes).is_ok_and(|text| json::check(text).is_ok())
}

/// JSON, and what is nearly JSON, down to broken characters.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop::sample::select(vec![
        "0",
        "-0",
        "12",
        "-1.50",
        "1e9",
        "0.1E-2",
        "1E+0",
        "true",
        "false",
        "null",
        "\"\"",
        "\"a\"",
        "\"\\u00e9\\n\"",
        "\"\u{7f}\u{e9}\u{20ac}\u{1f600}\\ud800\"",
        " 1 ",
        "\t\"x\"\r\n",
    ]);
    let json = leaf.prop_map(str::to_owned).prop_recursive(6, 60, 5, |inner| {
        let item = inner.clone();
        prop_oneof![
            prop::collection::vec(item, 0..5).prop_map(|items| format!("[{}]", items.join(" ,"))),
            prop::collection::vec(inner, 0..5).prop_map(|items| {
                let members: Vec<String> = items.iter().map(|item| format!(" \"n\\\"\" :{item}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    });
    let changed = (json.clone(), any::<prop::sample::Index>(), any::<u8>(), 0..4).prop_map(|(text, at, byte, how)| {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            2 => drop(bytes.remove(at)),
            _ => bytes.truncate(at),
        }
        bytes
    });
    let tokens = prop::sample::select(
        "{ } [ ] , : \" \\ \\u 00e9 0 1 - . e E + true nul null \u{e9} \u{20ac} \u{1f600} \u{feff} \u{1}"
            .split(' ')
            .chain([" ", "\n"])
            .map(|token| token.as_bytes().to_vec())
            .chain([vec![0xff], vec![0x80], vec![0xc0, 0x80], vec![0xed, 0xa0, 0x80], vec![0xf4, 0x90, 0x80, 0x80]])
            .collect::<Vec<_>>(),
    );
    prop_oneof![
        json.prop_map(String::into_bytes),
        changed,
        prop::collection::vec(tokens, 0..10).prop_map(|tokens| tokens.concat()),
        prop::collection::vec(any::<u8>(), 0..8).prop_map(|bytes| [&b"\""[..], &bytes, b"\""].concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn acc_7_the_verdict_is_that_of_the_whole_text_however_it_is_cut(
        bytes in bytes(), sizes in prop::collection::vec(1_usize..6, 1..5),
    ) {
        let expected = checked(&bytes);
        prop_assert_eq!(streamed(&bytes, &[usize::MAX]), expected);
        prop_assert_eq!(streamed(&bytes, &[1]), expected);
        prop_assert_eq!(streamed(&bytes, &sizes), expected);
    }
}

#[test]
fn acc_7_every_short_text_of_the_bytes_that_matter_gets_the_same_verdict() {
    let alphabet = b"{}[],:\"\\u0-1.e+tn \x1f\x7f\x80\xc3\xff";
    let mut texts: Vec<Vec<u8>> = vec![vec![]];
    for _ in 0..4 {
        texts = texts.iter().flat_map(|text| alphabet.iter().map(|byte| [&text[..], &[*byte]].concat())).collect();
        for text in &texts {
            assert_eq!(streamed(text, &[1]), checked(text), "{text:?}");
        }
    }
}

#[test]
fn acc_7_every_character_is_taken_in_a_string_and_no_other_sequence_of_bytes() {
    for character in
        ('\u{80}'..=char::MAX).step_by(97).chain(['\u{7ff}', '\u{800}', '\u{d7ff}', '\u{e000}', '\u{ffff}'])
    {
        assert!(streamed(format!("[\"{character}\"]").as_bytes(), &[1]), "{character:?}");
    }
    for first in 0x80..=0xff_u8 {
        for second in [0x00, 0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff_u8] {
            for tail in [&[][..], &[0x80], &[0x80, 0xbf], &[0x80, 0x80, 0x80], &[0x80, 0x7f]] {
                let text = [b"\"", &[first, second][..], tail, b"\""].concat();
                assert_eq!(streamed(&text, &[2]), checked(&text), "{text:?}");
            }
        }
    }
}

#[test]
fn acc_7_depth_costs_a_bit_a_level_and_has_no_end() {
    const DEPTH: usize = 1_000_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
        let (opened, closed) = (open.repeat(DEPTH), close.repeat(DEPTH));
        let mut stream = JsonStream::default();
        stream.take(opened.as_bytes());
        assert!(!stream.is_whole());
        assert!(stream.open.len() <= DEPTH / 4, "{}", stream.open.len());
        stream.take(b"0");
        stream.take(closed.as_bytes());
        assert!(stream.is_whole());
        stream.take(b"]");
        assert!(!stream.is_whole());
    }
}
