#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;

fn credentials(id: &str, secret: &str) -> Result<Credentials, Error> {
    Credentials::new(Secret::new(id.into()), Secret::new(secret.into()))
}

fn basic(id: &str, secret: &str, reading: BasicReading) -> String {
    credentials(id, secret).unwrap().basic(reading).expose().into()
}

fn key(certificate: &[u8], reading: CertificateReading) -> Option<Vec<u8>> {
    Certificate::new(certificate.into()).unwrap().key(reading).map(|key| key.to_vec())
}

#[test]
fn bas_1_id_colon_secret_in_padded_standard_base64() {
    assert_eq!(basic("test", "123£", BasicReading::AsIs), "Basic dGVzdDoxMjPCow==");
    assert_eq!(basic("id", "???>>>", BasicReading::AsIs), "Basic aWQ6Pz8/Pj4+", "not the URL-safe alphabet");
    assert_eq!(basic("id", "a:b", BasicReading::AsIs), format!("Basic {}", STANDARD.encode("id:a:b")));
}

#[test]
fn bas_1_by_profile_both_parts_are_form_encoded_first() {
    let encoded = format!("Basic {}", STANDARD.encode("my+id%26:%C2%A3%3A+x*-._"));
    assert_eq!(basic("my id&", "£: x*-._", BasicReading::FormEncoded), encoded);
    assert_eq!(basic("plain", "plain", BasicReading::FormEncoded), basic("plain", "plain", BasicReading::AsIs));
}

#[test]
fn bas_2_a_colon_in_the_id_or_a_control_character_is_a_fault() {
    for (id, secret) in [("i", "s"), ("i d", "s:£ s"), ("£", "😀")] {
        assert!(credentials(id, secret).is_ok(), "{id} {secret}");
    }
    let wrong = [
        ("", "s"),
        ("i", ""),
        ("a:b", "s"),
        (":", "s"),
        ("i\n", "s"),
        ("i", "s\n"),
        ("i", "s\r\n"),
        ("i\0", "s"),
        ("i", "\u{7f}"),
        ("i", "\u{85}"),
    ];
    for (id, secret) in wrong {
        assert!(matches!(credentials(id, secret), Err(Error::Credentials(_))), "{id:?} {secret:?}");
    }
}

#[test]
fn jws_8_the_key_is_the_certificate_byte_for_byte() {
    for bytes in [b" x\r\n\n ".as_slice(), b"\xff\x00\x80", b"-----BEGIN CERTIFICATE-----\nAAEC\n-----END X", b"\n"] {
        assert_eq!(key(bytes, CertificateReading::AsIs).as_deref(), Some(bytes));
    }
}

#[test]
fn jws_8_each_named_reading_of_a_certificate() {
    const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----\r\nAAE\nC/w==\r\n-----END CERTIFICATE-----\n\r\n";
    let readings: [(CertificateReading, &[u8]); 7] = [
        (CertificateReading::AsIs, PEM),
        (CertificateReading::Lf, b"-----BEGIN CERTIFICATE-----\nAAE\nC/w==\n-----END CERTIFICATE-----\n\n"),
        (CertificateReading::CrLf, b"-----BEGIN CERTIFICATE-----\r\nAAE\r\nC/w==\r\n-----END CERTIFICATE-----\r\n\r\n"),
        (CertificateReading::NoFinalNewline, b"-----BEGIN CERTIFICATE-----\r\nAAE\nC/w==\r\n-----END CERTIFICATE-----"),
        (CertificateReading::FinalNewline, b"-----BEGIN CERTIFICATE-----\r\nAAE\nC/w==\r\n-----END CERTIFICATE-----\n"),
        (CertificateReading::PemBody, b"AAEC/w=="),
        (CertificateReading::Der, b"\x00\x01\x02\xff"),
    ];
    for (reading, expected) in readings {
        assert_eq!(key(PEM, reading).as_deref(), Some(expected), "{reading:?}");
    }
    assert_eq!(readings.map(|(reading, _)| reading), CertificateReading::ALL);
}

#[test]
fn jws_8_a_reading_that_gives_no_bytes_gives_no_key() {
    let without_pem: [&[u8]; 5] =
        [b"AAEC", b"\xff\xfe", b"-----BEGIN X-----", b"-----BEGIN X-----\n-----END X-----", b"-----BEGIN "];
    for bytes in without_pem {
        assert_eq!(key(bytes, CertificateReading::PemBody), None);
        assert_eq!(key(bytes, CertificateReading::Der), None);
    }
    assert_eq!(key(b"-----BEGIN X-----\nA*\n-----END X-----", CertificateReading::Der), None, "no base64");
    assert_eq!(key(b"\r\n\n", CertificateReading::NoFinalNewline), None);
}

#[test]
fn jws_8_a_certificate_is_1_byte_to_64_kib() {
    assert!(Certificate::new(vec![0; 64 * 1024]).is_ok());
    for bytes in [vec![], vec![0; 64 * 1024 + 1]] {
        assert!(matches!(Certificate::new(bytes), Err(Error::Certificate(_))));
    }
}

#[test]
fn tok_1_a_token_is_visible_ascii_so_that_it_can_stand_in_a_header() {
    for token in ["a", "a.b-c_d~e+f/g==", &"t".repeat(16 * 1024)] {
        assert_eq!(Secret::token(token.into()).unwrap().expose(), token);
    }
    for token in ["", " ", "a b", "a\r\nx: y", "é", "\u{7f}", &"t".repeat(16 * 1024 + 1)] {
        assert_eq!(Secret::token(token.into()), Err(Error::Token), "{token:?}");
    }
}

proptest! {
    #[test]
    fn jws_8_line_ends_can_be_changed_back_and_forth(lines in prop::collection::vec("[a-z ]{0,5}", 1..5)) {
        let (lf, crlf) = (lines.join("\n"), lines.join("\r\n"));
        prop_assume!(!lf.is_empty());
        for text in [&lf, &crlf] {
            prop_assert_eq!(key(text.as_bytes(), CertificateReading::Lf), Some(lf.clone().into_bytes()));
            prop_assert_eq!(key(text.as_bytes(), CertificateReading::CrLf), Some(crlf.clone().into_bytes()));
        }
    }

    #[test]
    fn jws_8_no_reading_of_any_bytes_panics(bytes in prop::collection::vec(any::<u8>(), 1..80), pem: bool) {
        let mut certificate = if pem { b"-----BEGIN X-----\n".to_vec() } else { vec![] };
        certificate.extend(bytes);
        certificate.extend(if pem { b"-----END X-----".as_slice() } else { b"" });
        for reading in CertificateReading::ALL {
            prop_assert!(key(&certificate, reading).is_none_or(|key| !key.is_empty()));
        }
    }
}
