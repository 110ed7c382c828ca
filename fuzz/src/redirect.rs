//! The bank's redirect (`RED-1`, `RED-2`, `RED-2a`).

use std::borrow::Cow;
use tell_connect::{
    Error,
    wire::redirect::{self, Redirect},
};
use url::{Url, form_urlencoded};

/// What is taken says to every reader of forms what it says here, and says it again when it is written anew.
pub(crate) fn check(text: &str) {
    let redirect = match redirect::parse(text) {
        Ok(redirect) => redirect,
        Err(
            Error::RedirectMissing(_) | Error::RedirectRepeated(_) | Error::RedirectInvalid(_) | Error::TooLarge(_),
        ) => return,
        Err(other) => panic!("RED-1: {other:?} is no error of a redirect"),
    };
    let Redirect { intent_id, uuid, code } = &redirect;
    for value in [Some(intent_id), Some(uuid), code.as_ref()].into_iter().flatten() {
        assert!(!value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic()), "RED-2a: {value:?}");
    }
    assert!(code.as_deref() != Some("null"), "RED-2: null is no code");

    let query = text.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
    hold(&redirect, form_urlencoded::parse(query.as_bytes()));
    let url = Url::parse(&format!("https://tpp.example/api/callback?{query}#")).expect("RED-1: a browser can go there");
    hold(&redirect, url.query_pairs());

    let mut again = form_urlencoded::Serializer::new(String::from("https://tpp.example/api/callback?"));
    again.append_pair("intent-id", intent_id).append_pair("uuid", uuid);
    if let Some(code) = code {
        again.append_pair("authorisation_code", code);
    }
    assert!(redirect::parse(&again.finish()) == Ok(redirect), "RED-1: written anew, it is another");
}

/// The pairs, as another reader finds them, hold each parameter once and mean the same.
fn hold<'a>(redirect: &Redirect, pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) {
    let pairs: Vec<_> = pairs.collect();
    let values =
        |name: &str| pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| &**value).collect::<Vec<_>>();
    assert_eq!(values("intent-id"), [redirect.intent_id.as_str()], "RED-1");
    assert_eq!(values("uuid"), [redirect.uuid.as_str()], "RED-1");
    let codes = values("authorisation_code");
    match &redirect.code {
        Some(code) => assert_eq!(codes, [code.as_str()], "RED-1"),
        None => assert!(matches!(*codes, [] | ["" | "null"]), "RED-2: {codes:?}"),
    }
}
