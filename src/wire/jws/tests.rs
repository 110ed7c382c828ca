#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails stops there")]

use super::*;

const IAT: u64 = 1_767_225_600;

fn app() -> App {
    App::new(String::from("app-1")).unwrap()
}

#[test]
fn jws_1_the_signing_input_is_two_parts_of_unpadded_base64url() {
    let input = signing_input(&app(), "/authorise", IssuedAt::new(IAT).unwrap(), "{\"a\":\"??>\"}").unwrap();
    let (header, payload) = input.split_once('.').unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(payload).unwrap(), br#"{"a":"??>"}"#);
    assert!(URL_SAFE_NO_PAD.decode(header).unwrap().starts_with(br#"{"alg":"HS256","#));
    assert!(!input.contains(['=', '+', '/']), "{input}");
}

#[test]
fn jws_2_header_members_stand_in_the_guides_order() {
    let app = App::new(String::from("my \"app\" £")).unwrap();
    assert_eq!(
        header(&app, "/accounts/12345678/balance", IssuedAt::new(IAT).unwrap()),
        r#"{"alg":"HS256","typ":"JWT","app":"my \"app\" £","path":"/accounts/12345678/balance","iat":1767225600}"#
    );
}

#[test]
fn jws_4_refuses_a_clock_at_zero() {
    assert_eq!(IssuedAt::new(0), Err(Error::IssuedAt));
}

#[test]
fn jws_4_takes_seconds_from_2020_to_2100_alone() {
    const FIRST: u64 = 1_577_836_800; // 2020-01-01T00:00:00Z
    const LAST: u64 = 4_102_444_800; // 2100-01-01T00:00:00Z
    for seconds in [FIRST, IAT, LAST] {
        assert_eq!(IssuedAt::new(seconds).unwrap().seconds(), seconds);
    }
    for seconds in [1, FIRST - 1, LAST + 1, IAT * 1000, u64::MAX] {
        assert_eq!(IssuedAt::new(seconds), Err(Error::IssuedAt), "{seconds}");
    }
}

#[test]
fn jws_5_checks_a_payload_before_it_is_signed() {
    assert_eq!(check_payload("{\"a\":1}"), Ok(()));
    assert_eq!(check_payload("grant_type=x"), Err(Error::Json));
    assert_eq!(check_payload(""), Err(Error::Json));
    assert_eq!(check_payload(&"[".repeat(100)), Err(Error::Json));
    assert_eq!(check_payload(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))), Ok(()), "however deep");
    let largest = format!("\"{}\"", "a".repeat(MAX_PAYLOAD - 2));
    assert_eq!(check_payload(&largest), Ok(()));
    assert!(matches!(check_payload(&format!("{largest} ")), Err(Error::TooLarge(_))));
    let iat = IssuedAt::new(IAT).unwrap();
    assert!(matches!(signing_input(&app(), "/", iat, &format!("{largest} ")), Err(Error::TooLarge(_))));
    let token = format!("{}.AA", signing_input(&app(), "/", iat, &largest).unwrap());
    assert_eq!(Compact::parse(&token).unwrap().payload, largest, "whatever is signed can be read");
}

#[test]
fn cfg_1_an_app_id_is_1_to_256_bytes_without_control_characters() {
    for id in ["a", "app 1", "£", &"a".repeat(256)] {
        assert_eq!(App::new(id.into()).unwrap().as_str(), id);
    }
    for id in ["", "a\n", "\0", "a\u{85}", &"a".repeat(257)] {
        assert_eq!(App::new(id.into()), Err(Error::App), "{id:?}");
    }
}

/// A token of a header and a payload as they are given, its signature two bytes.
fn token(header: &str, payload: &str) -> String {
    format!("{}.{}.AAA", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}

#[test]
fn jws_9_takes_a_compact_token_apart() {
    let token = token(r#"{"alg":"HS256"}"#, "not JSON £");
    let jws = Compact::parse(&token).unwrap();
    assert_eq!((jws.header.as_str(), jws.payload.as_str()), (r#"{"alg":"HS256"}"#, "not JSON £"));
    assert_eq!((jws.signature.as_slice(), jws.signature_text), ([0, 0].as_slice(), "AAA"));
    assert_eq!(format!("{}.{}", jws.signing_input, jws.signature_text), token);
}

#[test]
fn jws_9_refuses_any_other_form() {
    let whole = token("{}", "{}");
    assert_eq!(whole, "e30.e30.AAA");
    let json_serialisation = r#"{"protected":"e30","payload":"e30","signature":"AAA"}"#;
    let forms = "e30.e30 e30 .. e30.e30.AAA. .e30.e30.AAA e30.e30.AAA.AAA e30.e30.A e30=.e30.AAA e30.e30=.AAA \
                 e30.e30.AAA= e30.e30.AAB e30.e31.AAA e3+.e30.AAA e3/.e30.AAA \
                 _w.e30.AAA e30.gA.AAA MQ.e30.AAA W10.e30.AAA .e30.AAA";
    let spaced = [" e30.e30.AAA", "e30.e30.AAA\n", "e30. e30.AAA", "e3 0.e30.AAA", "e30.e30.AAA\t", "", "é.e30.AAA"];
    for text in forms.split(' ').chain(spaced).chain([json_serialisation]) {
        assert!(matches!(Compact::parse(text), Err(Error::JwsMalformed(_))), "{text:?}");
    }
    for header in
        [r#"{"alg":"HS256","alg":"none"}"#, r#"{"alg":"HS256","\u0061lg":"HS256"}"#, "{}{}", "{", "[]", "null"]
    {
        assert!(matches!(Compact::parse(&token(header, "{}")), Err(Error::JwsMalformed(_))), "{header}");
    }
}

#[test]
fn jws_9_refuses_a_token_too_large_to_be_one() {
    assert!(matches!(Compact::parse(&"a".repeat(MAX_TOKEN + 1)), Err(Error::TooLarge(_))));
    let long_header = format!("{{\"a\":\"{}\"}}", "a".repeat(MAX_HEADER));
    assert!(matches!(Compact::parse(&token(&long_header, "{}")), Err(Error::TooLarge(_))));
}
