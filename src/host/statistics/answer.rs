//! What is told of the statistics: as JSON, and as CSV in the columns of the guide's last section.

use super::range::{Range, date, quarter};
use crate::{
    Error,
    consent::{
        Counts,
        figures::{Figures, Kind},
    },
    wire::json::number,
};

/// What is told where nothing was asked.
const NOTHING: &str = "N/A";

/// A figure: what it is called in JSON and in a table, its unit there, and how it is reckoned.
type Metric = (&'static str, &'static str, &'static str, fn(Figures<'_>) -> Option<String>);

/// The first three are the guide's.
const METRICS: [Metric; 11] = [
    ("uptime", "Uptime", "%", |figures| {
        let [asked, up] = figures.slots();
        percent(up, asked)
    }),
    ("averageMs", "Average Request Time", " ms", |figures| {
        let (ms, count) = figures.took();
        ms.saturating_add(count / 2).checked_div(count).map(number)
    }),
    ("errorRate", "Error Rate", "%", |figures| percent(figures.failed(), figures.requests())),
    ("bankErrorRate", "Error Rate (Bank)", "%", |figures| percent(figures.of_bank(), figures.requests())),
    ("networkErrorRate", "Error Rate (Network)", "%", |figures| percent(figures.of_network(), figures.requests())),
    ("p50Ms", "Request Time (p50)", " ms", |figures| figures.percentile(50).map(number)),
    ("p95Ms", "Request Time (p95)", " ms", |figures| figures.percentile(95).map(number)),
    ("p99Ms", "Request Time (p99)", " ms", |figures| figures.percentile(99).map(number)),
    ("requests", "Requests", "", |figures| Some(number(figures.requests()))),
    ("bankErrors", "Errors (Bank)", "", |figures| Some(number(figures.of_bank()))),
    ("networkErrors", "Errors (Network)", "", |figures| Some(number(figures.of_network()))),
];
const OF_GUIDE: usize = 3;

/// What all shards together counted.
#[derive(Debug)]
pub struct Report {
    range: Range,
    days: Counts,
    quarters: Counts,
}

impl Report {
    /// Of these days, and of all quarters.
    pub fn new(range: Range) -> Self {
        Self { range, days: Counts::default(), quarters: Counts::default() }
    }

    /// A shard's row of a day, or of a quarter.
    ///
    /// # Errors
    /// [`Error::SnapshotDamaged`].
    pub fn add(&mut self, row: &str, is_quarter: bool) -> Result<(), Error> {
        let all = if is_quarter { &mut self.quarters } else { &mut self.days };
        all.merge(&Counts::read(row).ok_or(Error::SnapshotDamaged)?);
        Ok(())
    }

    /// As JSON: `Statistics` of the package's types.
    pub fn json(&self) -> String {
        let mut text = ["{\"from\":\"", &date(self.range.first), "\",\"to\":\"", &date(self.range.last)].concat();
        text.push_str("\",\"summary\":{");
        kinds(&mut text, &self.days.within(|_| 0), 0);
        text.push_str("},\"days\":[");
        for day in self.range.first..=self.range.last {
            named(&mut text, "date", &date(day), &self.days, day);
        }
        text.push_str("],\"quarters\":[");
        for at in self.quarters.times() {
            named(&mut text, "quarter", &quarter(at), &self.quarters, at);
        }
        text.push_str("]}");
        text
    }

    /// As CSV (RFC 4180): tables one below the other, as in the guide, each with its title.
    pub fn csv(&self) -> String {
        let mut text = String::from("Summary Data\r\nMetric,AISP,PISP,CBPII\r\n");
        let all = self.days.within(|_| 0);
        for metric in &METRICS {
            line(&mut text, metric.1, &all, 0, metric);
        }
        for metric in METRICS.iter().take(OF_GUIDE) {
            for part in ["\r\nDaily ", metric.1, " Details\r\nDate,AISP,PISP,CBPII\r\n"] {
                text.push_str(part);
            }
            for day in self.range.first..=self.range.last {
                line(&mut text, &date(day), &self.days, day, metric);
            }
        }
        text.push_str("\r\nQuarterly Reports\r\nQuarter,Metric,AISP,PISP,CBPII\r\n");
        for at in self.quarters.times() {
            for metric in &METRICS {
                line(&mut text, &[&quarter(at), ",", metric.1].concat(), &self.quarters, at, metric);
            }
        }
        text
    }
}

/// A line of a table.
fn line(text: &mut String, name: &str, of: &Counts, at: u64, (_, _, unit, show): &Metric) {
    text.push_str(name);
    for kind in Kind::ALL {
        text.push(',');
        match of.get(at, kind).and_then(show) {
            Some(figure) => text.extend([&figure, *unit]),
            None => text.push_str(NOTHING),
        }
    }
    text.push_str("\r\n");
}

/// An item of a list: what it is of, and the members of all kinds.
fn named(text: &mut String, name: &str, value: &str, of: &Counts, at: u64) {
    let comma = if text.ends_with('[') { "" } else { "," };
    text.extend([comma, "{\"", name, "\":\"", value, "\","]);
    kinds(text, of, at);
    text.push('}');
}

/// The members of all kinds.
fn kinds(text: &mut String, of: &Counts, at: u64) {
    let mut comma = "";
    for kind in Kind::ALL {
        text.extend([comma, "\"", kind.name(), "\":"]);
        match of.get(at, kind) {
            Some(figures) => {
                let mut open = "{";
                for (name, _, _, show) in &METRICS {
                    text.extend([open, "\"", name, "\":", show(figures).as_deref().unwrap_or("null")]);
                    open = ",";
                }
                text.push('}');
            }
            None => text.push_str("null"),
        }
        comma = ",";
    }
}

/// Per cent with two places, as the guide writes it: `99.65`.
fn percent(part: u64, whole: u64) -> Option<String> {
    let hundredths = part.saturating_mul(10_000).saturating_add(whole / 2).checked_div(whole)?;
    let places = number(100 + hundredths % 100);
    Some([&number(hundredths / 100), ".", places.get(1..)?].concat())
}

/// What is told as JSON, for its TypeScript.
#[cfg(feature = "typescript")]
#[allow(dead_code, missing_docs, reason = "for its TypeScript alone")]
pub mod types {
    use ts_rs::TS;

    /// The figures of one kind over some time: rates and uptime in per cent, with two places.
    #[derive(TS)]
    #[ts(rename_all = "camelCase")]
    pub struct StatisticsFigures {
        pub requests: f64,
        /// Of the slots of five minutes in which something was asked, those in which not everything failed.
        pub uptime: f64,
        /// Of the calls that were answered, or waited for in vain; `null` where no connection came about at all.
        pub average_ms: Option<f64>,
        /// Wrong by one part in 32 at most, as the other percentiles.
        pub p50_ms: Option<f64>,
        pub p95_ms: Option<f64>,
        pub p99_ms: Option<f64>,
        pub error_rate: f64,
        /// Of answers that say that the bank fails, or cannot be read.
        pub bank_error_rate: f64,
        /// Of no connection, or no answer in time.
        pub network_error_rate: f64,
        pub bank_errors: f64,
        pub network_errors: f64,
    }

    /// The figures of each kind; `null` where nothing was asked.
    #[derive(TS)]
    pub struct StatisticsKinds {
        /// Account information.
        pub aisp: Option<StatisticsFigures>,
        /// Payments.
        pub pisp: Option<StatisticsFigures>,
        /// Whether there is money for one.
        pub cbpii: Option<StatisticsFigures>,
    }

    /// What was counted of the bank's interface (`STA-1`).
    #[derive(TS)]
    pub struct Statistics {
        /// The first day (UTC): `2026-01-31`.
        pub from: String,
        /// The last.
        pub to: String,
        /// Over those days.
        pub summary: StatisticsKinds,
        /// Each of them.
        #[ts(type = "({ date: string } & StatisticsKinds)[]")]
        pub days: (),
        /// Every quarter that is kept, such as `2026-Q1`.
        #[ts(type = "({ quarter: string } & StatisticsKinds)[]")]
        pub quarters: (),
    }
}
