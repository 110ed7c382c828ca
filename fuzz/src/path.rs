//! A call's path (`JWS-3`).

use tell_connect::{gateway::base_url::BaseUrl, wire::Path};
use url::Url;

/// What is taken is sent as it was signed: `url`, which reads as `fetch` does, changes nothing of it.
pub(crate) fn check(text: &str) {
    let Ok(path) = Path::parse(text) else { return };
    assert_eq!(path.with_query(), text, "JWS-3: nothing is lost");
    let (before, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
    assert_eq!(path.path(), before, "JWS-3: the path ends where the query begins");
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "JWS-3: nothing that is not visible ASCII");
    assert!(!before.split('/').any(|segment| matches!(segment, "." | "..")), "JWS-3: no dot segments");
    assert!(!before.starts_with("//"), "JWS-3: no host");

    let base = BaseUrl::parse("https://bank.example/v1", None).expect("this is one");
    let sent = base.join(path.with_query());
    let url = Url::parse(&sent).expect("JWS-3: it can be sent");
    assert_eq!(url.as_str(), sent, "JWS-3: fetch rewrites nothing");
    assert_eq!((url.host_str(), url.query()), (Some("bank.example"), query), "JWS-3: it stays at the bank");
    assert_eq!(url.path().strip_prefix("/v1"), Some(before), "JWS-3: it stays below the base");
}
