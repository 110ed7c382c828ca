//! What is told of the statistics: as JSON, and as CSV in the columns of the guide's last section.

use super::range::{Range, date, quarter};
use crate::{
    Error,
    consent::{
        Counts,
        figures::{Entry, Kind},
    },
    wire::json::number,
};

/// What is told where nothing was asked.
const NOTHING: &str = "N/A";

/// A figure as the guide's table shows it.
type Show = fn(&Entry) -> String;

/// What the guide's table has.
const METRICS: [(&str, Show); 3] = [
    ("Uptime", |total| uptime(total) + "%"),
    ("Average Request Time", |total| time(average(total))),
    ("Error Rate", |total| rate(total, total.sums.failed()) + "%"),
];
/// What is told beside it.
const MORE: [(&str, Show); 6] = [
    ("Error Rate (Bank)", |total| rate(total, total.sums.of_bank) + "%"),
    ("Error Rate (Network)", |total| rate(total, total.sums.of_network) + "%"),
    ("Request Time (p50)", |total| time(total.sums.times.percentile(50))),
    ("Request Time (p95)", |total| time(total.sums.times.percentile(95))),
    ("Request Time (p99)", |total| time(total.sums.times.percentile(99))),
    ("Requests", |total| number(total.sums.requests)),
];

/// What all shards together counted.
#[derive(Debug)]
pub struct Report {
    range: Range,
    days: Counts,
    quarters: Counts,
    all: Counts,
}

impl Report {
    /// Of these days, and of all quarters.
    pub fn new(range: Range) -> Self {
        Self { range, days: Counts::default(), quarters: Counts::default(), all: Counts::default() }
    }

    /// A shard's row of a day.
    ///
    /// # Errors
    /// [`Error::SnapshotDamaged`].
    pub fn add_day(&mut self, row: &str) -> Result<(), Error> {
        for entry in Counts::read(row).ok_or(Error::SnapshotDamaged)?.entries() {
            self.all.add(entry.within(0));
            self.days.add(entry.clone());
        }
        Ok(())
    }

    /// A shard's row of a quarter.
    ///
    /// # Errors
    /// [`Error::SnapshotDamaged`].
    pub fn add_quarter(&mut self, row: &str) -> Result<(), Error> {
        self.quarters.merge(Counts::read(row).ok_or(Error::SnapshotDamaged)?);
        Ok(())
    }

    /// As JSON: `Statistics` of the package's types.
    pub fn json(&self) -> String {
        let named = |name: &str, text: &str, of: &Counts, at: u64| {
            ["{\"", name, "\":\"", text, "\",", &kinds(of, at), "}"].concat()
        };
        let days: Vec<String> = self.each_day().map(|day| named("date", &date(day), &self.days, day)).collect();
        let quarters = self.quarters.times().into_iter();
        let quarters: Vec<String> = quarters.map(|at| named("quarter", &quarter(at), &self.quarters, at)).collect();
        let (from, to) = (date(self.range.first), date(self.range.last));
        [
            "{\"from\":\"",
            &from,
            "\",\"to\":\"",
            &to,
            "\",\"summary\":{",
            &kinds(&self.all, 0),
            "},\"days\":[",
            &days.join(","),
            "],\"quarters\":[",
            &quarters.join(","),
            "]}",
        ]
        .concat()
    }

    /// As CSV (RFC 4180): tables one below the other, as in the guide, each with its title.
    pub fn csv(&self) -> String {
        let mut lines = vec![String::from("Summary Data"), String::from("Metric,AISP,PISP,CBPII")];
        lines.extend(METRICS.iter().chain(&MORE).map(|(name, show)| row(name, &self.all, 0, *show)));
        for (name, show) in &METRICS {
            lines.extend([String::new(), ["Daily ", name, " Details"].concat(), String::from("Date,AISP,PISP,CBPII")]);
            lines.extend(self.each_day().map(|day| row(&date(day), &self.days, day, *show)));
        }
        lines.extend([
            String::new(),
            String::from("Quarterly Reports"),
            String::from("Quarter,Metric,AISP,PISP,CBPII"),
        ]);
        for at in self.quarters.times() {
            let name = |metric: &str| [&quarter(at), ",", metric].concat();
            lines.extend(
                METRICS.iter().chain(&MORE).map(|(metric, show)| row(&name(metric), &self.quarters, at, *show)),
            );
        }
        lines.push(String::new());
        lines.join("\r\n")
    }

    fn each_day(&self) -> impl Iterator<Item = u64> {
        self.range.first..=self.range.last
    }
}

/// A line of a table.
fn row(name: &str, of: &Counts, at: u64, show: Show) -> String {
    let cells = Kind::ALL.map(|kind| of.get(at, kind).map_or_else(|| NOTHING.to_owned(), show));
    [name, ",", &cells.join(",")].concat()
}

/// The members of all kinds.
fn kinds(of: &Counts, at: u64) -> String {
    let member = |kind: Kind| ["\"", kind.name(), "\":", &figures(of.get(at, kind))].concat();
    Kind::ALL.map(member).join(",")
}

fn figures(total: Option<&Entry>) -> String {
    let Some(total) = total else { return String::from("null") };
    let ms = |ms: Option<u64>| ms.map_or_else(|| String::from("null"), number);
    let times = &total.sums.times;
    let members = [
        ("requests", number(total.sums.requests)),
        ("uptime", uptime(total)),
        ("averageMs", ms(average(total))),
        ("p50Ms", ms(times.percentile(50))),
        ("p95Ms", ms(times.percentile(95))),
        ("p99Ms", ms(times.percentile(99))),
        ("errorRate", rate(total, total.sums.failed())),
        ("bankErrorRate", rate(total, total.sums.of_bank)),
        ("networkErrorRate", rate(total, total.sums.of_network)),
        ("bankErrors", number(total.sums.of_bank)),
        ("networkErrors", number(total.sums.of_network)),
    ];
    let members: Vec<String> = members.iter().map(|(name, text)| ["\"", name, "\":", text].concat()).collect();
    ["{", &members.join(","), "}"].concat()
}

/// The share of slots in which not everything failed, of those in which something was asked.
fn uptime(total: &Entry) -> String {
    let [asked, up] = total.slots();
    percent(up, asked)
}

fn rate(total: &Entry, failed: u64) -> String {
    percent(failed, total.sums.requests)
}

/// Of the calls that were answered, or waited for in vain.
fn average(total: &Entry) -> Option<u64> {
    let count = total.sums.times.count();
    total.sums.ms.saturating_add(count / 2).checked_div(count)
}

fn time(ms: Option<u64>) -> String {
    ms.map_or_else(|| NOTHING.to_owned(), |ms| number(ms) + " ms")
}

/// Per cent with two places, as the guide writes it: `99.65`.
fn percent(part: u64, whole: u64) -> String {
    let hundredths = part.saturating_mul(10_000).saturating_add(whole / 2).checked_div(whole).unwrap_or_default();
    let places = number(100 + hundredths % 100);
    [&number(hundredths / 100), ".", places.get(1..).unwrap_or_default()].concat()
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
