//! `hrsync failures show`: one failure, and how its replay ended. The stored message, which is personal data, only where
//! it is asked for.

use edge::Message;
use ledger::{Event, FailureRecord, Ledger, Pending, Receipt, Settlement, State, Subject};
use serde_json::json;

use crate::ends::{End, Failure};
use crate::failures::{choice, words};
use crate::stack::Stack;
use crate::{flows, say};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// The failure's id, or a beginning that only it has
    #[arg(value_parser = clap::builder::NonEmptyStringValueParser::new())]
    id: String,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
    /// Print the stored message: personal data. Alone, or within --json
    #[arg(long)]
    message: bool,
}

pub(super) async fn run(args: &Args, stack: &Stack) -> Result<End, Failure> {
    let chosen = choice::chosen(stack, &args.connection, std::slice::from_ref(&args.id)).await?;
    let id = chosen.first().map_or(args.id.as_str(), |case| case.failure.id.as_str());
    let case = stack.ledger().failure_record(&args.connection, id).await?;
    let case = case.ok_or_else(|| Failure::Refused(format!("the failure `{id}` has just expired; nothing is left")))?;
    let ended = replay_end(&case, &stack.ledger()).await?;
    if args.message {
        say::aside("the message holds personal data: keep it out of logs, tickets and chats");
    }
    match (args.json, args.message) {
        (true, _) => say::json(&as_json(&case, ended.as_deref(), args.message))?,
        (false, true) => say::line(message(&case)?)?,
        (false, false) => say::line(say::columns(&rows(&case, ended.as_deref(), stack.name())))?,
    }
    Ok(End::Fine)
}

fn message(case: &FailureRecord) -> Result<&str, Failure> {
    let what =
        || Failure::Refused(format!("the failure `{}` is about no record, so it has no message", case.failure.id));
    case.failure.message.as_ref().map(|message| message.reveal().as_str()).ok_or_else(what)
}

/// The event of the last replay that went out.
fn replay(case: &FailureRecord) -> Option<Event> {
    let replay = case.triage.last_replay.filter(|_| case.triage.state == State::Replayed)?;
    let message = Message::read(case.failure.message.as_ref()?.reveal()).ok()?;
    Some(Event { replay, ..message.identity() })
}

/// How the last replay that went out has ended: by its receipt, or, where the flow follows objects, by what blocks its object
/// now. `None`: there was none, or its flow is not known.
async fn replay_end(case: &FailureRecord, ledger: &Ledger) -> Result<Option<String>, Failure> {
    let Some(event) = replay(case) else { return Ok(None) };
    match followed(case) {
        Some(object) => {
            let blocked = ledger.pending_of(&case.failure.connection, &object).await?;
            Ok(Some(unblocked(&case.failure.id, blocked.as_ref())))
        }
        None => Ok(Some(ended(&ledger.receipt(&event).await?).to_owned())),
    }
}

/// The object of a flow that follows objects.
fn followed(case: &FailureRecord) -> Option<Subject> {
    let subject = flows::named(&case.failure.flow).ok()?.commands.subject?;
    let message = Message::read(case.failure.message.as_ref()?.reveal()).ok()?;
    subject(&message)
}

/// A retry that meets the same cause is told as a failure of its own, so what this failure still tells of was not tried yet.
fn unblocked(failure: &str, blocked: Option<&Pending>) -> String {
    let Some(Pending { failures, .. }) = blocked else { return "nothing stands in its way now".to_owned() };
    if failures.iter().any(|told| told.failure == failure) {
        return "not ended yet".to_owned();
    }
    let others: Vec<&str> = failures.iter().map(|told| told.failure.as_str()).collect();
    format!("stands still again: {}", others.join(", "))
}

fn ended(receipt: &Receipt) -> &'static str {
    match receipt {
        Receipt::New | Receipt::Waiting(_) => "not ended yet",
        Receipt::Settled(Settlement::Done | Settlement::DoneBefore) => "done",
        Receipt::Settled(Settlement::Rejected) => "rejected, as a failure of its own",
    }
}

fn rows(case: &FailureRecord, ended: Option<&str>, stack: &str) -> Vec<[String; 2]> {
    let failure = &case.failure;
    let mut rows = vec![
        ("failure".to_owned(), failure.id.clone()),
        ("connection".to_owned(), format!("{} ({})", failure.connection, failure.flow)),
        ("cause".to_owned(), format!("{}: {}", words::cause(failure.cause), words::meaning(failure.cause))),
        ("failed".to_owned(), words::minute(failure.failed)),
        ("mailed".to_owned(), failure.mailed.map_or_else(|| "no".to_owned(), words::minute)),
        ("state".to_owned(), words::state(case)),
    ];
    let edited = case.triage.edited.map(words::minute);
    rows.extend(edited.map(|at| ("edited".to_owned(), format!("{at}; a retry sends what was edited"))));
    rows.extend(ended.map(|ended| ("replay".to_owned(), ended.to_owned())));
    rows.extend(failure.ids.iter().map(|id| (format!("{} id", id.name), id.value.clone())));
    rows.extend(failure.reasons.iter().map(|reason| ("why".to_owned(), reason.clone())));
    rows.extend(failure.advice.iter().map(|advice| ("to do".to_owned(), advice.clone())));
    rows.extend(failure.message.as_ref().map(|_| ("message".to_owned(), "kept; --message prints it".to_owned())));
    rows.extend(retry(case, stack).map(|line| ("retry".to_owned(), line)));
    rows.into_iter().map(|(name, value)| [name, value]).collect()
}

/// The call that replays it, where that needs nothing undone first.
fn retry(case: &FailureRecord, stack: &str) -> Option<String> {
    let failure = &case.failure;
    let sensible = words::is_replayable(failure.cause) && failure.message.is_some();
    let open = sensible && case.triage.state == State::Open && failure.connection != ledger::UNREADABLE;
    open.then(|| format!("hrsync --stack {stack} failures retry {} {}", failure.connection, failure.id))
}

fn as_json(case: &FailureRecord, ended: Option<&str>, with_message: bool) -> serde_json::Value {
    let mut value = words::as_json(case);
    if let Some(members) = value.as_object_mut() {
        members.insert("replay".to_owned(), json!(ended));
        members.insert("has_message".to_owned(), json!(case.failure.message.is_some()));
        if with_message {
            members.insert("message".to_owned(), json!(case.failure.message));
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use ledger::{Cause, Hidden, Told, WokenBy};

    use super::*;
    use crate::failures::sample::case;

    fn with_message(state: State) -> FailureRecord {
        let body = serde_json::value::RawValue::from_string(r#"{"e":"sample@applicant.example"}"#.to_owned()).unwrap();
        let message =
            Message::new("heyflow-to-personio", "careers", "e9b3".to_owned(), jiff::Timestamp::UNIX_EPOCH, body);
        let mut case = case("e9b3-0", Cause::Refused, state);
        case.failure.message = Some(Hidden::new(serde_json::to_string(&message).unwrap()));
        case
    }

    #[test]
    fn a_failure_is_shown_with_the_call_that_replays_it_and_without_its_message() {
        let expected = "\
failure      e9b3-0
connection   careers (heyflow-to-personio)
cause        refused: the target refuses its content
failed       2026-03-01 10:00 UTC
mailed       no
state        open
response id  8f14
why          personio: errors.job-position.not-published
to do        Publish the job.
message      kept; --message prints it
retry        hrsync --stack test failures retry careers e9b3-0";
        assert_eq!(say::columns(&rows(&with_message(State::Open), None, "test")), expected);
    }

    #[test]
    fn a_replayed_failure_shows_how_the_replay_ended_and_no_retry() {
        let case = with_message(State::Replayed);
        let event = replay(&case).unwrap();
        assert_eq!((event.id.as_str(), event.replay), ("e9b3", 1));
        let said = say::columns(&rows(&case, Some(ended(&Receipt::Settled(Settlement::Done))), "test"));
        assert!(said.contains("replay       done") && !said.contains("failures retry"), "{said}");
        assert_eq!(replay(&with_message(State::Replaying)), None);
    }

    #[test]
    fn a_replay_of_an_objects_signal_has_ended_as_what_blocks_the_object_says() {
        let mut case = with_message(State::Replayed);
        assert_eq!(followed(&case), None, "a response is no object that is followed");
        let body = r#"{"v":2,"about":"absence/a1","trigger":{"kind":"changed"}}"#;
        let message = case.failure.message.as_ref().unwrap().reveal();
        let message = message.replace(r#"{"e":"sample@applicant.example"}"#, body);
        case.failure.message = Some(Hidden::new(message));
        case.failure.flow = "personio-to-hellohq".to_owned();
        let object = followed(&case).unwrap();
        assert_eq!(object.to_string(), "absence/a1");
        let blocked = |failure: &str| {
            let failures = vec![Told { key: "user".to_owned(), failure: failure.to_owned() }];
            Pending { subject: object.clone(), failures, woken_by: WokenBy::Sweeps }
        };
        assert_eq!(unblocked("e9b3-0", None), "nothing stands in its way now");
        assert_eq!(unblocked("e9b3-0", Some(&blocked("e9b3-0"))), "not ended yet");
        assert_eq!(unblocked("e9b3-0", Some(&blocked("user-2"))), "stands still again: user-2");
    }

    #[test]
    fn the_message_is_in_the_json_only_where_it_is_asked_for() {
        let shown = with_message(State::Open);
        assert!(!as_json(&shown, None, false).to_string().contains("sample@"));
        assert_eq!(as_json(&shown, None, false)["has_message"], json!(true));
        assert_eq!(as_json(&shown, None, true)["message"], json!(shown.failure.message));
        assert!(message(&case("halted-1", Cause::Halted, State::Open)).is_err());
    }
}
