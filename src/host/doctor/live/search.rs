//! Which reading of the certificate and of the credentials a gateway has, in few calls: each refusal moves those to the
//! front that agree with it. Where a refusal says nothing, the likeliest come first.

use super::said::{About, Refused};
use crate::profile::{BasicReading, CertificateReading};

/// A reading of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::host::doctor) struct Pair {
    pub(in crate::host::doctor) certificate: CertificateReading,
    pub(in crate::host::doctor) basic: BasicReading,
}

/// What was tried, and what is left.
#[derive(Debug)]
pub(in crate::host::doctor) struct Search {
    configured: Pair,
    open: Vec<Pair>,
    tried: Vec<(Pair, Refused)>,
    is_referred: bool,
}

impl Search {
    /// Of readings that make a difference, the configured ones among them.
    pub(in crate::host::doctor) fn new(
        configured: Pair,
        certificates: &[CertificateReading],
        basics: &[BasicReading],
    ) -> Self {
        let pairs = certificates
            .iter()
            .flat_map(|certificate| basics.iter().map(|basic| Pair { certificate: *certificate, basic: *basic }));
        Self { configured, open: pairs.collect(), tried: Vec::new(), is_referred: false }
    }

    /// The likeliest that was not tried.
    pub(in crate::host::doctor) fn next(&self) -> Option<Pair> {
        // Of those alike, the first.
        self.open.iter().rev().max_by_key(|pair| self.likelihood(**pair)).copied()
    }

    /// What was not tried, the likeliest first.
    pub(in crate::host::doctor) fn left(&self) -> Vec<Pair> {
        let mut left = self.open.clone();
        left.sort_by_key(|pair| -self.likelihood(*pair));
        left
    }

    /// A pair was refused.
    pub(in crate::host::doctor) fn refused(&mut self, pair: Pair, refused: Refused) {
        self.open.retain(|open| *open != pair);
        self.tried.push((pair, refused));
    }

    /// Whether it would help to see how the gateway refuses a wrong secret: it told two readings of the credentials
    /// apart, and not in words.
    pub(in crate::host::doctor) fn wants_reference(&self) -> bool {
        let is_silent = |refused: &Refused| refused.about.is_none();
        let tells = |(one, first): &(Pair, Refused)| {
            self.tried.iter().any(|(other, second)| {
                one.certificate == other.certificate
                    && is_silent(first)
                    && is_silent(second)
                    && first.print != second.print
            })
        };
        !self.is_referred && self.tried.iter().any(tells)
    }

    /// How the gateway refuses a wrong secret.
    pub(in crate::host::doctor) fn reference(&mut self, print: &str) {
        self.is_referred = true;
        for (_, refused) in &mut self.tried {
            let about = if refused.print == print { About::Basic } else { About::Signature };
            refused.about.get_or_insert(about);
        }
    }

    /// Whether every refusal was one of the credentials.
    pub(in crate::host::doctor) fn is_of_credentials(&self) -> bool {
        !self.tried.is_empty() && self.tried.iter().all(|(_, refused)| refused.about == Some(About::Basic))
    }

    fn likelihood(&self, pair: Pair) -> i32 {
        let hints: i32 = self.tried.iter().map(|(tried, refused)| self.hint(pair, *tried, refused)).sum();
        self.rank(pair) + hints
    }

    /// How likely a reading is before anything is known.
    fn rank(&self, pair: Pair) -> i32 {
        let certificate = match pair.certificate {
            same if same == self.configured.certificate => 0,
            CertificateReading::AsIs => -15,
            CertificateReading::CrLf => -20,
            CertificateReading::NoFinalNewline => -21,
            CertificateReading::FinalNewline => -22,
            CertificateReading::Lf => -23,
            CertificateReading::PemBody => -40,
            CertificateReading::Der => -41,
        };
        certificate + if pair.basic == self.configured.basic { 0 } else { -10 }
    }

    /// What a refusal says of a pair. A hint never rules out: a gateway may say of all that the client is invalid.
    fn hint(&self, pair: Pair, tried: Pair, refused: &Refused) -> i32 {
        let (is_same_certificate, is_same_basic) = (pair.certificate == tried.certificate, pair.basic == tried.basic);
        match self.about(refused) {
            Some(About::Basic) if is_same_basic => -100,
            Some(About::Basic) if is_same_certificate => 20,
            Some(About::Signature) if is_same_certificate => -100,
            Some(About::Signature) if is_same_basic => 15,
            Some(About::Basic | About::Signature) => 0,
            // A certificate that is refused otherwise than the first is probably the right one, with the wrong secret.
            None if is_same_certificate && !is_same_basic && self.is_odd(tried, refused) => 50,
            None => 0,
        }
    }

    /// What a refusal is about: its own words; else the other thing, where others have words for one.
    fn about(&self, refused: &Refused) -> Option<About> {
        let about = refused.about.or_else(|| {
            let others = self.tried.iter().filter(|(_, other)| other.print != refused.print);
            Some(match others.filter_map(|(_, other)| other.about).next()? {
                About::Basic => About::Signature,
                About::Signature => About::Basic,
            })
        });
        about.filter(|about| *about == About::Signature || !self.says_so_of_all())
    }

    /// Whether both ways to join the credentials were refused as wrong: then a gateway says so of a signature as well.
    fn says_so_of_all(&self) -> bool {
        let is_of_basic = |(_, refused): &&(Pair, Refused)| refused.about == Some(About::Basic);
        self.tried.iter().filter(is_of_basic).any(|(one, _)| {
            let other = |(pair, _): &(Pair, Refused)| pair.certificate == one.certificate && pair.basic != one.basic;
            self.tried.iter().filter(is_of_basic).any(other)
        })
    }

    fn is_odd(&self, tried: Pair, refused: &Refused) -> bool {
        let of_basic = |(pair, _): &&(Pair, Refused)| pair.basic == tried.basic;
        self.tried.iter().find(of_basic).is_some_and(|(_, first)| first.print != refused.print)
    }
}

#[cfg(test)]
mod tests;
