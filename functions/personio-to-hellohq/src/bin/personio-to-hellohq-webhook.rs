//! Takes Personio's events: `POST /webhooks/personio-to-hellohq/{connection}`.

use edge::{Setup, http};
use personio_to_hellohq::connection::Settings;
use personio_to_hellohq::webhook::Receiver;
use personio_to_hellohq::{NAME, WEBHOOK};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&WEBHOOK).await?;
    let (connections, queue, clock) = (setup.connections(NAME, Settings::read)?, setup.queue()?, setup.clock.clone());
    let receiver = Receiver { connections, queue, clock };
    http::serve(NAME, &setup.clock, &setup.calls, async |request| receiver.receive(request).await).await
}
