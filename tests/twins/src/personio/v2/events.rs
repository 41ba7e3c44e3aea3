//! What happened in an account, and the letters that are to tell it: <https://developer.personio.de/v2.0/reference/webhooks>.
//!
//! Events are "dataless": ids only, in an envelope without `meta`. What the payloads of persons and employments look like is assumed.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::books::Books;
use super::hook::Hook;
use super::quirks::{PayloadKey, Quirks};
use super::staff_quirks::{EmploymentPayload, PayloadUnder};

/// Something that happened, whether a webhook was told or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Only this twin's own; no delivery carries it.
    pub id: Uuid,
    /// `absence-period.created`...
    pub name: String,
    /// When, in whole milliseconds; the same as the period's `updated_at` where it still is there.
    pub occurred_at: Timestamp,
    /// What is told.
    pub payload: Value,
    /// The webhooks that are told.
    #[serde(skip)]
    pub(super) hooks: Vec<Uuid>,
}

/// A delivery that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Counts from 1 in each tenant.
    pub number: u64,
    /// The webhook.
    pub hook: Uuid,
    /// The event's name.
    pub event: String,
    /// The event's time.
    pub occurred_at: Timestamp,
    /// The target.
    pub url: String,
    /// Beside `Content-Type`: what the webhook was told to send when the event happened.
    pub headers: Vec<(String, String)>,
    /// The JSON body.
    pub body: String,
}

/// What an event is about.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    Absence { id: Uuid, person: u64 },
    Person(u64),
    Employment { id: Uuid, person: u64 },
}

impl Subject {
    fn payload(self, quirks: &Quirks) -> Value {
        let person = |id: u64| json!({"id": id.to_string()});
        match self {
            Self::Person(id) => json!({"person": person(id)}),
            Self::Employment { id, person: of } => match quirks.employment_payload {
                EmploymentPayload::WithPerson => json!({"employment": {"id": id}, "person": person(of)}),
                EmploymentPayload::Alone => json!({"employment": {"id": id}}),
                EmploymentPayload::Nested => json!({"employment": {"id": id, "person": person(of)}}),
                EmploymentPayload::Flat => json!({"employment_id": id, "person_id": of.to_string()}),
            },
            Self::Absence { id, person: of } => {
                let key = match quirks.payload_key {
                    PayloadKey::Underscore => "absence_period",
                    PayloadKey::Hyphen => "absence-period",
                };
                if quirks.person_in_payload {
                    json!({key: {"id": id}, "person": person(of)})
                } else {
                    json!({key: {"id": id}})
                }
            }
        }
    }
}

impl Books {
    /// It happens; the letters to all webhooks that want to hear of it.
    pub(super) fn fire(&mut self, name: &str, at: Timestamp, subject: Subject) -> Vec<Letter> {
        let payload = subject.payload(&self.tenant.quirks);
        let hooks: Vec<_> = self.hooks.iter().filter(|hook| hook.wants(name)).cloned().collect();
        self.tell(name, at, payload, &hooks)
    }

    /// The letters about something to these webhooks.
    pub(super) fn tell(&mut self, name: &str, at: Timestamp, payload: Value, hooks: &[Hook]) -> Vec<Letter> {
        let told = hooks.iter().map(|hook| hook.id).collect();
        let event = Event { id: self.next_id(), name: name.to_owned(), occurred_at: at, payload, hooks: told };
        self.events.push(event.clone());
        hooks.iter().map(|hook| self.letter(hook, &event)).collect()
    }

    /// The letter about an event to this webhook, as the webhook is now.
    pub(super) fn letter(&mut self, hook: &Hook, event: &Event) -> Letter {
        let under = match self.tenant.quirks.payload_under {
            PayloadUnder::Payload => "payload",
            PayloadUnder::Data => "data",
        };
        let body = json!({
            "company_id": self.tenant.company_id,
            "event_name": event.name,
            "occurred_at": format!("{:.3}", event.occurred_at),
            under: event.payload,
        });
        self.letters += 1;
        Letter {
            number: self.letters,
            hook: hook.id,
            event: event.name.clone(),
            occurred_at: event.occurred_at,
            url: hook.url.clone(),
            headers: hook.headers(),
            body: body.to_string(),
        }
    }
}
