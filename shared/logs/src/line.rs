//! One line of the log, as far as it tells of a request or a record. `edge::telemetry` writes the lines.

use std::time::Duration;

use edge::{Outcome, Received};
use jiff::Timestamp;
use serde::Deserialize;

/// What a function has written of one request or of one attempt at a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// The function without its stack's name, e.g. `heyflow-to-personio-push`.
    pub function: String,
    /// The flow.
    pub flow: String,
    /// The connection.
    pub connection: String,
    /// The vendors' ids, `flow=Vho2 response=8f14`; may be empty.
    pub object: String,
    /// The event's identity. `None`: a request of which nothing was kept.
    pub event: Option<String>,
    /// 0, or which replay it is.
    pub replay: u32,
    /// How often the record was received, this time included; 0 for a request.
    pub receive: u32,
    /// What became of it.
    pub said: Said,
    /// Why; may be empty.
    pub reason: String,
    /// When a record that stays comes back, where the function says so.
    pub again: Option<Duration>,
    /// How long ago the record had come in.
    pub age: Option<Duration>,
}

/// What became of what a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Of a request at a receiver.
    Request(Received),
    /// Of a record from a queue.
    Record(Outcome),
}

#[derive(Deserialize)]
struct Written {
    timestamp: Timestamp,
    flow: String,
    connection: String,
    outcome: String,
    object: Option<String>,
    event: Option<String>,
    replay: Option<u32>,
    receive: Option<u32>,
    reason: Option<String>,
    again_in_s: Option<u64>,
    #[serde(rename = "AgeInFlight")]
    age_ms: Option<u64>,
}

impl Line {
    /// Reads a line of `function`. `None`: it is about neither a request nor a record of a connection, e.g. Lambda's own.
    #[must_use]
    pub fn read(function: &str, text: &str) -> Option<Self> {
        let written: Written = serde_json::from_str(text).ok()?;
        // only a record has a receive count
        let said = match written.receive {
            Some(_) => Said::Record(Outcome::named(&written.outcome)?),
            None => Said::Request(Received::named(&written.outcome)?),
        };
        Some(Self {
            at: written.timestamp,
            function: function.to_owned(),
            flow: written.flow,
            connection: written.connection,
            object: written.object.unwrap_or_default(),
            event: written.event,
            replay: written.replay.unwrap_or_default(),
            receive: written.receive.unwrap_or_default(),
            said,
            reason: written.reason.unwrap_or_default(),
            again: written.again_in_s.map(Duration::from_secs),
            age: written.age_ms.map(Duration::from_millis),
        })
    }

    /// The outcome, where the line is about a record.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self.said {
            Said::Record(outcome) => Some(outcome),
            Said::Request(_) => None,
        }
    }
}

impl Said {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request(received) => received.word(),
            Self::Record(outcome) => outcome.word(),
        }
    }
}

/// Whether the ids of a line, `flow=Vho2 response=8f14`, name the object: by its id, or as `response/8f14`.
#[must_use]
pub fn is_about(ids: &str, object: &str) -> bool {
    let named = object.replacen('/', "=", 1);
    ids.split(' ').any(|id| id == named || id.split_once('=').is_some_and(|(_, value)| value == object))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// That time on the first of March.
    pub(crate) fn at(time: &str) -> Timestamp {
        format!("2026-03-01T{time}:00Z").parse().unwrap()
    }

    /// A line about an attempt at a record.
    pub(crate) fn record(event: &str, outcome: Outcome, time: &str) -> Line {
        Line {
            at: at(time),
            function: "a-to-b-push".to_owned(),
            flow: "a-to-b".to_owned(),
            connection: "careers".to_owned(),
            object: String::new(),
            event: Some(event.to_owned()),
            replay: 0,
            receive: 1,
            said: Said::Record(outcome),
            reason: String::new(),
            again: None,
            age: None,
        }
    }

    /// A line about a delivery that was queued.
    pub(crate) fn queued(event: &str, time: &str) -> Line {
        let said = Said::Request(Received::Queued);
        Line { said, receive: 0, function: "a-to-b-webhook".to_owned(), ..record(event, Outcome::Done, time) }
    }

    /// As a test of `edge::telemetry` shows it.
    const DONE: &str = r#"{"timestamp":"2026-03-01T10:00:00.123000Z","level":"INFO","message":"heyflow-to-personio careers response=R1: done","flow":"heyflow-to-personio","connection":"careers","object":"response=R1","event":"e9b3","replay":0,"receive":2,"outcome":"done","reason":"an earlier attempt had arrived","ms":340,"aws_calls":4,"vendor_calls":2,"Records":1,"AgeInFlight":90000,"Stack":"live"}"#;

    /// The snapshots of `edge::telemetry`: what its lines look like.
    const WRITTEN: &str = include_str!("../../edge/src/telemetry/tests.rs");

    #[test]
    fn lines_are_read_as_they_are_written() {
        let written = WRITTEN.lines().filter_map(|line| line.split_once("@r#\"")?.1.strip_suffix("\"#);"));
        let read: Vec<_> = written.filter_map(|line| Line::read("push", line)).collect();
        let said: Vec<_> = read.iter().map(|line| (line.said.word(), line.receive, line.object.as_str())).collect();
        assert_eq!(said, [("queued", 0, ""), ("done", 2, "response=R1")]);
        assert!(read.iter().all(|line| line.event.as_deref() == Some("e9b3") && line.connection == "careers"));
        assert_eq!(read[1].age, Some(Duration::from_secs(90)));
    }

    #[test]
    fn a_line_of_a_record_is_read() {
        let line = Line::read("heyflow-to-personio-push", DONE).unwrap();
        assert_eq!((line.said, line.outcome()), (Said::Record(Outcome::Done), Some(Outcome::Done)));
        assert_eq!((line.event.as_deref(), line.receive, line.replay), (Some("e9b3"), 2, 0));
        assert_eq!((line.age, line.again), (Some(Duration::from_secs(90)), None));
        assert_eq!(line.at, "2026-03-01T10:00:00.123Z".parse().unwrap());
        assert_eq!(line.function, "heyflow-to-personio-push");
    }

    #[test]
    fn a_line_of_a_request_is_none_of_a_record() {
        let queued = r#"{"timestamp":"2026-03-01T10:00:00Z","flow":"f","connection":"c","event":"e","outcome":"queued","status":200}"#;
        let line = Line::read("f-webhook", queued).unwrap();
        assert_eq!((line.said, line.outcome(), line.receive), (Said::Request(Received::Queued), None, 0));
        let refused = queued.replace("queued", "rejected").replace(r#""event":"e","#, "");
        let line = Line::read("f-webhook", &refused).unwrap();
        assert_eq!((line.said.word(), line.event), ("rejected", None));
    }

    #[test]
    fn what_is_about_no_record_is_no_line() {
        for other in [
            "START RequestId: 1 Version: $LATEST",
            r#"{"timestamp":"2026-03-01T10:00:00Z","level":"WARN","message":"m","connection":"c"}"#,
            r#"{"timestamp":"2026-03-01T10:00:00Z","flow":"f","outcome":"done","message":"f poll: done"}"#,
            &DONE.replace(r#""outcome":"done""#, r#""outcome":"of a later version""#),
        ] {
            assert_eq!(Line::read("f", other), None, "{other}");
        }
    }

    #[test]
    fn an_object_is_known_by_each_of_its_ids() {
        let ids = "flow=Vho2 response=8f14";
        for object in ["Vho2", "8f14", "response/8f14"] {
            assert!(is_about(ids, object), "{object}");
        }
        for other in ["8f1", "flow", "flow/8f14", "", "o2 response=8f14"] {
            assert!(!is_about(ids, other), "{other}");
        }
    }
}
