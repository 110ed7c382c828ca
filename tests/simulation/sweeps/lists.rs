//! How the bank puts what it has: lists in pages, newest first, with links; and how it fails to.

use super::bank::{Bank, DAY_MS, HOUR_MS, Link, MINUTE_MS, Outage, Sent};
use crate::choices::Choices;
use std::{fmt::Write as _, rc::Rc};
use tell_connect::consent::Day;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Rc<str>,
    pub retry_after_ms: Option<u64>,
    /// The body's number, if it is one of the lists'.
    pub number: Option<usize>,
}

pub const BASE: &str = "https://bank.example/v1";
const PAGE: &str = "<!DOCTYPE html><title>Bad gateway</title><h1>502</h1>";
const OWN: &str = r#"{"error":"invalid_request"}"#;

pub fn fixed(status: u16, body: &str) -> Answer {
    Answer { status, body: body.into(), retry_after_ms: None, number: None }
}

/// It does not take the token.
pub fn unauthorised() -> Answer {
    fixed(401, r#"{"error":"invalid_token"}"#)
}

pub fn failed(choices: &mut Choices) -> Answer {
    match choices.below(4) {
        0 => fixed(503, ""),
        1 => fixed(500, OWN),
        2 => fixed(502, PAGE),
        _ => Answer { retry_after_ms: Some(choices.of([7_000, 900_000])), ..fixed(503, "") },
    }
}

pub fn busy(choices: &mut Choices) -> Answer {
    Answer { retry_after_ms: choices.of([None, Some(1_000), Some(90_000), Some(7_200_000)]), ..fixed(429, "") }
}

pub fn garbage(choices: &mut Choices) -> Answer {
    choices.of([(200, PAGE), (200, "{\"Transactions\":[{\"Tr"), (302, ""), (200, "nonsense")]).into_answer()
}

pub fn refused(choices: &mut Choices) -> Answer {
    choices.of([(403, OWN), (403, PAGE), (404, OWN), (400, OWN)]).into_answer()
}

trait IntoAnswer {
    fn into_answer(self) -> Answer;
}

impl IntoAnswer for (u16, &str) {
    fn into_answer(self) -> Answer {
        fixed(self.0, self.1)
    }
}

/// What an outage has in place of an answer; `None` for nothing at all, or half of one.
pub fn of_outage(outage: Outage, choices: &mut Choices) -> Option<Answer> {
    match outage {
        Outage::Failed => Some(failed(choices)),
        Outage::Page => Some(fixed(choices.of([502, 200, 404]), PAGE)),
        Outage::Busy => Some(busy(choices)),
        Outage::Silent | Outage::Cut => None,
    }
}

/// A time as lists have it.
fn written(at: u64) -> String {
    let seconds = at / 1000;
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    format!("{}T{hours:02}:{minutes:02}:{:02}Z", Day::of(at).text(), seconds % 60)
}

/// A time as a query has it.
pub fn read(text: &str) -> Option<u64> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u64>().ok();
    // Days of a text compare as the text does: the day is found from where it must be.
    let day = Day::parse(text)?;
    let mut days = (part(0..4)? - 1970) * 365;
    while Day::of(days * DAY_MS) < day {
        days += 1;
    }
    let clock = match text.get(10..) {
        None | Some("") => 0,
        Some(_) => part(11..13)? * HOUR_MS + part(14..16)? * MINUTE_MS + part(17..19)? * 1000,
    };
    Some(days * DAY_MS + clock)
}

impl Bank {
    /// Answers a question for a resource by what there is.
    pub fn list(&mut self, whole: &str, now: u64) -> Answer {
        let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
        let Some(rest) = path.strip_prefix("/accounts") else { return fixed(404, OWN) };
        if rest.is_empty() {
            return self.accounts(path, now);
        }
        let mut parts = rest.split('/').skip(1);
        let account = parts.next().and_then(|id| id.strip_prefix('a')?.parse::<u32>().ok()?.checked_sub(1));
        let opened = |account: u32| self.accounts.get(usize::try_from(account).unwrap_or(usize::MAX));
        let Some(account) = account.filter(|account| opened(*account).is_some_and(|at| *at <= now)) else {
            return fixed(404, OWN);
        };
        match parts.next() {
            Some("transactions") => self.transactions(path, query, account, now),
            Some("balance") => {
                let body = format!("{{\"N\":{}, \"Amount\": 1E400,\"Text\":\"\\u0000\"}}", self.sent.len());
                self.send(path, 1, body, (Vec::new(), None))
            }
            _ => fixed(404, OWN),
        }
    }

    fn accounts(&mut self, path: &str, now: u64) -> Answer {
        let open = (1..).zip(&self.accounts).filter(|(_, at)| **at <= now);
        let rows: Vec<String> = open.map(|(number, _)| format!("{{\"AccountId\":\"a{number}\"}}")).collect();
        let body = self.wrapped(["Accounts", "Account"], &rows.join(","), None);
        self.send(path, 1, body, (Vec::new(), None))
    }

    fn transactions(&mut self, path: &str, query: &str, account: u32, now: u64) -> Answer {
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let is_full_now = now < self.granted_at + 5 * MINUTE_MS;
        let oldest = if self.manners.by_day { (now / DAY_MS - 90) * DAY_MS } else { now - 90 * DAY_MS };
        let (from, is_full, after, page) = if let Some(link) = value("page") {
            let link = link.strip_prefix('c').and_then(|link| self.links.get(link.parse::<usize>().ok()?));
            let lives = self.manners.link_lives;
            let link = link.filter(|link| link.account == account && !link.is_dead && now < link.given_at + lives);
            let Some(link) = link else { return fixed(400, OWN) };
            (link.from, link.is_full, Some(link.after), link.page)
        } else {
            let from = value("fromBookingDateTime").map(|text| read(text).unwrap_or(0));
            if from.is_some_and(|from| from < oldest) && !is_full_now {
                return fixed(403, OWN);
            }
            (from, is_full_now, None, 1)
        };
        let least = from.unwrap_or(0).max(if is_full { 0 } else { oldest });
        let own = self.bookings.iter().enumerate();
        let own = own.filter(|(_, it)| it.account == account && it.seen_at <= now && it.dated >= least);
        let mut keys: Vec<(u64, usize)> = own.map(|(number, it)| (it.dated, number)).collect();
        keys.sort_unstable_by(|one, other| other.cmp(one));
        let before = match after {
            None => 0,
            Some((count, _)) if self.manners.by_count => count,
            Some((_, last)) => keys.iter().take_while(|key| **key >= last).count(),
        };
        let shown: Vec<(u64, usize)> = keys.iter().skip(before).take(self.manners.size).copied().collect();
        let end = before + shown.len();
        let last = shown.last().filter(|_| end < keys.len());
        let link = last.map(|last| {
            let after = (end, *last);
            self.links.push(Link { account, given_at: now, from, is_full, after, page: page + 1, is_dead: false });
            self.links.len() - 1
        });
        let mut rows = String::new();
        for (dated, number) in &shown {
            let comma = if rows.is_empty() { "" } else { "," };
            let at = written(*dated);
            // Writing to a String cannot fail.
            let _ = write!(
                rows,
                "{comma}{{\"TransactionId\":\"t{number}\",\"BookingDateTime\":\"{at}\",\"Amount\":10.10}}"
            );
        }
        let body = self.wrapped(["Transactions", "Transaction"], &rows, link.map(|link| self.link(path, link)));
        self.send(path, page, body, (shown.into_iter().map(|(_, number)| number).collect(), link))
    }

    /// A link as this bank writes it.
    fn link(&self, path: &str, link: usize) -> String {
        match self.manners.link {
            0 => format!("{BASE}{path}?page=c{link}"),
            1 => format!("/v1{path}?page=c{link}"),
            2 => format!("{path}?page=c{link}"),
            _ => format!("?page=c{link}"),
        }
    }

    fn wrapped(&self, [flat, wrapped]: [&str; 2], rows: &str, link: Option<String>) -> String {
        let link = link.map_or_else(String::new, |link| format!(",\"Links\":{{\"Next\":\"{link}\"}}"));
        let number = self.sent.len();
        match self.manners.is_obie {
            true => format!("{{\"N\":{number}, \"Data\":{{\"{wrapped}\":[{rows}]}}{link} }}"),
            false => format!("{{\"N\":{number}, \"{flat}\":[{rows}]{link} }}"),
        }
    }

    fn send(&mut self, path: &str, page: u32, body: String, (bookings, link): (Vec<usize>, Option<usize>)) -> Answer {
        let body: Rc<str> = body.into();
        let number = self.sent.len();
        self.sent.push(Sent {
            path: path.to_owned(),
            page,
            is_last: link.is_none(),
            body: body.clone(),
            bookings,
            link,
        });
        Answer { status: 200, body, retry_after_ms: None, number: Some(number) }
    }
}

/// The number in a body that the bank sent.
pub fn number(body: &str) -> Option<usize> {
    body.strip_prefix("{\"N\":")?.split_once(',')?.0.parse().ok()
}
