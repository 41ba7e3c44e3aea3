//! Every 15 minutes: notifies of unmailed failures, reminds of halted connections, counts schedules that are late and records
//! that nothing brings back, stores dead letters.

use edge::{Setup, schedule};
use failures::{POLL, dead::DeadLetters, poll::Poll, unaccounted::Unaccounted};
use logs::Logs;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&POLL).await?;
    let ledger = setup.failure_ledger()?;
    let failures = setup.failures_queue()?;
    let logs = Logs::new(setup.config(), setup.stack()?);
    let poll = Poll {
        ledger: ledger.clone(),
        failures: failures.clone(),
        clock: setup.clock.clone(),
        digest_minutes: setup.digest_minutes()?,
        polled_flows: setup.polled_flows()?,
        dead_letters: DeadLetters { ledger, failures, queues: setup.dead_queues()?, context: setup.drain_context() },
        unaccounted: Unaccounted { logs, flows: setup.flows()? },
    };
    schedule::serve(async || poll.run().await).await
}
