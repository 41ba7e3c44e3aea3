//! `hrsync plan --remap`: what would change if the present mapping were applied to everything. Writes nothing anywhere.

use admin::{Change, ChangeKind, Preview};
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
    let (ready, preview) = Ready::load(stack, name, now, "mapping to try", |commands| commands.preview).await?;
    let preview = preview(ready.context()).await?;
    if args.json {
        say::json(&as_json(name, &preview))?;
        return Ok(End::Fine);
    }
    if !preview.changes.is_empty() {
        say::line(table(&preview.changes))?;
    }
    say::line(summary(name, &preview))?;
    if preview.unlisted > 0 {
        let unlisted = preview.unlisted;
        say::aside(format!(
            "{name}: {unlisted} more are entered and not listed by the source; a sweep looks after these"
        ));
    }
    Ok(End::Fine)
}

fn table(changes: &[Change]) -> String {
    let row = |Change { object, kind, what }: &Change| {
        let object = if object.is_empty() { "(no id)" } else { object };
        [kind.word().to_owned(), object.to_owned(), what.clone()]
    };
    say::columns(&changes.iter().map(row).collect::<Vec<_>>())
}

fn summary(name: &str, Preview { changes, unchanged, .. }: &Preview) -> String {
    let count = |kind: ChangeKind| changes.iter().filter(|it| it.kind == kind).count();
    let counted = [ChangeKind::Created, ChangeKind::Changed, ChangeKind::Removed, ChangeKind::Refused]
        .map(|kind| format!("{} {}", count(kind), kind.word()));
    format!("{name}: {} and {unchanged} unchanged; nothing was written", counted.join(", "))
}

fn as_json(name: &str, Preview { changes, unchanged, unlisted }: &Preview) -> Value {
    let changes: Vec<_> = changes
        .iter()
        .map(|Change { object, kind, what }| json!({"id": object, "change": kind.word(), "what": what}))
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

    fn preview() -> Preview {
        let changed =
            |object: &str, kind, what: &str| Change { object: object.to_owned(), kind, what: what.to_owned() };
        let changes = vec![
            changed("1d8e", ChangeKind::Changed, "Holiday -> Special leave"),
            changed("", ChangeKind::Refused, "it cannot be read: `starts_from`"),
            changed("2f00", ChangeKind::Changed, "Holiday -> Sickness"),
        ];
        Preview { changes, unchanged: 7, unlisted: 1 }
    }

    #[test]
    fn a_plan_is_one_line_for_each_and_a_count() {
        let expected = "\
changed  1d8e     Holiday -> Special leave
refused  (no id)  it cannot be read: `starts_from`
changed  2f00     Holiday -> Sickness";
        assert_eq!(table(&preview().changes), expected);
        let expected = "absences: 0 created, 2 changed, 0 removed, 1 refused and 7 unchanged; nothing was written";
        assert_eq!(summary("absences", &preview()), expected);
    }

    #[test]
    fn scripts_see_the_same() {
        let seen = as_json("absences", &preview());
        assert_eq!(seen["changes"][0], json!({"id": "1d8e", "change": "changed", "what": "Holiday -> Special leave"}));
        assert_eq!((&seen["unchanged"], &seen["unlisted"]), (&json!(7), &json!(1)));
    }

    #[test]
    fn what_is_planned_must_be_said() {
        assert!(Cli::try_parse_from(["plan", "absences", "--remap"]).is_ok());
        assert!(Cli::try_parse_from(["plan", "absences"]).is_err());
    }
}
