//! Writes the TypeScript of what crosses the boundary to standard output: the types from the Rust types, the unions of
//! codes and the constants from their tables. With `simulator`, what the page's simulator tells in place of all that.
#![forbid(unsafe_code)]

use std::fmt::Write as _;
use tell_connect::{
    Code,
    codes::Met,
    consent::{Reason, State, deadlines},
    error::{Fault, Refusal},
    gateway::{
        Method, PaymentState, Request, Shown,
        answer::{AuthoriseAnswer, Tokens},
        explain::{Explanation, Finding, MAX_EXPLAINED, Reading},
        payment::MAX_PAYMENT,
        secret::{MAX_CERTIFICATE, MAX_TOKEN},
    },
    host::{
        audit, backend, call_log, customer, doctor, input, knock, notice, options::ClientOptions, order, results,
        settings, statistics, told, unreadable, visit,
    },
    profile::{
        ACCOUNT_RESOURCES, BasicReading, CertificateReading, EmptyPayload, EndpointReading, Environment, Profile, Scope,
    },
    views::{self, MAX_VIEWED, merge::MAX_MERGED},
    wire::{
        jws,
        path::MAX_PATH,
        redirect::{MAX_URL, Returned},
        request::AuthoriseBody,
    },
};
use tell_connect_simulation as simulation;
use ts_rs::{Config, TS};

fn main() {
    let mut text = String::from("// Written by wasm/types from the Rust types and tables. Do not edit.\n");
    if std::env::args().nth(1).as_deref() == Some("simulator") {
        of_simulator(&mut text);
    } else {
        types(&mut text);
        codes(&mut text);
        sentences(&mut text);
        constants(&mut text);
    }
    print!("{text}");
}

/// What the simulator of the page tells.
fn of_simulator(text: &mut String) {
    declare::<simulation::Described>(text);
    declare::<simulation::FlawTold>(text);
    declare::<simulation::Offer>(text);
    declare::<simulation::LinkTold>(text);
    declare::<simulation::Violation>(text);
    declare::<simulation::Batch>(text);
    declare::<simulation::Who>(text);
    declare::<simulation::Done>(text);
    declare::<simulation::After>(text);
    declare::<simulation::Step>(text);
    declare::<simulation::LifeTold>(text);
}

/// Every type that crosses.
fn types(text: &mut String) {
    declare::<Environment>(text);
    declare::<Scope>(text);
    declare::<Fault>(text);
    declare::<Refusal>(text);
    declare::<AuthoriseBody>(text);
    declare::<Returned>(text);
    declare::<Explanation>(text);
    declare::<Finding>(text);
    declare::<Reading>(text);
    declare::<Profile>(text);
    declare::<EmptyPayload>(text);
    declare::<CertificateReading>(text);
    declare::<BasicReading>(text);
    declare_input::<ClientOptions>(text);
    declare::<Method>(text);
    declare::<Request>(text);
    declare::<AuthoriseAnswer>(text);
    declare::<Tokens>(text);
    declare_input::<input::Wish>(text);
    declare_input::<input::Visitor>(text);
    declare::<input::Input>(text);
    declare_input::<input::Asked>(text);
    declare_input::<input::Happened>(text);
    declare::<tell_connect::consent::Loss>(text);
    declare::<told::Instruction>(text);
    declare_input::<order::shell::OrderEvent>(text);
    declare::<order::shell::Instruction>(text);
    declare::<PaymentState>(text);
    declare::<notice::PaymentTold>(text);
    declare::<notice::HostEvent>(text);
    declare::<visit::StartTerms>(text);
    declare::<told::About>(text);
    declare_input::<backend::BackendCall>(text);
    declare::<backend::Beginning>(text);
    declare::<backend::Check>(text);
    declare::<backend::Start>(text);
    declare::<backend::Named>(text);
    let word = "/** What an order says to a claim. */";
    declared(text, &format!("{word}\nexport type ClaimWord = 'granted' | 'mismatch' | 'taken' | 'failed';"));
    declare::<audit::Kind>(text);
    declare::<Reason>(text);
    declare::<told::Told>(text);
    declare::<told::Problem>(text);
    declare::<told::Said>(text);
    declare::<told::ConsentView>(text);
    declare::<Shown>(text);
    declare::<told::BudgetTold>(text);
    declare::<told::EndpointLeft>(text);
    declare::<told::Left>(text);
    declare::<results::SweepResult>(text);
    declare::<EndpointReading>(text);
    declare::<State>(text);
    declare::<visit::Step>(text);
    declare::<visit::Asking>(text);
    declare_input::<visit::Call>(text);
    declare_input::<visit::Reply>(text);
    declare_input::<visit::Cookies>(text);
    declare::<visit::Cookie>(text);
    declare::<knock::Door>(text);
    declare::<statistics::answer::types::StatisticsFigures>(text);
    declare::<statistics::answer::types::StatisticsKinds>(text);
    declare::<statistics::answer::types::Statistics>(text);
    declare_input::<knock::Knock>(text);
    declare::<views::Money>(text);
    declare::<views::Account>(text);
    declare::<views::Balance>(text);
    declare::<views::Transaction>(text);
    declare::<views::Beneficiary>(text);
    declare::<views::DirectDebit>(text);
    declare::<views::StandingOrder>(text);
    declare::<views::ScheduledPayment>(text);
    declare::<views::Product>(text);
    declare::<doctor::Verdict>(text);
    declare::<doctor::Finding>(text);
    declare::<doctor::Row>(text);
    declare::<doctor::Report>(text);
    declare_input::<doctor::Source>(text);
    declare_input::<doctor::Start>(text);
    declare::<doctor::Ask>(text);
    declare_input::<doctor::X509>(text);
    declare_input::<doctor::Answer>(text);
    declare_input::<doctor::Told>(text);
    call_log::types(&mut |declaration| declared(text, declaration));
}

/// A type that comes out of Rust.
fn declare<T: TS>(text: &mut String) {
    declared(text, &declaration::<T>());
}

/// A type that goes into Rust: who passes a member that may be left out need not leave it out where there is nothing to
/// pass.
fn declare_input<T: TS>(text: &mut String) {
    let line = |line: &str| match line.split_once("?: ").map(|(name, rest)| (name, rest.split_once(','))) {
        Some((name, Some((kind, rest)))) => format!("{name}?: {kind} | undefined,{rest}"),
        Some((_, None)) | None => line.to_owned(),
    };
    declared(text, &declaration::<T>().lines().map(line).collect::<Vec<_>>().join("\n"));
}

fn declaration<T: TS>() -> String {
    format!("{}export {}", T::docs().unwrap_or_default(), T::decl(&Config::default()))
}

fn declared(text: &mut String, declaration: &str) {
    text.push('\n');
    for line in declaration.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// The unions of codes, and what each says.
fn codes(text: &mut String) {
    let union = |met: &dyn Fn(Met) -> bool| {
        let codes = Code::ALL.iter().filter(|code| met(code.met()));
        codes.map(|code| format!("\n  | '{code}'")).collect::<String>()
    };
    let thrown = union(&|met| met != Met::Answered);
    let answered = union(&|met| met != Met::Thrown);
    declared(text, &format!("/** What a `TellConnectError` can say went wrong. */\nexport type ErrorCode ={thrown};"));
    declared(text, &format!("/** What a caller can be answered with. */\nexport type ProblemCode ={answered};"));
    let mut table = String::new();
    for code in Code::ALL {
        // Writing to a String cannot fail.
        let (status, sentence, met) = (code.status(), code.sentence(), code.met());
        let met = match met {
            Met::Thrown => "thrown",
            Met::Answered => "answered",
            Met::Both => "both",
        };
        let _ = write!(table, "\n  {code}: {{ status: {status}, met: '{met}', sentence: {sentence:?} }},");
    }
    let about = "/** Every code: the HTTP status it is answered with, where it is met, and what to do. */";
    declared(text, &format!("{about}\nexport const CODES = {{{table}\n}} as const;"));
}

/// The sentences of what JavaScript refuses by itself, before it hands anything over.
fn sentences(text: &mut String) {
    let codes = [
        Code::InvalidArgument,
        Code::TooLarge,
        Code::NotReady,
        Code::Interrupted,
        Code::ProfileInvalid,
        Code::WasmMissing,
        Code::WasmRefused,
    ];
    let lines: String = codes.iter().map(|code| format!("\n  {code}: {:?},", code.sentence())).collect();
    let about = "/** What the package refuses before it hands anything over. */";
    declared(text, &format!("{about}\nexport const SENTENCES = {{{lines}\n}} as const;"));
}

/// Names and limits that JavaScript has to know before it hands anything over.
fn constants(text: &mut String) {
    let list = |names: &[&str]| names.iter().map(|name| format!("'{name}', ")).collect::<String>();
    let settings = list(&settings::NAMES);
    declared(text, &format!("/** A worker's settings. */\nexport const SETTINGS = [{settings}] as const;"));
    let resources = list(&ACCOUNT_RESOURCES);
    declared(text, &format!("/** What there is of an account. */\nexport const RESOURCES = [{resources}] as const;"));
    let limits = [
        ("payload", jws::MAX_PAYLOAD),
        ("jws", jws::MAX_TOKEN),
        ("path", MAX_PATH),
        ("payment", MAX_PAYMENT),
        ("url", MAX_URL),
        ("certificate", MAX_CERTIFICATE),
        ("token", MAX_TOKEN),
        ("explained", MAX_EXPLAINED),
        ("text", settings::MAX_TEXT),
        ("snapshot", input::MAX_SNAPSHOT),
        ("order", order::MAX_SNAPSHOT),
        ("customer", customer::MAX_SNAPSHOT),
        ("statistics", statistics::MAX_ROW),
        ("answer", input::MAX_ANSWER),
        ("told", input::MAX_TOLD),
        ("viewed", MAX_VIEWED),
        ("merged", MAX_MERGED),
    ];
    let limits: String = limits.iter().map(|(name, bytes)| format!("\n  {name}: {bytes},")).collect();
    let times = [
        ("unreadableKept", unreadable::KEPT_MS),
        ("unreadableAgain", unreadable::AGAIN_MS),
        ("confirmed", deadlines::CONFIRMED_MS),
        ("counted", statistics::COUNT_MS),
        ("statisticsErased", statistics::ERASED_MS),
    ];
    let times: String = times.iter().map(|(name, ms)| format!("\n  {name}: {ms},")).collect();
    declared(
        text,
        &format!("/** Times that a shell keeps, in milliseconds. */\nexport const TIMES = {{{times}\n}} as const;"),
    );
    declared(text, &format!("/** The most bytes that are taken. */\nexport const LIMITS = {{{limits}\n}} as const;"));
}
