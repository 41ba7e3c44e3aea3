//! `hrsync failures edit`: a stored submission is mended before a retry, where the form is its only source. The submission as
//! it came is kept beside it.

use std::path::PathBuf;

use edge::Message;
use edge::http::LARGEST_BODY;
use jiff::Timestamp;
use ledger::{Cause, FailureRecord, State, Triaged};
use serde_json::value::RawValue;
use similar::TextDiff;

use crate::agree::agreed;
use crate::ends::{End, Failure};
use crate::failures::editor;
use crate::failures::{choice, layout, words};
use crate::stack::Stack;
use crate::{flows, say};

/// As much as a failure's record takes twice: as it came, and as it was edited.
const LARGEST: usize = 180 * 1024;

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: hrsync failures edit careers 8f14\n         \
    hrsync failures edit careers 8f14 --file mended.json --yes\n\
    The submission is personal data: keep it out of logs, tickets and chats.")]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// The failure's id, or a beginning that only it has
    #[arg(value_parser = clap::builder::NonEmptyStringValueParser::new())]
    id: String,
    /// Take the mended submission from this file, instead of opening $VISUAL or $EDITOR
    #[arg(long, value_name = "FILE", conflicts_with = "restore")]
    file: Option<PathBuf>,
    /// Take the submission as it came again
    #[arg(long)]
    restore: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

pub(super) async fn run(args: &Args, stack: &Stack, now: Timestamp) -> Result<End, Failure> {
    let name = &args.connection;
    let chosen = choice::chosen(stack, name, std::slice::from_ref(&args.id)).await?;
    let id = chosen.first().map_or(args.id.as_str(), |case| case.failure.id.as_str());
    let ledger = stack.ledger();
    let case = ledger.failure_record(name, id).await?;
    let case = case.ok_or_else(|| Failure::Refused(format!("the failure `{id}` has just expired; nothing is left")))?;
    let message = editable(&case)?;
    let written = if args.restore {
        agreed(args.yes, "Take the submission as it came again?", "nothing was changed")?;
        ledger.restore_message(&case).await?
    } else {
        let before = layout::lines(message.body.get());
        let after = match &args.file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|error| Failure::Refused(format!("{}: {error}", path.display())))?,
            None => editor::edit(&before)?,
        };
        let edited = edited(&message, &after)?;
        say::aside("what follows is personal data: keep it out of logs, tickets and chats");
        say::aside(difference(&before, &layout::lines(edited.body.get()))?);
        agreed(args.yes, "Store this?", "nothing was changed")?;
        let text = serde_json::to_string(&edited);
        let text = text.map_err(|error| Failure::Refused(format!("it cannot be stored ({error})")))?;
        ledger.edit_message(&case, &text, now).await?
    };
    if written == Triaged::Overtaken {
        let what = "somebody did something about the failure meanwhile, or it is not edited; nothing was changed";
        return Err(Failure::Refused(format!("{id}: {what}; look at it with `hrsync failures show`")));
    }
    let done =
        if args.restore { "is as it came again" } else { "is edited; the submission as it came is kept beside it" };
    say::line(format!("{id}: {done}; send it with `hrsync failures retry {name} {id}`"))?;
    Ok(End::Fine)
}

/// The stored message of a failure whose submission can be edited.
fn editable(case: &FailureRecord) -> Result<Message, Failure> {
    let failure = &case.failure;
    let refused = |what: &str| Failure::Refused(format!("{}: {what}", failure.id));
    let of_submissions = flows::named(&failure.flow).ok().and_then(|flow| flow.commands.edited).is_some();
    if !of_submissions || failure.cause == Cause::Unreadable {
        return Err(refused("holds no submission that can be edited: mend it in its source, then retry it"));
    }
    if case.triage.state != State::Open {
        return Err(refused(&format!("only an open failure is edited; this one stands as: {}", words::state(case))));
    }
    let message = failure.message.as_ref().ok_or_else(|| refused("is about no record"))?;
    let read = Message::read(message.reveal());
    read.map_err(|_| refused("its message was not kept whole, or by another version; it can only be read"))
}

/// The message with another submission in it, which the flow can read.
fn edited(message: &Message, text: &str) -> Result<Message, Failure> {
    let refused = |what: String| Failure::Refused(format!("{what}; nothing was changed"));
    let body = RawValue::from_string(layout::compact(text));
    let place = |error: serde_json::Error| refused(format!("it is no JSON ({:?})", error.classify()));
    let body = body.map_err(place)?;
    if layout::compact(message.body.get()) == body.get() {
        return Err(refused("it is as it was".to_owned()));
    }
    if body.get().len() > LARGEST.min(LARGEST_BODY) {
        return Err(refused(format!("it is longer than the {LARGEST} bytes that are kept")));
    }
    let mut edited = message.clone();
    edited.body = body;
    let check = flows::named(&message.flow).map_err(refused)?.commands.edited;
    let check = check.ok_or_else(|| refused("it is no submission".to_owned()))?;
    check(message, &edited).map_err(refused)?;
    Ok(edited)
}

fn difference(before: &str, after: &str) -> Result<String, Failure> {
    let difference = TextDiff::from_lines(before, after);
    Ok(difference.unified_diff().context_radius(1).header("stored", "edited").to_string().trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use ledger::Hidden;

    use super::*;
    use crate::failures::sample::case;

    const BODY: &str =
        r#"{"flowID":"F","id":"r-17","createdAt":"2026-03-01T10:00:00Z","fields":{"E-mail":"a@b","Name":"Mina"}}"#;

    fn stored(state: State) -> FailureRecord {
        let body = RawValue::from_string(BODY.to_owned()).unwrap();
        let message = Message::new("heyflow-to-personio", "careers", "e9b3".to_owned(), Timestamp::UNIX_EPOCH, body);
        let mut case = case("e9b3-0", Cause::Unmappable, state);
        case.failure.message = Some(Hidden::new(serde_json::to_string(&message).unwrap()));
        case
    }

    #[test]
    fn an_edited_submission_is_the_same_event_with_other_answers() {
        let message = editable(&stored(State::Open)).unwrap();
        let after = edited(&message, &layout::lines(BODY).replace("a@b", "a@b.example")).unwrap();
        assert_eq!(after.body.get(), BODY.replace("a@b", "a@b.example"));
        assert_eq!((after.identity(), after.group()), (message.identity(), message.group()));
        let shown = difference(&layout::lines(message.body.get()), &layout::lines(after.body.get())).unwrap();
        assert!(
            shown.contains("-    \"E-mail\":\"a@b\",") && shown.contains("+    \"E-mail\":\"a@b.example\","),
            "{shown}"
        );
    }

    #[test]
    fn what_the_flow_could_not_read_is_refused() {
        let message = editable(&stored(State::Open)).unwrap();
        let why = |text: &str| edited(&message, text).unwrap_err().to_string();
        assert!(why(BODY).starts_with("it is as it was"));
        assert!(why("{\"fields\": ").starts_with("it is no JSON"));
        assert!(why(&BODY.replace("r-17", "r-18")).contains("ids"), "{}", why(&BODY.replace("r-17", "r-18")));
        assert!(!why("[\"a@b.example\"]").contains("a@b"), "{}", why("[\"a@b.example\"]"));
    }

    #[test]
    fn only_open_failures_of_submissions_are_edited() {
        let why = |case: &FailureRecord| editable(case).unwrap_err().to_string();
        assert!(why(&stored(State::Replayed)).contains("only an open failure is edited"));
        let mut other = stored(State::Open);
        other.failure.flow = "personio-to-hellohq".to_owned();
        assert!(why(&other).contains("holds no submission"));
        let mut unreadable = stored(State::Open);
        unreadable.failure.cause = Cause::Unreadable;
        assert!(why(&unreadable).contains("holds no submission"));
        assert!(why(&case("e9b3-0", Cause::Refused, State::Open)).contains("is about no record"));
    }
}
