use super::*;
use alloc::vec;

const BOTH: [Environment; 2] = [Environment::Sandbox, Environment::Production];

#[test]
fn env_1_auth_bases_are_the_guides() {
    assert_eq!(BOTH.map(Environment::auth_base), ["https://auth-sandbox.tell.money/v1", "https://auth.tell.money/v1"]);
}

#[test]
fn env_2_a_code_lives_10_minutes_in_sandbox_and_60_seconds_in_production() {
    assert_eq!(BOTH.map(Environment::code_lifetime_ms), [600_000, 60_000]);
}

#[test]
fn env_5_environments_are_known_by_exact_names() {
    assert_eq!(BOTH.map(|environment| Environment::parse(environment.name())), BOTH.map(Ok));
    for name in ["", "Sandbox", "PRODUCTION", "production ", "live", "test"] {
        assert_eq!(Environment::parse(name), Err(Error::Environment), "{name:?}");
    }
}

#[test]
fn aut_3_a_scope_is_aisp_or_pisp() {
    assert_eq!(Scope::parse("aisp"), Ok(Scope::Aisp));
    assert_eq!(Scope::parse("pisp"), Ok(Scope::Pisp));
    assert_eq!([Scope::Aisp, Scope::Pisp].map(Scope::name), ["aisp", "pisp"]);
    for name in ["", "AISP", "aisp ", "aisp pisp", "cbpii"] {
        assert_eq!(Scope::parse(name), Err(Error::Scope), "{name:?}");
    }
}

#[test]
fn aut_4_production_sends_the_psu_to_its_own_host_alone() {
    assert_eq!(Environment::Production.auth_hosts(), ["auth.tell.money"]);
    assert_eq!(Environment::Sandbox.auth_hosts(), ["auth-sandbox.tell.money", "auth.tell.money"]);
}

#[test]
fn acc_3_the_gateways_published_resources_are_known() {
    let mut resources = ACCOUNT_RESOURCES.to_vec();
    resources.sort_unstable();
    let published =
        "balance beneficiaries direct-debits product scheduled-payments standing-orders transactions".split(' ');
    assert!(resources.into_iter().eq(published));
}

#[test]
fn jws_8_the_default_profile_is_the_pages_reading() {
    let expected = Profile {
        sign_query: false,
        empty_payload: EmptyPayload::Object,
        certificate: CertificateReading::AsIs,
        basic: BasicReading::AsIs,
        refresh_skew: RefreshSkew(60),
        location_hosts: vec![],
        payment_path: PaymentPath("/payments".into()),
    };
    assert_eq!(Profile::default(), expected);
}
