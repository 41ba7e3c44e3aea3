//! How much waits in queues, for how long, and what was given up.

use admin::Finding;
use edge::Depth;
use jiff::{SignedDuration, Timestamp};

use super::metrics::{Metrics, Series};
use super::resources::{QUEUE, Resource};
use crate::parameter::parameter;
use crate::stack::Stack;

/// How old a message of a pusher may be before an alarm goes off (template.yaml).
const PUSH: SignedDuration = SignedDuration::from_hours(1);
/// The same of a sweeper.
const SWEEP: SignedDuration = SignedDuration::from_hours(3);
const FIVE_MINUTES: i32 = 5 * 60;
/// What all flows' failures go through.
const SHARED: &str = "Failures";

/// The queues of these flows, and those that all share.
pub(super) async fn look(stack: &Stack, resources: &[Resource], flows: &[&str], now: Timestamp) -> Vec<Finding> {
    let metrics = Metrics::new(stack.config());
    let prefixes: Vec<String> = flows.iter().map(|flow| parameter(flow)).chain([SHARED.to_owned()]).collect();
    let is_meant = |queue: &&Resource| queue.kind == QUEUE && prefixes.iter().any(|it| queue.logical.starts_with(it));
    let mut findings = Vec::new();
    for queue in resources.iter().filter(is_meant) {
        let about = format!("queue {}", short(stack.name(), name(&queue.physical)));
        findings.push(match stack.queue_of(&queue.physical).depth().await {
            Ok(depth) if is_dead(queue) => given_up(about, depth),
            Ok(depth) => waiting(about, depth, limit(queue), age(&metrics, queue, depth, now).await),
            Err(error) => Finding::warning(about, "not known", error.to_string()),
        });
    }
    findings
}

/// The age of the oldest message; of an empty queue nobody asks.
async fn age(metrics: &Metrics, queue: &Resource, depth: Depth, now: Timestamp) -> Age {
    if depth.all() == 0 {
        return Ok(None);
    }
    let dimension = ("QueueName", name(&queue.physical));
    let metric = "ApproximateAgeOfOldestMessage";
    let series = Series { namespace: "AWS/SQS", metric, dimension, period: FIVE_MINUTES };
    let newest = metrics.newest(series, SignedDuration::from_mins(15), now).await?;
    // whole seconds
    #[expect(clippy::cast_possible_truncation, reason = "an age in seconds fits")]
    let seconds = newest.map(|(_, age)| age as i64);
    Ok(seconds.map(SignedDuration::from_secs))
}

/// `None`: CloudWatch has not told it. An error is in words.
type Age = Result<Option<SignedDuration>, String>;

fn name(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// A queue's name without what all queues of the stack have in common.
fn short<'a>(stack: &str, name: &'a str) -> &'a str {
    let own = name.strip_prefix(stack).and_then(|name| name.strip_prefix('-')).unwrap_or(name);
    own.strip_suffix(".fifo").unwrap_or(own)
}

fn is_dead(queue: &Resource) -> bool {
    queue.logical.ends_with("DeadQueue")
}

fn limit(queue: &Resource) -> SignedDuration {
    if queue.logical.ends_with("SweepQueue") { SWEEP } else { PUSH }
}

fn given_up(about: String, depth: Depth) -> Finding {
    match depth.all() {
        0 => Finding::ok(about, "nothing was given up"),
        count => {
            let seen = format!("{count} given up, to be stored and told within a quarter of an hour");
            Finding::warning(
                about,
                seen,
                "look with `hrsync failures list`; if they stay, look at the log of failures-poll",
            )
        }
    }
}

fn waiting(about: String, depth: Depth, limit: SignedDuration, age: Age) -> Finding {
    let count = depth.all();
    if count == 0 {
        return Finding::ok(about, "empty");
    }
    match age {
        Ok(Some(age)) if age <= limit => {
            Finding::ok(about, format!("{count} waiting, the oldest for {} min", minutes(age)))
        }
        Ok(Some(age)) => {
            let seen = format!("{count} waiting, the oldest for {} min", minutes(age));
            Finding::fault(
                about,
                seen,
                "mend what is halted below, or look at the function's log: it says what is tried again",
            )
        }
        Ok(None) => {
            let seen = format!("{count} waiting; for how long, CloudWatch does not tell yet");
            Finding::warning(about, seen, "look again in five minutes")
        }
        Err(why) => Finding::warning(about, format!("{count} waiting; for how long is not known"), why),
    }
}

fn minutes(age: SignedDuration) -> i64 {
    age.as_mins()
}

#[cfg(test)]
mod tests {
    use admin::Level;

    use super::*;

    const NONE: Depth = Depth { waiting: 0, worked_on: 0 };
    const SOME: Depth = Depth { waiting: 2, worked_on: 1 };

    #[test]
    fn messages_that_wait_for_too_long_are_a_fault() {
        let judged = |depth, age: Age| waiting("queue a".to_owned(), depth, PUSH, age);
        assert_eq!(judged(NONE, Ok(None)), Finding::ok("queue a", "empty"));
        let young = judged(SOME, Ok(Some(SignedDuration::from_mins(60))));
        assert_eq!(young, Finding::ok("queue a", "3 waiting, the oldest for 60 min"));
        assert_eq!(judged(SOME, Ok(Some(SignedDuration::from_mins(61)))).level, Level::Fault);
        assert_eq!(judged(SOME, Ok(None)).level, Level::Warning);
        let unknown = judged(SOME, Err("no right".to_owned()));
        assert_eq!((unknown.level, unknown.mend.as_deref()), (Level::Warning, Some("no right")));
    }

    #[test]
    fn dead_letters_are_a_warning() {
        assert_eq!(given_up("queue a".to_owned(), NONE).level, Level::Ok);
        assert!(given_up("queue a".to_owned(), SOME).seen.starts_with("3 given up"));
    }

    #[test]
    fn queues_are_told_apart_by_their_names_in_the_template() {
        let queue = |logical: &str| Resource {
            kind: QUEUE.to_owned(),
            logical: logical.to_owned(),
            physical: "https://sqs.eu-central-1.amazonaws.com/1/hrsync-a-push.fifo".to_owned(),
        };
        let template = include_str!("../../../template.yaml");
        for logical in ["PersonioToScimPushDeadQueue", "PersonioToScimSweepQueue", "FailuresPushQueue"] {
            assert!(template.contains(&format!("\n  {logical}:\n    Type: {QUEUE}\n")), "{logical}");
        }
        assert!(is_dead(&queue("PersonioToScimPushDeadQueue")) && !is_dead(&queue("FailuresPushQueue")));
        assert_eq!([limit(&queue("PersonioToScimSweepQueue")), limit(&queue("FailuresPushQueue"))], [SWEEP, PUSH]);
        assert_eq!(name(&queue("FailuresPushQueue").physical), "hrsync-a-push.fifo");
        assert_eq!(short("hrsync", "hrsync-a-push.fifo"), "a-push");
    }
}
