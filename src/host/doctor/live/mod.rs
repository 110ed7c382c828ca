//! A sandbox is asked by signed calls that change nothing: whether it takes this configuration, and otherwise with
//! which readings of the profile it does. The next call out, its answer in.

mod conclusion;
mod rest;
mod said;
mod search;

use super::{place::Place, reach::Answer};
use crate::{
    gateway::{Call, Certificate, Credentials, Method, Request, ResourceCall, Secret},
    host::settings::WORKER,
    profile::{BasicReading, CertificateReading, Profile},
    wire::IssuedAt,
};
use rest::{Question, Rest};
use said::Said;
use search::{Pair, Search};

/// The most calls that are made.
pub(super) const CALLS: u32 = 8;
/// A code and a token that nobody was ever given.
const MADE_UP: &str = "tell-connect-doctor";
/// A query that no gateway knows.
const QUERY: &str = "doctor=1";

/// One call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Probe {
    /// A made-up code, under a reading of certificate and credentials.
    Code(Pair),
    /// The same with a secret that is certainly wrong.
    WrongSecret,
    /// What is left to know once a call was taken.
    Rest(Question),
}

/// What is known so far.
pub(super) struct Live {
    configured: Profile,
    search: Search,
    asked: Option<Probe>,
    calls: u32,
    /// The profile whose calls the gateway takes, and what else is known of it.
    found: Option<(Profile, Rest)>,
    stopped: Option<Said>,
}

impl Live {
    /// Of the first application; `None` where the settings are not right.
    pub(super) fn new(place: &Place) -> Option<Self> {
        let configured = place.profile();
        place.settings(configured.clone())?;
        let certificate = Certificate::new(place.certificates().next()?.value.clone().into_bytes()).ok()?;
        let credentials = credentials(place, place.get(WORKER.client_secret)?)?;
        let pair = Pair { certificate: configured.certificate, basic: configured.basic };
        // Readings that give the same bytes are one; the configured one comes first.
        let mut keys = Vec::new();
        let mut certificates = Vec::new();
        for reading in [pair.certificate].into_iter().chain(CertificateReading::ALL) {
            if let Some(key) = certificate.key(reading).filter(|key| !keys.contains(key)) {
                keys.push(key);
                certificates.push(reading);
            }
        }
        let mut basics = vec![pair.basic];
        for reading in [BasicReading::AsIs, BasicReading::FormEncoded] {
            if credentials.basic(reading) != credentials.basic(pair.basic) {
                basics.push(reading);
            }
        }
        Some(Self {
            search: Search::new(pair, &certificates, &basics),
            configured,
            asked: None,
            calls: 0,
            found: None,
            stopped: None,
        })
    }

    /// How many calls were made.
    pub(super) fn calls(&self) -> u32 {
        self.calls
    }

    /// The next call; `None` when nothing is to be asked any more.
    pub(super) fn next(&mut self, place: &Place, now: u64) -> Option<Request> {
        let probe = self.probe().filter(|_| self.calls < CALLS && self.stopped.is_none())?;
        let request = self.request(place, probe, IssuedAt::new(now / 1000).ok()?)?;
        self.calls += 1;
        self.asked = Some(probe);
        Some(request)
    }

    fn probe(&mut self) -> Option<Probe> {
        if let Some((_, rest)) = &mut self.found {
            rest.next().map(Probe::Rest)
        } else if self.search.wants_reference() {
            Some(Probe::WrongSecret)
        } else {
            self.search.next().map(Probe::Code)
        }
    }

    fn request(&self, place: &Place, probe: Probe, iat: IssuedAt) -> Option<Request> {
        let code = Call::Exchange { code: Secret::new(MADE_UP.to_owned()) };
        let under = |profile: Profile| Some(place.settings(profile)?.applications.list.first()?.client.clone());
        match probe {
            Probe::Code(Pair { certificate, basic }) => {
                Some(under(Profile { certificate, basic, ..self.configured.clone() })?.request(&code, iat))
            }
            Probe::WrongSecret => {
                let mut request = under(self.configured.clone())?.request(&code, iat);
                let wrong = credentials(place, MADE_UP)?.basic(BasicReading::AsIs);
                set(&mut request, "authorization", |_| wrong);
                Some(request)
            }
            Probe::Rest(question) => {
                let known = self.found.as_ref().map_or(&self.configured, |(profile, _)| profile).clone();
                let empty_payload = self.found.as_ref().and_then(|(_, rest)| rest.empty_payload);
                let read = || {
                    let call = ResourceCall::new(Method::Get, "/accounts", None, None).ok()?;
                    Some(Call::Resource(call, Secret::new(MADE_UP.to_owned())))
                };
                match question {
                    Question::Read(empty_payload) => {
                        Some(under(Profile { empty_payload, ..known })?.request(&read()?, iat))
                    }
                    Question::WrongSignature => {
                        let mut request = under(known)?.request(&read()?, iat);
                        set(&mut request, "x-jws-signature", |token| Secret::new(spoilt(token.expose())));
                        Some(request)
                    }
                    Question::ReadQuery(sign_query) => {
                        let empty_payload = empty_payload.unwrap_or(known.empty_payload);
                        let client = under(Profile { sign_query, empty_payload, ..known })?;
                        client.request_with_query(&read()?, QUERY, iat).ok()
                    }
                    Question::TakenQuery(sign_query) => {
                        under(Profile { sign_query, ..known })?.request_with_query(&code, QUERY, iat).ok()
                    }
                }
            }
        }
    }

    /// What came of the last call.
    pub(super) fn told(&mut self, answer: &Answer) {
        let Some(probe) = self.asked.take() else { return };
        let said = Said::read(answer);
        if matches!(said, Said::Wait | Said::Failed) {
            self.stopped = Some(said);
            return;
        }
        match (probe, said) {
            (Probe::Code(Pair { certificate, basic }), Said::Taken(print)) => {
                let Profile { sign_query, empty_payload, .. } = self.configured;
                let rest = Rest::new(sign_query, empty_payload, Said::Taken(print));
                self.found = Some((Profile { certificate, basic, ..self.configured.clone() }, rest));
            }
            (Probe::Code(pair), Said::Refused(refused)) => self.search.refused(pair, refused),
            (Probe::WrongSecret, Said::Refused(refused)) => self.search.reference(&refused.print),
            // Whoever takes a wrong secret tells nothing by it.
            (Probe::WrongSecret, _) => self.search.reference(""),
            (Probe::Rest(question), said) => {
                if let Some((_, rest)) = &mut self.found {
                    rest.told(question, said);
                }
            }
            (Probe::Code(_), Said::Wait | Said::Failed) => {}
        }
    }
}

fn credentials(place: &Place, secret: &str) -> Option<Credentials> {
    let id = place.get(WORKER.client_id)?.to_owned();
    Credentials::new(Secret::new(id), Secret::new(secret.to_owned())).ok()
}

fn set(request: &mut Request, name: &str, to: impl FnOnce(&Secret) -> Secret) {
    if let Some((_, value)) = request.headers.iter_mut().find(|(header, _)| *header == name) {
        *value = to(value);
    }
}

/// A token with another first character of its signature.
fn spoilt(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap_or((token, ""));
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let rest: String = signature.chars().skip(1).collect();
    [signed, ".", other, &rest].concat()
}

#[cfg(test)]
mod tests;
