//! Takes the events of both: `POST /webhooks/oneflow-teamtailor/{connection}/oneflow` and `.../teamtailor`.

use edge::{Setup, http};
use oneflow_teamtailor::connection::Settings;
use oneflow_teamtailor::webhook::{ADVICE, Receiver};
use oneflow_teamtailor::{NAME, WEBHOOK};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&WEBHOOK).await?;
    let connections = setup.connections(NAME, Settings::read)?;
    let queue = setup.queue()?;
    let rejections = setup.rejections(NAME, ADVICE)?;
    let receiver = Receiver { connections, queue, rejections, clock: setup.clock.clone() };
    http::serve(NAME, &setup.clock, &setup.calls, async |request| receiver.receive(request).await).await
}
