//! The summary of a storm: what the schedule asks for, and what the owner reads.

use edge::verdict::Fault;
use edge::worker::FAILURES;
use edge::{Message, event_id};
use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{Due, Failure, Storm, Unmailed};
use mail::{BadTemplate, Listed, Mail, Summary};
use serde::{Deserialize, Serialize};
use serde_json::value::to_raw_value;

use crate::push::Pusher;
use crate::report::{kind, links, records, second};

/// How many failures a summary names.
const LISTED: usize = 20;

/// The body of the message that asks for a summary; the envelope carries its version.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wake {
    storm: Storm,
    #[serde(rename = "window_ms", with = "millisecond::required")]
    window: Timestamp,
}

impl Wake {
    /// The message that asks for a summary. Those of one storm are worked on one after the other.
    pub(crate) fn message(due: &Due<'_>, now: Timestamp) -> Result<Message, serde_json::Error> {
        let body = to_raw_value(&Self { storm: due.storm.clone(), window: due.window })?;
        let (connection, event) = (&due.first.connection, id(due.storm, due.window));
        let message = Message::new(FAILURES, connection, event, now, body).about(thread(due.storm));
        Ok(message.with_id("summary", &thread(due.storm)))
    }

    /// The summary that a message asks for; `None` where it is about one failure.
    pub(crate) fn read(message: &Message) -> Result<Option<Self>, Fault> {
        let wake = serde_json::from_str(message.body.get());
        wake.map_err(|_| Fault::Mail("the announcement is of another version".to_owned()))
    }
}

/// What the summaries of a storm have in common; holds no text of the storm.
fn thread(storm: &Storm) -> String {
    format!("summary-{}", event_id(&[storm.as_str()]))
}

fn id(storm: &Storm, window: Timestamp) -> String {
    format!("{}-{}", thread(storm), window.as_millisecond())
}

impl Pusher {
    /// Ends the storm's window, mails all that was folded before and not told yet, and notes that. What the note leaves to
    /// be cleared is cleared whenever this runs again.
    pub(crate) async fn summarise(&self, connection: &str, wake: &Wake) -> Result<&'static str, Fault> {
        let (Wake { storm, window }, now) = (wake, self.clock.now());
        let present = self.ledger.end_window(storm, *window, now).await?;
        let waiting = self.ledger.folded(storm, present.since).await?;
        let mut untold: Vec<&Unmailed> = waiting.iter().filter(|it| window_of(it) > present.told).collect();
        untold.sort_by_key(|it| it.failed);
        let named = self.named(&untold).await?;
        let newest = untold.iter().filter_map(|it| window_of(it)).max();
        let outcome = match (newest, named.first()) {
            (Some(newest), Some(first)) => {
                let mail = self.render(&untold, first, &named, (storm, newest));
                self.send(connection, &id(storm, newest), mail).await?;
                self.ledger.summarised(storm, newest, self.clock.now()).await?;
                "mailed"
            }
            _ => "skipped",
        };
        self.ledger.all_mailed(&waiting, self.clock.now()).await?;
        Ok(outcome)
    }

    /// The failures that the summary names: the first that have not expired.
    async fn named(&self, untold: &[&Unmailed]) -> Result<Vec<Failure>, Fault> {
        let mut named = Vec::new();
        for unmailed in untold {
            named.extend(self.ledger.failure(&unmailed.connection, &unmailed.failure).await?);
            if named.len() == LISTED {
                break;
            }
        }
        Ok(named)
    }

    fn render(
        &self,
        untold: &[&Unmailed],
        first: &Failure,
        named: &[Failure],
        (storm, window): (&Storm, Timestamp),
    ) -> Result<Mail, BadTemplate> {
        let times = untold.iter().filter_map(|it| it.failed).chain([first.failed]);
        let (id, thread) = (id(storm, window), thread(storm));
        let summary = Summary {
            kind: kind(first.cause),
            connection: &first.connection,
            flow: &first.flow,
            id: &id,
            thread: &thread,
            stack: &self.stack,
            count: untold.len(),
            first: times.clone().min().map(second).unwrap_or_default(),
            last: times.max().map(second).unwrap_or_default(),
            listed: named.iter().map(listed).collect(),
            unlisted: untold.len().saturating_sub(named.len()),
            reasons: &first.reasons,
            advice: &first.advice,
            kept_days: self.kept_days,
            summary_minutes: self.summary_minutes,
        };
        summary.render()
    }
}

fn window_of(unmailed: &Unmailed) -> Option<Timestamp> {
    unmailed.folded().map(|(_, window)| window)
}

fn listed(failure: &Failure) -> Listed<'_> {
    Listed { failure: &failure.id, records: records(&failure.ids), links: links(&failure.ids) }
}

#[cfg(test)]
mod tests {
    use edge::worker::announcement;

    use super::*;

    #[test]
    fn an_announcement_of_one_failure_asks_for_no_summary() {
        let message = announcement("careers", "e9b3-0", Timestamp::UNIX_EPOCH);
        assert_eq!(Wake::read(&message).unwrap(), None);
    }

    #[test]
    fn what_another_version_asks_for_is_not_half_understood() {
        let body = serde_json::value::RawValue::from_string(r#"{"storm":"s","hours":2}"#.to_owned()).unwrap();
        let message = Message::new(FAILURES, "careers", "e".to_owned(), Timestamp::UNIX_EPOCH, body);
        assert_eq!(
            Wake::read(&message).unwrap_err().to_string(),
            "mail was not sent: the announcement is of another version"
        );
    }
}
