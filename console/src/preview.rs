//! `hrsync preview`: what would be done if everything were brought in line now, or one object explained. Cannot write
//! anywhere.

use admin::{Change, ChangeKind, Explanation, Preview};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ends::{End, Failure};
use crate::ready::Ready;
use crate::say;

/// Show what would be done in the target system, without doing it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// Explain one object of the source, e.g. a person, step by step
    #[arg(long, value_name = "ID")]
    object: Option<String>,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    match &args.object {
        Some(object) => explain(args, object, stack, now).await,
        None => compare(args, stack, now).await,
    }
}

async fn compare(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let (ready, preview) = Ready::load(stack, name, now, "preview", |commands| commands.preview).await?;
    let preview = (preview.everything)(ready.context().reading()).await?;
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

async fn explain(args: &Args, object: &str, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let of = |commands: &admin::Commands| commands.preview.and_then(|preview| preview.object);
    let (ready, explain) = Ready::load(stack, name, now, "explanation of one object", of).await?;
    let explanation = explain(ready.context().reading(), object).await?;
    if args.json {
        say::json(&explanation_as_json(name, object, &explanation))?;
    } else {
        say::line(steps(&explanation))?;
    }
    Ok(End::Fine)
}

fn steps(Explanation { steps }: &Explanation) -> String {
    say::columns(&steps.iter().map(|step| [step.what.to_owned(), step.seen.clone()]).collect::<Vec<_>>())
}

fn explanation_as_json(name: &str, object: &str, Explanation { steps }: &Explanation) -> Value {
    let steps: Vec<_> = steps.iter().map(|step| json!({"what": step.what, "seen": step.seen})).collect();
    json!({"connection": name, "id": object, "steps": steps})
}

fn table(changes: &[Change]) -> String {
    let row = |Change { object, kind, what }: &Change| {
        let object = if object.is_empty() { "(no id)" } else { object };
        [kind.word().to_owned(), object.to_owned(), what.clone()]
    };
    say::columns(&changes.iter().map(row).collect::<Vec<_>>())
}

/// Kinds that some flows never have are named only where there are some.
fn summary(name: &str, Preview { changes, unchanged, .. }: &Preview) -> String {
    let count = |kind: ChangeKind| changes.iter().filter(|it| it.kind == kind).count();
    let is_rare = |kind| matches!(kind, ChangeKind::Adopted | ChangeKind::Deactivated | ChangeKind::Held);
    let counted = ChangeKind::ALL.into_iter().map(|kind| (kind, count(kind)));
    let told = counted.filter(|(kind, count)| *count > 0 || !is_rare(*kind));
    let told: Vec<_> = told.map(|(kind, count)| format!("{count} {}", kind.word())).collect();
    format!("{name}: {} and {unchanged} unchanged; nothing was written", told.join(", "))
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
    fn a_preview_is_one_line_for_each_and_a_count() {
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
    fn kinds_that_only_some_flows_have_are_counted_where_there_are_some() {
        let changes = vec![Change { object: "3002".to_owned(), kind: ChangeKind::Held, what: "deactivate".to_owned() }];
        let preview = Preview { changes, unchanged: 7, unlisted: 0 };
        let expected =
            "accounts: 0 created, 0 changed, 0 removed, 1 held, 0 refused and 7 unchanged; nothing was written";
        assert_eq!(summary("accounts", &preview), expected);
    }

    #[test]
    fn an_object_is_explained_step_by_step() {
        let mut explanation = Explanation::default();
        explanation.add("wanted today", "no account: the employment is over");
        explanation.add("steps", "remove the account");
        let expected = "wanted today  no account: the employment is over\nsteps         remove the account";
        assert_eq!(steps(&explanation), expected);
        let seen = explanation_as_json("accounts", "3002", &explanation);
        assert_eq!(seen["steps"][1], json!({"what": "steps", "seen": "remove the account"}));
    }

    #[test]
    fn one_object_or_all_are_previewed() {
        assert!(Cli::try_parse_from(["preview", "accounts"]).is_ok());
        assert!(Cli::try_parse_from(["preview", "accounts", "--object", "3002"]).is_ok());
    }
}
