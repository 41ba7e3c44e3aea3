//! What was queued of a person before the person was forgotten is dropped. What comes later is not: a person who is still in
//! the source comes back with the next event or sweep.

use std::collections::BTreeSet;

use jiff::Timestamp;
use ledger::Ledger;
use serde_json::Value;

use crate::message::Message;

/// How many addresses of one message are looked up.
const MOST: usize = 50;

/// Whether a message is about somebody who was forgotten after it was received. `forgot`: when the connection last forgot
/// somebody; a message that is younger costs no look into the table.
///
/// # Errors
/// Where the table fails.
pub async fn is_forgotten(
    ledger: &Ledger,
    message: &Message,
    forgot: Option<Timestamp>,
) -> Result<bool, ledger::Error> {
    if forgot.is_none_or(|forgot| message.received > forgot) {
        return Ok(false);
    }
    ledger.is_buried(&message.connection, &names(message), message.received).await
}

/// All by which a message may name a person: its event, the objects of a signal, and e-mail addresses.
fn names(message: &Message) -> Vec<String> {
    let body: Value = serde_json::from_str(message.body.get()).unwrap_or_default();
    let objects = ["about", "owner"].into_iter().filter_map(|name| body.get(name)?.as_str().map(str::to_owned));
    let mut addresses = BTreeSet::new();
    collect(&body, &mut addresses);
    let event = format!("event/{}", message.event);
    std::iter::once(event).chain(objects).chain(addresses.into_iter().take(MOST)).collect()
}

fn collect(value: &Value, addresses: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => addresses.extend(addresses_in(text)),
        Value::Array(all) => all.iter().for_each(|value| collect(value, addresses)),
        Value::Object(members) => members.values().for_each(|value| collect(value, addresses)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The words of a text that look like an address, in lower case.
fn addresses_in(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c));
    words.filter(|word| word.contains('@')).map(|word| word.trim_end_matches('.').to_lowercase())
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;

    fn named(body: &str) -> Vec<String> {
        let body = RawValue::from_string(body.to_owned()).unwrap();
        names(&Message::new("a-to-b", "careers", "e9b3".to_owned(), Timestamp::UNIX_EPOCH, body))
    }

    #[test]
    fn a_response_names_its_event_and_its_addresses() {
        let body =
            r#"{"fields": [{"value": " Mina@Example.com "}, {"value": ["write to <m@example.org>.", "@"]}], "n": 1}"#;
        assert_eq!(named(body), ["event/e9b3", "@", "m@example.org", "mina@example.com"]);
    }

    #[test]
    fn a_signal_names_its_objects() {
        let body = r#"{"v":2,"about":"absence/1d8e","owner":"person/3002","trigger":{"kind":"changed"}}"#;
        assert_eq!(named(body), ["event/e9b3", "absence/1d8e", "person/3002"]);
        assert_eq!(named("null"), ["event/e9b3"]);
    }
}
