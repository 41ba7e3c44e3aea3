//! Replays: a failure's message goes into its queue once more, as a new generation of its event, so that neither its receipt
//! nor the queue's deduplication swallows it.
//!
//! A claim goes to exactly one of those who try at once. It stands as "being replayed" until the message is known to be
//! in the queue; one that was left standing, because its claimant ended in between, is overridden only on purpose.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use jiff::Timestamp;
use serde::Deserialize;

use crate::breaker::conditional;
use crate::case::{Case, Handling, State};
use crate::failure::key;
use crate::table::{Key, VERSION, days, expiry, millis, number, read, text};
use crate::{Error, Event, Ledger};

/// As long as receipts: a generation must not be given out again while one of its receipts may be met.
const KEPT: std::time::Duration = days(90);
const CLAIM: &str = "claim replay";

impl Ledger {
    /// Claims a replay of a failure that still stands as `case` was read, and gives its generation of `event`, the
    /// message's own. `Ok(None)`: somebody else did something about it meanwhile; or something was done about it before,
    /// and `again` is not set. `attempt` differs with each claim.
    ///
    /// The claim is to be followed by [`Ledger::replay_sent`] or [`Ledger::release_replay`].
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn claim_replay(
        &self,
        case: &Case,
        event: &Event,
        again: bool,
        attempt: &str,
        now: Timestamp,
    ) -> Result<Option<u32>, Error> {
        if case.handling.state != State::Open && !again {
            return Ok(None);
        }
        if !self.claim(case, attempt, now).await? {
            return Ok(None);
        }
        match self.next_generation(event, now).await {
            Ok(generation) => Ok(Some(generation)),
            Err(error) => {
                // the first error is the one to tell; a claim that cannot be released stays overridable
                self.release_replay(case, attempt).await.ok();
                Err(error)
            }
        }
    }

    async fn claim(&self, case: &Case, attempt: &str, now: Timestamp) -> Result<bool, Error> {
        let request = self
            .case_update(case, "SET #state = :replaying, replays = :next, replayed_ms = :now, attempt = :attempt")
            .condition_expression(case.unchanged())
            .set_expression_attribute_values(Some(case.seen()))
            .expression_attribute_values(":replaying", State::Replaying.attribute())
            .expression_attribute_values(":next", number(case.handling.replays.saturating_add(1)))
            .expression_attribute_values(":now", millis(now))
            .expression_attribute_values(":attempt", text(attempt))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let error = match request.send().await {
            Ok(_) => return Ok(true),
            Err(error) => error,
        };
        let Some(UpdateItemError::ConditionalCheckFailedException(failed)) = error.as_service_error() else {
            return Err(Error::of(CLAIM, error));
        };
        let standing: Handling = read(CLAIM, failed.item.clone().unwrap_or_default())?;
        Ok(standing.state == State::Replaying && standing.attempt.as_deref() == Some(attempt))
    }

    /// One counter per event, for an event can have several failures. Numbers may be left out, never doubled.
    async fn next_generation(&self, event: &Event, now: Timestamp) -> Result<u32, Error> {
        #[derive(Deserialize)]
        struct Counter {
            generation: u32,
        }
        let key = Key::new(format!("replays#{}#{}", event.connection, event.id), "replays");
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key.item()));
        let request = request
            .update_expression(
                "SET v = :v, generation = if_not_exists(generation, :present) + :one, expires_at = :expiry",
            )
            .expression_attribute_values(":v", number(VERSION))
            .expression_attribute_values(":present", number(event.generation))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":expiry", expiry(now, KEPT))
            .return_values(ReturnValue::UpdatedNew);
        let answer = request.send().await.map_err(|error| Error::of(CLAIM, error))?;
        read(CLAIM, answer.attributes.unwrap_or_default()).map(|Counter { generation }| generation)
    }

    /// The message of a claimed replay is in the queue. `false`: the claim was overridden meanwhile.
    ///
    /// # Errors
    /// Where the table fails; then the failure stays as being replayed.
    pub async fn replay_sent(&self, case: &Case, attempt: &str, generation: u32) -> Result<bool, Error> {
        // a write that AWS's client sends twice finds its own
        let request = self
            .case_update(case, "SET #state = :replayed, generation = :generation")
            .condition_expression("attempt = :attempt AND #state IN (:replaying, :replayed)")
            .expression_attribute_values(":attempt", text(attempt))
            .expression_attribute_values(":replaying", State::Replaying.attribute())
            .expression_attribute_values(":replayed", State::Replayed.attribute())
            .expression_attribute_values(":generation", number(generation));
        conditional("write replayed", request).await
    }

    /// The message of a claimed replay could not be sent: the failure stands as it did before the claim. `false`: the
    /// claim was overridden meanwhile.
    ///
    /// # Errors
    /// Where the table fails; then the failure stays as being replayed.
    pub async fn release_replay(&self, case: &Case, attempt: &str) -> Result<bool, Error> {
        let replayed = case.handling.replayed;
        let expression = match replayed {
            Some(_) => "SET #state = :before, replayed_ms = :replayed REMOVE attempt",
            None => "SET #state = :before REMOVE attempt, replayed_ms",
        };
        let request = self
            .case_update(case, expression)
            .condition_expression("attempt = :attempt AND #state = :replaying")
            .expression_attribute_values(":attempt", text(attempt))
            .expression_attribute_values(":replaying", State::Replaying.attribute())
            .expression_attribute_values(":before", case.handling.state.attribute());
        let request = match replayed {
            Some(replayed) => request.expression_attribute_values(":replayed", millis(replayed)),
            None => request,
        };
        conditional("release replay", request).await
    }

    fn case_update(&self, case: &Case, expression: &str) -> UpdateItemFluentBuilder {
        let key = key(&case.failure.connection, &case.failure.id).item();
        let request = self.client.update_item().table_name(&self.table).set_key(Some(key));
        request.update_expression(expression).expression_attribute_names("#state", "state")
    }
}
