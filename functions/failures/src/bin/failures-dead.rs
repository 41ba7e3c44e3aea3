//! Stores what the flows' dead-letter queues hold.

use edge::Setup;
use edge::batch::{self, Rim};
use failures::{DEAD, dead::Undertaker};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&DEAD).await?;
    let rim = Rim { queue: None, clock: setup.clock.clone(), calls: setup.calls.clone(), http: None };
    let undertaker = Undertaker {
        ledger: setup.ledger()?,
        failures: setup.queue("HRSYNC_FAILURES_QUEUE")?,
        clock: setup.clock.clone(),
    };
    batch::serve(&rim, async |record| undertaker.bury(record).await).await
}
