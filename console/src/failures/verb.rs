//! The verbs of `hrsync failures`.

use jiff::Timestamp;

use crate::ends::{End, Failure};
use crate::failures::{discard, edit, list, retry, show};
use crate::stack::Cloud;

/// List failures, show one, mend its submission, put its record into the queue again, or set it aside
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// List failures, the newest first
    List(list::Args),
    /// Show a failure, without its message
    Show(show::Args),
    /// Mend the stored submission of a failure before it is retried
    Edit(edit::Args),
    /// Put failed records into their queue again, each as a new generation of its event
    Retry(retry::Args),
    /// Set failures aside: their mails do not go out any more; they are kept until they expire
    Discard(discard::Args),
}

pub(crate) async fn run(verb: &Verb, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    match verb {
        Verb::List(args) => list::run(args, &stack).await,
        Verb::Show(args) => show::run(args, &stack).await,
        Verb::Edit(args) => edit::run(args, &stack, now).await,
        Verb::Retry(args) => retry::run(args, &stack, now).await,
        Verb::Discard(args) => discard::run(args, &stack, now).await,
    }
}
