#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;

/// How a gateway refuses.
#[derive(Clone, Copy, Debug)]
enum Manner {
    /// All alike, and without a word.
    Silent,
    /// All as an invalid client.
    AllInvalidClient,
    /// In words, credentials first.
    Words,
    /// In words, the signature first.
    SignatureFirst,
    /// `invalid_client`, or without a word.
    HalfWords,
    /// Otherwise, but without a word.
    Codes,
}

const MANNERS: [Manner; 6] =
    [Manner::Silent, Manner::AllInvalidClient, Manner::Words, Manner::SignatureFirst, Manner::HalfWords, Manner::Codes];

fn refusal(manner: Manner, right: Pair, tried: Pair) -> Refused {
    let is_credentials = tried.basic != right.basic;
    let is_signature = tried.certificate != right.certificate;
    let about = if is_credentials { About::Basic } else { About::Signature };
    let (about, print) = match manner {
        Manner::Silent => (None, "401"),
        Manner::AllInvalidClient => (Some(About::Basic), "401 invalid_client"),
        Manner::Words => (Some(about), if is_credentials { "401 client" } else { "401 signature" }),
        Manner::SignatureFirst if is_signature => (Some(About::Signature), "401 signature"),
        Manner::SignatureFirst => (Some(About::Basic), "401 client"),
        Manner::HalfWords if is_credentials => (Some(About::Basic), "401 invalid_client"),
        Manner::HalfWords => (None, "401"),
        Manner::Codes if is_credentials => (None, "401 one"),
        Manner::Codes => (None, "401 two"),
    };
    Refused { about, print: print.to_owned() }
}

/// How many calls it takes until the right pair is tried.
fn calls(
    manner: Manner,
    right: Pair,
    configured: Pair,
    (certificates, basics): (&[CertificateReading], &[BasicReading]),
) -> u32 {
    let mut search = Search::new(configured, certificates, basics);
    let mut tried = Vec::new();
    for call in 1.. {
        if search.wants_reference() {
            let wrong = Pair {
                basic: if right.basic == BasicReading::AsIs { BasicReading::FormEncoded } else { BasicReading::AsIs },
                ..right
            };
            search.reference(&refusal(manner, right, wrong).print);
            continue;
        }
        let pair = search.next().unwrap();
        assert!(!tried.contains(&pair), "{pair:?} is tried twice");
        tried.push(pair);
        if pair == right {
            return call;
        }
        search.refused(pair, refusal(manner, right, pair));
    }
    u32::MAX
}

const BOTH: [BasicReading; 2] = [BasicReading::AsIs, BasicReading::FormEncoded];
const DEFAULT: Pair = Pair { certificate: CertificateReading::AsIs, basic: BasicReading::AsIs };
/// Those that make a difference for a certificate with plain line ends, the last one included.
const USUAL: [CertificateReading; 5] = [
    CertificateReading::AsIs,
    CertificateReading::CrLf,
    CertificateReading::NoFinalNewline,
    CertificateReading::PemBody,
    CertificateReading::Der,
];

#[test]
fn jws_10_every_reading_of_a_gateway_that_tells_is_found_in_eight_calls() {
    for manner in [Manner::Words, Manner::SignatureFirst, Manner::HalfWords, Manner::Codes] {
        for certificate in USUAL {
            for basic in BOTH {
                let right = Pair { certificate, basic };
                let calls = calls(manner, right, DEFAULT, (&USUAL, &BOTH));
                assert!(calls <= 8, "{manner:?} {right:?}: {calls} calls");
            }
        }
    }
}

#[test]
fn jws_10_a_silent_gateway_is_found_in_eight_calls_but_for_the_two_least_likely() {
    for manner in [Manner::Silent, Manner::AllInvalidClient] {
        let mut late = Vec::new();
        for certificate in USUAL {
            for basic in BOTH {
                let right = Pair { certificate, basic };
                if calls(manner, right, DEFAULT, (&USUAL, &BOTH)) > 8 {
                    late.push((certificate, basic));
                }
            }
            let right = Pair { certificate, basic: BasicReading::AsIs };
            assert!(calls(manner, right, DEFAULT, (&USUAL, &BOTH[..1])) <= 5, "{right:?}");
        }
        let least =
            [CertificateReading::PemBody, CertificateReading::Der].map(|reading| (reading, BasicReading::FormEncoded));
        assert_eq!(late, least);
    }
}

#[test]
fn jws_10_what_is_configured_is_tried_first_and_everything_in_the_end() {
    for manner in MANNERS {
        for certificate in CertificateReading::ALL {
            for basic in BOTH {
                let pair = Pair { certificate, basic };
                assert_eq!(calls(manner, pair, pair, (&CertificateReading::ALL, &BOTH)), 1);
                assert!(calls(manner, pair, DEFAULT, (&CertificateReading::ALL, &BOTH)) <= 15, "{manner:?} {pair:?}");
            }
        }
    }
}
