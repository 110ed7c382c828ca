//! A sandbox is asked by signed calls that change nothing: whether it takes this configuration, and otherwise with
//! which readings of the profile it does. The next call out, its answer in.

mod conclusion;
mod said;
mod search;

use super::{place::Place, reach::Answer};
use crate::{
    gateway::{Call, Certificate, Credentials, Method, Request, ResourceCall, Secret},
    host::settings::WORKER,
    profile::{BasicReading, CertificateReading, EmptyPayload, Profile},
    wire::IssuedAt,
};
use said::{About, Said};
use search::{Pair, Search};
use std::collections::VecDeque;

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
    /// The same as the one that was taken, with a query that is signed or not.
    Query(bool),
    /// A read with a made-up token, under a reading of no body.
    Read(EmptyPayload),
    /// The same with a signature that is certainly wrong.
    WrongSignature,
}

/// What is known so far.
pub(super) struct Live {
    configured: Profile,
    search: Search,
    asked: Option<Probe>,
    planned: VecDeque<Probe>,
    calls: u32,
    /// The profile that the gateway takes, and how it answers then.
    found: Option<(Profile, String)>,
    sign_query: Option<bool>,
    reads: Vec<(EmptyPayload, Said)>,
    empty_payload: Option<EmptyPayload>,
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
            planned: VecDeque::new(),
            calls: 0,
            found: None,
            sign_query: None,
            reads: Vec::new(),
            empty_payload: None,
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
        if self.found.is_some() {
            self.planned.pop_front()
        } else if self.search.wants_reference() {
            Some(Probe::WrongSecret)
        } else {
            self.search.next().map(Probe::Code)
        }
    }

    fn request(&self, place: &Place, probe: Probe, iat: IssuedAt) -> Option<Request> {
        let code = Call::Exchange { code: Secret::new(MADE_UP.to_owned()) };
        let read = || {
            let call = ResourceCall::new(Method::Get, "/accounts", None, None).ok()?;
            Some(Call::Resource(call, Secret::new(MADE_UP.to_owned())))
        };
        let under = |profile: Profile| Some(place.settings(profile)?.applications.list.first()?.client.clone());
        let known = || self.found.as_ref().map_or_else(|| self.configured.clone(), |(profile, _)| profile.clone());
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
            Probe::Query(sign_query) => {
                under(Profile { sign_query, ..known() })?.request_with_query(&code, QUERY, iat).ok()
            }
            Probe::Read(empty_payload) => Some(under(Profile { empty_payload, ..known() })?.request(&read()?, iat)),
            Probe::WrongSignature => {
                let mut request = under(known())?.request(&read()?, iat);
                set(&mut request, "x-jws-signature", |token| Secret::new(spoilt(token.expose())));
                Some(request)
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
                self.planned.push_back(Probe::Query(self.configured.sign_query));
                self.found = Some((Profile { certificate, basic, ..self.configured.clone() }, print));
            }
            (Probe::Code(pair), Said::Refused(refused)) => self.search.refused(pair, refused),
            (Probe::WrongSecret, Said::Refused(refused)) => self.search.reference(&refused.print),
            // Whoever takes a wrong secret tells nothing by it.
            (Probe::WrongSecret, _) => self.search.reference(""),
            (Probe::Query(signed), said) => self.told_of_query(signed, &said),
            (Probe::Read(reading), said) => self.told_of_read(reading, said),
            (Probe::WrongSignature, said) => {
                let mut others = self.reads.iter().filter(|(_, other)| *other != said);
                if let (Some((reading, _)), None) = (others.next(), others.next()) {
                    self.empty_payload = Some(*reading);
                }
            }
            (Probe::Code(_), Said::Wait | Said::Failed) => {}
        }
    }

    fn told_of_query(&mut self, signed: bool, said: &Said) {
        let is_taken = matches!((said, &self.found), (Said::Taken(print), Some((_, known))) if print == known);
        if is_taken {
            self.sign_query = Some(signed);
        } else if signed == self.configured.sign_query {
            return self.planned.push_back(Probe::Query(!signed));
        }
        self.planned.push_back(Probe::Read(self.configured.empty_payload));
    }

    fn told_of_read(&mut self, reading: EmptyPayload, said: Said) {
        let other = match reading {
            EmptyPayload::Object => EmptyPayload::Empty,
            EmptyPayload::Empty => EmptyPayload::Object,
        };
        self.reads.push((reading, said));
        match self.reads.as_slice() {
            [_] => self.planned.push_back(Probe::Read(other)),
            [(_, one), (_, two)] if one != two => match (is_of_signature(one), is_of_signature(two)) {
                (true, false) => self.empty_payload = Some(reading),
                (false, true) => self.empty_payload = Some(other),
                (true, true) | (false, false) => self.planned.push_back(Probe::WrongSignature),
            },
            // The token is looked at first: the answers tell nothing.
            _ => {}
        }
    }
}

fn is_of_signature(said: &Said) -> bool {
    matches!(said, Said::Refused(refused) if refused.about == Some(About::Signature))
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
