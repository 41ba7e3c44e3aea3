//! The breaker of a connection: before the work a record waits or is the one probe; after it the breaker is opened or
//! closed, and the owner is told that the connection is halted or resumed.

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Breaker, Cause, Deliveries, Failure, Ledger, Opened};
use vendors::Operation;

use crate::clock::until;

/// The longest that a record of a halted connection waits.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// The problem code of a halt during which the receiver takes no deliveries.
pub const DELIVERIES_REFUSED: &str = "deliveries-refused";

/// What a record of a connection does before the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// It goes ahead: no breaker is open, or it is the probe.
    Open,
    /// It waits for so long.
    Closed(Duration),
}

/// Whether a record of a connection with this breaker goes ahead.
pub(crate) async fn gate(
    ledger: &Ledger,
    connection: &str,
    breaker: Option<&Breaker>,
    now: Timestamp,
) -> Result<Gate, ledger::Error> {
    let Some(breaker) = breaker else { return Ok(Gate::Open) };
    if now < breaker.probe {
        return Ok(Gate::Closed(until(now, breaker.probe).clamp(Duration::from_secs(1), LONGEST_WAIT)));
    }
    let is_probe = ledger.claim_probe(connection, breaker, now).await?;
    Ok(if is_probe { Gate::Open } else { Gate::Closed(breaker.interval().min(LONGEST_WAIT)) })
}

/// Whether these good answers show that the halt is over.
pub(crate) fn is_ended_by(breaker: &Breaker, answered: &[Operation]) -> bool {
    let answered: Vec<_> = answered.iter().map(|operation| (operation.vendor, operation.name)).collect();
    breaker.scope.is_ended_by(&answered)
}

/// The failure that tells the owner of a halt. `day` counts from the opening: one mail at once, then one a day.
#[must_use]
pub fn halted(connection: &str, flow: &str, breaker: &Breaker, day: i64, now: Timestamp) -> Failure {
    let id = format!("halted-{}-{day}", breaker.since.as_millisecond());
    let code = match breaker.deliveries {
        Deliveries::Queued => None,
        Deliveries::Refused => Some(DELIVERIES_REFUSED.to_owned()),
    };
    Failure { code, ..notice(connection, flow, breaker, id, now) }
}

fn resumed(connection: &str, flow: &str, breaker: &Breaker, now: Timestamp) -> Failure {
    let id = format!("resumed-{}", breaker.since.as_millisecond());
    Failure { cause: Cause::Resumed, reasons: Vec::new(), ..notice(connection, flow, breaker, id, now) }
}

/// A notice about a halt. Mail programs show all notices of one halt together.
fn notice(connection: &str, flow: &str, breaker: &Breaker, id: String, now: Timestamp) -> Failure {
    Failure {
        id,
        connection: connection.to_owned(),
        flow: flow.to_owned(),
        cause: Cause::Halted,
        key: None,
        code: None,
        thread: Some(format!("halted-{}", breaker.since.as_millisecond())),
        ids: Vec::new(),
        reasons: vec![breaker.cause.clone()],
        advice: Vec::new(),
        message: None,
        failed: now,
        mailed: None,
    }
}

/// Opens the breaker. The failure to notify the owner of, if it was closed before.
pub(crate) async fn open(
    ledger: &Ledger,
    connection: &str,
    flow: &str,
    breaker: Breaker,
    standing: Option<&Breaker>,
    now: Timestamp,
) -> Result<Option<Failure>, ledger::Error> {
    let is_new = match standing {
        // another vendor's trouble, or deliveries that end otherwise: whoever resumes the first must hear of this one
        Some(standing) if is_another(standing, &breaker) => {
            ledger.replace_breaker(connection, standing, &breaker).await?
        }
        _ => ledger.open_breaker(connection, &breaker).await? == Opened::Now,
    };
    if !is_new {
        return Ok(None);
    }
    let failure = halted(connection, flow, &breaker, 0, now);
    ledger.store_failure(&failure).await?;
    Ok(Some(failure))
}

fn is_another(standing: &Breaker, breaker: &Breaker) -> bool {
    standing.scope.vendor() != breaker.scope.vendor() || standing.deliveries != breaker.deliveries
}

/// Closes the breaker. The notice is stored before, so that a crash in between doubles nothing and loses nothing.
pub(crate) async fn close(
    ledger: &Ledger,
    connection: &str,
    flow: &str,
    breaker: &Breaker,
    now: Timestamp,
) -> Result<Failure, ledger::Error> {
    let failure = resumed(connection, flow, breaker, now);
    ledger.store_failure(&failure).await?;
    ledger.close_breaker(connection, breaker).await?;
    Ok(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notices_of_one_halt_belong_together() {
        let (now, later) = (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH + Duration::from_secs(86_400));
        let breaker = Breaker::open("login refused", later);
        let notices = [
            halted("careers", "a-to-b", &breaker, 0, later),
            halted("careers", "a-to-b", &breaker, 7, later),
            resumed("careers", "a-to-b", &breaker, later),
        ];
        for notice in notices {
            assert_eq!(notice.thread.as_deref(), Some("halted-86400000"));
        }
        let another = halted("careers", "a-to-b", &Breaker::open("again", now), 0, now);
        assert_eq!(another.thread.as_deref(), Some("halted-0"));
    }
}
