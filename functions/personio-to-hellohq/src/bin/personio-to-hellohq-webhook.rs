//! Takes Personio's events: `POST /webhooks/personio-to-hellohq/{connection}`.

use edge::{Setup, door};
use personio_to_hellohq::connection::Settings;
use personio_to_hellohq::webhook::Receiver;
use personio_to_hellohq::{NAME, WEBHOOK};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&WEBHOOK).await?;
    let receiver = Receiver {
        connections: setup.connections(NAME, Settings::read)?,
        queue: setup.queue("HRSYNC_QUEUE")?,
        clock: setup.clock.clone(),
    };
    door::serve(NAME, &setup.clock, &setup.calls, async |request| receiver.receive(request).await).await
}
