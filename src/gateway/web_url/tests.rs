#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;
use url::Url;

/// As `url` reads it, which follows the standard that `fetch` and browsers follow.
fn as_fetch_reads(text: &str) -> Option<WebUrl> {
    let url = Url::parse(text).ok()?;
    let host = match url.host()? {
        url::Host::Domain(name) => Host::Name(name.to_owned()),
        url::Host::Ipv4(address) => Host::Address(address.into()),
        url::Host::Ipv6(address) => Host::Address(address.into()),
    };
    Some(WebUrl { is_https: url.scheme() == "https", host, port: url.port_or_known_default()? })
}

#[test]
fn aut_4_scheme_host_and_port_are_read() {
    let name = |name: &str| Host::Name(name.to_owned());
    let address = |text: &str| Host::Address(text.parse().unwrap());
    for (text, is_https, host, port) in [
        ("https://bank.example", true, name("bank.example"), 443),
        ("https://Bank.EXAMPLE:443/v1", true, name("bank.example"), 443),
        ("http://localhost:8788?x#y", false, name("localhost"), 8788),
        ("http://127.0.0.1#", false, address("127.0.0.1"), 80),
        ("https://[2001:DB8::1]:65535/", true, address("2001:db8::1"), 65535),
        ("https://[::ffff:10.0.0.1]", true, address("::ffff:10.0.0.1"), 443),
        ("https://xn--bnk-qla.example.", true, name("xn--bnk-qla.example."), 443),
        ("https://0x.a_b.3com.0xg/%zz@?\"<>`{}|^", true, name("0x.a_b.3com.0xg"), 443),
        ("https://1.2.3.4.bank", true, name("1.2.3.4.bank"), 443),
    ] {
        assert_eq!(WebUrl::read(text), Some(WebUrl { is_https, host, port }), "{text}");
        assert_eq!(WebUrl::read(text), as_fetch_reads(text), "{text}");
    }
}

#[test]
fn aut_4_what_could_be_read_otherwise_is_refused() {
    let other = "https:host https:///host HTTPS://host //host https:// https://:80 https://host: https://host:0 \
                 https://host:080 https://host:+80 https://host:65536 https://host:8a https://1 https://1.2 \
                 https://127.1 https://0x7f.0.0.1 https://0177.0.0.1 https://127.0.0.01 https://127.0.0.1. \
                 https://host.0 https://host.0x https://host.0XfF https://host.09 https://256.0.0.1 https://1.2.3.4.5 \
                 https://::1 https://[] https://[::1 https://::1] https://[::1]80 https://[::1].com https://[1.2.3.4] \
                 https://[::1%25lo] https://[host] https://a:b@host https://host\\a https://host%2e https://a..b \
                 https://. https://.host https://host.. https://-a https://a-.b https://a,b https://a*b https://[::1]:";
    for text in other.split_whitespace().chain(["https://host/ x", "https://host\t", "https://hóst", ""]) {
        assert_eq!(WebUrl::read(text), None, "{text:?}");
    }
    for (length, is_read) in [(63, true), (64, false)] {
        assert_eq!(WebUrl::read(&format!("https://{}.a", "a".repeat(length))).is_some(), is_read);
    }
    for (first, is_read) in [(1, true), (2, false)] {
        let long = format!("https://{}{}", "a".repeat(first), ".a".repeat(126));
        assert_eq!(WebUrl::read(&long).is_some(), is_read, "{} characters", long.len());
    }
}

#[test]
fn aut_4_this_machine_is_known_by_every_name() {
    for own in
        ["http://localhost", "http://LocalHost:1", "http://127.9.9.9", "http://[::1]", "http://[0:0:0:0:0:0:0:1]"]
    {
        assert!(WebUrl::read(own).unwrap().is_loopback(), "{own}");
    }
    for other in ["http://localhost.", "http://a.localhost", "http://128.0.0.1", "http://[::2]", "http://localhost.a"] {
        assert!(!WebUrl::read(other).unwrap().is_loopback(), "{other}");
    }
}

/// Texts that are nearly URLs: every part is right, nearly right or any.
fn near_urls() -> impl Strategy<Value = String> {
    let label = "[a-zA-Z0-9_-]{0,5}|[0-9]{1,4}|0[xX][0-9a-fA-F]{0,4}|localhost|[xX][nN]--[a-z0-9-]{0,6}";
    let domain = prop::collection::vec(label, 1..6).prop_map(|labels| labels.join("."));
    let ipv4 = prop::collection::vec("[0-9]{1,3}|0[0-7]{1,3}", 1..6).prop_map(|parts| parts.join("."));
    let ipv6 = "\\[[0-9a-fA-F:]{0,20}(::)?[0-9a-f:]{0,12}\\]|\\[(::|::ffff:)[0-9.]{1,12}\\]";
    let host = prop_oneof![4 => domain, 2 => ipv4, 3 => ipv6, 1 => "[ -~]{0,12}"];
    let rest = "(\\.|:[0-9]{0,6}|:[+-]?[0-9a]{0,4})?([/?#@\\\\][ -~]{0,12})?";
    ("https?://|https?://|https?:/{0,3}", host, rest).prop_map(|(scheme, host, rest)| [scheme, host, rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn aut_4_fetch_reads_whatever_is_accepted_in_the_same_way(text in near_urls()) {
        if let Some(read) = WebUrl::read(&text) {
            let fetched = as_fetch_reads(&text);
            // What `fetch` refuses leads nowhere: a label that only looks like Punycode, and nothing else.
            let leads_nowhere = fetched.is_none() && text.to_ascii_lowercase().contains("xn--");
            prop_assert!(leads_nowhere || fetched == Some(read), "{text}");
        }
    }

    #[test]
    fn aut_4_an_address_is_read_as_fetch_reads_it(bits in any::<u128>(), shift in 0..128u32, port in 1..=u16::MAX) {
        let address = std::net::Ipv6Addr::from(bits >> shift);
        let text = format!("http://[{address}]:{port}/");
        prop_assert!(WebUrl::read(&text).is_some());
        prop_assert_eq!(WebUrl::read(&text), as_fetch_reads(&text));
    }
}
