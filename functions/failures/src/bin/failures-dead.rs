//! Stores what the flows' dead-letter queues hold.

use edge::{Setup, batch};
use failures::{DEAD, dead::DeadLetters};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&DEAD).await?;
    let dead_letters =
        DeadLetters { ledger: setup.failure_ledger()?, failures: setup.failures_queue()?, clock: setup.clock.clone() };
    let store = async |record: batch::Record<'_>| dead_letters.store(record).await;
    let store_unreadable = async |malformed: batch::Malformed<'_>| dead_letters.store_unreadable(malformed).await;
    batch::serve(&setup.batch_context_of_many_queues(), store, store_unreadable).await
}
