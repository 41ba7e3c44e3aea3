//! The metrics of hrsync: the one table of their names, and how a log line declares those it carries.
//!
//! A line is its own metric record in CloudWatch's embedded metric format: the member `_aws` names which other members
//! are values and which are dimensions.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>
//!
//! Dimensions are the stack alone for what raises an alarm, the stack and the flow for times, and these with the outcome
//! for the one counter of records: each further value of a dimension is a metric of its own that is paid for, so
//! connections and ids are never one.

use jiff::Timestamp;
use serde::Serialize;

/// The namespace of every metric.
pub const NAMESPACE: &str = "hrsync";

/// The flow of what cannot be read: nobody knows whose it is.
pub const UNKNOWN_FLOW: &str = "unknown";

/// One metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Its name, and the name of the log line's member that holds its value.
    pub name: &'static str,
    /// CloudWatch's unit.
    pub unit: &'static str,
    /// The names of its dimensions.
    pub dimensions: &'static [&'static str],
}

pub(super) const STACK: &str = "Stack";
pub(super) const FLOW: &str = "Flow";
pub(super) const OUTCOME: &str = "Outcome";
const BY_STACK: &[&str] = &[STACK];
const BY_FLOW: &[&str] = &[STACK, FLOW];
const BY_OUTCOME: &[&str] = &[STACK, FLOW, OUTCOME];

/// 1 for each line about a request or a record, by its outcome: received, done, skipped, rejected, tried again.
pub(super) const RECORDS: Metric = count("Records", BY_OUTCOME);
/// How long ago the record was received, each time that it was worked on.
pub(super) const AGE_IN_FLIGHT: Metric = millis("AgeInFlight");
/// How long a record took that called a vendor. hrsync's own table answers in a few milliseconds, which are in it.
pub(super) const VENDOR_MS: Metric = millis("VendorMs");
/// 1 for each record given up, by the pusher or by way of the dead-letter queue.
pub(super) const DEAD: Metric = count("Dead", BY_STACK);
/// 1 for each delivery that showed the right secret and was answered with 4xx: it is stored as rejected.
pub(super) const UNUSABLE: Metric = count("Unusable", BY_STACK);
/// 1 for each request for a connection whose sender did not show its secret.
pub(super) const UNAUTHORIZED: Metric = count("Unauthorized", BY_STACK);
/// How many of a flow's connections are halted, told by each run of `failures-poll`.
pub(super) const HALTED: Metric = count("Halted", BY_STACK);
/// 1 for a run of `failures-poll` that did all of its work, 0 for another.
pub(super) const POLLS: Metric = count("Polls", BY_STACK);
/// How many flows' schedules have missed their runs, told by each run of `failures-poll`.
pub(super) const LATE_POLLS: Metric = count("LatePolls", BY_STACK);
/// How many records have not ended and did not come back in time, told by runs of `failures-poll` that find any.
pub(super) const UNACCOUNTED: Metric = count("Unaccounted", BY_STACK);
/// 1 for each attempt at a mail that SES refuses, other than by throttling. And from `failures-poll`: how many mails an
/// earlier run has notified of that have still not gone out, for whatever reason.
pub(super) const MAIL_REFUSED: Metric = count("MailRefused", BY_STACK);

/// Every metric that the code writes. A test holds the template's alarms and dashboard against it, both ways.
pub const METRICS: &[Metric] = &[
    RECORDS,
    AGE_IN_FLIGHT,
    VENDOR_MS,
    DEAD,
    UNUSABLE,
    UNAUTHORIZED,
    HALTED,
    POLLS,
    LATE_POLLS,
    UNACCOUNTED,
    MAIL_REFUSED,
];

const fn count(name: &'static str, dimensions: &'static [&'static str]) -> Metric {
    Metric { name, unit: "Count", dimensions }
}

const fn millis(name: &'static str) -> Metric {
    Metric { name, unit: "Milliseconds", dimensions: BY_FLOW }
}

/// The member `_aws`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Declaration {
    timestamp: i64,
    cloud_watch_metrics: Vec<Directive>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Directive {
    namespace: &'static str,
    dimensions: [&'static [&'static str]; 1],
    metrics: Vec<Unit>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Unit {
    name: &'static str,
    unit: &'static str,
}

/// Declares those of a line's members that are metrics. `None` where there are none.
pub(super) fn declare(members: &[&str], now: Timestamp) -> Option<Declaration> {
    let directives =
        [BY_OUTCOME, BY_FLOW, BY_STACK].into_iter().filter_map(|dimensions| directive(members, dimensions));
    let cloud_watch_metrics: Vec<_> = directives.collect();
    let timestamp = now.as_millisecond();
    (!cloud_watch_metrics.is_empty()).then_some(Declaration { timestamp, cloud_watch_metrics })
}

fn directive(members: &[&str], dimensions: &'static [&'static str]) -> Option<Directive> {
    let metrics = METRICS.iter().filter(|metric| metric.dimensions == dimensions && members.contains(&metric.name));
    let metrics: Vec<_> = metrics.map(|metric| Unit { name: metric.name, unit: metric.unit }).collect();
    // CloudWatch drops a whole line that names a dimension it does not hold
    let is_whole = dimensions.iter().all(|dimension| members.contains(dimension));
    (is_whole && !metrics.is_empty()).then_some(Directive { namespace: NAMESPACE, dimensions: [dimensions], metrics })
}
