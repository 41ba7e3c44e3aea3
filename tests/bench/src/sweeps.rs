//! What it costs to sweep a company's absences, by how many there are and how many have changed: calls, messages, and
//! the memory of the one process that reads all slices of a run.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};
use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;

use crate::cases::Company;
use crate::event;
use crate::figures::{Line, megabytes};
use crate::measure::environment;
use crate::process::Process;
use crate::stand_ins::{Calls, StandIns, World};

const SWEEPER: &str = "personio-to-hellohq-sweep";
/// What is swept; memory is compared with the first one's.
const COMPANIES: [Company; 4] = [
    Company { absences: 5_000, changed: 0 },
    Company { absences: 10_000, changed: 0 },
    Company { absences: 10_000, changed: 100 },
    Company { absences: 50_000, changed: 0 },
];
/// How much more memory any of them may take than the first, in bytes.
const MORE_MEMORY: u64 = 3_000_000;
/// How many calls of DynamoDB a sweep of 50,000 may make.
const DYNAMODB_CALLS: u64 = 260;

/// What a run over a company's absences took.
pub(crate) struct Swept {
    company: Company,
    run: Run,
}

/// What the slices of a run took together, in one process.
pub(crate) struct Run {
    pub(crate) slices: usize,
    pub(crate) calls: Calls,
    /// How many messages a FIFO queue keeps.
    pub(crate) queued: usize,
    /// The most that was resident, in bytes.
    pub(crate) memory: Option<u64>,
    pub(crate) took: Duration,
}

/// Sweeps each company with a process of its own.
///
/// # Errors
/// The first that could not be swept.
pub(crate) async fn all(binaries: &Path, logs: &Path) -> anyhow::Result<Vec<Swept>> {
    let stand_ins = StandIns::start().await?;
    let mut swept = Vec::new();
    for company in COMPANIES {
        let one = sweep(company, &stand_ins, binaries, logs).await;
        swept.push(one.with_context(|| format!("{SWEEPER}, {company:?}"))?);
    }
    Ok(swept)
}

async fn sweep(company: Company, stand_ins: &StandIns, binaries: &Path, logs: &Path) -> anyhow::Result<Swept> {
    let world = company.world(&stand_ins.url);
    let run = run(SWEEPER, world, &company.messages(), stand_ins, binaries, logs).await?;
    Ok(Swept { company, run })
}

/// Hands the messages of a run to one process of `sweeper`, which finds `world`.
///
/// # Errors
/// It cannot be started, or did not do its work.
pub(crate) async fn run(
    sweeper: &str,
    world: World,
    messages: &[String],
    stand_ins: &StandIns,
    binaries: &Path,
    logs: &Path,
) -> anyhow::Result<Run> {
    let (binary, log) = (binaries.join(sweeper), logs.join(format!("{sweeper}-all.log")));
    stand_ins.hold(world);
    let mut process = Process::start(&binary, &log, &environment(&stand_ins.url)).await?;
    let (mut took, mut calls, slices) = (Duration::ZERO, Calls::new(), messages.len());
    for (message, number) in messages.iter().zip(0..) {
        let asks = process.asks().await?;
        let answer = process.invoke(asks, event::queued(number, message)).await?;
        if !event::is_taken(&answer.body) {
            bail!("it did not do its work but answered {}", String::from_utf8_lossy(&answer.body));
        }
        took += answer.at - answer.handed;
        for (kind, count) in stand_ins.calls()? {
            *calls.entry(kind).or_default() += count;
        }
    }
    Ok(Run { slices, calls, queued: stand_ins.queued(), memory: process.peak_memory()?, took })
}

impl Run {
    /// How many calls were made whose kind holds `to`.
    pub(crate) fn calls(&self, to: &str) -> u64 {
        self.calls.iter().filter(|(kind, _)| kind.contains(to)).map(|(_, count)| *count).sum()
    }
}

impl Swept {
    fn personio(&self) -> u64 {
        self.run.calls(" /personio/")
    }

    /// One call for each hundred, and a constant: a token, and for each slice a page that is not full and what another
    /// window's edge brings with it.
    fn personio_limit(&self) -> u64 {
        u64::from(self.company.absences / 100) + 1 + 2 * self.run.slices as u64
    }

    fn name(&self) -> String {
        format!("{SWEEPER}, {} absences, {} changed", self.company.absences, self.company.changed)
    }

    fn lines(&self) -> Vec<Line> {
        let line = |metric, value, unit| Line::new(self.name(), metric, value, unit);
        let memory = self.run.memory.map(|bytes| line("peak memory", megabytes(bytes), "MB"));
        let counts = [
            line("Personio calls", self.personio() as f64, "calls"),
            line("helloHQ calls", self.run.calls(" /hellohq/") as f64, "calls"),
            line("messages", self.run.queued as f64, "messages"),
            line("DynamoDB calls", self.run.calls("DynamoDB ") as f64, "calls"),
            line("run", self.run.took.as_secs_f64() * 1000.0, "ms"),
        ];
        counts.into_iter().chain(memory).collect()
    }

    /// What is not what is wanted.
    fn short(&self, first: &Self) -> Vec<String> {
        let (personio, limit) = (self.personio(), self.personio_limit());
        let hellohq = self.run.calls(" /hellohq/");
        let grown = self.run.memory.zip(first.run.memory).map(|(memory, first)| memory.saturating_sub(first));
        let dynamodb = self.run.calls("DynamoDB ");
        let wanted = [
            (personio > limit).then(|| format!("{personio} Personio calls, wanted at most {limit}")),
            (hellohq > 0).then(|| format!("{hellohq} helloHQ calls, wanted none")),
            (self.run.queued != self.company.changed as usize)
                .then(|| format!("{} messages, wanted one for each that has changed", self.run.queued)),
            (dynamodb > DYNAMODB_CALLS).then(|| format!("{dynamodb} DynamoDB calls, wanted at most {DYNAMODB_CALLS}")),
            grown.filter(|grown| *grown > MORE_MEMORY).map(|grown| {
                let (grown, most) = (megabytes(grown), megabytes(MORE_MEMORY));
                format!("{grown:.1} MB more than for {} absences, wanted at most {most:.1}", first.company.absences)
            }),
        ];
        wanted.into_iter().flatten().map(|what| format!("{}: {what}", self.name())).collect()
    }
}

/// The figures as they are written down.
pub(crate) fn lines(swept: &[Swept]) -> Vec<Line> {
    swept.iter().flat_map(Swept::lines).collect()
}

/// What falls short.
pub(crate) fn short(swept: &[Swept]) -> Vec<String> {
    let Some(first) = swept.first() else { return Vec::new() };
    swept.iter().flat_map(|one| one.short(first)).collect()
}

/// The figures for people, and what falls short.
pub(crate) fn text(swept: &[Swept]) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header([
        "absences",
        "changed",
        "Personio\ncalls",
        "helloHQ\ncalls",
        "messages",
        "DynamoDB\ncalls",
        "peak\nmemory\nMB",
        "run\ns",
    ]);
    for one in swept {
        table.add_row([
            one.company.absences.to_string(),
            one.company.changed.to_string(),
            format!("{}\n<= {}", one.personio(), one.personio_limit()),
            one.run.calls(" /hellohq/").to_string(),
            one.run.queued.to_string(),
            one.run.calls("DynamoDB ").to_string(),
            one.run.memory.map_or_else(String::new, |bytes| format!("{:.1}", megabytes(bytes))),
            format!("{:.1}", one.run.took.as_secs_f64()),
        ]);
    }
    let short: String = short(swept).iter().map(|what| format!("SHORT  {what}\n")).collect();
    format!("\none sweep over everything, all of it entered in helloHQ before\n{table}\n{short}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swept(absences: u32, changed: u32, memory: u64, calls: &[(&str, u64)]) -> Swept {
        let calls = calls.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
        let company = Company { absences, changed };
        let run = Run { slices: 2, calls, queued: 0, memory: Some(memory), took: Duration::ZERO };
        Swept { company, run }
    }

    #[test]
    fn each_wanted_figure_can_be_missed() {
        let first = swept(5_000, 0, 100, &[("GET /personio/v2/absence-periods", 55), ("DynamoDB Query link", 9)]);
        let calls = [("GET /personio/v2/x", 106), ("GET /hellohq/v2/Users", 1), ("DynamoDB Query link", 261)];
        let second = swept(10_000, 7, 101 + MORE_MEMORY, &calls);
        let name = "personio-to-hellohq-sweep, 10000 absences, 7 changed";
        assert_eq!(
            short(&[first, second]),
            [
                format!("{name}: 106 Personio calls, wanted at most 105"),
                format!("{name}: 1 helloHQ calls, wanted none"),
                format!("{name}: 0 messages, wanted one for each that has changed"),
                format!("{name}: 261 DynamoDB calls, wanted at most 260"),
                format!("{name}: 3.0 MB more than for 5000 absences, wanted at most 3.0"),
            ]
        );
    }
}
