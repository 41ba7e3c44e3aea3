//! `hrsync start`: starts something in the target for one object of the source, as an event would.

use admin::{Start, Started};
use jiff::Timestamp;
use serde_json::json;

use crate::ends::{End, Failure};
use crate::ready::Ready;
use crate::say;

/// Start something for one candidate by hand, such as a contract
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync start contracts --candidate 5021 --template 31")]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// The candidate's id
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// The template's id, instead of the file's
    #[arg(long, value_name = "ID")]
    template: Option<String>,
    /// The workspace's id, instead of the file's
    #[arg(long, value_name = "ID")]
    workspace: Option<String>,
    /// Start another one although the same was started by hand today
    #[arg(long)]
    again: bool,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let (ready, start) = Ready::load(stack, name, now, "start by hand", |commands| commands.start).await?;
    let queue = ready.stack.queue(ready.flow.name)?;
    let wanted = Start {
        object: &args.candidate,
        template: args.template.as_deref(),
        workspace: args.workspace.as_deref(),
        again: args.again,
    };
    let Started { what, key, message } = start(ready.context(), wanted).await?;
    let sent = queue.send(&message).await;
    sent.map_err(|error| Failure::Aws(format!("{error}; try again: the same order makes one contract")))?;
    if args.json {
        say::json(&json!({"connection": name, "candidate": args.candidate, "key": key, "queued": what}))?;
    } else {
        say::line(format!("{name}: {what} is queued for candidate {}; it will carry the key {key}", args.candidate))?;
    }
    ready.probe().await?;
    Ok(End::Fine)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn a_start_needs_a_candidate() {
        let read = |call: &str| Cli::try_parse_from(call.split(' ')).map(|cli| cli.args);
        assert!(read("start contracts").is_err());
        let args = read("start contracts --candidate 5 --template 31 --again").unwrap();
        assert_eq!(
            (args.candidate.as_str(), args.template.as_deref(), args.workspace, args.again),
            ("5", Some("31"), None, true)
        );
    }
}
