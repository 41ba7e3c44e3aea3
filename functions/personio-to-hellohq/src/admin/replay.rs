//! What Personio was to tell the connection's webhook, queued anew: its log keeps 30 days.

use admin::{Context, Error, Replay};
use jiff::Timestamp;
use vendors::personio::people_webhook::PeopleDelivery;
use vendors::personio::registration::own_ids;
use vendors::personio::webhook_log;

use super::context::settings;
use super::webhooks::{address, client, no_webhook};
use crate::signal;

/// Reads the log, and makes the signals that the receiver would have made.
///
/// # Errors
/// What Personio refuses, and where there is no such webhook.
pub(super) async fn replay(context: Context<'_>, url: &str, since: Timestamp) -> Result<Replay, Error> {
    let personio = client(&context, &settings(&context)?)?;
    let hooks = own_ids(&personio, &address(url)?).await?;
    if hooks.is_empty() {
        return Err(no_webhook(context.name));
    }
    let log = webhook_log::read(&personio, &hooks, since).await?;
    let mut replay = Replay { unreadable: log.unreadable, ..Replay::default() };
    for delivery in &log.deliveries {
        let PeopleDelivery::Absence(event) = delivery else {
            replay.ignored += 1;
            continue;
        };
        let message = signal::of_event(context.name, event, context.now);
        replay.messages.push(message.map_err(|error| Error::Refused(format!("a signal cannot be written ({error})")))?);
    }
    Ok(replay)
}
