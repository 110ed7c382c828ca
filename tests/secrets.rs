//! Nothing that holds a secret shows it (`ERR-2`).
#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use core::fmt::Debug;
use tell_connect::{
    Error, Refusal,
    consent::{Answer, Command, Consent, Event, Failure, State, Terms},
    gateway::{Call, Certificate, Credentials, Method, ResourceCall, Secret, Signer, answer::TokenAnswer},
    host::{ClientOptions, Settings},
    profile::{BasicReading, Profile, Scope},
    wire::{App, IssuedAt, Path, json, jws::Compact, redirect, request::RequestUuid},
};

const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";
/// Each secret of these tests holds it, in plain text or in the base64 of Basic credentials.
const PLANTED: &str = "PLANTED";

fn planted(name: &str) -> Secret {
    Secret::new(format!("{name}-{PLANTED}"))
}

fn assert_hidden(what: &dyn Debug) {
    let basic = planted_credentials().basic(BasicReading::AsIs).expose().replace("Basic ", "");
    for shown in [format!("{what:?}"), format!("{what:#?}")] {
        assert!(!shown.contains(PLANTED) && !shown.contains(&basic), "{shown}");
    }
}

fn planted_credentials() -> Credentials {
    Credentials::new(planted("client"), planted("secret")).unwrap()
}

fn setting(name: &str) -> Option<String> {
    let value = match name {
        "TELL_ENVIRONMENT" => "sandbox",
        "TELL_CLIENT_ID" => "client-PLANTED",
        "TELL_CLIENT_SECRET" => "secret-PLANTED",
        "TELL_APP" => "app-1",
        "TELL_CERTIFICATE" => "certificate-PLANTED",
        "TELL_ASPSP" => "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac",
        "TELL_RESOURCE_BASE_URL" => "https://bank.example/v1",
        "TELL_REDIRECT_URL" => "https://tpp.example/callback",
        "TELL_VAULT_KEY" => "PLANTEDPLANTEDPLANTEDPLANTEDPLANTEDPLANTEDA=",
        _ => return None,
    };
    Some(value.into())
}

#[test]
fn err_2_a_secret_shows_itself_to_expose_alone() {
    let secret = planted("token");
    assert_hidden(&secret);
    assert_eq!(secret.to_string(), "…");
    assert_eq!(secret.expose(), "token-PLANTED");
    assert_hidden(&planted_credentials());
    assert_hidden(&planted_credentials().basic(BasicReading::AsIs));
}

#[test]
fn err_2_a_certificate_and_its_signer_show_no_key() {
    let certificate = Certificate::new(b"certificate-PLANTED".to_vec()).unwrap();
    assert_hidden(&certificate);
    assert!(!format!("{certificate:?}").contains("99, 101"), "nor its bytes as numbers");
    let signer = Signer::new(App::new("app-1".into()).unwrap(), certificate, &Profile::default()).unwrap();
    assert_hidden(&signer);
}

#[test]
fn err_2_settings_applications_and_requests_show_no_secret() {
    let settings = Settings::read(setting, Ok(Profile::default())).unwrap();
    assert_hidden(&settings);
    assert_hidden(&settings.applications);
    let get = ResourceCall::new(Method::Get, "/accounts", None, None).unwrap();
    let calls = [
        Call::Authorise {
            uuid: RequestUuid::parse(UUID).unwrap(),
            scope: Scope::Aisp,
            sandbox_sca: false,
            payment: None,
        },
        Call::Exchange { code: planted("code") },
        Call::Refresh { refresh_token: planted("refresh") },
        Call::Resource(get, planted("access")),
    ];
    for call in calls {
        assert_hidden(&call);
        let client = &settings.applications.get(None).unwrap().client;
        assert_hidden(&client.request(&call, IssuedAt::new(1_767_225_600).unwrap()));
    }
}

#[test]
fn err_2_a_token_answer_shows_no_token() {
    let body = r#"{"access_token":"access-PLANTED","refresh_token":"refresh-PLANTED"}"#;
    assert_hidden(&TokenAnswer::read(200, body).unwrap());
}

#[test]
fn err_2_configuration_faults_show_no_value() {
    for name in ["TELL_ENVIRONMENT", "TELL_CLIENT_ID", "TELL_CLIENT_SECRET", "TELL_APP", "TELL_ASPSP", "TELL_VAULT_KEY"]
    {
        let wrong = |asked: &str| if asked == name { Some("PLANTED:\n".into()) } else { setting(asked) };
        let refused = Settings::read(wrong, Err(Error::Profile)).unwrap_err();
        assert_hidden(&refused);
        assert!(!refused.to_string().contains(PLANTED));
    }
    let options = ClientOptions { client_secret: Some("secret-PLANTED\n".into()), ..ClientOptions::default() };
    assert_hidden(&options.client(None, Ok(Profile::default())).unwrap_err());
}

#[test]
fn err_2_parsers_do_not_echo_what_they_refuse() {
    let inputs =
        ["PLANTED", "{\"PLANTED\":", "https://tpp.example/?intent-id=PLANTED&uuid=PLANTED", "PLANTED.PLANTED.PLANTED"];
    for input in inputs {
        let errors = [
            redirect::parse(input).err(),
            json::check(input).err(),
            Compact::parse(input).err(),
            Path::parse(input).err(),
            RequestUuid::parse(input).err(),
            TokenAnswer::read(200, input).err(),
        ];
        for error in errors.into_iter().flatten() {
            assert_hidden(&error);
            assert!(!error.to_string().contains(PLANTED), "{error}");
        }
    }
}

#[test]
fn err_2_an_echo_of_credentials_is_masked_before_it_is_told() {
    let settings = Settings::read(setting, Ok(Profile::default())).unwrap();
    let basic = planted_credentials().basic(BasicReading::AsIs).expose().replace("Basic ", "");
    let body = format!(r#"{{"error":"secret-PLANTED","error_description":"Basic {basic} secret-PLANTED"}}"#);
    let client = &settings.applications.get(None).unwrap().client;
    assert_hidden(&client.masked(&Refusal::read(401, &body)));
}

#[test]
fn err_2_the_machine_shows_no_token_in_events_commands_and_outcomes() {
    let mut consent = Consent::new(Settings::read(setting, Ok(Profile::default())).unwrap().applications);
    let redirect = format!("?intent-id=i&uuid={UUID}&authorisation_code=code-PLANTED");
    let answer = |body: &str| Answer { status: 200, retry_after_ms: None, body: body.into() };
    let events = [
        Event::Start {
            caller: 1,
            scope: Scope::Aisp,
            uuids: [(); 3].map(|()| RequestUuid::parse(UUID).unwrap()),
            application: None,
            terms: Terms::default(),
        },
        Event::Answered { id: 1, answer: answer(r#"{"intent-id":"i","location":"https://auth.tell.money/"}"#) },
        Event::Redirected { caller: 2, redirect: redirect::parse(&redirect).unwrap() },
        Event::Answered {
            id: 2,
            answer: answer(r#"{"access_token":"access-PLANTED","refresh_token":"refresh-PLANTED"}"#),
        },
    ];
    for event in events {
        assert_hidden(&event);
        let commands: Vec<Command> = consent.handle(event, 1_767_225_600_000);
        assert_hidden(&commands);
        assert_hidden(&consent);
    }
    assert_eq!(consent.view(0).unwrap().state, State::Active);
    let failures = [Failure::NotFound, Failure::Refused(Refusal::read(400, "{\"error\":\"x\"}").into())];
    assert_hidden(&failures);
}
