//! Takes Heyflow's deliveries: `POST /webhooks/heyflow-to-personio/{connection}`.

use edge::{Setup, http};
use heyflow_to_personio::connection::WebhookSettings;
use heyflow_to_personio::webhook::{ADVICE, Receiver};
use heyflow_to_personio::{NAME, WEBHOOK};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&WEBHOOK).await?;
    let connections = setup.connections(NAME, WebhookSettings::read)?;
    let queue = setup.queue()?;
    let rejections = setup.rejections(NAME, ADVICE)?;
    let receiver = Receiver { connections, queue, rejections, clock: setup.clock.clone() };
    http::serve(NAME, &setup.clock, &setup.calls, async |request| receiver.receive(request).await).await
}
