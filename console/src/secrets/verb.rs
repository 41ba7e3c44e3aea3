//! The verbs of `hrsync secrets`.

use jiff::Timestamp;

use crate::ends::{End, Failure};
use crate::secrets::{set, show};
use crate::stack::Cloud;

/// Set or show the secrets of a connection
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Set secrets: asks for each on the terminal, or reads them with --from
    Set(set::Args),
    /// Show which secrets are set and when webhook secrets end, never their values
    Show(show::Args),
}

pub(crate) async fn run(verb: &Verb, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    match verb {
        Verb::Set(args) => set::run(args, &stack, now).await,
        Verb::Show(args) => show::run(args, &stack, now).await,
    }
}
