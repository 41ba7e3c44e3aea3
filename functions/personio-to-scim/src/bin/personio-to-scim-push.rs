//! Brings one person's account after the other in line in the partner system.

use edge::{Setup, batch};
use personio_to_scim::connection::Settings;
use personio_to_scim::push::Pusher;
use personio_to_scim::{NAME, PUSH, Reader};
use vendors::Http;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&PUSH).await?;
    let http = Http::new()?;
    let context = setup.batch_context(Some(&http))?;
    let worker = setup.worker(NAME, Settings::read)?.for_signals();
    let pusher = Pusher::new(worker, Reader::new(http, setup.clock.clone()), setup.queue()?);
    batch::serve(&context, async |record| pusher.push(record).await, batch::stays).await
}
