//! What travels in the queues. Versioned: a message may be older or newer than the code that reads it.

use std::fmt;

use jiff::Timestamp;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{Event, Id};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// A wake-up or a submission: the envelope is the same for every flow, the body is the flow's own.
/// `Debug` shows neither body nor ids, which come from outside.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    v: u8,
    /// The flow it is for.
    pub flow: String,
    /// The connection it came in by.
    pub connection: String,
    /// The event's identity, from [`event_id`].
    pub event: String,
    /// The object that the event is about, where several events can be about one: they are worked on one after the other.
    /// Never text from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// 0, or which replay it is.
    #[serde(rename = "generation")]
    pub replay: u32,
    /// When it was received.
    #[serde(rename = "received_ms", with = "millisecond::required")]
    pub received: Timestamp,
    /// The vendors' ids of the record, for logs and mails.
    pub ids: Vec<Id>,
    /// The flow's own part, as JSON.
    pub body: Box<RawValue>,
}

/// A message that this code cannot read. Shows no part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Written by another version of hrsync.
    #[error("a message of version {0}, this hrsync reads version {version}", version = Message::VERSION)]
    Version(u64),
    /// Not the JSON that a message is.
    #[error("no hrsync message (line {line}, column {column})")]
    Malformed {
        /// 1-based.
        line: usize,
        /// 1-based.
        column: usize,
    },
}

/// The longest vendor's id that is kept for people to read, in characters.
const LONGEST_ID: usize = 100;

impl Message {
    /// The version of the envelope that this code writes and reads.
    pub const VERSION: u8 = 1;

    /// A message that is no replay.
    #[must_use]
    pub fn new(flow: &str, connection: &str, event: String, received: Timestamp, body: Box<RawValue>) -> Self {
        let (flow, connection) = (flow.to_owned(), connection.to_owned());
        Self { v: Self::VERSION, flow, connection, event, about: None, replay: 0, received, ids: Vec::new(), body }
    }

    /// The same about an object that other events are about as well. `object` must not be text from outside.
    #[must_use]
    pub fn about(self, object: impl Into<String>) -> Self {
        Self { about: Some(object.into()), ..self }
    }

    /// The same with a vendor's id beside it. Control characters and overlong ids are cut: they come from outside.
    #[must_use]
    pub fn with_id(mut self, name: &str, value: &str) -> Self {
        self.ids.push(Self::id(name, value));
        self
    }

    /// A vendor's id for people to read: control characters and overlong ids are cut.
    pub(crate) fn id(name: &str, value: &str) -> Id {
        let value = value.chars().filter(|c| !c.is_control()).take(LONGEST_ID).collect();
        Id { name: name.to_owned(), value, url: None }
    }

    /// The same with the page at which the vendor shows the record of the id that was added last, as the vendor's module
    /// spells it. Holds ids only: it is mailed. Without effect unless it is https.
    #[must_use]
    pub fn with_page(mut self, url: &str) -> Self {
        if let Some(id) = self.ids.last_mut() {
            id.url = Some(url.to_owned()).filter(|url| url.starts_with("https://"));
        }
        self
    }

    /// Reads a queued message.
    ///
    /// # Errors
    /// [`Unreadable`]: its version is looked at before anything else.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Version {
            v: u64,
        }
        let place = |error: serde_json::Error| Unreadable::Malformed { line: error.line(), column: error.column() };
        let version: Version = serde_json::from_str(text).map_err(place)?;
        if version.v != u64::from(Self::VERSION) {
            return Err(Unreadable::Version(version.v));
        }
        serde_json::from_str(text).map_err(place)
    }

    /// The identity under which receipts are kept.
    #[must_use]
    pub fn identity(&self) -> Event {
        Event { connection: self.connection.clone(), id: self.event.clone(), replay: self.replay }
    }

    /// The FIFO group: one object of one connection; a submission is its own.
    #[must_use]
    pub fn group(&self) -> String {
        format!("{}.{}", self.connection, self.about.as_ref().unwrap_or(&self.event))
    }

    /// The FIFO deduplication id: the event and its replay, never the object alone.
    #[must_use]
    pub fn deduplication(&self) -> String {
        format!("{}.{}.{}", self.connection, self.event, self.replay)
    }

    /// `flow=Vho2... response=8f14...`, for logs.
    #[must_use]
    pub fn object(&self) -> String {
        self.ids.iter().map(|id| format!("{}={}", id.name, id.value)).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { v, flow, connection, event, replay, received, .. } = self;
        let mut shown = f.debug_struct("Message");
        shown.field("v", v).field("flow", flow).field("connection", connection).field("event", event);
        shown.field("replay", replay).field("received", received).finish_non_exhaustive()
    }
}

/// An event's identity from the vendor's own ids: 32 hex digits, so that group and deduplication ids never hold text
/// from outside. Parts are counted, so that ("ab", "c") and ("a", "bc") differ.
#[must_use]
pub fn event_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        let body = RawValue::from_string(r#"{"a": 1}"#.to_owned()).unwrap();
        Message::new("heyflow-to-personio", "careers", event_id(&["F", "R"]), Timestamp::UNIX_EPOCH, body)
    }

    #[test]
    fn a_message_survives_the_queue_with_its_body_as_it_was() {
        let sent = serde_json::to_string(&message().with_id("response", "R")).unwrap();
        insta::assert_snapshot!(sent, @r#"{"v":1,"flow":"heyflow-to-personio","connection":"careers","event":"e9b3a731f54cfed559c4cbfb76a55ace","generation":0,"received_ms":0,"ids":[{"name":"response","value":"R"}],"body":{"a": 1}}"#);
        assert_eq!(Message::read(&sent).unwrap().body.get(), r#"{"a": 1}"#);
    }

    #[test]
    fn a_message_of_another_version_is_not_half_read() {
        let newer = r#"{"v":2,"person":"sample@applicant.example","shape":["another"]}"#;
        assert_eq!(Message::read(newer).unwrap_err(), Unreadable::Version(2));
        for odd in ["", "[]", r#"{"v":1,"flow":"sample@applicant.example"}"#, r#"{"v":"1"}"#] {
            let error = Message::read(odd).unwrap_err();
            assert!(matches!(error, Unreadable::Malformed { .. }) && !error.to_string().contains("sample"), "{odd}");
        }
    }

    #[test]
    fn a_replay_is_not_swallowed_by_deduplication() {
        let first = message();
        let replay = Message { replay: 1, ..message() };
        assert_eq!(first.group(), replay.group());
        assert_ne!(first.deduplication(), replay.deduplication());
        assert!(first.deduplication().len() <= 128);
    }

    #[test]
    fn events_about_one_object_share_a_group_and_nothing_else() {
        let about = |event: &str| Message { event: event.to_owned(), ..message() }.about("object");
        let (first, second) = (about("first"), about("second"));
        assert_eq!((first.group(), second.group()), ("careers.object".to_owned(), first.group()));
        assert_ne!(first.deduplication(), second.deduplication());
        let sent = serde_json::to_string(&first).unwrap();
        assert_eq!(Message::read(&sent).unwrap().about.as_deref(), Some("object"));
    }

    #[test]
    fn a_page_belongs_to_its_id_and_travels_with_it() {
        let message = message().with_id("flow", "F").with_id("contract", "7").with_page("https://vendor.example/7");
        let read = Message::read(&serde_json::to_string(&message).unwrap()).unwrap();
        let pages: Vec<_> = read.ids.iter().map(|id| id.url.as_deref()).collect();
        assert_eq!(pages, [None, Some("https://vendor.example/7")]);
        assert_eq!(message.with_page("javascript:x").ids[1].url, None);
    }

    #[test]
    fn ids_from_outside_are_cut_and_cleaned() {
        let message = message().with_id("response", &"x\n".repeat(500));
        assert_eq!(message.ids[0].value, "x".repeat(100));
        assert_ne!(event_id(&["ab", "c"]), event_id(&["a", "bc"]));
    }
}
