//! What the door shows of v2: everything but secrets.

use serde_json::{Map, Value, json};

use crate::locked;

use super::Tenants;
use super::books::Books;
use super::hook::Hook;

impl Tenants {
    /// `tenants`, `absences`, `webhooks` and `deliveries`, each by client id.
    pub(in crate::personio) fn shown(&self) -> Map<String, Value> {
        let tenants = locked(&self.0);
        let each = |show: fn(&Books) -> Value| -> Value {
            Value::Object(tenants.iter().map(|(client_id, books)| (client_id.clone(), show(books))).collect())
        };
        let members = [
            ("tenants", each(tenant)),
            ("absences", each(|books| books.shelf.all().map(|absence| json!(absence)).collect())),
            ("webhooks", each(|books| books.hooks.iter().map(Hook::masked).collect())),
            ("deliveries", each(|books| json!(books.deliveries))),
        ];
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

fn tenant(books: &Books) -> Value {
    let persons: Vec<_> = books.persons.all().map(|employee| &employee.person).collect();
    let employments: Map<_, _> =
        books.persons.all().map(|employee| (employee.person.id.to_string(), json!(employee.employments))).collect();
    let held: Vec<_> =
        books.held.iter().map(|letter| json!({"number": letter.number, "event": letter.event})).collect();
    let mut shown = json!(books.tenant);
    if let Some(members) = shown.as_object_mut() {
        members.insert("persons".to_owned(), json!(persons));
        members.insert("employments".to_owned(), json!(employments));
        members.insert("tokens".to_owned(), json!(books.tokens.len()));
        members.insert("events".to_owned(), json!(books.events));
        members.insert("held".to_owned(), json!(held));
    }
    shown
}
