//! `hrsync cursor`: how far a connection's changes were read, and from when they are read again.

use jiff::Timestamp;
use serde_json::json;

use crate::agree::agreed;
use crate::ends::{End, Failure};
use crate::stack::Cloud;
use crate::{flows, say};

/// Show how far the changes of a connection's source were read, or have them read from another time on
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Show how far changes were read, and the sweep that waits for a person
    #[command(after_help = "Example: hrsync cursor show absences")]
    Show {
        /// The connection's name
        connection: String,
        /// Say it in JSON
        #[arg(long)]
        json: bool,
    },
    /// Have the next sweep read changes from this time on
    #[command(after_help = "Example: hrsync cursor set absences 2026-03-01T10:00:00Z --yes")]
    Set {
        /// The connection's name
        connection: String,
        /// From when on, such as 2026-03-01T10:00:00Z
        time: Timestamp,
        /// Do not ask
        #[arg(long)]
        yes: bool,
        /// Say it in JSON
        #[arg(long)]
        json: bool,
    },
}

pub(crate) async fn run(verb: &Verb, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    let (Verb::Show { connection: name, json } | Verb::Set { connection: name, json, .. }) = verb;
    let (_, flow) = stack.connection(name).await?;
    let lists = flows::command(flow, "cursor", |commands| commands.cursor)?;
    let ledger = stack.ledger();
    let cursor = ledger.cursor(name).await?;
    let Verb::Set { time, yes, .. } = verb else {
        let held = ledger.held(name).await?.map(|held| held.run);
        if *json {
            say::json(&json!({"connection": name, "cursor": cursor, "held": held}))?;
            return Ok(End::Fine);
        }
        say::line(standing(name, lists, cursor))?;
        let held =
            held.map(|run| format!("{name}: the sweep {run} waits for `hrsync sweep {name} --confirm-deletions`"));
        held.into_iter().try_for_each(say::line)?;
        return Ok(End::Fine);
    };
    if *time > now {
        return Err(Failure::Refused(
            "this time is yet to come: what changes until then would never be read".to_owned(),
        ));
    }
    say::aside(consequence(name, lists, cursor, *time));
    agreed(*yes, "Move the cursor?", "the cursor was not moved")?;
    if !ledger.set_cursor(name, cursor, *time).await? {
        return Err(Failure::Refused("a sweep has moved the cursor meanwhile; look at it and try again".to_owned()));
    }
    if *json {
        say::json(&json!({"connection": name, "cursor": time, "before": cursor}))?;
    } else {
        say::line(format!("{name}: the next sweep reads from {} on", second(*time)))?;
    }
    Ok(End::Fine)
}

fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn standing(name: &str, lists: &str, cursor: Option<Timestamp>) -> String {
    match cursor {
        Some(at) => format!("{name}: {lists} that were changed until {} are read", second(at)),
        None => format!("{name}: {lists} were never read; the next sweep begins at the start"),
    }
}

/// What the next sweep does otherwise.
fn consequence(name: &str, lists: &str, before: Option<Timestamp>, to: Timestamp) -> String {
    let to_text = second(to);
    match before {
        Some(before) if before < to => format!(
            "{name}: {lists} that were changed between {} and {to_text} are left out; only `hrsync sweep {name} --whole` finds them",
            second(before)
        ),
        Some(before) => format!(
            "{name}: {lists} that were changed between {to_text} and {} are read again; what was processed before is skipped, and nothing doubles",
            second(before)
        ),
        None => format!(
            "{name}: {lists} that were changed before {to_text} are left out; only `hrsync sweep {name} --whole` finds them"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_moved_cursor_makes_happen_is_said() {
        let at = |hour: u8| format!("2026-03-01T{hour:02}:00:00Z").parse::<Timestamp>().unwrap();
        let said = |before: Option<u8>| consequence("absences", "absences", before.map(at), at(10));
        let back = "absences: absences that were changed between 2026-03-01 10:00:00 UTC and 2026-03-01 12:00:00 UTC are read \
            again; what was processed before is skipped, and nothing doubles";
        assert_eq!(said(Some(12)), back);
        for forward in [Some(8), None] {
            let said = said(forward);
            assert!(said.contains("are left out; only `hrsync sweep absences --whole` finds them"), "{said}");
        }
        assert_eq!(
            standing("absences", "absences", None),
            "absences: absences were never read; the next sweep begins at the start"
        );
    }
}
