//! `hrsync pause` and `hrsync resume`: a connection stands still, and goes on. What comes meanwhile is kept in its queues.

use jiff::Timestamp;
use serde_json::json;

use crate::ends::{End, Failure};
use crate::say;
use crate::stack::Cloud;

/// How long a record waits in its queue: 320 looks, a quarter of an hour apart (template.yaml).
const KEPT: &str = "80 hours";

/// Have a connection stand still; its events are kept
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync pause careers")]
pub(crate) struct Pause {
    #[command(flatten)]
    one: One,
}

/// Have a paused connection go on
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync resume careers")]
pub(crate) struct Resume {
    #[command(flatten)]
    one: One,
}

#[derive(Debug, clap::Args)]
struct One {
    /// The connection's name
    connection: String,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn pause(args: &Pause, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let One { connection: name, json } = &args.one;
    let stack = Cloud::load().await.stack(stack).await?;
    let (connection, _) = stack.connection(name).await?;
    stack.ledger().pause(name, now).await?;
    // a command whose answer was lost is given again
    let since = connection.paused.unwrap_or(now);
    if *json {
        say::json(&json!({"connection": name, "paused": since}))?;
        return Ok(End::Fine);
    }
    let since = since.strftime("%Y-%m-%d %H:%M UTC");
    say::line(format!("{name}: stands still since {since}; every function knows within a minute"))?;
    say::aside(format!(
        "{name}: what comes is kept for {KEPT}, then given up and told; `hrsync resume {name}` has it go on"
    ));
    Ok(End::Fine)
}

pub(crate) async fn resume(args: &Resume, stack: &str) -> Result<End, Failure> {
    let One { connection: name, json } = &args.one;
    let stack = Cloud::load().await.stack(stack).await?;
    let (connection, _) = stack.connection(name).await?;
    stack.ledger().resume(name).await?;
    if *json {
        say::json(&json!({"connection": name, "paused": null, "was_paused": connection.paused}))?;
        return Ok(End::Fine);
    }
    say::line(match connection.paused {
        Some(_) => format!("{name}: goes on; what waited comes within a quarter of an hour"),
        None => format!("{name}: was not paused"),
    })?;
    Ok(End::Fine)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Pause,
    }

    #[test]
    fn one_connection_is_named() {
        assert!(Cli::try_parse_from(["pause"]).is_err());
        assert_eq!(Cli::try_parse_from(["pause", "careers", "--json"]).unwrap().args.one.connection, "careers");
    }
}
