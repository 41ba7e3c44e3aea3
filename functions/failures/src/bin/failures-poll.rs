//! Every 15 minutes: notifies of unmailed failures, reminds of halted connections, counts schedules that are late.

use edge::{Setup, schedule};
use failures::{POLL, poll::Poll};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&POLL).await?;
    let poll = Poll {
        ledger: setup.failure_ledger()?,
        failures: setup.failures_queue()?,
        clock: setup.clock.clone(),
        digest_minutes: setup.digest_minutes()?,
        polled_flows: setup.polled_flows()?,
    };
    schedule::serve(async || poll.run().await).await
}
