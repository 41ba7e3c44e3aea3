//! Mails stored failures to their connections' owners.

use edge::Setup;
use edge::batch::{self, Rim};
use failures::{PUSH, push::Pusher};
use mail::Mailer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&PUSH).await?;
    let rim = Rim {
        queue: Some(setup.queue("HRSYNC_QUEUE")?),
        clock: setup.clock.clone(),
        calls: setup.calls.clone(),
        http: None,
    };
    let pusher = Pusher {
        ledger: setup.ledger()?,
        mailer: Mailer::new(setup.config(), setup.environment.get("HRSYNC_SENDER")?, setup.calls.clone()),
        stack: setup.environment.get("HRSYNC_STACK")?.to_owned(),
        clock: setup.clock.clone(),
        first_retry: setup.first_retry()?,
        kept_days: setup.failure_days()?,
        summary_minutes: setup.summary_minutes()?,
    };
    batch::serve(&rim, async |record| pusher.push(record).await, batch::stays).await
}
