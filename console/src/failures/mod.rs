//! `hrsync failures`: what a person must see, and what to do about it: replay it or set it aside.

mod choice;
mod discard;
mod list;
mod retry;
mod show;
mod words;

use jiff::Timestamp;

use crate::ends::{End, Failure};
use crate::stack::Cloud;

/// List failures, show one, put its record into the queue again, or set it aside
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// List failures, the newest first
    List(list::Args),
    /// Show a failure, without its message
    Show(show::Args),
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
        Verb::Retry(args) => retry::run(args, &stack, now).await,
        Verb::Discard(args) => discard::run(args, &stack, now).await,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use ledger::{Case, Cause, Handling, Id, State};

    /// A failure with its message left out, as a list has it.
    pub(crate) fn case(id: &str, cause: Cause, state: State) -> Case {
        let failure = ledger::Failure {
            id: id.to_owned(),
            connection: "careers".to_owned(),
            flow: "heyflow-to-personio".to_owned(),
            cause,
            ids: vec![Id { name: "response".to_owned(), value: "8f14".to_owned(), url: None }],
            reasons: vec!["personio: errors.job-position.not-published".to_owned()],
            advice: vec!["Publish the job.".to_owned()],
            message: None,
            failed: "2026-03-01T10:00:30Z".parse().unwrap(),
            mailed: None,
        };
        let changed = Some("2026-03-01T11:00:00Z".parse().unwrap());
        let handling = match state {
            State::Open => Handling::default(),
            State::Replaying => Handling { state, replays: 1, replayed: changed, ..Handling::default() },
            State::Replayed => {
                Handling { state, replays: 1, replayed: changed, generation: Some(1), ..Handling::default() }
            }
            State::Discarded => Handling { state, discarded: changed, ..Handling::default() },
        };
        Case { failure, handling }
    }
}
