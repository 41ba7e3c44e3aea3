//! What it costs to sweep a company's positions and openings, none of which has changed: HiBob's pages and nothing else.

use std::path::Path;

use anyhow::Context as _;
use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;

use crate::cases::Planning;
use crate::figures::{Line, megabytes};
use crate::stand_ins::StandIns;
use crate::sweep_run::{self, SweepRun};

const SWEEPER: &str = "hibob-to-recruit-sweep";
const PLANNING: Planning = Planning { positions: 2_000, openings: 5_000 };

/// Sweeps everything with a process of its own.
///
/// # Errors
/// It could not be swept.
pub(crate) async fn sweep(binaries: &Path, logs: &Path) -> anyhow::Result<SweepRun> {
    let stand_ins = StandIns::start().await?;
    let run = sweep_run::run(SWEEPER, &PLANNING.sweepable(), &stand_ins, (binaries, logs)).await;
    run.with_context(|| format!("{SWEEPER}, {PLANNING:?}"))
}

fn name() -> String {
    let Planning { positions, openings } = PLANNING;
    format!("{SWEEPER}, {positions} positions, {openings} openings, none changed")
}

/// The figures as they are written down.
pub(crate) fn lines(run: &SweepRun) -> Vec<Line> {
    let line = |metric, value, unit| Line::new(name(), metric, value, unit);
    let memory = run.memory.map(|bytes| line("peak memory", megabytes(bytes), "MB"));
    let counts = [
        line("HiBob calls", run.calls(" /hibob/") as f64, "calls"),
        line("Recruit calls", run.calls(" /recruit/") as f64, "calls"),
        line("messages", run.queued as f64, "messages"),
        line("DynamoDB calls", run.calls("DynamoDB ") as f64, "calls"),
        line("run", run.took.as_secs_f64() * 1000.0, "ms"),
    ];
    counts.into_iter().chain(memory).collect()
}

/// What falls short.
pub(crate) fn short(run: &SweepRun) -> Vec<String> {
    let (hibob, pages, recruit) = (run.calls(" /hibob/"), PLANNING.pages(), run.calls(" /recruit/"));
    let wanted = [
        (hibob != pages).then(|| format!("{hibob} HiBob calls, wanted its {pages} pages")),
        (recruit > 0).then(|| format!("{recruit} Recruit calls, wanted none")),
        (run.queued > 0).then(|| format!("{} messages, wanted none", run.queued)),
    ];
    wanted.into_iter().flatten().map(|what| format!("{}: {what}", name())).collect()
}

/// The figures for people, and what falls short.
pub(crate) fn text(run: &SweepRun) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header([
        "positions",
        "openings",
        "HiBob\ncalls",
        "Recruit\ncalls",
        "messages",
        "DynamoDB\ncalls",
        "peak\nmemory\nMB",
        "run\ns",
    ]);
    table.add_row([
        PLANNING.positions.to_string(),
        PLANNING.openings.to_string(),
        format!("{}\n= {}", run.calls(" /hibob/"), PLANNING.pages()),
        run.calls(" /recruit/").to_string(),
        run.queued.to_string(),
        run.calls("DynamoDB ").to_string(),
        run.memory.map_or_else(String::new, |bytes| format!("{:.1}", megabytes(bytes))),
        format!("{:.1}", run.took.as_secs_f64()),
    ]);
    let short: String = short(run).iter().map(|what| format!("SHORT  {what}\n")).collect();
    format!("\none sweep over all positions and openings, none of which has changed\n{table}\n{short}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_wanted_figure_can_be_missed() {
        let run = |calls: &[(&str, u64)], queued| SweepRun {
            slices: 2,
            calls: calls.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect(),
            queued,
            memory: None,
            took: Duration::ZERO,
        };
        let positions = ("POST /hibob/objects/position/search", 1);
        let openings = "POST /hibob/positions/position-openings/search";
        assert_eq!(short(&run(&[positions, (openings, 50), ("DynamoDB Query link", 9)], 0)), Vec::<String>::new());
        let wrong = run(&[positions, (openings, 51), ("GET /recruit/positions", 1)], 3);
        let name = name();
        assert_eq!(
            short(&wrong),
            [
                format!("{name}: 52 HiBob calls, wanted its 51 pages"),
                format!("{name}: 1 Recruit calls, wanted none"),
                format!("{name}: 3 messages, wanted none"),
            ]
        );
    }
}
