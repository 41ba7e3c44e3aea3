//! Every hour: starts a sweep of each connection whose turn it is.

use edge::{Setup, schedule};
use personio_to_scim::{POLL, poll::Poll};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&POLL).await?;
    let poll = Poll {
        ledger: setup.ledger()?,
        sweeps: setup.sweep_queue()?,
        clock: setup.clock.clone(),
        local: setup.is_local()?,
    };
    schedule::serve(async || poll.run().await).await
}
