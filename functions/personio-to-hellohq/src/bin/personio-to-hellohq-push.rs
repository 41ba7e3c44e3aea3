//! Brings one absence after the other in line in helloHQ.

use edge::batch::{self, Rim};
use edge::{Setup, worker::Worker};
use personio_to_hellohq::connection::Settings;
use personio_to_hellohq::push::Pusher;
use personio_to_hellohq::{Mapper, NAME, PUSH};
use vendors::Http;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&PUSH).await?;
    let http = Http::new()?;
    let rim = Rim {
        queue: Some(setup.queue("HRSYNC_QUEUE")?),
        clock: setup.clock.clone(),
        calls: setup.calls.clone(),
        http: Some(http.clone()),
    };
    let worker = Worker::of(&setup, NAME, Settings::read)?;
    let pusher = Pusher { worker, mapper: Mapper::new(http, setup.clock.clone()) };
    batch::serve(&rim, async |record| pusher.push(record).await, batch::stays).await
}
