//! Every code once: what a program matches, the HTTP status it is answered with, the sentence that says what to do.
//!
//! The TypeScript unions, the worker's problems, the tables of `docs/reference` and the page's words follow from this
//! table or are checked against it. A code never changes its meaning; a sentence may be improved.

/// Where a code can be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// A function of the package throws it.
    Thrown,
    /// A caller of the worker, or of the consent machine, is answered with it.
    Answered,
    /// Both.
    Both,
}

macro_rules! codes {
    ($($(#[$when:meta])? $variant:ident $code:literal $status:literal $met:ident $sentence:literal)*) => {
        /// A stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$when])? #[doc = $sentence] $variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$($(#[$when])? Self::$variant),*];

            /// The code's text: a program may match it.
            pub const fn as_str(self) -> &'static str {
                match self { $($(#[$when])? Self::$variant => $code),* }
            }

            /// The HTTP status a caller is answered with, unless the bank's own is passed on (`gateway_refused`).
            pub const fn status(self) -> u16 {
                match self { $($(#[$when])? Self::$variant => $status),* }
            }

            /// What is wrong in general and what to do. It holds nothing of the input (`ERR-2`).
            pub const fn sentence(self) -> &'static str {
                match self { $($(#[$when])? Self::$variant => $sentence),* }
            }

            /// Where it can be met.
            pub const fn met(self) -> Met {
                match self { $($(#[$when])? Self::$variant => Met::$met),* }
            }
        }
    };
}

codes! {
    // Arguments.
    InvalidArgument "invalid_argument" 400 Both "An argument is missing or of the wrong type."
    ScopeInvalid "scope_invalid" 400 Both "The scope must be \"aisp\" or \"pisp\"."
    EnvironmentInvalid "environment_invalid" 400 Thrown "The environment must be \"sandbox\" or \"production\"."
    UuidInvalid "uuid_invalid" 400 Thrown
        "The uuid must be a version 4 UUID with hyphens; leave it out and one is made."
    AspspInvalid "aspsp_invalid" 400 Thrown "The aspsp must be a UUID with hyphens, as the bank's guide gives it."
    AppInvalid "app_invalid" 400 Thrown
        "The app id must be 1 to 256 characters without control characters, as the portal shows it."
    PathInvalid "path_invalid" 400 Both "The path must start with a slash and have no host, version or fragment."
    #[cfg(feature = "secret")]
    MethodInvalid "method_invalid" 400 Both "The method must be GET, POST, PUT, PATCH or DELETE, in capitals."
    IatInvalid "iat_invalid" 400 Thrown
        "The iat must be whole seconds since 1970, from 2020 to 2100 (not milliseconds); check the clock."
    JsonInvalid "json_invalid" 400 Both "The text is not JSON (RFC 8259)."
    ListMissing "list_missing" 400 Thrown
        "The text has no such list: it is the answer of another resource, or a failure."
    TooLarge "too_large" 400 Both "There are more bytes than are taken."
    #[cfg(feature = "secret")]
    TokenInvalid "token_invalid" 400 Thrown
        "A code or token must be visible ASCII characters, and not empty. A refresh token alone may hold spaces."
    #[cfg(feature = "secret")]
    UserIpInvalid "user_ip_invalid" 400 Both
        "The user's address must be a public IPv4 or IPv6 address, as the edge saw it."
    RedirectParameterMissing "redirect_parameter_missing" 400 Both "The redirect lacks one of its parameters."
    RedirectParameterRepeated "redirect_parameter_repeated" 400 Both "The redirect has one of its parameters twice."
    RedirectParameterInvalid "redirect_parameter_invalid" 400 Both
        "The redirect, or one of its parameters, is not of the form that the bank sends."

    // Signatures.
    JwsMalformed "jws_malformed" 400 Thrown "The token is not a compact JWS."
    #[cfg(feature = "secret")]
    JwsAlgorithmRefused "jws_algorithm_refused" 400 Thrown
        "The token's alg is not HS256, the one algorithm the gateway uses."
    #[cfg(feature = "secret")]
    JwsHeaderRefused "jws_header_refused" 400 Thrown
        "The token's header has crit or b64, which the gateway does not use."
    #[cfg(feature = "secret")]
    JwsAppMismatch "jws_app_mismatch" 400 Thrown "The token was signed for another application than this one."
    #[cfg(feature = "secret")]
    JwsSignatureMismatch "jws_signature_mismatch" 400 Thrown
        "The signature does not match: another certificate, or other bytes. explain() tells which."

    // Payments.
    #[cfg(feature = "secret")]
    PaymentInvalid "payment_invalid" 400 Both "The payment has faults; each names its member. Nothing was sent."

    #[cfg(feature = "secret")]
    OrderInvalid "order_invalid" 400 Answered "The order key must be 1 to 255 visible ASCII characters, and one alone."
    #[cfg(feature = "secret")]
    PaymentsOff "payments_off" 403 Answered "This site makes no payments: its TELL_PAYMENTS is off."
    #[cfg(feature = "secret")]
    PaymentsBackendOnly "payments_backend_only" 403 Answered
        "This site's backend starts its payments: TELL_PAYMENTS is backend. Start there."

    #[cfg(feature = "secret")]
    StatisticsTokenWrong "statistics_token_wrong" 401 Answered
        "The statistics are shown to whoever sends TELL_STATISTICS_TOKEN as a bearer token."

    // Configuration and platform.
    #[cfg(feature = "secret")]
    ConfigurationInvalid "configuration_invalid" 500 Both
        "The configuration has faults; each names its setting."
    #[cfg(feature = "secret")]
    CertificateInvalid "certificate_invalid" 500 Thrown "The certificate cannot be used as a key."
    #[cfg(feature = "secret")]
    CredentialsInvalid "credentials_invalid" 500 Thrown "The client id or the client secret cannot be sent."
    #[cfg(feature = "secret")]
    BaseUrlInvalid "base_url_invalid" 500 Thrown "A base URL is not one that requests may be sent to."
    ProfileInvalid "profile_invalid" 500 Thrown "The profile has a setting or a value that does not exist."
    RandomnessUnavailable "randomness_unavailable" 500 Thrown "The platform gave no random bytes."
    NotReady "not_ready" 500 Thrown "Await ready() before the first call."
    WasmMissing "wasm_missing" 500 Thrown
        "The package's wasm file is not found. Bundle with the condition \"module\", or leave tell-connect external."
    WasmRefused "wasm_refused" 500 Thrown
        "WebAssembly is refused here. A page's Content-Security-Policy has to allow it: script-src 'wasm-unsafe-eval'."
    #[cfg(feature = "secret")]
    SnapshotDamaged "snapshot_damaged" 500 Both "The stored consent cannot be read. It was left as it is."
    #[cfg(feature = "secret")]
    SnapshotVersionUnknown "snapshot_version_unknown" 500 Both
        "The stored consent was written by a newer version of this program. It was left as it is."
    #[cfg(feature = "secret")]
    VaultKeyUnknown "vault_key_unknown" 500 Answered
        "A stored consent is under a key that TELL_VAULT_KEY does not list. It was left as it is."
    #[cfg(feature = "secret")]
    Interrupted "interrupted" 500 Thrown
        "A call was cut off half way, by a full stack perhaps. Try again; make a consent anew from its last snapshot."
    #[cfg(feature = "secret")]
    Internal "internal" 500 Answered "The worker failed. Nothing was lost; try again."

    #[cfg(feature = "secret")]
    Busy "busy" 503 Answered "Too much is under way here. Try again after the time in Retry-After."

    // A consent's own answers.
    #[cfg(feature = "secret")]
    ConsentNotFound "consent_not_found" 404 Answered "There is no consent here. Connect the bank first."
    #[cfg(feature = "secret")]
    NotAuthorisedYet "not_authorised_yet" 409 Answered
        "The customer has not come back from the bank yet. Finish there first."
    #[cfg(feature = "secret")]
    PermissionMissing "permission_missing" 403 Answered
        "The customer did not permit this; the permission is named beside this. Ask for a consent with it."
    #[cfg(feature = "secret")]
    BudgetSpent "budget_spent" 429 Answered
        "The bank is asked for this no more without the customer, until the time that is told beside this."
    #[cfg(feature = "secret")]
    ConsentAlreadyStarted "consent_already_started" 409 Answered "This consent was asked for already."
    #[cfg(feature = "secret")]
    PaymentAlreadySubmitted "payment_already_submitted" 409 Answered
        "This consent's one payment was sent already. Ask for its status instead."
    #[cfg(feature = "secret")]
    PaymentMismatch "payment_mismatch" 422 Answered
        "The customer was asked to agree to another payment. Submit that one, or ask for a new consent."
    #[cfg(feature = "secret")]
    OrderMismatch "order_mismatch" 422 Answered
        "This order key is of another payment. Nothing was sent; use a key of its own for each order."
    #[cfg(feature = "secret")]
    OrderAlreadyPaid "order_already_paid" 409 Answered
        "A payment of this order was sent already, and how it stands is told beside this. Do not pay it again."
    #[cfg(feature = "secret")]
    Declined "declined" 403 Answered
        "The customer declined, or could not be authenticated. Connect again to retry."
    #[cfg(feature = "secret")]
    CodeExpired "code_expired" 403 Answered "The bank's authorisation code is too old to be used. Connect again."
    #[cfg(feature = "secret")]
    Revoked "revoked" 403 Answered "The bank no longer honours this consent. Connect again to renew it."
    #[cfg(feature = "secret")]
    Reauthorise "reauthorise" 403 Answered
        "The bank can no longer tell whether this consent holds. Connect again to renew it."
    #[cfg(feature = "secret")]
    Expired "expired" 403 Answered "The consent has run out. Connect again to renew it."
    #[cfg(feature = "secret")]
    RedirectMismatch "redirect_mismatch" 403 Answered
        "The redirect is not of an authorisation that this browser started. Nothing was used."

    // The gateway.
    #[cfg(feature = "secret")]
    GatewayUnreachable "gateway_unreachable" 502 Answered
        "The bank's gateway cannot be reached. Try again in a minute."
    #[cfg(feature = "secret")]
    GatewayTimeout "gateway_timeout" 504 Answered "The bank's gateway did not answer in time. Try again in a minute."
    #[cfg(feature = "secret")]
    GatewayBadAnswer "gateway_bad_answer" 502 Both
        "The bank's gateway gave an answer that cannot be read. Try again in a minute."
    #[cfg(feature = "secret")]
    GatewayFailed "gateway_failed" 502 Answered "The bank's gateway failed. Try again in a minute."
    #[cfg(feature = "secret")]
    GatewayBusy "gateway_busy" 503 Answered "The bank's gateway is busy. Try again after the time in Retry-After."
    #[cfg(feature = "secret")]
    GatewayRefused "gateway_refused" 502 Both "The bank refused this call; its status and error are kept beside this."
    #[cfg(feature = "secret")]
    GatewayRefusedClient "gateway_refused_client" 502 Answered
        "The bank's gateway refused our credentials or signature. Check id, secret, app, certificate and clock."
    #[cfg(feature = "secret")]
    LocationRefused "location_refused" 502 Both
        "The gateway would send the customer to a host that is not the bank's."

    // HTTP, before a consent is asked.
    #[cfg(feature = "secret")]
    BodyTooLarge "body_too_large" 413 Answered "The body is larger than 16 KiB."
    #[cfg(feature = "secret")]
    ContentTypeUnsupported "content_type_unsupported" 415 Answered "Send the body as application/json."
    #[cfg(feature = "secret")]
    MethodNotAllowed "method_not_allowed" 405 Answered "This address does not take this method."
    #[cfg(feature = "secret")]
    OriginRequired "origin_required" 403 Answered
        "This call changes something, so it needs an Origin or Sec-Fetch-Site header of this site."
    #[cfg(feature = "secret")]
    OriginMismatch "origin_mismatch" 403 Answered
        "This call changes something, so it must come from this site's own pages."
    #[cfg(feature = "secret")]
    RouteNotFound "route_not_found" 404 Answered "There is nothing at this address."
    #[cfg(feature = "secret")]
    TooManyRequests "too_many_requests" 429 Answered
        "There were too many calls of this kind. Try again after the time in Retry-After."
    #[cfg(feature = "secret")]
    TooEarly "too_early" 425 Answered "A prefetch or a HEAD cannot finish an authorisation. Follow the link."
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Code {
    /// Whether it is of what the gateway answered, or did not.
    pub fn is_of_gateway(self) -> bool {
        self.as_str().starts_with("gateway_") || self.as_str() == "location_refused"
    }

    /// The code of that text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|code| code.as_str() == text).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn err_2_every_code_is_told_once() {
        let texts: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        for text in texts {
            assert!(text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{text}");
        }
    }

    #[test]
    fn err_2_every_code_says_what_to_do_in_a_sentence_and_is_a_failure() {
        for code in Code::ALL {
            let sentence = code.sentence();
            assert!(sentence.starts_with(char::is_uppercase) && sentence.ends_with(['.', ')']), "{sentence}");
            assert!((400..600).contains(&code.status()), "{code}");
        }
    }
}
