//! A model of the gateway, written apart from the core: what it knows, what it grants, and what it refuses.
//!
//! It keeps its own, true time. Tokens are numbers here and texts such as `R~7` on the wire; the tilde stands in every
//! secret and nowhere else, so that a leak is easily seen.

use crate::{
    answers::{self, Answer},
    choices::Choices,
};
use tell_connect::profile::Environment;

/// Milliseconds for which a consent holds.
pub const CONSENT_MS: u64 = 90 * 24 * 60 * 60 * 1000;
/// Milliseconds by which an access token outlives what was said of it: the way takes time.
const LEEWAY_MS: u64 = 5000;

/// What a gateway makes of a code or refresh token that comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// The same refresh token again, for as long as it is unused: the first answer may have been lost.
    Same,
    /// Tokens of its own, beside the first ones.
    Another,
    /// A refusal.
    Refused,
    /// A refusal, and the end of the whole consent.
    Punished,
}

/// How this life's gateway reads the guide.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    pub reuse: Reuse,
    /// A refresh answers with a new refresh token: always, or by chance, or never.
    pub rotates: Rotation,
    /// An exchange answers with a refresh token.
    pub renewable: bool,
    /// Seconds that an access token is said to live.
    pub access_seconds: u32,
    /// Milliseconds that a code lives.
    pub code_ms: u64,
    /// One resource is refused as if the access token were, whatever the token.
    pub stubborn: bool,
}

/// Milliseconds that a code lives (`ENV-2`).
pub fn code_ms(environment: Environment) -> u64 {
    match environment {
        Environment::Sandbox => 10 * 60 * 1000,
        Environment::Production => 60 * 1000,
    }
}

/// Whether a refresh token is replaced at its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    Always,
    Sometimes,
    Never,
}

impl Manners {
    pub fn draw(environment: Environment, choices: &mut Choices) -> Self {
        Self {
            reuse: choices.of([Reuse::Same, Reuse::Another, Reuse::Refused, Reuse::Punished]),
            rotates: choices.of([Rotation::Always, Rotation::Always, Rotation::Sometimes, Rotation::Never]),
            renewable: !choices.once_in(6),
            access_seconds: choices.of([3600, 3600, 7200, 300, 61, 60, 30, 1, 0]),
            code_ms: code_ms(environment),
            stubborn: choices.once_in(3),
        }
    }
}

/// The tokens of one answer, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub access: u32,
    pub refresh: Option<u32>,
    /// The answer has another refresh token, which nobody can use.
    pub is_unusable: bool,
}

/// What a request asks for, with the secret that it shows.
#[derive(Clone, Debug)]
pub enum Asked {
    Authorise {
        uuid: String,
    },
    Exchange {
        code: u32,
    },
    Refresh {
        token: u32,
    },
    /// `odd`: it is the one that a stubborn bank refuses.
    Resource {
        access: u32,
        odd: bool,
    },
}

/// An authorisation.
pub struct Intent {
    pub uuid: String,
    pub id: String,
}

struct Code {
    issued_at: u64,
    first: Option<Tokens>,
}

struct Grant {
    since: u64,
    revoked: bool,
}

struct Refresh {
    grant: usize,
    next: Option<Tokens>,
    /// The token whose refresh issued this one.
    parent: Option<u32>,
}

struct Access {
    grant: usize,
    ends_at: u64,
}

/// The gateway.
pub struct Gateway {
    manners: Manners,
    intents: Vec<Intent>,
    codes: Vec<Code>,
    grants: Vec<Grant>,
    refreshes: Vec<Refresh>,
    accesses: Vec<Access>,
}

impl Gateway {
    pub fn new(manners: Manners) -> Self {
        let (intents, codes, grants) = (Vec::new(), Vec::new(), Vec::new());
        Self { manners, intents, codes, grants, refreshes: Vec::new(), accesses: Vec::new() }
    }

    /// The authorisation of that number.
    pub fn intent(&self, number: usize) -> Option<&Intent> {
        self.intents.get(number)
    }

    /// The authorisation made under that UUID.
    pub fn intent_of(&self, uuid: &str) -> Option<usize> {
        self.intents.iter().position(|intent| intent.uuid == uuid)
    }

    /// The PSU consents: a code for the way back.
    pub fn consent(&mut self, now: u64) -> u32 {
        self.codes.push(Code { issued_at: now, first: None });
        answers::count(&self.codes) - 1
    }

    /// The PSU revokes all that was granted so far.
    pub fn revoke(&mut self) {
        for grant in &mut self.grants {
            grant.revoked = true;
        }
    }

    /// From now on no resource is refused for itself.
    pub fn relent(&mut self) {
        self.manners.stubborn = false;
    }

    /// Does what is asked.
    pub fn answer(&mut self, asked: &Asked, now: u64, choices: &mut Choices) -> Answer {
        match asked {
            Asked::Authorise { uuid } => {
                let id = answers::name("intent-", answers::count(&self.intents));
                let answer = answers::requested(&id, choices);
                self.intents.push(Intent { uuid: uuid.clone(), id });
                answer
            }
            Asked::Exchange { code } => match self.exchange(*code, now) {
                Some(tokens) => answers::tokens(tokens, self.manners.access_seconds, choices),
                None => answers::grant_refused("C~", *code, choices),
            },
            Asked::Refresh { token } => match self.refresh(*token, now, choices) {
                Some(tokens) => answers::tokens(tokens, self.manners.access_seconds, choices),
                None => answers::grant_refused("R~", *token, choices),
            },
            Asked::Resource { access, odd } => match self.opens(*access, now) && !(*odd && self.manners.stubborn) {
                true => answers::resource(),
                false => answers::token_refused(choices),
            },
        }
    }

    /// Whether a refresh with that token would be answered with tokens.
    pub fn honours(&self, token: u32, now: u64) -> bool {
        self.refreshes.get(index(token)).is_some_and(|refresh| {
            self.holds(refresh.grant, now)
                && match self.manners.reuse {
                    Reuse::Another => true,
                    Reuse::Same => refresh.next.is_none_or(|next| !self.is_spent(next)),
                    Reuse::Refused | Reuse::Punished => refresh.next.is_none(),
                }
        })
    }

    /// The token whose refresh issued this one; `None` for the first of a consent.
    pub fn parent(&self, token: u32) -> Option<u32> {
        self.refreshes.get(index(token))?.parent
    }

    fn exchange(&mut self, code: u32, now: u64) -> Option<Tokens> {
        let Code { issued_at, first } = *self.codes.get(index(code))?;
        if now - issued_at >= self.manners.code_ms {
            return None;
        }
        let known = first.and_then(|first| self.accesses.get(index(first.access))).map(|access| access.grant);
        if known.is_some_and(|grant| !self.holds(grant, now)) {
            return None;
        }
        let grant = match (first, self.manners.reuse) {
            (None, _) => {
                self.grants.push(Grant { since: now, revoked: false });
                self.grants.len() - 1
            }
            (Some(first), Reuse::Same) if self.is_spent(first) => return None,
            (Some(first), Reuse::Same | Reuse::Another) => self.accesses.get(index(first.access))?.grant,
            (Some(_), Reuse::Refused) => return None,
            (Some(first), Reuse::Punished) => {
                self.punish(first);
                return None;
            }
        };
        let refresh = match (first, self.manners.reuse) {
            (Some(first), Reuse::Same) => first.refresh,
            _ => self.manners.renewable.then(|| self.issue_refresh(grant, None)),
        };
        let tokens = Tokens { access: self.issue_access(grant, now), refresh, is_unusable: false };
        let code = self.codes.get_mut(index(code))?;
        code.first = code.first.or(Some(tokens));
        Some(tokens)
    }

    fn refresh(&mut self, token: u32, now: u64, choices: &mut Choices) -> Option<Tokens> {
        let Refresh { grant, next, .. } = *self.refreshes.get(index(token))?;
        if !self.holds(grant, now) {
            return None;
        }
        match (next, self.manners.reuse) {
            (None, _) | (Some(_), Reuse::Another) => {}
            (Some(next), Reuse::Same) if self.is_spent(next) => return None,
            (Some(next), Reuse::Same) => return Some(Tokens { access: self.issue_access(grant, now), ..next }),
            (Some(_), Reuse::Refused) => return None,
            (Some(next), Reuse::Punished) => {
                self.punish(next);
                return None;
            }
        }
        let rotates = match self.manners.rotates {
            Rotation::Always => true,
            Rotation::Sometimes => choices.once_in(2),
            Rotation::Never => false,
        };
        let refresh = rotates.then(|| self.issue_refresh(grant, Some(token)));
        let tokens = Tokens { access: self.issue_access(grant, now), refresh, is_unusable: false };
        if rotates && let Some(spent) = self.refreshes.get_mut(index(token)) {
            spent.next = Some(tokens);
        }
        Some(tokens)
    }

    fn issue_refresh(&mut self, grant: usize, parent: Option<u32>) -> u32 {
        self.refreshes.push(Refresh { grant, next: None, parent });
        answers::count(&self.refreshes) - 1
    }

    fn issue_access(&mut self, grant: usize, now: u64) -> u32 {
        let life = u64::from(self.manners.access_seconds) * 1000;
        self.accesses.push(Access { grant, ends_at: now + life + LEEWAY_MS });
        answers::count(&self.accesses) - 1
    }

    fn holds(&self, grant: usize, now: u64) -> bool {
        self.grants.get(grant).is_some_and(|grant| !grant.revoked && now - grant.since < CONSENT_MS)
    }

    fn opens(&self, access: u32, now: u64) -> bool {
        let access = self.accesses.get(index(access));
        access.is_some_and(|access| now < access.ends_at && self.holds(access.grant, now))
    }

    fn is_spent(&self, tokens: Tokens) -> bool {
        tokens.refresh.and_then(|token| self.refreshes.get(index(token))).is_some_and(|refresh| refresh.next.is_some())
    }

    fn punish(&mut self, tokens: Tokens) {
        let grant = self.accesses.get(index(tokens.access)).map(|access| access.grant);
        if let Some(grant) = grant.and_then(|grant| self.grants.get_mut(grant)) {
            grant.revoked = true;
        }
    }
}

/// A number as a place in a list.
pub fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
