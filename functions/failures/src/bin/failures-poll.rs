//! Every 15 minutes: announces unmailed failures and reminds of halted connections.

use edge::{Setup, schedule};
use failures::{POLL, poll::Poll};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&POLL).await?;
    let poll = Poll {
        ledger: setup.ledger_of_failures()?,
        failures: setup.queue("HRSYNC_FAILURES_QUEUE")?,
        clock: setup.clock.clone(),
        summary_minutes: setup.summary_minutes()?,
    };
    schedule::serve(async || poll.run().await).await
}
