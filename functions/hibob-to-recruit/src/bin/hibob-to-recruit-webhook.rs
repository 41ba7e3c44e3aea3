//! Takes HiBob's events: `POST /webhooks/hibob-to-recruit/{connection}`.

use edge::{Setup, http};
use hibob_to_recruit::connection::Settings;
use hibob_to_recruit::webhook::{ADVICE, Receiver};
use hibob_to_recruit::{NAME, WEBHOOK};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&WEBHOOK).await?;
    let connections = setup.connections(NAME, Settings::read)?;
    let queue = setup.queue()?;
    let rejections = setup.rejections(NAME, ADVICE)?;
    let receiver = Receiver { connections, queue, rejections, clock: setup.clock.clone() };
    http::serve(NAME, &setup.clock, &setup.calls, async |request| receiver.receive(request).await).await
}
