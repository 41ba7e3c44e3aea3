//! Personal data and secrets do not come into a log by way of `Debug`: each public type is formatted with a marker in
//! every text that comes from outside.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use ::http::{HeaderMap, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use serde_json::value::RawValue;

use crate::clock::Deadline;
use crate::connections::Loaded;
use crate::environment::Environment;
use crate::head::Head;
use crate::http::{Answer, Body, Request};
use crate::message::Message;
use crate::queue::QueueError;
use crate::record::{Malformed, Record};
use crate::rejections::Unusable;
use crate::secrets::SecretsError;

const MARKER: &str = "mina-marker";

/// The types that hold text from outside, a secret or an address. Each is formatted below.
const FORMATTED: [&str; 12] = [
    "Answer",
    "Body",
    "Environment",
    "Head",
    "Loaded",
    "Malformed",
    "Message",
    "QueueError",
    "Record",
    "Request",
    "SecretsError",
    "Unusable",
];

/// The types whose text is our own: names, codes, fixed words, and reasons that are written without personal data.
const OWN_WORDS: &[&str] = &[
    "Address",
    "Again",
    "BatchContext",
    "Clock",
    "Connections",
    "Deadline",
    "Depth",
    "Fault",
    "Flaw",
    "Found",
    "Function",
    "Handled",
    "LoadError",
    "Metric",
    "MissingVariable",
    "Outcome",
    "Processed",
    "Queue",
    "Received",
    "Rejections",
    "Secrets",
    "Setup",
    "SetupError",
    "Unreadable",
    "Verdict",
    "Worker",
];

fn message() -> Message {
    let body = RawValue::from_string(format!(r#"{{"email":"{MARKER}"}}"#)).unwrap();
    let message = Message::new("a-to-b", "careers", "e9b3".to_owned(), Timestamp::UNIX_EPOCH, body);
    message.with_id("response", MARKER).with_page(&format!("https://vendor.example/{MARKER}"))
}

fn request() -> Request {
    let text = || MARKER.to_owned();
    let mut headers = HeaderMap::new();
    headers.insert("x-secret", HeaderValue::from_static(MARKER));
    let body = Body::Whole(MARKER.as_bytes().to_vec());
    Request { method: Method::POST, headers, connection: text(), segment: Some(text()), query: text(), body }
}

fn formatted() -> [(&'static str, String); FORMATTED.len()] {
    let show = |value: &dyn Debug| format!("{value:?} {value:#?}");
    let message = message();
    let record = Record { message: &message, text: MARKER, receive: 1, deadline: Deadline(Timestamp::MAX) };
    let unreadable = Message::read(&format!(r#"{{"v":1,"flow":"{MARKER}"}}"#)).unwrap_err();
    let malformed = Malformed { id: "m-1", text: MARKER, error: unreadable };
    let ids = vec![("response", MARKER.to_owned())];
    let unusable = Unusable { connection: "careers", ids, content: MARKER };
    let head = Head { flow: "a-to-b".to_owned(), name: "careers".to_owned(), owner: MARKER.to_owned() };
    [
        ("Answer", show(&Answer::refused(StatusCode::BAD_REQUEST, MARKER))),
        ("Body", show(&request().body)),
        ("Environment", show(&Environment::planted("HRSYNC_SENDER", MARKER))),
        ("Head", show(&head)),
        ("Loaded", show(&Loaded { settings: MARKER, revision: 1, breaker: None, is_paused: false, forgot: None })),
        ("Malformed", show(&malformed)),
        ("Message", show(&message)),
        ("QueueError", show(&QueueError::planted(MARKER))),
        ("Record", show(&record)),
        ("Request", show(&request())),
        ("SecretsError", show(&SecretsError::planted(MARKER))),
        ("Unusable", show(&unusable)),
    ]
}

#[test]
fn no_type_shows_what_came_from_outside() {
    for ((name, shown), expected) in formatted().into_iter().zip(FORMATTED) {
        assert_eq!(name, expected);
        assert!(shown.contains(name) || name == "Environment", "{shown}");
        assert!(!shown.contains(MARKER), "{shown}");
    }
}

/// The names of all public types below `folder`.
fn public_types(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // its types go into a crate of their own
        if path.ends_with("flow.rs") {
            continue;
        }
        if path.is_dir() {
            public_types(&path, into);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        let declared =
            text.lines().filter_map(|line| line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")));
        into.extend(declared.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect::<String>()));
    }
}

#[test]
fn every_public_type_is_listed() {
    let mut declared = BTreeSet::new();
    public_types(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut declared);
    let listed: BTreeSet<String> = FORMATTED.iter().chain(OWN_WORDS).map(|&name| name.to_owned()).collect();
    assert_eq!(declared, listed);
}
