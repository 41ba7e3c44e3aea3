//! Brings one candidate after the other in line, on both sides.

use edge::{Setup, batch};
use oneflow_teamtailor::connection::Settings;
use oneflow_teamtailor::push::Pusher;
use oneflow_teamtailor::{NAME, PUSH};
use vendors::Http;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&PUSH).await?;
    let http = Http::new()?;
    let context = setup.batch_context(Some(&http))?;
    let worker = setup.worker(NAME, Settings::read)?.for_signals();
    let pusher = Pusher::new(worker, http, setup.clock.clone(), setup.queue()?);
    batch::serve(&context, async |record| pusher.push(record).await, batch::stays).await
}
