//! What a pusher does about a halted connection: before the work (wait, or be the one probe) and after it (open or
//! close the breaker, tell the owner).

use std::time::Duration;

use jiff::Timestamp;
use ledger::{Breaker, Cause, Failure, Ledger, Opened};

use crate::clock::until;

/// The longest that a record of a halted connection rests.
pub(crate) const LONGEST_REST: Duration = Duration::from_secs(15 * 60);

/// Whether to work on a record of a connection with this breaker: `None` to go ahead, or how long to rest.
pub(crate) async fn gate(
    ledger: &Ledger,
    connection: &str,
    breaker: Option<&Breaker>,
    now: Timestamp,
) -> Result<Option<Duration>, ledger::Error> {
    let Some(breaker) = breaker else { return Ok(None) };
    if now < breaker.probe {
        return Ok(Some(until(now, breaker.probe).clamp(Duration::from_secs(1), LONGEST_REST)));
    }
    let mine = ledger.claim_probe(connection, breaker, now).await?;
    Ok(if mine { None } else { Some(breaker.interval().min(LONGEST_REST)) })
}

/// The failure that tells the owner of a halt. `day` counts from the opening: one mail at once, then one a day.
#[must_use]
pub fn halted(connection: &str, flow: &str, breaker: &Breaker, day: i64, now: Timestamp) -> Failure {
    let id = format!("halted-{}-{day}", breaker.since.as_millisecond());
    notice(connection, flow, id, Cause::Halted, vec![breaker.cause.clone()], now)
}

/// What the notices of one halt have in common, from the id of any of them: the time since when. `None`: no such notice.
#[must_use]
pub fn since(id: &str) -> Option<&str> {
    let rest = id.strip_prefix("halted-").or_else(|| id.strip_prefix("mended-"))?;
    rest.split('-').next()
}

fn mended(connection: &str, flow: &str, breaker: &Breaker, now: Timestamp) -> Failure {
    let id = format!("mended-{}", breaker.since.as_millisecond());
    notice(connection, flow, id, Cause::Mended, Vec::new(), now)
}

fn notice(connection: &str, flow: &str, id: String, cause: Cause, reasons: Vec<String>, now: Timestamp) -> Failure {
    let (connection, flow) = (connection.to_owned(), flow.to_owned());
    let (ids, advice) = Default::default();
    Failure { id, connection, flow, cause, ids, reasons, advice, message: None, failed: now, mailed: None }
}

/// Opens the breaker. The failure to tell the owner of, if it was closed before.
pub(crate) async fn open(
    ledger: &Ledger,
    connection: &str,
    flow: &str,
    breaker: Breaker,
    standing: Option<&Breaker>,
    now: Timestamp,
) -> Result<Option<Failure>, ledger::Error> {
    let is_new = match standing {
        // another vendor's trouble: whoever mends the first must hear of this one
        Some(standing) if standing.vendor() != breaker.vendor() => {
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

/// Closes the breaker. The notice is stored before, so that a crash in between doubles nothing and loses nothing.
pub(crate) async fn close(
    ledger: &Ledger,
    connection: &str,
    flow: &str,
    breaker: &Breaker,
    now: Timestamp,
) -> Result<Failure, ledger::Error> {
    let failure = mended(connection, flow, breaker, now);
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
            mended("careers", "a-to-b", &breaker, later),
        ];
        for notice in notices {
            assert_eq!(since(&notice.id), Some("86400000"));
        }
        assert_eq!(since(&halted("careers", "a-to-b", &Breaker::open("again", now), 0, now).id), Some("0"));
        assert_eq!(since("e9b3a731f54cfed559c4cbfb76a55ace-0"), None);
    }
}
