#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use proptest::prelude::*;

const ASPSP: &str = "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac";
const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";

/// Texts that are no UUID, or one in a form that the guide does not use.
const NO_UUIDS: [&str; 9] = [
    "",
    "c0fd407d",
    "c0fd407d134b40918e04ab49a98db217",
    "{c0fd407d-134b-4091-8e04-ab49a98db217}",
    "urn:uuid:c0fd407d-134b-4091-8e04-ab49a98db217",
    "c0fd407d-134b-4091-8e04-ab49a98db217 ",
    "g0fd407d-134b-4091-8e04-ab49a98db217",
    "c0fd407d-134b-4091-8e04-ab49a98db21",
    "c0fd407d0134b-4091-8e04-ab49a98db217",
];

fn body(environment: Environment, scope: Scope, sandbox_sca: bool) -> String {
    let (aspsp, uuid) = (Aspsp::parse(ASPSP).unwrap(), RequestUuid::parse(UUID).unwrap());
    authorise_body(environment, &aspsp, &uuid, scope, sandbox_sca)
}

#[test]
fn aut_1_body_members_stand_in_the_guides_order() {
    let expected = format!(r#"{{"aspsp":"{ASPSP}","uuid":"{UUID}","scope":"aisp","sandbox_sca":true}}"#);
    assert_eq!(body(Environment::Sandbox, Scope::Aisp, true), expected);
    assert_eq!(body(Environment::Sandbox, Scope::Aisp, false), expected.replace("true", "false"));
}

#[test]
fn env_4_sandbox_sca_is_never_sent_to_production() {
    for sandbox_sca in [true, false] {
        let expected = format!(r#"{{"aspsp":"{ASPSP}","uuid":"{UUID}","scope":"pisp"}}"#);
        assert_eq!(body(Environment::Production, Scope::Pisp, sandbox_sca), expected);
    }
}

#[test]
fn aut_2_a_given_uuid_must_be_a_v4() {
    for uuid in
        [UUID, &UUID.to_uppercase(), "00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff"]
    {
        assert_eq!(RequestUuid::parse(uuid).unwrap().as_str(), uuid, "in the text it was given in");
    }
    let other_versions = [
        "c0fd407d-134b-1091-8e04-ab49a98db217",
        "c0fd407d-134b-7091-8e04-ab49a98db217",
        "c0fd407d-134b-4091-0e04-ab49a98db217",
        "c0fd407d-134b-4091-ce04-ab49a98db217",
        "00000000-0000-0000-0000-000000000000",
    ];
    for text in NO_UUIDS.into_iter().chain(other_versions) {
        assert_eq!(RequestUuid::parse(text), Err(Error::Uuid), "{text}");
    }
}

#[test]
fn cfg_2_an_aspsp_is_a_uuid_of_any_version() {
    for aspsp in [ASPSP, &ASPSP.to_uppercase(), "00000000-0000-1000-8000-000000000000"] {
        assert_eq!(Aspsp::parse(aspsp), Ok(Aspsp(aspsp.into())), "in the text it was given in");
    }
    for text in NO_UUIDS {
        assert_eq!(Aspsp::parse(text), Err(Error::Aspsp), "{text}");
    }
}

proptest! {
    #[test]
    fn aut_2_random_bytes_make_a_v4_that_holds_them(bytes: [u8; 16]) {
        let uuid = RequestUuid::from_random(bytes);
        prop_assert_eq!(RequestUuid::parse(uuid.as_str()), Ok(uuid.clone()));
        let made = Uuid::try_parse(uuid.as_str()).unwrap().into_bytes();
        let random_bits = |bytes: [u8; 16]| {
            let fixed = 0xf000_u128 << 64 | 0xc000_u128 << 48;
            u128::from_be_bytes(bytes) & !fixed
        };
        prop_assert_eq!(random_bits(made), random_bits(bytes), "122 random bits, all kept");
    }
}
