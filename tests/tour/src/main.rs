//! Plays the tour on a running local stack: a line per step, a table, the webhook URLs. Exits with 1 if anything was not as expected.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use serde_json::json;
use tour::{Endpoints, Step};

/// Plays every flow against the running local stack.
#[derive(Parser)]
struct Arguments {
    /// The stack's addresses; secrets.json lies beside it.
    #[arg(long, default_value = ".local/endpoints.json")]
    endpoints: PathBuf,
    /// Print the result as JSON, the progress to standard error.
    #[arg(long)]
    json: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    run(&Arguments::parse()).await.unwrap_or_else(|error| {
        // Nothing can be done about a closed standard error.
        let _ = writeln!(io::stderr(), "the tour could not be played: {error:#}");
        ExitCode::FAILURE
    })
}

async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let endpoints = Endpoints::load(&arguments.endpoints)?;
    let steps = tour::play(&endpoints, &mut |step| tell(step, arguments.json)).await?;
    let text = if arguments.json { as_json(&steps, &endpoints) } else { as_text(&steps, &endpoints) };
    writeln!(io::stdout(), "{text}")?;
    Ok(if steps.iter().all(Step::passed) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A line as the step ends; a closed terminal does not end the tour.
fn tell(step: &Step, to_stderr: bool) {
    let sign = if step.passed() { "ok  " } else { "FAIL" };
    let line = format!("{sign} {}: {} ({} ms)", step.step, step.seen, step.ms);
    let _ = if to_stderr { writeln!(io::stderr(), "{line}") } else { writeln!(io::stdout(), "{line}") };
}

fn as_json(steps: &[Step], endpoints: &Endpoints) -> String {
    let passed = steps.iter().all(Step::passed);
    json!({"passed": passed, "steps": steps, "webhooks": endpoints.webhooks}).to_string()
}

fn as_text(steps: &[Step], endpoints: &Endpoints) -> String {
    let urls: String = endpoints.webhooks.iter().map(|(name, url)| format!("\n  {name}: {url}")).collect();
    format!("\n{}\n\nWebhook URLs to paste into the vendors' settings:{urls}", tour::table(steps))
}
