//! Takes Heyflow's deliveries: `POST /webhooks/heyflow-to-personio/{connection}`.

use edge::{Setup, door};
use heyflow_to_personio::connection::Door;
use heyflow_to_personio::webhook::Receiver;
use heyflow_to_personio::{NAME, WEBHOOK};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&WEBHOOK).await?;
    let receiver = Receiver {
        connections: setup.connections(NAME, Door::read)?,
        queue: setup.queue("HRSYNC_QUEUE")?,
        clock: setup.clock.clone(),
    };
    door::serve(NAME, &setup.clock, &setup.calls, async |request| receiver.receive(request).await).await
}
