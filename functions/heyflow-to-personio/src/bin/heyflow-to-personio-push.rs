//! Turns queued responses into applications.

use edge::{Setup, batch};
use heyflow_to_personio::connection::Settings;
use heyflow_to_personio::push::Pusher;
use heyflow_to_personio::{NAME, PUSH};
use vendors::Http;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&PUSH).await?;
    let http = Http::new()?;
    let context = setup.batch_context(Some(&http))?;
    let pusher = Pusher { worker: setup.worker(NAME, Settings::read)?, http };
    batch::serve(&context, async |record| pusher.push(record).await, batch::stays).await
}
