#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;

const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";

fn url(query: &str) -> String {
    format!("https://tpp.example/callback?{query}")
}

fn code_of(code: &str) -> Result<Option<String>, Error> {
    parse(&url(&format!("intent-id=i&uuid={UUID}&authorisation_code={code}"))).map(|redirect| redirect.code)
}

#[test]
fn red_1_reads_the_three_parameters_in_any_order_among_others() {
    let expected = Redirect { intent_id: "in/1".into(), uuid: UUID.into(), code: Some("a+b%".into()) };
    let queries = [
        format!("intent-id=in/1&uuid={UUID}&authorisation_code=a%2Bb%"),
        format!("authorisation_code=a%2bb%25&x=1&uuid={UUID}&x=2&intent-id=in%2F1#intent-id=other"),
        format!("own=query&&intent%2Did=in/1&%75uid={UUID}&Intent-Id=no&authorisation_code=a%2Bb%25&=&intent-id%00=no"),
    ];
    for query in queries {
        assert_eq!(parse(&url(&query)), Ok(expected.clone()), "{query}");
    }
    let query = format!("?intent-id=in/1&uuid={UUID}&authorisation_code=c");
    assert_eq!(parse(&query).unwrap().code.as_deref(), Some("c"), "the query alone, as location.search has it");
}

#[test]
fn red_1_refuses_a_parameter_that_is_missing_or_stands_twice() {
    let missing = |query: &str| match parse(&url(query)) {
        Err(Error::RedirectMissing(message)) => message,
        other => panic!("{query}: {other:?}"),
    };
    assert!(missing(&format!("uuid={UUID}&authorisation_code=c")).contains("intent-id"));
    assert!(missing("intent-id=i&authorisation_code=c").contains("uuid"));
    assert!(missing("").contains("intent-id"));
    assert!(matches!(parse("https://tpp.example/callback"), Err(Error::RedirectMissing(_))));
    assert!(matches!(parse(&format!("#?intent-id=i&uuid={UUID}")), Err(Error::RedirectMissing(_))), "no fragment");

    let whole = format!("intent-id=i&uuid={UUID}&authorisation_code=c");
    for twice in
        ["intent-id=i", &format!("uuid={UUID}"), "authorisation_code=c", "authorisation%5Fcode=", "uuid", "uuid="]
    {
        for query in [format!("{whole}&{twice}"), format!("{twice}&{whole}")] {
            assert!(matches!(parse(&url(&query)), Err(Error::RedirectRepeated(_))), "{query}");
        }
    }
}

#[test]
fn red_2_no_code_means_that_the_psu_did_not_consent() {
    for code in ["", "null", "nu%6Cl"] {
        assert_eq!(code_of(code), Ok(None), "{code:?}");
    }
    let absent = parse(&url(&format!("intent-id=i&uuid={UUID}"))).unwrap();
    assert_eq!(absent.code, None);
    assert_eq!(parse(&url(&format!("intent-id=i&uuid={UUID}&authorisation_code"))).unwrap().code, None);
    for code in ["NULL", "Null", "nil", "undefined", "null1", "0"] {
        assert_eq!(code_of(code).unwrap().as_deref(), Some(code), "only null is null");
    }
}

#[test]
fn red_2a_a_code_is_1_to_2048_visible_ascii_characters() {
    for code in ["!", "~", "7cfa670a-959c-43d0-bedd-28d744233151", &"c".repeat(2048)] {
        assert_eq!(code_of(code).unwrap().as_deref(), Some(code));
    }
    for code in ["%20", "+", "a+b", "a%0Ab", "%00", "%7F", "%C3%A9", "é", "%FF", "%C3", "%ED%A0%80", &"c".repeat(2049)]
    {
        assert!(matches!(code_of(code), Err(Error::RedirectInvalid(_))), "{code}");
    }
}

#[test]
fn red_2a_an_intent_id_is_1_to_256_visible_ascii_characters() {
    let read = |id: &str| parse(&url(&format!("intent-id={id}&uuid={UUID}"))).map(|redirect| redirect.intent_id);
    for id in ["i", "in%2F1", &"i".repeat(256)] {
        assert_eq!(read(id).unwrap(), id.replace("%2F", "/"));
    }
    for id in ["", "%20", "a+b", "%E2%82%AC", "%80", "a%09", &"i".repeat(257)] {
        assert!(matches!(read(id), Err(Error::RedirectInvalid(_))), "{id}");
    }
}

#[test]
fn red_2a_a_uuid_is_a_hyphenated_uuid() {
    let read = |uuid: &str| parse(&url(&format!("intent-id=i&uuid={uuid}"))).map(|redirect| redirect.uuid);
    for uuid in [UUID, &UUID.to_uppercase(), "00000000-0000-0000-0000-000000000000"] {
        assert_eq!(read(uuid).as_deref(), Ok(uuid), "as it was sent");
    }
    let simple = UUID.replace('-', "");
    for uuid in [
        "",
        "null",
        &simple,
        &format!("{{{UUID}}}"),
        &format!("urn:uuid:{UUID}"),
        "c0fd407d-134b-4091-8e04-ab49a98db21g",
    ] {
        assert!(matches!(read(uuid), Err(Error::RedirectInvalid(_))), "{uuid}");
    }
}

#[test]
fn red_1_a_url_over_16_kib_is_refused_unread() {
    let whole = url(&format!("intent-id=i&uuid={UUID}&x="));
    assert!(parse(&format!("{whole}{}", "x".repeat(MAX_URL - whole.len()))).is_ok());
    assert!(matches!(parse(&format!("{whole}{}", "x".repeat(MAX_URL - whole.len() + 1))), Err(Error::TooLarge(_))));
}

/// The WHATWG URL standard's form decoding, written another way round; `None` for bytes that are no UTF-8.
fn form_decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    let (first, escapes) = spaced.split_once('%').map_or((spaced.as_str(), None), |(first, rest)| (first, Some(rest)));
    let mut bytes = first.as_bytes().to_vec();
    for escape in escapes.into_iter().flat_map(|rest| rest.split('%')) {
        let digits = escape.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(escape.as_bytes().get(2..).unwrap());
            }
            None => {
                bytes.push(b'%');
                bytes.extend_from_slice(escape.as_bytes());
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// The redirect by the rules alone; `None` where it is to be refused.
fn independently(url: &str) -> Option<Redirect> {
    let query = url.split('#').next()?.split_once('?').map_or("", |(_, query)| query);
    let pairs: Vec<(Option<String>, Option<String>)> = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (form_decoded(name), form_decoded(value)))
        .collect();
    let all = |name: &str| {
        let values: Vec<_> = pairs.iter().filter(|(found, _)| found.as_deref() == Some(name)).collect();
        (values.len() < 2).then(|| values.first().map(|(_, value)| value.clone()))
    };
    let visible = |text: &String, longest: usize| {
        !text.is_empty() && text.len() <= longest && text.chars().all(|c| ('!'..='~').contains(&c))
    };
    let (intent_id, uuid, code) = (all("intent-id")???, all("uuid")???, all("authorisation_code")?);
    let code = match code {
        None => None,
        Some(code) => Some(code?).filter(|code| !code.is_empty() && code != "null"),
    };
    let hyphens = uuid.char_indices().filter(|(_, c)| *c == '-').map(|(at, _)| at);
    let is_uuid = hyphens.eq([8, 13, 18, 23]) && uuid.replace('-', "").chars().all(|c| c.is_ascii_hexdigit());
    let fits = visible(&intent_id, 256) && uuid.len() == 36 && is_uuid;
    (fits && code.iter().all(|code| visible(code, 2048))).then_some(Redirect { intent_id, uuid, code })
}

/// Bits of a query, right and wrong.
fn bits() -> impl Strategy<Value = String> {
    let bits = "intent-id= uuid= authorisation_code=c intent%2did= & & & i null % %2 %41 %C3%A9 %ff + é x=1 # ? =";
    prop::collection::vec(prop::sample::select(bits.split(' ').collect::<Vec<_>>()), 0..3)
        .prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn red_1_decoding_agrees_with_an_independent_reading(before in bits(), id in bits(), code in bits(), whole: bool) {
        let parameters = format!("intent-id=i{id}&uuid={UUID}&authorisation_code={code}");
        let url = if whole { url(&format!("{before}&{parameters}")) } else { url(&format!("{id}{before}{code}")) };
        prop_assert_eq!(parse(&url).ok(), independently(&url));
    }

    #[test]
    fn red_2a_any_value_however_it_is_escaped_is_read_back(
        intent_id in "[!-~]{1,256}",
        code in "[!-~]{1,64}",
        escape: bool,
    ) {
        let escaped = |text: &str| -> String {
            let keep = |byte: u8| byte.is_ascii_alphanumeric() && !escape;
            text.bytes().map(|byte| if keep(byte) { char::from(byte).into() } else { format!("%{byte:02x}") }).collect()
        };
        prop_assume!(code != "null");
        let query = format!("uuid={UUID}&authorisation_code={}&intent-id={}", escaped(&code), escaped(&intent_id));
        prop_assert_eq!(parse(&url(&query)), Ok(Redirect { intent_id, uuid: UUID.into(), code: Some(code) }));
    }
}

#[test]
fn red_2a_a_redirect_that_a_url_parser_would_change_is_refused() {
    let whole = url(&format!("intent-id=i&uuid={UUID}&authorisation_code=c"));
    for raw in ["\t", "\n", "\r", "\r\n"] {
        for at in [0, 5, whole.len() - 1, whole.len()] {
            let mut changed = whole.clone();
            changed.insert_str(at, raw);
            assert!(matches!(parse(&changed), Err(Error::RedirectInvalid(_))), "{changed:?}");
        }
    }
    for changed in [format!(" {whole}"), format!("{whole} "), format!("\0{whole}"), format!("{whole}\u{1f}")] {
        assert!(matches!(parse(&changed), Err(Error::RedirectInvalid(_))), "{changed:?}");
    }
    assert!(parse(&whole).is_ok());
}
