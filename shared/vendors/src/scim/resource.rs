//! The bodies of POST and PUT, from values. Pure.

use serde_json::{Map, Value, json};

use super::json::spelling;
use super::model::attribute::{CORE, ENTERPRISE, Place};
use super::model::{Attribute, AttributeChange, AttributeValue, User, UserName};

/// What a client does not set: a server that keeps to the standard passes over it, another refuses it (RFC 7643, 3.1 and
/// 4.1.2; RFC 7644, 3.5.1). Groups keep their members: they are changed as groups only.
const SERVERS_OWN: &[&str] = &["id", "meta", "groups"];

/// The body of a POST: exactly what is given.
pub(super) fn new_user(name: &UserName, values: &[AttributeValue]) -> Value {
    let mut user = Map::new();
    for value in values {
        put(&mut user, value.attribute(), value.json().clone());
    }
    put(&mut user, Attribute::UserName, json!(name.as_str()));
    declare_schemas(&mut user);
    Value::Object(user)
}

/// The body of a PUT: all that was read, with our changes in it. Members that are unknown to us stay; nulls are left out,
/// which is the same (RFC 7643, 2.5) and refused by some. What only the server sets is not sent back ([`SERVERS_OWN`]).
/// `active` is always there: a PUT without it lets it go.
pub(super) fn merged(read: &User, active: bool, changes: &[AttributeChange]) -> Value {
    let mut user = read.resource.reveal().clone();
    for name in SERVERS_OWN {
        remove(&mut user, name);
    }
    for change in changes {
        match change {
            AttributeChange::Set(value) => put(&mut user, value.attribute(), value.json().clone()),
            AttributeChange::Remove(attribute) => take_out(&mut user, *attribute),
        }
    }
    put(&mut user, Attribute::Active, Value::Bool(active));
    declare_schemas(&mut user);
    let mut user = Value::Object(user);
    leave_out_nulls(&mut user);
    user
}

/// Puts a value where its attribute stands, under the name that the object gives it already.
pub(super) fn put(user: &mut Map<String, Value>, attribute: Attribute, value: Value) {
    match attribute.place() {
        Place::Core(name) => set(user, name, value),
        Place::Name(name) => put_below(user, "name", name, value),
        Place::Enterprise(name) => put_below(user, ENTERPRISE, name, value),
    }
}

fn put_below(user: &mut Map<String, Value>, outer: &str, name: &str, value: Value) {
    let outer = spelling(user, outer).unwrap_or(outer).to_owned();
    match user.get_mut(&outer) {
        Some(Value::Object(inner)) => set(inner, name, value),
        _ => {
            user.insert(outer, json!({name: value}));
        }
    }
}

fn take_out(user: &mut Map<String, Value>, attribute: Attribute) {
    let (outer, name) = match attribute.place() {
        Place::Core(name) => return remove(user, name),
        Place::Name(name) => ("name", name),
        Place::Enterprise(name) => (ENTERPRISE, name),
    };
    let outer = spelling(user, outer).map(ToOwned::to_owned);
    if let Some(Value::Object(inner)) = outer.and_then(|outer| user.get_mut(&outer)) {
        remove(inner, name);
    }
}

fn set(object: &mut Map<String, Value>, name: &str, value: Value) {
    let name = spelling(object, name).unwrap_or(name).to_owned();
    object.insert(name, value);
}

fn remove(object: &mut Map<String, Value>, name: &str) {
    if let Some(name) = spelling(object, name).map(ToOwned::to_owned) {
        object.remove(&name);
    }
}

/// Every schema that is used stands in `schemas` (RFC 7643, 3); those that were read stay.
fn declare_schemas(user: &mut Map<String, Value>) {
    let read = spelling(user, "schemas").and_then(|name| user.get(name)).and_then(Value::as_array);
    let mut schemas = read.cloned().unwrap_or_default();
    let used = [Some(CORE), spelling(user, ENTERPRISE).map(|_| ENTERPRISE)];
    for schema in used.into_iter().flatten() {
        let is_there = schemas.iter().filter_map(Value::as_str).any(|known| known.eq_ignore_ascii_case(schema));
        if !is_there {
            schemas.push(json!(schema));
        }
    }
    set(user, "schemas", Value::Array(schemas));
}

fn leave_out_nulls(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, inner| !inner.is_null());
            object.values_mut().for_each(leave_out_nulls);
        }
        Value::Array(list) => {
            list.retain(|inner| !inner.is_null());
            list.iter_mut().for_each(leave_out_nulls);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::reading;

    fn text(attribute: Attribute, text: &str) -> AttributeValue {
        AttributeValue::text(attribute, text).unwrap()
    }

    fn read(value: Value) -> User {
        reading::user(&value).unwrap()
    }

    fn name(text: &str) -> UserName {
        text.parse().unwrap()
    }

    #[test]
    fn a_new_user_holds_what_is_given_and_the_schemas_it_uses() {
        let values = [
            text(Attribute::GivenName, "Dora"),
            text(Attribute::FamilyName, "Klein"),
            text(Attribute::ExternalId, "3003"),
            text(Attribute::Emails, "dora@example.com"),
            AttributeValue::active(true),
        ];
        let core = json!({"schemas": [CORE], "userName": "dora@example.com", "externalId": "3003", "active": true,
            "name": {"givenName": "Dora", "familyName": "Klein"},
            "emails": [{"value": "dora@example.com", "type": "work", "primary": true}]});
        assert_eq!(new_user(&name("dora@example.com"), &values), core);
        let values = [text(Attribute::Department, "IT"), AttributeValue::manager(&"7".parse().unwrap())];
        let extended = json!({"schemas": [CORE, ENTERPRISE], "userName": "d",
            ENTERPRISE: {"department": "IT", "manager": {"value": "7"}}});
        assert_eq!(new_user(&name("d"), &values), extended);
    }

    #[test]
    fn a_put_keeps_what_it_does_not_know_and_leaves_out_nulls_and_what_the_server_sets() {
        let read =
            read(json!({"schemas": [CORE, "urn:x"], "id": "7", "userName": "dora", "title": null, "nickName": "D",
            "meta": {"version": "1"}, "groups": [{"value": "g"}], "urn:x": {"colour": "red", "size": null},
            "phoneNumbers": [null, {"value": "1", "display": null}]}));
        let changes = [AttributeChange::Set(text(Attribute::CostCenter, "4130"))];
        let body = json!({"schemas": [CORE, "urn:x", ENTERPRISE], "userName": "dora", "nickName": "D",
            "active": true, "urn:x": {"colour": "red"}, "phoneNumbers": [{"value": "1"}],
            ENTERPRISE: {"costCenter": "4130"}});
        assert_eq!(merged(&read, true, &changes), body);
    }

    #[test]
    fn a_put_changes_and_removes_under_the_names_that_were_read() {
        let read = read(json!({"id": "7", "username": "dora", "Active": "True", "Name": {"givenname": "D", "x": 1},
            ENTERPRISE: {"department": "IT", "manager": {"value": "1", "displayName": "Max"}}, "title": "Lead"}));
        let changes = [
            AttributeChange::Set(text(Attribute::GivenName, "Dora")),
            AttributeChange::Set(AttributeValue::manager(&"2".parse().unwrap())),
            AttributeChange::Set(AttributeValue::active(true)),
            AttributeChange::Remove(Attribute::Department),
            AttributeChange::Remove(Attribute::Title),
            AttributeChange::Remove(Attribute::EmployeeNumber),
        ];
        let body = json!({"schemas": [CORE, ENTERPRISE], "username": "dora", "Active": false,
            "Name": {"givenname": "Dora", "x": 1}, ENTERPRISE: {"manager": {"value": "2"}}});
        assert_eq!(merged(&read, false, &changes), body);
    }
}
