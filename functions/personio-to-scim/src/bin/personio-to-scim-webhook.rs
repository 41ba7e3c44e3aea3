//! Takes Personio's events: `POST /webhooks/personio-to-scim/{connection}`.

use edge::{Setup, http};
use personio_to_scim::connection::Settings;
use personio_to_scim::webhook::{ADVICE, Receiver};
use personio_to_scim::{NAME, WEBHOOK};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&WEBHOOK).await?;
    let connections = setup.connections(NAME, Settings::read)?;
    let queue = setup.queue()?;
    let rejections = setup.rejections(NAME, ADVICE)?;
    let receiver = Receiver { connections, queue, rejections, clock: setup.clock.clone() };
    http::serve(NAME, &setup.clock, &setup.calls, async |request| receiver.receive(request).await).await
}
