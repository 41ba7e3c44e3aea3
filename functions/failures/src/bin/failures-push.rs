//! Mails stored failures to their connections' owners.

use edge::{Setup, batch};
use failures::{PUSH, push::Pusher};
use mail::Mailer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), edge::Error> {
    let setup = Setup::of(&PUSH).await?;
    let pusher = Pusher {
        ledger: setup.ledger()?,
        mailer: Mailer::new(setup.config(), setup.sender()?, setup.calls.clone()),
        stack: setup.stack()?.to_owned(),
        zone: setup.mail_time_zone()?,
        clock: setup.clock.clone(),
        first_retry: setup.first_retry()?,
        kept_days: setup.failure_days()?,
        digest_minutes: setup.digest_minutes()?,
    };
    let context = setup.batch_context(None)?;
    batch::serve(&context, async |record| pusher.push(record).await, batch::stays).await
}
