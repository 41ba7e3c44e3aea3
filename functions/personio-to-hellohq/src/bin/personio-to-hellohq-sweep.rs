//! Reads Personio's lists and wakes the pusher.

use edge::{Setup, batch};
use personio_to_hellohq::connection::Settings;
use personio_to_hellohq::sweep::Sweeper;
use personio_to_hellohq::{NAME, SWEEP};
use vendors::Http;
use vendors::personio::hr::Tokens;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&SWEEP).await?;
    let http = Http::new()?;
    let context = setup.batch_context(Some(&http))?;
    let worker = setup.worker(NAME, Settings::read)?.for_signals();
    let sweeper = Sweeper { worker, http, tokens: Tokens::default(), push: setup.push_queue()? };
    batch::serve(&context, async |record| sweeper.sweep(record).await, batch::stays).await
}
