//! The wide events: one per request, one per record, one per run of a schedule.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use super::metrics::{
    AGE_IN_FLIGHT, DEAD, HALTED, LATE_POLLS, MAIL_REFUSED, POLLS, RECORDS, UNACCOUNTED, UNAUTHORIZED, UNKNOWN_FLOW,
    UNUSABLE, VENDOR_MS,
};
use super::short::short;
use crate::handled::{Again, Handled};
use crate::message::Message;
use crate::outcome::Outcome;
use crate::received::Received;

/// What a request at a receiver came to.
#[derive(Debug)]
pub(crate) struct Visit<'a> {
    pub(crate) flow: &'a str,
    pub(crate) connection: &'a str,
    pub(crate) object: Option<&'a str>,
    pub(crate) event: Option<&'a str>,
    pub(crate) received: Received,
    /// Why it is not in the queue.
    pub(crate) reason: Option<&'a str>,
    pub(crate) status: u16,
    pub(crate) took: Duration,
    pub(crate) aws_calls: u64,
}

/// The wide event of one request.
pub(crate) fn visit(visit: &Visit<'_>) {
    let Visit { flow, connection, object, event, received, reason, status, took, aws_calls } = *visit;
    let reason = reason.map(short);
    let reason = reason.as_deref();
    tracing::info!(
        target: "edge::http",
        flow,
        connection,
        object,
        event,
        outcome = received.word(),
        reason,
        status,
        ms = millis(took),
        aws_calls,
        { RECORDS.name } = 1_u64,
        { UNUSABLE.name } = (received == Received::Rejected).then_some(1_u64),
        // an unknown name is answered with 404: nobody can be meant by it
        { UNAUTHORIZED.name } = (status == 401).then_some(1_u64),
        "{flow} webhook {connection}{}: {received} with {status}{}",
        About(object.unwrap_or_default()),
        Because(reason.unwrap_or_default()),
    );
}

/// What a record cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// Since it was received.
    pub(crate) age: Duration,
    pub(crate) took: Duration,
    pub(crate) aws_calls: u64,
    pub(crate) vendor_calls: u64,
}

/// The wide event of one queued record.
pub(crate) fn record(message: &Message, receive: u32, handled: &Handled, cost: Cost) {
    let Handled { outcome, reason, again } = handled;
    let again_in_s = again.and_then(Again::delay).map(|delay| delay.as_secs());
    let ms = millis(cost.took);
    let reason = short(reason);
    let reason: &str = &reason;
    tracing::info!(
        flow = message.flow,
        connection = message.connection,
        object = message.object(),
        event = message.event,
        replay = message.replay,
        receive,
        outcome = outcome.word(),
        reason,
        again_in_s,
        ms,
        aws_calls = cost.aws_calls,
        vendor_calls = cost.vendor_calls,
        { RECORDS.name } = 1_u64,
        { DEAD.name } = dead(*outcome),
        { AGE_IN_FLIGHT.name } = millis(cost.age),
        { VENDOR_MS.name } = (cost.vendor_calls > 0).then_some(ms),
        "{} {} {}: {outcome}{}",
        message.flow,
        message.connection,
        message.object(),
        Because(reason),
    );
}

fn dead(outcome: Outcome) -> Option<u64> {
    (outcome == Outcome::Dead).then_some(1)
}

/// A message that cannot be read, by the queue's own id.
pub(crate) fn unread(message_id: &str, handled: &Handled) {
    let Handled { outcome, reason, .. } = handled;
    tracing::error!(
        flow = UNKNOWN_FLOW,
        message_id,
        outcome = outcome.word(),
        reason,
        { RECORDS.name } = 1_u64,
        { DEAD.name } = dead(*outcome),
        "unreadable message {message_id}: {outcome}{}",
        Because(reason),
    );
}

/// One run of a flow's schedule. `error`: why some of the work was left to the next run.
pub fn poll(flow: &str, error: Option<&dyn Display>) {
    let (outcome, reason) = ended(error);
    tracing::info!(flow, outcome = outcome.word(), reason, "{flow} poll: {outcome}{}", Because(&reason));
}

/// What a run of `failures-poll` has found; `None` where it could not look.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// How many failures an earlier run has notified of whose mail has still not gone out.
    pub unmailed: Option<u64>,
    /// How many flows' schedules have missed their runs.
    pub late: Option<u64>,
    /// How many records have not ended and did not come back in time.
    pub unaccounted: Option<u64>,
}

/// One run of the schedule behind all flows. `error`: why some of the work was left to the next run.
pub fn watch(flow: &str, found: Found, error: Option<&dyn Display>) {
    let (outcome, reason) = ended(error);
    tracing::info!(
        flow,
        outcome = outcome.word(),
        reason,
        { POLLS.name } = u64::from(error.is_none()),
        { MAIL_REFUSED.name } = found.unmailed,
        { LATE_POLLS.name } = found.late,
        // a metric that is hardly ever told costs nothing
        { UNACCOUNTED.name } = found.unaccounted.filter(|records| *records > 0),
        "{flow} poll: {outcome}{}",
        Because(&reason),
    );
}

fn ended(error: Option<&dyn Display>) -> (Outcome, String) {
    let outcome = if error.is_none() { Outcome::Done } else { Outcome::Retry };
    (outcome, error.map(ToString::to_string).unwrap_or_default())
}

/// A mail that was refused for good, for the reason that this code names.
pub fn mail_refused(flow: &str, connection: &str, failure: &str, code: &str) {
    tracing::error!(
        flow,
        connection,
        failure,
        code,
        { MAIL_REFUSED.name } = 1_u64,
        "{flow} {connection} {failure}: the mail was refused ({code})",
    );
}

/// How many of a flow's connections are halted just now.
pub fn halted(flow: &str, halted: u64, connections: u64) {
    tracing::info!(flow, connections, { HALTED.name } = halted, "{flow}: {halted} of {connections} connections halted");
}

fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

struct Because<'a>(&'a str);

impl Display for Because<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " ({})", short(self.0)) }
    }
}

struct About<'a>(&'a str);

impl Display for About<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " {}", self.0) }
    }
}
