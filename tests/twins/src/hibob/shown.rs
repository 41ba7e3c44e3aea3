//! What the door shows, without secrets.

use serde_json::{Map, Value, json};

use super::store::{Books, Store};

/// Everything by company.
pub(super) fn all(store: &Store) -> Map<String, Value> {
    let each = |show: fn(&Books) -> Value| -> Value {
        Value::Object(store.companies.iter().map(|(id, books)| (id.to_string(), show(books))).collect())
    };
    let members = [
        ("companies", each(|books| json!(books.company))),
        ("positions", each(|books| json!(books.positions.all().collect::<Vec<_>>()))),
        ("openings", each(|books| json!(books.openings.all().collect::<Vec<_>>()))),
        ("webhooks", each(|books| json!(books.hooks))),
        ("events", each(|books| json!(books.events))),
        ("held", each(|books| json!(books.held))),
        ("deliveries", each(|books| json!(books.deliveries))),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
