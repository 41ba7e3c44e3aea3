//! Brings one opening after the other in line in Recruit.

use edge::{Setup, batch};
use hibob_to_recruit::connection::Settings;
use hibob_to_recruit::push::Pusher;
use hibob_to_recruit::{NAME, PUSH};
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
