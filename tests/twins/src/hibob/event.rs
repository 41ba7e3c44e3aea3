//! What happened in a company, and the letters that are to tell it: <https://apidocs.hibob.com/reference/webhook-events-v2>.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use super::fields::Kind;
use super::quirks::{EventKeys, FieldUpdates, IdForm, Quirks, Times};

/// Who is said to have done it.
const TRIGGERED_BY: &str = "3332883884017713938";

/// Something that happened, whether a webhook was told or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// `workforcePlanning.position.created`...
    pub name: String,
    /// The position or the opening.
    pub id: u64,
    /// The fields that changed.
    pub fields: Vec<String>,
    /// On the twin's clock.
    pub at: Timestamp,
    #[serde(skip)]
    pub(super) kind: Kind,
}

/// A delivery that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Counts from 1 in each company.
    pub number: u64,
    /// The webhook.
    pub hook: u64,
    /// The event's name.
    pub event: String,
    /// The JSON body.
    pub body: String,
}

/// The body that tells an event.
pub(super) fn body(company: u64, event: &Event, quirks: &Quirks) -> String {
    json!({
        "companyId": company,
        "type": event.name,
        "triggeredBy": TRIGGERED_BY,
        "triggeredAt": time(event.at, quirks),
        "version": "v2",
        "data": data(event, quirks),
    })
    .to_string()
}

fn data(event: &Event, quirks: &Quirks) -> Value {
    let key = match (quirks.event_keys, event.kind) {
        (EventKeys::Plain, _) => "id",
        (EventKeys::Named, Kind::Position) => "positionId",
        (EventKeys::Named, Kind::Opening) => "positionOpeningId",
    };
    let mut data = json!({key: id(event.id, quirks.event_ids)});
    let fields = match quirks.field_updates {
        FieldUpdates::Objects => json!(event.fields.iter().map(|id| json!({"id": id})).collect::<Vec<_>>()),
        FieldUpdates::Strings => json!(event.fields),
        FieldUpdates::Absent => Value::Null,
    };
    if let Some(members) = data.as_object_mut().filter(|_| event.name.ends_with(".updated") && !fields.is_null()) {
        members.insert("fieldUpdatesIds".to_owned(), fields);
    }
    data
}

/// An id on the wire.
pub(super) fn id(id: u64, form: IdForm) -> Value {
    match form {
        IdForm::Number => json!(id),
        IdForm::String => json!(id.to_string()),
    }
}

/// A time on the wire: microseconds, without zone or in UTC.
pub(super) fn time(at: Timestamp, quirks: &Quirks) -> String {
    let zulu = format!("{at:.6}");
    match quirks.times {
        Times::Zoneless => zulu.trim_end_matches('Z').to_owned(),
        Times::Zulu => zulu,
    }
}
