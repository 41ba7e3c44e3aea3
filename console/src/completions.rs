//! `hrsync completions`: what a shell needs to complete verbs, options and their values.

use clap::Command;
use clap_complete::Shell;

use crate::ends::{End, Failure};
use crate::say;

/// Print what a shell needs to complete hrsync's verbs and options
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync completions bash > ~/.local/share/bash-completion/completions/hrsync")]
pub(crate) struct Args {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: &Args, mut command: Command) -> Result<End, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "hrsync", &mut script);
    say::line(String::from_utf8_lossy(&script).trim_end())?;
    Ok(End::Fine)
}
