//! `hrsync plan --remap`: what would change if the present mapping were applied to everything. Writes nothing anywhere.

use edge::{Change, Remap, Remapped};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ends::{End, Failure};
use crate::ready::Ready;
use crate::say;

/// Show what would change in the target system, without changing it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// What would, if the mapping as it is applied were used for everything since the start date
    #[arg(long, required = true)]
    remap: bool,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let (ready, remap) = Ready::load(stack, name, now, "mapping to try", |acts| acts.remap).await?;
    let remap = remap(ready.asked()).await?;
    if args.json {
        say::json(&as_json(name, &remap))?;
        return Ok(End::Fine);
    }
    if !remap.changes.is_empty() {
        say::line(table(&remap.changes))?;
    }
    say::line(summary(name, &remap))?;
    if remap.unlisted > 0 {
        let unlisted = remap.unlisted;
        say::aside(format!(
            "{name}: {unlisted} more are entered and not listed by the source; a sweep looks after these"
        ));
    }
    Ok(End::Fine)
}

fn table(changes: &[Remapped]) -> String {
    let row = |Remapped { object, change, what }: &Remapped| {
        let object = if object.is_empty() { "(no id)" } else { object };
        [change.word().to_owned(), object.to_owned(), what.clone()]
    };
    say::columns(&changes.iter().map(row).collect::<Vec<_>>())
}

fn summary(name: &str, Remap { changes, unchanged, .. }: &Remap) -> String {
    let count = |kind: Change| changes.iter().filter(|it| it.change == kind).count();
    let counted = [Change::Created, Change::Changed, Change::Removed, Change::Refused]
        .map(|kind| format!("{} {}", count(kind), kind.word()));
    format!("{name}: {} and {unchanged} unchanged; nothing was written", counted.join(", "))
}

fn as_json(name: &str, Remap { changes, unchanged, unlisted }: &Remap) -> Value {
    let changes: Vec<_> = changes
        .iter()
        .map(|Remapped { object, change, what }| json!({"id": object, "change": change.word(), "what": what}))
        .collect();
    json!({"connection": name, "changes": changes, "unchanged": unchanged, "unlisted": unlisted})
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

    fn remap() -> Remap {
        let changed =
            |object: &str, change, what: &str| Remapped { object: object.to_owned(), change, what: what.to_owned() };
        let changes = vec![
            changed("1d8e", Change::Changed, "Holiday -> Special leave"),
            changed("", Change::Refused, "it cannot be read: `starts_from`"),
            changed("2f00", Change::Changed, "Holiday -> Sickness"),
        ];
        Remap { changes, unchanged: 7, unlisted: 1 }
    }

    #[test]
    fn a_plan_is_one_line_for_each_and_a_count() {
        let expected = "\
changed  1d8e     Holiday -> Special leave
refused  (no id)  it cannot be read: `starts_from`
changed  2f00     Holiday -> Sickness";
        assert_eq!(table(&remap().changes), expected);
        let expected = "absences: 0 created, 2 changed, 0 removed, 1 refused and 7 unchanged; nothing was written";
        assert_eq!(summary("absences", &remap()), expected);
    }

    #[test]
    fn scripts_see_the_same() {
        let seen = as_json("absences", &remap());
        assert_eq!(seen["changes"][0], json!({"id": "1d8e", "change": "changed", "what": "Holiday -> Special leave"}));
        assert_eq!((&seen["unchanged"], &seen["unlisted"]), (&json!(7), &json!(1)));
    }

    #[test]
    fn what_is_planned_must_be_said() {
        assert!(Cli::try_parse_from(["plan", "absences", "--remap"]).is_ok());
        assert!(Cli::try_parse_from(["plan", "absences"]).is_err());
    }
}
