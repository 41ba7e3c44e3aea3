//! What it costs to sweep a company's people, of whom none has changed: calls, messages, the pace of the reading, and the
//! memory of the one process that reads all slices of a run.

use std::path::Path;

use anyhow::Context as _;
use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;

use crate::cases::Workforce;
use crate::figures::{Line, megabytes};
use crate::stand_ins::StandIns;
use crate::sweep_run::{self, SweepRun};

const SWEEPER: &str = "personio-to-scim-sweep";
/// Who is swept; memory is compared with the first ones'.
const WORKFORCES: [Workforce; 2] = [Workforce { people: 1_000 }, Workforce { people: 10_000 }];
/// How much more memory any of them may take than the first, in bytes.
const MORE_MEMORY: u64 = 6_000_000;

/// What a run over everybody took.
pub(crate) struct PeopleSwept {
    workforce: Workforce,
    run: SweepRun,
}

/// Sweeps each workforce with a process of its own.
///
/// # Errors
/// The first that could not be swept.
pub(crate) async fn all(binaries: &Path, logs: &Path) -> anyhow::Result<Vec<PeopleSwept>> {
    let stand_ins = StandIns::start().await?;
    let mut swept = Vec::new();
    for workforce in WORKFORCES {
        let run = sweep_run::run(SWEEPER, &workforce.sweepable(), &stand_ins, (binaries, logs)).await;
        swept.push(PeopleSwept { workforce, run: run.with_context(|| format!("{SWEEPER}, {workforce:?}"))? });
    }
    Ok(swept)
}

impl PeopleSwept {
    fn name(&self) -> String {
        format!("{SWEEPER}, {} persons", self.workforce.people)
    }

    fn pages(&self) -> u64 {
        let of_employments = self.employments();
        self.run.calls(" /personio/v2/persons") - of_employments
    }

    fn employments(&self) -> u64 {
        self.run.calls("/employments")
    }

    fn lines(&self) -> Vec<Line> {
        let line = |metric, value, unit| Line::new(self.name(), metric, value, unit);
        let memory = self.run.memory.map(|bytes| line("peak memory", megabytes(bytes), "MB"));
        let counts = [
            line("pages of persons", self.pages() as f64, "calls"),
            line("employment reads", self.employments() as f64, "calls"),
            line("SCIM calls", self.run.calls(" /scim/") as f64, "calls"),
            line("messages", self.run.queued as f64, "messages"),
            line("DynamoDB calls", self.run.calls("DynamoDB ") as f64, "calls"),
            line("run", self.run.took.as_secs_f64() * 1000.0, "ms"),
        ];
        counts.into_iter().chain(memory).collect()
    }

    /// What is not what is wanted.
    fn short(&self, first: &Self) -> Vec<String> {
        let Self { workforce, run } = self;
        let (pages, reads) = (self.pages(), self.employments());
        let (scim, listed) = (run.calls(" /scim/"), run.calls("GET /scim/Users"));
        let (took, least) = (run.took, workforce.least());
        let wanted = [
            (pages > workforce.pages()).then(|| format!("{pages} pages of persons, wanted {}", workforce.pages())),
            (reads != u64::from(workforce.people)).then(|| format!("{reads} employment reads, wanted one for each")),
            (took < least).then(|| format!("done in {took:.1?}, which is faster than the limit: at least {least:.1?}")),
            (scim > listed).then(|| format!("{} SCIM calls beside the list, wanted none", scim - listed)),
            (listed != workforce.partner_pages())
                .then(|| format!("{listed} pages of users, wanted {}", workforce.partner_pages())),
            (run.queued > 0).then(|| format!("{} messages, wanted none", run.queued)),
            run.grown(&first.run).filter(|grown| *grown > MORE_MEMORY).map(|grown| {
                let (grown, most) = (megabytes(grown), megabytes(MORE_MEMORY));
                format!("{grown:.1} MB more than for {} persons, wanted at most {most:.1}", first.workforce.people)
            }),
        ];
        wanted.into_iter().flatten().map(|what| format!("{}: {what}", self.name())).collect()
    }
}

/// The figures as they are written down.
pub(crate) fn lines(swept: &[PeopleSwept]) -> Vec<Line> {
    swept.iter().flat_map(PeopleSwept::lines).collect()
}

/// What falls short.
pub(crate) fn short(swept: &[PeopleSwept]) -> Vec<String> {
    let Some(first) = swept.first() else { return Vec::new() };
    swept.iter().flat_map(|one| one.short(first)).collect()
}

/// The figures for people, and what falls short.
pub(crate) fn text(swept: &[PeopleSwept]) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header([
        "persons",
        "pages",
        "employment\nreads",
        "SCIM\ncalls",
        "messages",
        "DynamoDB\ncalls",
        "peak\nmemory\nMB",
        "run\ns",
    ]);
    for one in swept {
        table.add_row([
            one.workforce.people.to_string(),
            one.pages().to_string(),
            one.employments().to_string(),
            one.run.calls(" /scim/").to_string(),
            one.run.queued.to_string(),
            one.run.calls("DynamoDB ").to_string(),
            one.run.memory.map_or_else(String::new, |bytes| format!("{:.1}", megabytes(bytes))),
            format!("{:.1}\n>= {:.1}", one.run.took.as_secs_f64(), one.workforce.least().as_secs_f64()),
        ]);
    }
    let short: String = short(swept).iter().map(|what| format!("SHORT  {what}\n")).collect();
    format!("\none sweep over everybody, all of them with accounts and none changed\n{table}\n{short}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn swept(people: u32, memory: u64, took: u64, calls: &[(&str, u64)]) -> PeopleSwept {
        let calls = calls.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
        let took = Duration::from_secs(took);
        let run = SweepRun { slices: 3, calls, queued: 0, memory: Some(memory), took };
        PeopleSwept { workforce: Workforce { people }, run }
    }

    #[test]
    fn each_wanted_figure_can_be_missed() {
        const EMPLOYMENTS: &str = "GET /personio/v2/persons/{id}/employments";
        let calls = [("GET /personio/v2/persons", 20), (EMPLOYMENTS, 1_000), ("GET /scim/Users", 10)];
        let first = swept(1_000, 100, 2, &calls);
        let calls = [
            ("GET /personio/v2/persons", 201),
            (EMPLOYMENTS, 9_999),
            ("GET /scim/Users", 99),
            ("PATCH /scim/Users/u-1", 1),
        ];
        let mut second = swept(10_000, 101 + MORE_MEMORY, 9, &calls);
        second.run.queued = 7;
        let name = "personio-to-scim-sweep, 10000 persons";
        assert_eq!(
            short(&[first, second]),
            [
                format!("{name}: 201 pages of persons, wanted 200"),
                format!("{name}: 9999 employment reads, wanted one for each"),
                format!("{name}: done in 9.0s, which is faster than the limit: at least 10.0s"),
                format!("{name}: 1 SCIM calls beside the list, wanted none"),
                format!("{name}: 99 pages of users, wanted 100"),
                format!("{name}: 7 messages, wanted none"),
                format!("{name}: 6.0 MB more than for 1000 persons, wanted at most 6.0"),
            ]
        );
    }
}
