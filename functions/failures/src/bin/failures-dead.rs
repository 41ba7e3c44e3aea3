//! Stores what the flows' dead-letter queues hold.

use edge::Setup;
use edge::batch::{self, Rim};
use failures::{DEAD, dead::Undertaker};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&DEAD).await?;
    let rim = Rim { queue: None, clock: setup.clock.clone(), calls: setup.calls.clone(), http: None };
    let undertaker = Undertaker {
        ledger: setup.ledger_of_failures()?,
        failures: setup.queue("HRSYNC_FAILURES_QUEUE")?,
        clock: setup.clock.clone(),
    };
    let bury = async |record: batch::Record<'_>| undertaker.bury(record).await;
    batch::serve(&rim, bury, async |odd: batch::Odd<'_>| undertaker.bury_unread(odd).await).await
}
