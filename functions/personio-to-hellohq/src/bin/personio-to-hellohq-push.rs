//! Brings one absence after the other in line in helloHQ.

use edge::{Setup, batch};
use personio_to_hellohq::connection::Settings;
use personio_to_hellohq::push::Pusher;
use personio_to_hellohq::{Mapper, NAME, PUSH};
use vendors::Http;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&PUSH).await?;
    let http = Http::new()?;
    let context = setup.batch_context(Some(&http))?;
    let mapper = Mapper::new(http, setup.clock.clone());
    let pusher = Pusher { worker: setup.worker(NAME, Settings::read)?.for_signals(), mapper };
    batch::serve(&context, async |record| pusher.push(record).await, batch::stays).await
}
