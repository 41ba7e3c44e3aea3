//! The `hrsync` command: checks connection files, writes them and their secrets to a stack, shows what is there, arranges
//! webhooks, starts sweeps, and replays what failed.
//! For integration engineers and their scripts; what it takes and gives is in the folder's README.

mod agree;
mod apply;
mod aws;
mod check;
mod completions;
mod connections;
mod cursor;
mod doctor;
mod doubled;
mod ends;
mod failures;
mod fields;
mod files;
mod flows;
mod forget;
mod held;
mod history;
mod init;
mod live;
mod logged;
mod overrides;
mod parameter;
mod pause;
mod preview;
mod ready;
mod remarks;
mod say;
mod schema;
mod secrets;
mod stack;
mod start;
mod status;
mod sweep;
mod urls;
mod webhooks;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use jiff::Timestamp;

use crate::ends::{End, Failure};

/// Keeps the connections of an hrsync stack, from the first draft of a file to the last failure.
#[derive(Debug, Parser)]
#[command(name = "hrsync", version, after_help = ends::HELP)]
struct Cli {
    /// The CloudFormation stack to work on
    #[arg(long, global = true, env = "HRSYNC_STACK", default_value = "hrsync", value_parser = stack::name)]
    stack: String,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Init(init::Args),
    Schema(schema::Args),
    Check(check::Args),
    Apply(apply::Args),
    #[command(subcommand)]
    Secrets(secrets::Verb),
    Urls(urls::Args),
    Connections(connections::Args),
    #[command(subcommand)]
    Webhooks(webhooks::Verb),
    Doctor(doctor::Args),
    Fields(fields::Args),
    Sweep(sweep::Args),
    Preview(preview::Args),
    Start(start::Args),
    Status(status::Args),
    History(history::Args),
    #[command(subcommand)]
    Cursor(cursor::Verb),
    Forget(forget::Args),
    Pause(pause::Pause),
    Resume(pause::Resume),
    #[command(subcommand)]
    Failures(failures::Verb),
    Completions(completions::Args),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let ended = run(Cli::parse()).await;
    if let Err(failure) = &ended {
        say::aside(format!("hrsync: {failure}"));
    }
    ends::status(&ended).into()
}

async fn run(cli: Cli) -> Result<End, Failure> {
    let now = Timestamp::now();
    match cli.verb {
        Verb::Init(args) => init::run(&args, &cli.stack, now).await,
        Verb::Schema(args) => schema::run(&args),
        Verb::Check(args) => check::run(&args, &cli.stack, now).await,
        Verb::Apply(args) => apply::run(&args, &cli.stack, now).await,
        Verb::Secrets(verb) => secrets::run(&verb, &cli.stack, now).await,
        Verb::Urls(args) => urls::run(&args, &cli.stack).await,
        Verb::Connections(args) => connections::run(&args, &cli.stack, now).await,
        Verb::Webhooks(verb) => webhooks::run(&verb, &cli.stack, now).await,
        Verb::Doctor(args) => doctor::run(&args, &cli.stack, now).await,
        Verb::Fields(args) => fields::run(&args, &cli.stack, now).await,
        Verb::Sweep(args) => sweep::run(&args, &cli.stack, now).await,
        Verb::Preview(args) => preview::run(&args, &cli.stack, now).await,
        Verb::Start(args) => start::run(&args, &cli.stack, now).await,
        Verb::Status(args) => status::run(&args, &cli.stack, now).await,
        Verb::History(args) => history::run(&args, &cli.stack, now).await,
        Verb::Cursor(verb) => cursor::run(&verb, &cli.stack, now).await,
        Verb::Forget(args) => forget::run(&args, &cli.stack, now).await,
        Verb::Pause(args) => pause::pause(&args, &cli.stack, now).await,
        Verb::Resume(args) => pause::resume(&args, &cli.stack).await,
        Verb::Failures(verb) => failures::run(&verb, &cli.stack, now).await,
        Verb::Completions(args) => completions::run(&args, Cli::command()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_shell_is_told_of_every_verb() {
        let mut script = Vec::new();
        clap_complete::generate(clap_complete::Shell::Bash, &mut Cli::command(), "hrsync", &mut script);
        let script = String::from_utf8(script).unwrap();
        for verb in Cli::command().get_subcommands() {
            assert!(script.contains(&format!("hrsync__subcmd__{}", verb.get_name())), "{}", verb.get_name());
        }
    }

    #[test]
    fn connections_are_listed_without_a_verb_and_removed_with_one() {
        let read = |call: &str| Cli::try_parse_from(call.split(' ')).is_ok();
        for call in ["hrsync connections", "hrsync connections --json", "hrsync connections remove absences --yes"] {
            assert!(read(call), "{call}");
        }
        assert!(!read("hrsync connections remove"));
    }

    /// What the documents of the project call `hrsync`: in code, and in lines that can be pasted.
    fn documented(text: &str) -> Vec<String> {
        let inline = text.split('`').filter(|code| code.starts_with("hrsync ") && !code.contains('\n'));
        let lines = text.lines().filter_map(|line| {
            let line = line.trim().strip_prefix("cargo run --bin ").unwrap_or(line.trim());
            line.starts_with("hrsync ").then(|| line.split(" #").next().unwrap_or_default().trim())
        });
        let plain = |code: &&str| !code.contains(['[', '|', ';']) && !code.contains("...");
        inline.chain(lines).filter(plain).map(|code| code.replace("hrsync -- ", "hrsync ")).collect()
    }

    #[test]
    fn every_call_in_a_readme_is_understood() {
        use clap::error::ErrorKind::{
            DisplayHelpOnMissingArgumentOrSubcommand, MissingRequiredArgument, MissingSubcommand,
        };
        let folders = std::fs::read_dir("../functions").unwrap().map(|folder| folder.unwrap().path());
        let flows = folders.filter(|folder| folder.is_dir()).map(|folder| folder.join("README.md"));
        let others =
            ["../README.md", "../DEPLOYING.md", "README.md", "../shared/README.md"].map(std::path::PathBuf::from);
        let mut calls = 0;
        for path in flows.chain(others) {
            for call in documented(&std::fs::read_to_string(&path).unwrap()) {
                calls += 1;
                let Err(error) = Cli::try_parse_from(call.split_whitespace()) else { continue };
                // a verb may be named without what it needs
                let is_named = [DisplayHelpOnMissingArgumentOrSubcommand, MissingRequiredArgument, MissingSubcommand];
                assert!(is_named.contains(&error.kind()), "{}: `{call}`: {error}", path.display());
            }
        }
        assert!(calls > 40, "only {calls} were found");
    }
}
