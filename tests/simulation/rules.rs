//! What must hold after every step, by the names under which a violation is reported.

/// Refresh and exchange alike.
pub const ONE_CALL: &str = "REF-2: at most one call of /access-token of a consent is in flight";
pub const KEPT_FIRST: &str = "REF-3: what a call is about to spend is durable before it leaves";
pub const NEWEST: &str = "REF-1: a refresh token is not sent once its successor is known";
pub const FRESH: &str = "REF-2: an access token is sent only while it is durable and not expired";
pub const CODE_ALIVE: &str = "TOK-2: no code is sent after its lifetime";
pub const CODE_ONCE: &str = "TOK-2: no code is sent again after its answer";
pub const OWN_REDIRECT: &str = "RED-3: the code of a foreign redirect, or of a finished one (RED-4), is not taken";
pub const TAKEN_REDIRECT: &str = "RED-3: the consent's own redirect is not refused";
pub const VISIT: &str = "RED-4: a browser is told what its own consent says, and whoever looks ahead asks none";
pub const FORMER: &str = "CON-1: a consent that is to be replaced stays until the new one is connected, and goes then";
pub const SESSION: &str = "SES-1: only who brings the code that a consent took holds that consent";
pub const UNREAD: &str = "TOK-5: an answer is durable before it is read";
pub const UNUSABLE: &str = "TOK-5: a refresh token that cannot be used is kept with the answer that brought it";
pub const TOO_LONG: &str = "TOK-5: a token answer over 64 KiB is not kept";
pub const NOT_LOST: &str = "REV-1: no consent is lost unless the gateway refused it or its time passed";
pub const PROBE: &str = "REV-1: one probe at a time, of a token that was refused though it was just renewed";
pub const VOUCHED: &str = "REV-1: a resource that is refused costs no refresh while the accounts vouch for the token";
pub const PASSED_ON: &str = "REV-1: a 403 is passed on as it came";
pub const REFUSED: &str = "REV-1: a code or refresh token that is refused ends the consent";
pub const IN_TIME: &str = "REF-1: a consent ends with its 90 days, a code with its lifetime, a request with its day";
pub const CONFIRMED: &str =
    "REV-2: time ends a consent when a second reading of the clock, a minute later, confirms it";
pub const NO_TOKEN_BACK: &str = "REF-1: tokens are taken from a durable answer of the call under way alone";
pub const HONEST_END: &str = "REF-3: revoked is said if no answer was lost, reauthorise if one was";
pub const NO_TOKEN: &str = "REV-1: no token is kept before a consent begins and after it ends";
pub const NO_SECRET: &str = "ERR-2: no secret is in an answer or an error";
pub const RETRY_AFTER: &str = "ERR-3: the gateway is left alone for as long as it asks";
pub const BACKOFF: &str = "ERR-3: whoever comes while another attempt is due waits for it";
pub const ASKED_AGAIN: &str =
    "ERR-3: an authorisation that was cut off or failed at is asked for again, three times at most";
pub const FRESH_UUID: &str = "ENV-3: no UUID is sent twice";
pub const RESUMED: &str = "REF-3: a call of /access-token that a crash interrupted is made again";
pub const AT_ONCE: &str = "ACC-7: eight reads of a consent are under way at once, and not more";
pub const NO_REPEAT: &str = "ERR-3: only a GET is sent again";
pub const PAY_ALONE: &str = "PAY-1: a consent for a payment sends nothing else that changes something";
pub const ONE_BATCH: &str = "STA-2: a consent hands on one batch at a time";
pub const COUNTED: &str = "STA-2: each call is counted once, unless a crash took it within 5 seconds";
pub const ONE_ANSWER: &str = "every caller gets exactly one answer";
pub const TRUE_ANSWER: &str = "a caller is told what is durable, and nothing else";
pub const NO_WAIT: &str = "nothing waits for ever";
pub const NO_POLL: &str = "nothing polls";
pub const ALARM: &str = "whatever is kept has an alarm that is not later than its end";
pub const DURABLE: &str = "what the machine knows of a consent is durable";
pub const LOADS: &str = "a snapshot loads again and equals itself";
pub const STEPS: &str = "the phases of a consent follow each other as they may";
pub const UNIQUE: &str = "a request's id is new";
pub const HEALED: &str = "a consent that the gateway honours works again once nothing fails";
pub const EMPTIED: &str = "in the end everything is erased";
/// A seed says all that happens.
pub const SAME_RUN: &str = "the same seed gives the same run to the byte";
pub const NO_TRAP: &str = "nothing traps";

/// Every one of them.
pub const ALL: &[&str] = &[
    ONE_CALL,
    KEPT_FIRST,
    NEWEST,
    FRESH,
    CODE_ALIVE,
    CODE_ONCE,
    OWN_REDIRECT,
    TAKEN_REDIRECT,
    VISIT,
    FORMER,
    SESSION,
    UNREAD,
    UNUSABLE,
    TOO_LONG,
    NOT_LOST,
    PROBE,
    VOUCHED,
    PASSED_ON,
    REFUSED,
    IN_TIME,
    CONFIRMED,
    NO_TOKEN_BACK,
    HONEST_END,
    NO_TOKEN,
    NO_SECRET,
    RETRY_AFTER,
    BACKOFF,
    ASKED_AGAIN,
    FRESH_UUID,
    RESUMED,
    AT_ONCE,
    NO_REPEAT,
    PAY_ALONE,
    ONE_BATCH,
    COUNTED,
    ONE_ANSWER,
    TRUE_ANSWER,
    NO_WAIT,
    NO_POLL,
    ALARM,
    DURABLE,
    LOADS,
    STEPS,
    UNIQUE,
    HEALED,
    EMPTIED,
    SAME_RUN,
    NO_TRAP,
];
