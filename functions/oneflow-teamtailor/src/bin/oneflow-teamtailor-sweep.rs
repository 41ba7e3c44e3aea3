//! Reads the newest contracts and applications, and wakes the pusher.

use edge::{Setup, batch};
use oneflow_teamtailor::connection::Settings;
use oneflow_teamtailor::sweep::Sweeper;
use oneflow_teamtailor::{NAME, SWEEP};
use vendors::Http;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&SWEEP).await?;
    let http = Http::new()?;
    let context = setup.batch_context(Some(&http))?;
    let worker = setup.worker(NAME, Settings::read)?.for_signals().waiting_for_secrets();
    let sweeper = Sweeper { worker, http, clock: setup.clock.clone(), push: setup.push_queue()? };
    batch::serve(&context, async |record| sweeper.sweep(record).await, batch::stays).await
}
