//! `hrsync failures retry`: a failure's stored message goes into its flow's queue again, as the next generation of its
//! event. Claimed first, so that of two who retry at once one does; noted as sent last, so that a claim which was left
//! standing shows.

use std::collections::BTreeSet;

use edge::{Message, Queue};
use jiff::Timestamp;
use ledger::{Cause, Decided, Decision, FailureRecord, ReplayClaim, State, Subject, Triaged};

use crate::ends::{End, Failure};
use crate::failures::{choice, remarks, words};
use crate::stack::Stack;
use crate::{flows, say};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    #[arg(required_unless_present = "all_of")]
    connection: Option<String>,
    /// The failures' ids, or beginnings that only one of the connection's failures, or of its open ones, has
    #[arg(
        required_unless_present = "all_of",
        value_name = "ID",
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    ids: Vec<String>,
    /// All open failures of a connection that are unmappable, refused or dead; the oldest first
    #[arg(long, value_name = "CONNECTION", conflicts_with_all = ["connection", "ids"])]
    all_of: Option<String>,
    /// Only those of this cause: unmappable, refused, dead, duplicate, without-file, altered or by-hand
    #[arg(long, value_name = "KIND", requires = "all_of", value_parser = words::read_cause)]
    cause: Option<Cause>,
    /// Also what somebody is replaying, and with ids also what was replayed or discarded
    #[arg(long)]
    again: bool,
    /// What an unanswered creation has made, by the target's own id: the one failure's object takes it over
    #[arg(
        long,
        value_name = "UID",
        conflicts_with_all = ["all_of", "create"],
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    adopt: Option<String>,
    /// An unanswered creation has made nothing: the one failure's object is made once more
    #[arg(long, conflicts_with = "all_of")]
    create: bool,
}

impl Args {
    /// What the person has decided.
    fn decision(&self) -> Option<Decision> {
        let adopted = self.adopt.clone().map(|id| Decision::Adopt { id });
        adopted.or(self.create.then_some(Decision::Create))
    }
}

/// What became of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Became {
    Replayed(u32),
    /// Nothing was sent; why.
    Left(String),
}

pub(super) async fn run(args: &Args, stack: &Stack, now: Timestamp) -> Result<End, Failure> {
    let cases = cases(args, stack).await?;
    if cases.is_empty() {
        say::line("nothing to retry")?;
        return Ok(End::Fine);
    }
    if let Some(decision) = args.decision() {
        decide(&cases, &decision, stack, now).await?;
    }
    for connection in connections(&cases) {
        if let Some(applied) = stack.ledger().connection(connection).await?.map(|it| it.applied) {
            remarks::unread(connection, applied, now).into_iter().for_each(say::aside);
        }
    }
    let total = cases.len();
    let mut replayed = 0;
    for (number, case) in cases.iter().enumerate() {
        let id = &case.failure.id;
        let became = match replay(case, args.again, stack, now).await {
            Ok(became) => became,
            Err(failure) => {
                say::line(format!("{replayed} of {total} replayed, {} not tried", total - number - 1))?;
                return Err(failure);
            }
        };
        let said = match &became {
            Became::Replayed(generation) => format!("in the queue as generation {generation}"),
            Became::Left(why) => why.clone(),
        };
        say::line(format!("[{}/{total}] {id}: {said}", number + 1))?;
        replayed += usize::from(matches!(became, Became::Replayed(_)));
    }
    say::line(format!("{replayed} of {total} replayed"))?;
    Ok(if replayed == total { End::Fine } else { End::Problems })
}

fn connections(cases: &[FailureRecord]) -> BTreeSet<&str> {
    cases.iter().map(|case| case.failure.connection.as_str()).collect()
}

/// Writes a decision down for the object of the one failure that was named.
async fn decide(cases: &[FailureRecord], decision: &Decision, stack: &Stack, now: Timestamp) -> Result<(), Failure> {
    let Undecided { connection, subject, code } = undecided(cases)?;
    let decided = Decided { code: code.to_owned(), decision: decision.clone(), at: now };
    Ok(stack.ledger().decide(connection, &subject, &decided).await?)
}

/// What a person can decide about.
struct Undecided<'a> {
    connection: &'a str,
    subject: Subject,
    code: &'a str,
}

/// What the one failure tells of, where a person can decide about it.
fn undecided(cases: &[FailureRecord]) -> Result<Undecided<'_>, Failure> {
    let [case] = cases else {
        return Err(Failure::Refused("--adopt and --create are about one failure; name its id alone".to_owned()));
    };
    let failure = &case.failure;
    let refused = || {
        let what = "is about no creation that a person can decide about; retry it without --adopt and --create";
        Failure::Refused(format!("{}: {what}", failure.id))
    };
    let undecided = flows::named(&failure.flow).ok().and_then(|flow| flow.commands.undecided).ok_or_else(refused)?;
    let code = failure.code.as_deref().filter(|code| undecided.codes.contains(code)).ok_or_else(refused)?;
    let message = failure.message.as_ref().and_then(|message| Message::read(message.reveal()).ok());
    let subject = message.as_ref().and_then(undecided.subject).ok_or_else(refused)?;
    Ok(Undecided { connection: &failure.connection, subject, code })
}

async fn cases(args: &Args, stack: &Stack) -> Result<Vec<FailureRecord>, Failure> {
    let Some(connection) = &args.all_of else {
        return choice::chosen(stack, args.connection.as_deref().unwrap_or_default(), &args.ids).await;
    };
    let cases = stack.ledger().failures(Some(connection)).await?.items;
    if cases.is_empty() {
        return Err(choice::none(stack, connection).await);
    }
    Ok(all(cases, args.cause, args.again))
}

/// The oldest first, as they came. What was replayed is left out even with `--again`: if that replay failed, it is a
/// failure of its own.
fn all(cases: Vec<FailureRecord>, cause: Option<Cause>, again: bool) -> Vec<FailureRecord> {
    let meant = |case: &FailureRecord| match cause {
        Some(cause) => case.failure.cause == cause,
        None => words::is_replayable(case.failure.cause),
    };
    let standing = |case: &FailureRecord| match case.triage.state {
        State::Open => true,
        State::Replaying => again,
        State::Replayed | State::Resolved | State::Discarded => false,
    };
    cases.into_iter().rev().filter(|case| meant(case) && standing(case)).collect()
}

/// The queue that a message came from: the pusher's, or the sweeper's.
fn queue(stack: &Stack, message: &Message) -> Result<Queue, Failure> {
    let sweep = flows::named(&message.flow).ok().and_then(|flow| flow.commands.sweep);
    match sweep {
        Some(sweep) if (sweep.is_task)(message) => stack.sweep_queue(&message.flow),
        _ => stack.queue(&message.flow),
    }
}

async fn replay(listed: &FailureRecord, again: bool, stack: &Stack, now: Timestamp) -> Result<Became, Failure> {
    let ledger = stack.ledger();
    let connection = &listed.failure.connection;
    let id = &listed.failure.id;
    let Some(case) = ledger.failure_record(connection, id).await? else {
        return Ok(Became::Left("has expired".to_owned()));
    };
    let message = match replayable(&case, again) {
        Ok(message) => message,
        Err(why) => return Ok(Became::Left(why)),
    };
    remarks::in_the_target(&case).into_iter().for_each(say::aside);
    if let Some(at) = case.triage.edited {
        say::aside(format!("{id}: goes as it was edited on {}", words::minute(at)));
    }
    if case.triage.state != State::Open {
        say::aside(format!("{id}: {}; {}", words::state(&case), twice(case.triage.state)));
    }
    // before the claim, for without it nothing can be sent
    let queue = queue(stack, &message)?;
    let attempt = format!("{}-{}", std::process::id(), Timestamp::now().as_nanosecond());
    let claim = ledger.claim_replay(&case, &message.identity(), again, &attempt, now).await?;
    let ReplayClaim::Claimed(generation) = claim else {
        let standing = ledger.failure_record(connection, id).await?;
        return Ok(Became::Left(standing.map_or_else(|| "has expired".to_owned(), |it| overtaken(&it))));
    };
    if let Err(error) = queue.send(&renewed(message, generation, now)).await {
        return Err(not_sent(&case, &attempt, stack, &error).await);
    }
    note_sent(&case, &attempt, generation, stack).await;
    Ok(Became::Replayed(generation))
}

/// The message to send, or why there is none.
fn replayable(case: &FailureRecord, again: bool) -> Result<Message, String> {
    let failure = &case.failure;
    let Some(message) = &failure.message else {
        return Err(format!(
            "is about the connection and no record ({}), so there is nothing to retry",
            words::cause(failure.cause)
        ));
    };
    // it came from outside, and may look like a message of anybody's
    if failure.cause == Cause::Unreadable {
        return Err("was never queued, for it cannot be read: show it with --message, mend it and send it to the \
            webhook's URL, which `hrsync urls` names"
            .to_owned());
    }
    let message = Message::read(message.reveal()).map_err(|error| {
        format!("its message cannot be read ({error}); use the hrsync of the version that wrote it")
    })?;
    if case.triage.state == State::Open || again { Ok(message) } else { Err(overtaken(case)) }
}

fn overtaken(case: &FailureRecord) -> String {
    if case.triage.state == State::Open {
        return "left alone, for somebody else was at it just now and gave it up; retry it".to_owned();
    }
    format!("left alone, for it stands as: {}; --again retries it all the same", words::state(case))
}

fn twice(state: State) -> &'static str {
    match state {
        State::Open => "nothing was done about it",
        State::Replaying => "if that one is still at it, the record is handled twice, one after the other",
        State::Replayed => "the record is handled once more, after that replay",
        State::Resolved => "nothing was blocked by it any more",
        State::Discarded => "it is taken up again",
    }
}

/// Counted from now: a record is given up by its age, and a replay has its whole time before it.
fn renewed(mut message: Message, generation: u32, now: Timestamp) -> Message {
    message.replay = generation;
    message.received = now;
    message
}

/// The queue may have the message all the same where its answer was lost; then a further retry is handled after it.
async fn not_sent(case: &FailureRecord, attempt: &str, stack: &Stack, error: &edge::QueueError) -> Failure {
    let id = &case.failure.id;
    let now_stands = match stack.ledger().release_replay(case, attempt).await {
        Ok(Triaged::Written) => "it stands as before; retry it once the queue answers".to_owned(),
        Ok(Triaged::Overtaken) => "somebody else has taken it over meanwhile".to_owned(),
        Err(failed) => format!("it stays as being replayed ({failed}); retry it with --again"),
    };
    Failure::Aws(format!("{id}: {error}; {now_stands}"))
}

/// It is in the queue whatever becomes of the note.
async fn note_sent(case: &FailureRecord, attempt: &str, generation: u32, stack: &Stack) {
    let id = &case.failure.id;
    match stack.ledger().replay_sent(case, attempt, generation).await {
        Ok(Triaged::Written) => {}
        Ok(Triaged::Overtaken) => say::aside(format!("{id}: somebody else has retried it with --again meanwhile")),
        Err(error) => say::aside(format!(
            "{id}: is in the queue, but that could not be noted ({error}): it shows as being replayed; do not retry it"
        )),
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, FromArgMatches as _};
    use ledger::Hidden;

    use super::*;
    use crate::failures::sample::case;

    fn with_message(state: State) -> FailureRecord {
        let body = serde_json::value::RawValue::from_string(r#"{"a": 1}"#.to_owned()).unwrap();
        let message = Message::new("heyflow-to-personio", "careers", "e9b3".to_owned(), Timestamp::UNIX_EPOCH, body);
        let mut case = case("e9b3-0", Cause::Refused, state);
        case.failure.message = Some(Hidden::new(serde_json::to_string(&message).unwrap()));
        case.failure.code = Some("unknown-uid".to_owned());
        case
    }

    #[test]
    fn what_was_handled_is_left_unless_again_is_asked_for() {
        assert!(replayable(&with_message(State::Open), false).is_ok());
        for state in [State::Replaying, State::Replayed, State::Discarded] {
            let why = replayable(&with_message(state), false).unwrap_err();
            assert!(why.starts_with("left alone, for it stands as: ") && why.contains("--again"), "{why}");
            assert!(replayable(&with_message(state), true).is_ok());
        }
    }

    #[test]
    fn without_a_readable_message_there_is_nothing_to_retry() {
        let halted = case("halted-1-0", Cause::Halted, State::Open);
        let expected = "is about the connection and no record (halted), so there is nothing to retry";
        assert_eq!(replayable(&halted, true).unwrap_err(), expected);
        let mut newer = with_message(State::Open);
        newer.failure.message = Some(Hidden::new(r#"{"v":7,"e":"sample@applicant.example"}"#.to_owned()));
        let why = replayable(&newer, true).unwrap_err();
        assert!(why.contains("a message of version 7") && !why.contains("sample"), "{why}");
    }

    #[test]
    fn what_a_receiver_could_not_read_goes_into_no_queue_though_it_looks_like_a_message() {
        let mut forged = with_message(State::Open);
        forged.failure.cause = Cause::Unreadable;
        let why = replayable(&forged, true).unwrap_err();
        assert!(why.starts_with("was never queued") && why.contains("hrsync urls"), "{why}");
    }

    #[test]
    fn a_replay_is_the_same_event_in_a_new_generation_with_its_time_before_it() {
        let message = replayable(&with_message(State::Open), false).unwrap();
        let group = message.group();
        let deduplication = message.deduplication();
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        let renewed = renewed(message, 1, now);
        assert_eq!((renewed.replay, renewed.received, renewed.body.get()), (1, now, r#"{"a": 1}"#));
        assert_eq!(renewed.group(), group);
        assert_ne!(renewed.deduplication(), deduplication);
    }

    fn read(line: &str) -> Result<Args, clap::error::ErrorKind> {
        let command = Args::augment_args(clap::Command::new("retry"));
        let matches = command.try_get_matches_from(line.split(' ')).map_err(|error| error.kind())?;
        Ok(Args::from_arg_matches(&matches).unwrap())
    }

    #[test]
    fn a_person_decides_by_adopt_or_create_and_not_by_both() {
        let decision = |line: &str| read(line).unwrap().decision();
        assert_eq!(decision("retry openings e9b3"), None);
        let adopt = Decision::Adopt { id: "3A.93C".to_owned() };
        assert_eq!(decision("retry openings e9b3 --adopt 3A.93C"), Some(adopt));
        assert_eq!(decision("retry openings e9b3 --create"), Some(Decision::Create));
        for line in [
            "retry openings e9b3 --create --adopt 3A.93C",
            "retry --all-of openings --create",
            "retry --all-of openings --adopt 3A.93C",
        ] {
            assert_eq!(read(line).unwrap_err(), clap::error::ErrorKind::ArgumentConflict, "{line}");
        }
        assert!(read("retry openings e9b3 --adopt").is_err() && read("retry openings e9b3 --adopt ").is_err());
    }

    /// A failure of a flow whose message is about something of this kind.
    fn about(flow: &str, kind: &str) -> FailureRecord {
        let body = format!(r#"{{"v":2,"about":"{kind}/7","trigger":{{"kind":"changed"}}}}"#);
        let body = serde_json::value::RawValue::from_string(body).unwrap();
        let message = Message::new(flow, "openings", "e9b3".to_owned(), Timestamp::UNIX_EPOCH, body);
        let mut case = case("e9b3-0", Cause::Refused, State::Open);
        flow.clone_into(&mut case.failure.flow);
        case.failure.message = Some(Hidden::new(serde_json::to_string(&message).unwrap()));
        case.failure.code = Some("unknown-uid".to_owned());
        case
    }

    #[test]
    fn only_an_opening_of_one_failure_can_be_decided_about() {
        let opening = about("hibob-to-recruit", "opening");
        let Undecided { connection, subject, code } = undecided(std::slice::from_ref(&opening)).unwrap();
        assert_eq!((connection, subject.to_string().as_str(), code), ("careers", "opening/7", "unknown-uid"));
        let mut without_message = opening.clone();
        without_message.failure.message = None;
        let mut refused_by_recruit = opening.clone();
        refused_by_recruit.failure.code = Some("refused".to_owned());
        for other in [
            about("hibob-to-recruit", "position"),
            about("personio-to-hellohq", "absence"),
            about("gone-flow", "opening"),
            without_message,
            refused_by_recruit,
        ] {
            let refused = undecided(std::slice::from_ref(&other)).err().unwrap().to_string();
            assert!(refused.contains("no creation that a person can decide about"), "{refused}");
        }
        for cases in [vec![], vec![opening.clone(), opening]] {
            assert!(undecided(&cases).err().unwrap().to_string().contains("about one failure"));
        }
    }

    #[test]
    fn all_are_the_open_ones_that_a_retry_can_mend_and_the_oldest_first() {
        let cases = || {
            vec![
                case("5", Cause::Halted, State::Open),
                case("4", Cause::Duplicate, State::Open),
                case("3", Cause::Refused, State::Open),
                case("2", Cause::Refused, State::Replaying),
                case("1", Cause::Dead, State::Open),
                case("0", Cause::Refused, State::Replayed),
            ]
        };
        let ids = |cases: Vec<FailureRecord>| cases.into_iter().map(|case| case.failure.id).collect::<String>();
        assert_eq!(ids(all(cases(), None, false)), "13");
        assert_eq!(ids(all(cases(), None, true)), "123");
        assert_eq!(ids(all(cases(), Some(Cause::Refused), false)), "3");
        assert_eq!(ids(all(cases(), Some(Cause::Duplicate), false)), "4");
    }
}
