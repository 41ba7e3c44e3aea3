//! Reads Personio's lists and wakes the pusher.

use edge::batch::{self, Rim};
use edge::{Setup, worker::Worker};
use personio_to_hellohq::connection::Settings;
use personio_to_hellohq::sweep::Sweeper;
use personio_to_hellohq::{NAME, SWEEP};
use vendors::Http;
use vendors::personio::hr::Tokens;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&SWEEP).await?;
    let http = Http::new()?;
    let rim = Rim {
        queue: Some(setup.queue("HRSYNC_QUEUE")?),
        clock: setup.clock.clone(),
        calls: setup.calls.clone(),
        http: Some(http.clone()),
    };
    let worker = Worker::of(&setup, NAME, Settings::read)?;
    let sweeper = Sweeper { worker, http, tokens: Tokens::default(), push: setup.queue("HRSYNC_PUSH_QUEUE")? };
    batch::serve(&rim, async |record| sweeper.sweep(record).await, batch::stays).await
}
