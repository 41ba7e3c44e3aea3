//! Every 15 minutes: notifies of unmailed failures and reminds of halted connections.

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
    };
    schedule::serve(async || poll.run().await).await
}
