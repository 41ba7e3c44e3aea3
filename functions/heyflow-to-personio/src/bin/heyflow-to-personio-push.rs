//! Turns queued responses into applications.

use edge::batch::{self, Rim};
use edge::{Setup, worker::Worker};
use heyflow_to_personio::connection::Settings;
use heyflow_to_personio::push::Pusher;
use heyflow_to_personio::{NAME, PUSH};
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
    let pusher = Pusher { worker, http };
    batch::serve(&rim, async |record| pusher.push(record).await, batch::stays).await
}
