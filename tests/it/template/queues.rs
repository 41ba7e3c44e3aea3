//! Queues, their dead-letter queues and their readers.
//!
//! A message that outlives its queue's retention vanishes instead of reaching the dead-letter queue, so receive count
//! times the longest wait must stay below it:
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html>.

use serde_json::Value;

use super::model::{Source, Template};
use super::yaml::{at, is_on, names, number, text, texts};

const QUEUE: &str = "AWS::SQS::Queue";
const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;
const RETENTION: u64 = 14 * DAY;
/// The wait between two receives while a connection is halted.
const HALT_WAIT: u64 = HOUR / 4;
/// The longest wait between two retries.
const LONGEST_WAIT: u64 = HOUR;
/// How long a weekend is, from Friday's evening to Monday's morning: receives must not be used up before it ends.
const WEEKEND: u64 = 64 * HOUR;

/// The dead-letter queue that a queue's redrive names.
fn dead_letters(queue: &Value) -> Option<String> {
    names(at(queue, "RedrivePolicy.deadLetterTargetArn")).into_iter().next()
}

fn is_dead_letters(template: &Template, id: &str) -> bool {
    template.all(QUEUE).any(|(_, queue)| dead_letters(queue).as_deref() == Some(id))
}

/// Work queues without a dead-letter queue, or with one of another type.
pub(super) fn have_dead_letters(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for (id, queue) in template.all(QUEUE).filter(|(id, _)| !is_dead_letters(template, id)) {
        match dead_letters(queue).and_then(|dead| template.one(QUEUE, &dead)) {
            None => offences.push(format!("{id}: no dead-letter queue")),
            Some(dead) if is_on(at(queue, "FifoQueue")) != is_on(at(dead, "FifoQueue")) => {
                offences.push(format!("{id}: its dead-letter queue is not of the same type (FIFO)"));
            }
            Some(_) => {}
        }
    }
    offences
}

/// Queues that keep messages for another time than 14 days.
pub(super) fn retention(template: &Template) -> Vec<String> {
    let other = template.all(QUEUE).filter(|(_, q)| number(at(q, "MessageRetentionPeriod")) != Some(RETENTION));
    other.map(|(id, _)| format!("{id}: MessageRetentionPeriod is not {RETENTION} (14 days)")).collect()
}

/// Receive counts that are used up within a weekend, or not within the retention.
pub(super) fn receive_count(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for (id, queue) in template.all(QUEUE).filter(|(_, q)| !at(q, "RedrivePolicy").is_null()) {
        let Some(count) = number(at(queue, "RedrivePolicy.maxReceiveCount")) else {
            offences.push(format!("{id}: maxReceiveCount is no plain number"));
            continue;
        };
        if count.saturating_mul(HALT_WAIT) < WEEKEND {
            offences.push(format!("{id}: {count} receives of 15 minutes end before 64 hours"));
        }
        if count.saturating_mul(LONGEST_WAIT) >= RETENTION {
            offences.push(format!("{id}: {count} receives of 1 hour outlive the retention of 14 days"));
        }
    }
    offences
}

/// Queues that give a message to a second reader while the first may still work: AWS asks for six times the timeout,
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html>.
pub(super) fn visibility(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for function in template.functions() {
        for source in &function.sources {
            let visibility = template.one(QUEUE, &source.queue).and_then(|q| number(at(q, "VisibilityTimeout")));
            match (visibility, function.timeout) {
                (Some(visible), Some(timeout)) if visible >= timeout.saturating_mul(6) => {}
                (Some(visible), Some(timeout)) => offences.push(format!(
                    "{}: VisibilityTimeout {visible} is less than 6 x the {timeout} s of {}",
                    source.queue,
                    function.name()
                )),
                _ => offences.push(format!(
                    "{}: VisibilityTimeout, or the Timeout of {}, is no plain number",
                    source.queue,
                    function.name()
                )),
            }
        }
    }
    offences
}

/// Readers that fail a whole batch for one record, or take too many records at once.
pub(super) fn batches(template: &Template) -> Vec<String> {
    let mut offences = Vec::new();
    for function in template.functions() {
        for source in &function.sources {
            offences.extend(batch(source).into_iter().map(|problem| format!("{}: {problem}", function.name())));
        }
    }
    offences
}

fn batch(source: &Source) -> Vec<String> {
    let mut problems = Vec::new();
    let queue = &source.queue;
    if !texts(at(&source.properties, "FunctionResponseTypes")).iter().any(|t| t == "ReportBatchItemFailures") {
        problems.push(format!("reads {queue} without ReportBatchItemFailures"));
    }
    if !number(at(&source.properties, "BatchSize")).is_some_and(|size| (1..=10).contains(&size)) {
        problems.push(format!("reads {queue} with a BatchSize that is not 1 to 10"));
    }
    problems
}

/// Dead-letter queues that nobody empties and whose depth nobody watches.
pub(super) fn dead_letters_seen(template: &Template) -> Vec<String> {
    let drained = drained(template);
    let drained = |id: &str| drained.iter().any(|queue| queue == id);
    let alarms = || template.all("AWS::CloudWatch::Alarm");
    let watched = |id: &str, metric: &str| alarms().any(|(_, alarm)| watches(alarm, id, metric));
    let dead = template.all(QUEUE).filter(|(id, _)| is_dead_letters(template, id));
    let unseen = dead.filter_map(|(id, _)| match drained(id) {
        true => None,
        false if watched(id, "ApproximateNumberOfMessagesVisible") => None,
        false => Some(format!("{id}: neither drained by failures-poll nor watched by a depth alarm")),
    });
    unseen.collect()
}

/// The queues that `failures-poll` is told to read, and may.
fn drained(template: &Template) -> Vec<String> {
    let mut functions = template.functions().into_iter();
    let Some(poll) = functions.find(|function| function.name() == "failures-poll") else { return Vec::new() };
    let told = template.resources.get(&poll.id).map(|r| at(&r.properties, "Environment.Variables.HRSYNC_DEAD_QUEUES"));
    let may = |action: &str, queue: &str| {
        let named = format!("${{{queue}.Arn}}");
        poll.statements.iter().any(|s| s.actions.iter().any(|a| a == action) && s.resources.contains(&named))
    };
    let queues = told.map(names).unwrap_or_default().into_iter();
    queues.filter(|queue| may("sqs:ReceiveMessage", queue) && may("sqs:DeleteMessage", queue)).collect()
}

/// Work queues of flows whose age nobody watches.
pub(super) fn ages_seen(template: &Template) -> Vec<String> {
    let functions = template.functions();
    let read = functions.iter().filter(|f| f.flow() != "failures").flat_map(|f| &f.sources);
    let watched = |id: &str| {
        template.all("AWS::CloudWatch::Alarm").any(|(_, alarm)| watches(alarm, id, "ApproximateAgeOfOldestMessage"))
    };
    read.filter(|source| !watched(&source.queue)).map(|source| format!("{}: no age alarm", source.queue)).collect()
}

/// That `failures-poll` drains queues while nobody watches whether it runs, and to its end.
pub(super) fn draining_seen(template: &Template) -> Vec<String> {
    let mut alarms = template.all("AWS::CloudWatch::Alarm").map(|(_, alarm)| alarm);
    let watched = alarms
        .any(|alarm| text(at(alarm, "MetricName")) == "Polls" && text(at(alarm, "TreatMissingData")) == "breaching");
    let unseen = !watched && !drained(template).is_empty();
    unseen.then(|| "failures-poll: no alarm on Polls that goes off without them".to_owned()).into_iter().collect()
}

fn watches(alarm: &Value, queue: &str, metric: &str) -> bool {
    let dimensions = at(alarm, "Dimensions").as_array().into_iter().flatten();
    let mut named = dimensions.filter(|d| text(at(d, "Name")) == "QueueName");
    text(at(alarm, "Namespace")) == "AWS/SQS"
        && text(at(alarm, "MetricName")) == metric
        && named.any(|d| text(at(d, "Value")) == format!("${{{queue}.QueueName}}"))
}
