//! Reads Personio's persons and their employments, and wakes the pusher.

use edge::{Setup, batch};
use personio_to_scim::connection::Settings;
use personio_to_scim::sweep::Sweeper;
use personio_to_scim::{NAME, Reader, SWEEP};
use vendors::Http;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&SWEEP).await?;
    let http = Http::new()?;
    let context = setup.batch_context(Some(&http))?;
    let worker = setup.worker(NAME, Settings::read)?.for_signals();
    let sweeper = Sweeper { worker, reader: Reader::new(http, setup.clock.clone()), push: setup.push_queue()? };
    batch::serve(&context, async |record| sweeper.sweep(record).await, batch::stays).await
}
