//! The verbs of `hrsync connections`; without one it lists.

use jiff::Timestamp;

use crate::connections::{list, remove};
use crate::ends::{End, Failure};
use crate::stack::Cloud;

/// List the connections that are applied, which are halted, and what waits for a person; or remove one
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(flatten)]
    list: list::Args,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Remove a connection: its webhook at the vendor, what is remembered of its objects, and what waits
    Remove(remove::Args),
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    match &args.verb {
        None => list::run(&args.list, &stack).await,
        Some(Verb::Remove(args)) => remove::run(args, &stack, now).await,
    }
}
