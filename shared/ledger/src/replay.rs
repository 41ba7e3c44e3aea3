//! Replays: a failure's message goes into its queue once more, as the next replay of its event, so that neither its receipt
//! nor the queue's deduplication swallows it.
//!
//! A claim goes to exactly one of those who try at once. It stands as "being replayed" until the message is known to be
//! in the queue; one that was left standing, because its claimant ended in between, is overridden only on purpose.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use jiff::Timestamp;
use serde::Deserialize;

use crate::error::Error;
use crate::failure::key;
use crate::receipt::Event;
use crate::record::{FailureRecord, State, Triage, Triaged};
use crate::table::{Key, Ledger, VERSION, conditional, days, expiry, millis, number, read, read_returned, text};

/// As long as receipts: a number must not be given out again while a receipt of that replay may be met.
const KEPT: Duration = days(90);
const CLAIM: &str = "claim replay";

/// What became of the claim of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayClaim {
    /// It is this caller's: the replay's number, which its message is to carry.
    Claimed(u32),
    /// Something was done about the failure before, and the claim was not for another replay.
    Handled,
    /// Somebody else did something about the failure meanwhile, or it has expired.
    Overtaken,
}

impl Ledger {
    /// Claims a replay of a failure that still stands as `record` was read. The replay gets the next number of `event`, the
    /// message's own. `again`: also where something was done about the failure before. `attempt` differs with each claim.
    ///
    /// The claim is to be followed by [`Ledger::replay_sent`] or [`Ledger::release_replay`].
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn claim_replay(
        &self,
        record: &FailureRecord,
        event: &Event,
        again: bool,
        attempt: &str,
        now: Timestamp,
    ) -> Result<ReplayClaim, Error> {
        if record.triage.state != State::Open && !again {
            return Ok(ReplayClaim::Handled);
        }
        if claim(self, record, attempt, now).await? == Triaged::Overtaken {
            return Ok(ReplayClaim::Overtaken);
        }
        match next_replay(self, event, now).await {
            Ok(replay) => Ok(ReplayClaim::Claimed(replay)),
            Err(error) => {
                // the first error is the one to tell; a claim that cannot be released stays overridable
                self.release_replay(record, attempt).await.ok();
                Err(error)
            }
        }
    }

    /// The message of a claimed replay is in the queue. Overtaken where the claim was overridden meanwhile.
    ///
    /// # Errors
    /// Where the table fails; then the failure stays as being replayed.
    pub async fn replay_sent(&self, record: &FailureRecord, attempt: &str, replay: u32) -> Result<Triaged, Error> {
        // a write that AWS's client sends twice finds its own
        let request = triage_update(self, record, "SET #state = :replayed, generation = :replay")
            .condition_expression("attempt = :attempt AND #state IN (:replaying, :replayed)")
            .expression_attribute_values(":attempt", text(attempt))
            .expression_attribute_values(":replaying", State::Replaying.attribute())
            .expression_attribute_values(":replayed", State::Replayed.attribute())
            .expression_attribute_values(":replay", number(replay));
        Ok(triaged(conditional("write replayed", request).await?))
    }

    /// The message of a claimed replay could not be sent: the failure stands as it did before the claim. Overtaken where
    /// the claim was overridden meanwhile.
    ///
    /// # Errors
    /// Where the table fails; then the failure stays as being replayed.
    pub async fn release_replay(&self, record: &FailureRecord, attempt: &str) -> Result<Triaged, Error> {
        let replayed = record.triage.replayed;
        let expression = match replayed {
            Some(_) => "SET #state = :before, replayed_ms = :replayed REMOVE attempt",
            None => "SET #state = :before REMOVE attempt, replayed_ms",
        };
        let request = triage_update(self, record, expression)
            .condition_expression("attempt = :attempt AND #state = :replaying")
            .expression_attribute_values(":attempt", text(attempt))
            .expression_attribute_values(":replaying", State::Replaying.attribute())
            .expression_attribute_values(":before", record.triage.state.attribute());
        let request = match replayed {
            Some(replayed) => request.expression_attribute_values(":replayed", millis(replayed)),
            None => request,
        };
        Ok(triaged(conditional("release replay", request).await?))
    }
}

/// Claims the failure itself.
async fn claim(ledger: &Ledger, record: &FailureRecord, attempt: &str, now: Timestamp) -> Result<Triaged, Error> {
    let expression = "SET #state = :replaying, replays = :next, replayed_ms = :now, attempt = :attempt";
    let request = triage_update(ledger, record, expression)
        .condition_expression(record.unchanged())
        .set_expression_attribute_values(Some(record.seen()))
        .expression_attribute_values(":replaying", State::Replaying.attribute())
        .expression_attribute_values(":next", number(record.triage.replays.saturating_add(1)))
        .expression_attribute_values(":now", millis(now))
        .expression_attribute_values(":attempt", text(attempt))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let error = match request.send().await {
        Ok(_) => return Ok(Triaged::Written),
        Err(error) => error,
    };
    let Some(UpdateItemError::ConditionalCheckFailedException(failed)) = error.as_service_error() else {
        return Err(Error::of(CLAIM, error));
    };
    // no item: the failure has expired
    let Some(item) = failed.item.clone() else { return Ok(Triaged::Overtaken) };
    let standing: Triage = read(CLAIM, item)?;
    let is_own = standing.state == State::Replaying && standing.attempt.as_deref() == Some(attempt);
    Ok(if is_own { Triaged::Written } else { Triaged::Overtaken })
}

/// One counter per event, for an event can have several failures. Numbers may be left out, never doubled.
async fn next_replay(ledger: &Ledger, event: &Event, now: Timestamp) -> Result<u32, Error> {
    #[derive(Deserialize)]
    struct Counter {
        #[serde(rename = "generation")]
        replay: u32,
    }
    let key = Key::new(format!("replays#{}#{}", event.connection, event.id), "replays");
    let request = ledger.client.update_item().table_name(&ledger.table).set_key(Some(key.item()));
    let request = request
        .update_expression("SET v = :v, generation = if_not_exists(generation, :present) + :one, expires_at = :expiry")
        .expression_attribute_values(":v", number(VERSION))
        .expression_attribute_values(":present", number(event.replay))
        .expression_attribute_values(":one", number(1))
        .expression_attribute_values(":expiry", expiry(now, KEPT))
        .return_values(ReturnValue::UpdatedNew);
    let answer = request.send().await.map_err(|error| Error::of(CLAIM, error))?;
    let counter: Counter = read_returned(CLAIM, answer.attributes)?;
    Ok(counter.replay)
}

fn triage_update(ledger: &Ledger, record: &FailureRecord, expression: &str) -> UpdateItemFluentBuilder {
    let key = key(&record.failure.connection, &record.failure.id).item();
    let request = ledger.client.update_item().table_name(&ledger.table).set_key(Some(key));
    request.update_expression(expression).expression_attribute_names("#state", "state")
}

fn triaged(has_held: bool) -> Triaged {
    if has_held { Triaged::Written } else { Triaged::Overtaken }
}
