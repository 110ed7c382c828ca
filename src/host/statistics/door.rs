//! Who may see the statistics: in production whoever has the token, in sandbox anybody unless there is one.

use crate::{
    Code,
    gateway::Secret,
    host::{Settings, faults::Faults},
    profile::Environment,
};
use sha2::{Digest as _, Sha256};

/// What a token has to be.
const TOKEN: &str = "It must be 16 to 512 visible ASCII characters: `openssl rand -base64 32` makes a good one.";
const SCHEME: &str = "bearer ";

/// Reads the setting.
pub(in crate::host) fn read(name: &str, token: Option<String>, faults: &mut Faults) -> Option<Secret> {
    let token = Secret::new(token?);
    let text = token.expose();
    if (16..=512).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(token);
    }
    faults.push(name, Some(TOKEN));
    None
}

/// Why a call with that `Authorization` is not let in; `None` where it is.
pub fn refusal(settings: &Settings, authorization: Option<&str>) -> Option<Code> {
    if !settings.applications.counts {
        return Some(Code::RouteNotFound);
    }
    let Some(token) = &settings.statistics_token else {
        return match settings.environment() {
            Environment::Sandbox => None,
            // Nobody is told what nobody may see.
            Environment::Production => Some(Code::RouteNotFound),
        };
    };
    let shown = authorization.and_then(|text| text.split_at_checked(SCHEME.len()));
    let shown = shown.filter(|(scheme, _)| scheme.eq_ignore_ascii_case(SCHEME)).map_or("", |(_, shown)| shown);
    (!is_same(shown, token.expose())).then_some(Code::StatisticsTokenWrong)
}

/// Compares by digests, so that the time it takes tells nothing of the texts.
fn is_same(one: &str, other: &str) -> bool {
    let digest = |text: &str| -> [u8; 32] { Sha256::digest(text).into() };
    digest(one).iter().zip(digest(other)).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}
