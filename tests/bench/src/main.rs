//! Measures the deployed functions against a bare Lambda Runtime API and stand-ins of AWS and the vendors. What is
//! measured, and how, is in README.md.

mod cases;
mod event;
mod figures;
mod measure;
mod people_sweeps;
mod planning_sweep;
mod process;
mod runtime;
mod stand_ins;
mod sweep_run;
mod sweeps;
mod table;

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;

use crate::cases::Case;
use crate::figures::Report;
use crate::measure::Extent;

/// Measures functions beside an empty one. Exits with 0 also where a target is missed, unless `--strict`.
#[derive(Parser)]
struct Arguments {
    /// The folder of the functions' binaries, the empty one's among them.
    #[arg(long, default_value = "target/release")]
    binaries: PathBuf,
    /// The folder of their packages, `<function>.zip`, and of their logs.
    #[arg(long, default_value = ".local/bench")]
    packages: PathBuf,
    /// Where the figures are written.
    #[arg(long, default_value = ".local/bench.json")]
    figures: PathBuf,
    /// How often each function is started.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// How many events each function gets once it is warm.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
    events: u32,
    /// 5 starts and 100 events, to see whether everything can be measured.
    #[arg(long, conflicts_with_all = ["runs", "events"])]
    quick: bool,
    /// Print the figures as JSON instead of tables.
    #[arg(long)]
    json: bool,
    /// Exit with 1 where a target is missed.
    #[arg(long)]
    strict: bool,
    /// The functions, as the template names them.
    #[arg(required = true)]
    functions: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    run(&Arguments::parse()).await.unwrap_or_else(|error| {
        // Nothing can be done about a closed standard error.
        let _ = writeln!(io::stderr(), "not measured: {error:#}");
        ExitCode::FAILURE
    })
}

async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let cases = arguments.functions.iter().map(|name| cases::of(name)).collect::<anyhow::Result<Vec<Case>>>()?;
    let extent = arguments.extent();
    let measured = measure::all(&cases, extent, &arguments.binaries, &arguments.packages).await?;
    let report = Report::of(&cases, &measured)?;
    let swept = sweeps::all(&arguments.binaries, &arguments.packages).await?;
    let people = people_sweeps::all(&arguments.binaries, &arguments.packages).await?;
    let planning = planning_sweep::sweep(&arguments.binaries, &arguments.packages).await?;
    let lines =
        [report.lines(), sweeps::lines(&swept), people_sweeps::lines(&people), planning_sweep::lines(&planning)]
            .concat();
    let json = serde_json::to_string_pretty(&lines)? + "\n";
    fs::write(&arguments.figures, &json).with_context(|| format!("failed to write {}", arguments.figures.display()))?;
    let text = if arguments.json {
        json
    } else {
        table::text(&report, &measured, extent)
            + &sweeps::text(&swept)
            + &people_sweeps::text(&people)
            + &planning_sweep::text(&planning)
    };
    io::stdout().write_all(text.as_bytes())?;
    let of_sweeps = [sweeps::short(&swept), people_sweeps::short(&people), planning_sweep::short(&planning)].concat();
    let is_short = !(report.short().is_empty() && of_sweeps.is_empty());
    Ok(if arguments.strict && is_short { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

impl Arguments {
    fn extent(&self) -> Extent {
        let Self { runs, events, quick, .. } = *self;
        if quick { Extent { starts: 5, events: 100 } } else { Extent { starts: runs, events } }
    }
}
