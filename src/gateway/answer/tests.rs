#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails stops there")]

use super::*;

fn read(members: &str) -> Result<TokenAnswer, Error> {
    TokenAnswer::read(200, &format!(r#"{{"access_token":"a"{members}}}"#))
}

#[test]
fn aut_4_an_answer_has_intent_id_and_location() {
    let body = r#" {"location":"https:\/\/auth.tell.money\/x","extra":{"intent-id":1},"intent-id":"i"} "#;
    let expected = AuthoriseAnswer { intent_id: "i".into(), location: "https://auth.tell.money/x".into() };
    assert_eq!(AuthoriseAnswer::read(201, body), Ok(expected));
    let long = format!(r#"{{"intent-id":"{}","location":"l"}}"#, "i".repeat(257));
    let lines = r#"{"intent-id":"i"}
        {"location":"l"}
        {"intent-id":"","location":"l"}
        {"intent-id":"i","location":""}
        {"intent-id":1,"location":"l"}
        {"intent-id":"i","location":null}
        {"intent-id":"a b","location":"l"}
        {"intent-id":"i","location":"a\u000d\u000ab"}
        {"intent-id":"é","location":"l"}
        []
        <html></html>"#;
    for body in lines.lines().map(str::trim).chain(["", &long]) {
        assert!(matches!(AuthoriseAnswer::read(200, body), Err(Error::Answer(_))), "{body}");
    }
    assert!(matches!(AuthoriseAnswer::read(302, body), Err(Error::Refused(_))));
}

#[test]
fn tok_3_expires_in_is_seconds_at_most_an_hour() {
    let life = |value: &str| read(&format!(",\"expires_in\":{value}")).unwrap().expires_in;
    for (value, seconds) in [("3600", 3600), ("60", 60), ("0", 0), ("3601", 3600), ("86400", 3600), ("59.9", 59)] {
        assert_eq!((life(value), life(&format!("\"{value}\""))), (seconds, seconds), "{value}");
    }
    assert_eq!(life("\" 300 \""), 300);
    for surprise in ["null", "true", "\"\"", "\"soon\"", "-1", "1e2", "99999999999999999999", "[60]", "{}"] {
        assert_eq!(life(surprise), 3600, "{surprise}");
    }
    assert_eq!(read("").unwrap().expires_in, 3600, "absent");
}

#[test]
fn tok_4_token_type_is_bearer_in_any_case() {
    for token_type in ["\"Bearer\"", "\"bearer\"", "\"BEARER\"", "\"\\u0042earer\"", "null"] {
        assert!(read(&format!(",\"token_type\":{token_type}")).is_ok(), "{token_type}");
    }
    for token_type in ["\"mac\"", "\"\"", "\"Bearer \"", "1", "[\"Bearer\"]"] {
        let refused = read(&format!(",\"token_type\":{token_type}"));
        assert!(matches!(refused, Err(Error::Answer(_))), "{token_type}");
    }
}

#[test]
fn tok_4_scope_is_a_list_separated_by_commas_or_spaces() {
    let scope = |value: &str| read(&format!(",\"scope\":{value}")).unwrap().scope;
    let lists = [r#""a:read,b:read""#, r#""a:read b:read""#, r#"" a:read, ,b:read,""#, r#"["a:read","b:read"]"#];
    for list in lists {
        assert_eq!(scope(list), ["a:read", "b:read"], "{list}");
    }
    for nothing in ["null", "\"\"", "1", "{}", "[1]", "[]"] {
        assert_eq!(scope(nothing), [""; 0], "{nothing}");
    }
    let flood = format!("\"{}\"", format!("{} ", "é".repeat(400)).repeat(75));
    assert_eq!((scope(&flood).len(), scope(&flood).concat().chars().count()), (64, 64 * 128), "bounded");
}

#[test]
fn tok_5_a_surprising_member_never_costs_the_tokens() {
    let surprises = r#"{"token_type":"mac","access_token":"a","refresh_token":"r","expires_in":{},"scope":7,"x":[[]]}"#;
    let salvaged = TokenAnswer::salvage(surprises).unwrap();
    assert_eq!(salvaged.access_token.expose(), "a");
    assert_eq!(salvaged.refresh_token.as_ref().map(Secret::expose), Some("r"));
    assert!(TokenAnswer::read(200, surprises).is_err(), "yet a caller of the package is told");
}

#[test]
fn tok_5_a_byte_order_mark_before_the_tokens_costs_nothing() {
    let marked = "\u{feff}{\"access_token\":\"a\",\"refresh_token\":\"r\"}";
    assert_eq!(TokenAnswer::read(200, marked).unwrap().access_token.expose(), "a");
    assert_eq!(TokenAnswer::salvage(&format!("\u{feff}{marked}")), None, "one alone");
}

#[test]
fn tok_5_what_holds_no_access_token_cannot_be_salvaged() {
    let texts = r#"{"refresh_token":"r"}
        {"access_token":""}
        {"access_token":null}
        {"access_token":"a b"}
        {"access_token":"é"}
        {"access_token":{}}
        {"access_token":"a"
        "access_token"
        <html>access_token</html>"#;
    for text in texts.lines().map(str::trim).chain([""]) {
        assert_eq!(TokenAnswer::salvage(text), None, "{text}");
        assert!(matches!(TokenAnswer::read(200, text), Err(Error::Answer(_))), "{text}");
    }
}

#[test]
fn tok_5_a_refresh_token_is_any_text_of_visible_ascii_and_spaces_or_a_number() {
    let refresh = |value: &str| read(&format!(",\"refresh_token\":{value}")).unwrap().refresh_token.unwrap();
    let long = format!("\"{}\"", "r".repeat(60_000));
    let texts = [(r#""a b""#, "a b"), (r#"" ""#, " "), (r#""~!\u0041""#, "~!A"), (&long, long.trim_matches('"'))];
    for (value, text) in texts {
        assert_eq!(refresh(value).expose(), text);
    }
    for number in ["7", "-7", "0", "12345678901234567890123", "1.50", "1e2"] {
        assert_eq!(refresh(number).expose(), number, "as it is written");
    }
    assert_eq!(TokenAnswer::read(200, r#"{"access_token":7}"#).unwrap().access_token.expose(), "7");
}

#[test]
fn tok_5_a_refresh_token_that_cannot_be_used_is_told_and_costs_nothing() {
    for value in ["{}", "[]", "true", "false", r#""é""#, r#""a\n""#, r#"["r"]"#, r#"{"value":"r"}"#] {
        let body = format!(r#"{{"access_token":"a","refresh_token":{value}}}"#);
        let salvaged = TokenAnswer::salvage(&body).unwrap();
        assert_eq!((salvaged.refresh_token, salvaged.is_incomplete), (None, true), "{value}");
        assert!(matches!(TokenAnswer::read(200, &body), Err(Error::Answer(_))), "{value}");
    }
    assert!(!TokenAnswer::salvage(r#"{"access_token":"a","refresh_token":null}"#).unwrap().is_incomplete);
}

#[test]
fn tok_5_an_answer_over_64_kib_is_refused() {
    let of_length = |length: usize| String::from(r#"{"access_token":"a"}"#) + &" ".repeat(length - 20);
    assert!(TokenAnswer::read(200, &of_length(65_536)).is_ok());
    assert!(TokenAnswer::read(200, &of_length(65_537)).is_err());
    assert_eq!(TokenAnswer::salvage(&of_length(65_537)), None);
}

#[test]
fn ref_1_an_answer_may_come_without_a_new_refresh_token() {
    for members in ["", ",\"refresh_token\":null", ",\"refresh_token\":\"\""] {
        assert_eq!(read(members).unwrap().refresh_token, None, "{members}");
    }
}

#[test]
fn err_1_a_refusal_keeps_its_status_and_either_formats_members() {
    let oauth = Refusal::read(400, r#"{"error":"invalid_grant","error_description":"Spent."}"#);
    assert_eq!((oauth.status, oauth.error.as_deref()), (400, Some("invalid_grant")));
    assert_eq!((oauth.error_description.as_deref(), oauth.text), (Some("Spent."), None));
    let problem = Refusal::read(404, r#"{"type":"about:blank","title":"Not found","status":404,"detail":"No."}"#);
    assert_eq!((problem.error.as_deref(), problem.error_description.as_deref()), (Some("about:blank"), Some("No.")));
    let with_code = Refusal::read(404, r#"{"type":"about:blank","title":"Gone","code":"gone"}"#);
    assert_eq!((with_code.error.as_deref(), with_code.error_description.as_deref()), (Some("gone"), Some("Gone")));
    for status in [199, 300, 400, 599] {
        assert!(matches!(TokenAnswer::read(status, "{}"), Err(Error::Refused(kept)) if kept.status == status));
    }
}

#[test]
fn err_1_else_the_first_2_kib_of_text_are_kept() {
    let kept = |body: &str| Refusal::read(502, body).text;
    assert_eq!(kept("<h1>Bad gateway</h1>").as_deref(), Some("<h1>Bad gateway</h1>"));
    assert_eq!(kept(r#"{"message":"no"}"#).as_deref(), Some(r#"{"message":"no"}"#));
    assert_eq!(kept(""), None);
    assert_eq!(kept(&"x".repeat(5000)).unwrap().len(), 2048);
    let cut = kept(&format!("x{}", "é".repeat(5000))).unwrap();
    assert_eq!(cut.len(), 2047, "never through a character");
    let long = Refusal::read(400, &format!(r#"{{"error":"{}"}}"#, "x".repeat(5000)));
    assert_eq!(long.error.unwrap().len(), 2048);
}

#[test]
fn err_2_only_registered_errors_are_repeated() {
    let registered = |error: &str| Refusal::read(400, &format!(r#"{{"error":"{error}"}}"#)).registered_error();
    for error in ["invalid_grant", "invalid_client", "unauthorized_client", "invalid_token"] {
        assert_eq!(registered(error), Some(error));
    }
    for error in ["", "INVALID_GRANT", "invalid_grant ", "refresh token r-1 is spent"] {
        assert_eq!(registered(error), None, "{error}");
    }
}

#[test]
fn err_2_an_echoed_secret_is_masked() {
    let echo = |body: &str| Refusal::read(400, body).without(&["s3cret", "", "c2VjcmV0"]);
    let masked = echo(r#"{"error":"s3cret","error_description":"Basic c2VjcmV0 (s3cret, s3cret)"}"#);
    assert_eq!((masked.error.as_deref(), masked.error_description.as_deref()), (Some("…"), Some("Basic … (…, …)")));
    assert_eq!(echo("<p>s3cret</p>").text.as_deref(), Some("<p>…</p>"));
}
