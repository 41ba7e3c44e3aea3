//! From Personio's JSON to a person. Only the id must be readable: all else may be missing by right, and what is no
//! value of its kind is told as unusable, so that it costs nobody who does not ask for it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::{Field, id, optional_moment, plain};
use super::model::custom::{CustomAttribute, CustomType, CustomValue};
use super::model::id::PersonId;
use super::model::person::{Person, PersonMember, PersonStatus};
use super::model::presence::Presence;
use crate::text::{cleaned, is_blank, trimmed};
use crate::value::Personal;

pub(super) fn person(value: &Value) -> Result<Person, Field> {
    let mut members = BTreeMap::new();
    let personal = |text: &str| Some(Personal::new(cleaned(text)));
    Ok(Person {
        id: id(value, "id")?,
        status: member(value, PersonMember::Status, &mut members, |word| Some(status(word))),
        email: member(value, PersonMember::Email, &mut members, |text| text.parse().ok()),
        first_name: member(value, PersonMember::FirstName, &mut members, personal),
        last_name: member(value, PersonMember::LastName, &mut members, personal),
        preferred_name: member(value, PersonMember::PreferredName, &mut members, personal),
        custom_attributes: custom_attributes(value, &mut members),
        created_at: optional_moment(value, "created_at").ok().flatten(),
        updated_at: optional_moment(value, "updated_at").ok().flatten(),
        members,
    })
}

/// The id of a person who may be unreadable otherwise.
pub(super) fn person_id(value: &Value) -> Option<PersonId> {
    id(value, "id").ok()
}

/// A member that is a text, and how the answer held it.
fn member<T>(
    value: &Value,
    member: PersonMember,
    members: &mut BTreeMap<PersonMember, Presence>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    let (presence, read) = match value.get(member.name()) {
        None => (Presence::Missing, None),
        Some(Value::Null) => (Presence::Empty, None),
        Some(Value::String(text)) if is_blank(text) => (Presence::Empty, None),
        Some(Value::String(text)) => match parse(trimmed(text)) {
            Some(read) => (Presence::There, Some(read)),
            None => (Presence::Unusable, None),
        },
        Some(_) => (Presence::Unusable, None),
    };
    members.insert(member, presence);
    read
}

fn status(word: &str) -> PersonStatus {
    match word {
        "ACTIVE" => PersonStatus::Active,
        "INACTIVE" => PersonStatus::Inactive,
        "UNSPECIFIED" => PersonStatus::Unspecified,
        other => PersonStatus::Other(plain(other)),
    }
}

fn custom_attributes(value: &Value, members: &mut BTreeMap<PersonMember, Presence>) -> Vec<CustomAttribute> {
    let member = PersonMember::CustomAttributes;
    let (presence, list) = match value.get(member.name()) {
        None => (Presence::Missing, None),
        Some(Value::Null) => (Presence::Empty, None),
        Some(Value::Array(list)) if list.is_empty() => (Presence::Empty, None),
        Some(Value::Array(list)) => (Presence::There, Some(list)),
        Some(_) => (Presence::Unusable, None),
    };
    members.insert(member, presence);
    list.into_iter().flatten().map(custom_attribute).collect()
}

fn custom_attribute(value: &Value) -> CustomAttribute {
    CustomAttribute {
        id: id(value, "id").ok(),
        global_id: id(value, "global_id").ok(),
        kind: value.get("type").and_then(Value::as_str).map_or(CustomType::Unspecified, custom_type),
        value: value.get("value").map_or(CustomValue::Empty, custom_value),
    }
}

/// The reference spells kinds in upper case, live answers and samples in lower case.
fn custom_type(word: &str) -> CustomType {
    match word.to_ascii_lowercase().as_str() {
        "unspecified" => CustomType::Unspecified,
        "string" => CustomType::Text,
        "int" => CustomType::Integer,
        "double" => CustomType::Decimal,
        "date" => CustomType::Date,
        "boolean" => CustomType::Boolean,
        "string_list" => CustomType::TextList,
        _ => CustomType::Other(plain(word)),
    }
}

fn custom_value(value: &Value) -> CustomValue {
    match value {
        Value::Null => CustomValue::Empty,
        Value::Bool(yes) => CustomValue::Boolean(Personal::new(*yes)),
        Value::Array(list) => texts(list),
        Value::Object(_) => CustomValue::Unusable,
        single => text(single).map_or(CustomValue::Empty, |text| CustomValue::Text(Personal::new(text))),
    }
}

fn texts(list: &[Value]) -> CustomValue {
    if list.iter().any(|entry| matches!(entry, Value::Array(_) | Value::Object(_))) {
        return CustomValue::Unusable;
    }
    let texts: Vec<String> = list.iter().filter_map(text).collect();
    if texts.is_empty() { CustomValue::Empty } else { CustomValue::List(Personal::new(texts)) }
}

/// A text that is not blank, or a number in its digits.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => cleaned(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The person of the vendor's reference.
    fn dora() -> Value {
        json!({"id": "3003", "email": "dora.klein@agentur.example", "created_at": "2022-04-26T13:18:00.417",
            "updated_at": "2026-02-03T07:11:42.000Z", "first_name": "Dora", "last_name": "Klein",
            "preferred_name": "", "gender": "FEMALE", "status": "ACTIVE",
            "custom_attributes": [{"id": "dynamic_305", "type": "string", "global_id": "shift_planning",
                "label": "Schichtplanung", "value": "True"}],
            "employments": [{"id": "6e0f3c0e-5b39-4b8a-9a34-0e6a7e6f52b1"}], "_meta": {"links": {}}})
    }

    #[test]
    fn a_person_is_read_whole() {
        let read = person(&dora()).unwrap();
        assert_eq!((read.id.to_string(), read.status.clone()), ("3003".to_owned(), Some(PersonStatus::Active)));
        assert_eq!(read.email.as_ref().unwrap().reveal(), "dora.klein@agentur.example");
        assert_eq!(read.first_name.as_ref().unwrap().reveal(), "Dora");
        assert_eq!(read.last_name.as_ref().unwrap().reveal(), "Klein");
        assert_eq!(read.created_at.unwrap().to_string(), "2022-04-26T13:18:00.417Z");
        assert_eq!(read.updated_at.unwrap().to_string(), "2026-02-03T07:11:42Z");
        assert_eq!(read.presence(PersonMember::PreferredName), Presence::Empty);
        assert_eq!(read.presence(PersonMember::CustomAttributes), Presence::There);
        let [planned] = read.custom_attributes.as_slice() else { panic!() };
        assert_eq!(
            (planned.id.as_deref(), planned.global_id.as_deref()),
            (Some("dynamic_305"), Some("shift_planning"))
        );
        assert_eq!(
            (&planned.kind, &planned.value),
            (&CustomType::Text, &CustomValue::Text(Personal::new("True".into())))
        );
    }

    #[test]
    fn a_missing_member_is_told_from_an_empty_and_an_unusable_one() {
        for (given, wanted) in [
            (None, Presence::Missing),
            (Some(json!(null)), Presence::Empty),
            (Some(json!(" ")), Presence::Empty),
            (Some(json!("dora")), Presence::Unusable),
            (Some(json!(7)), Presence::Unusable),
            (Some(json!("d@example.com")), Presence::There),
        ] {
            let mut body = dora();
            match given {
                Some(given) => body["email"] = given,
                None => drop(body.as_object_mut().unwrap().remove("email")),
            }
            let read = person(&body).unwrap();
            assert_eq!((read.presence(PersonMember::Email), read.email.is_some()), (wanted, wanted == Presence::There));
        }
        let bare = person(&json!({"id": 3003})).unwrap();
        let members = [PersonMember::Status, PersonMember::LastName, PersonMember::CustomAttributes];
        assert!(members.into_iter().all(|member| bare.presence(member) == Presence::Missing));
        let odd = person(&json!({"id": 3003, "custom_attributes": {}, "created_at": 7})).unwrap();
        assert_eq!((odd.presence(PersonMember::CustomAttributes), odd.created_at), (Presence::Unusable, None));
        assert_eq!(person(&json!({"first_name": "Dora"})), Err(Field("id")));
    }

    #[test]
    fn an_unknown_status_is_kept_as_unknown() {
        let mut body = dora();
        body["status"] = json!("RETIRED Ä");
        assert_eq!(person(&body).unwrap().status, Some(PersonStatus::Other("RETIRED??".to_owned())));
    }

    #[test]
    fn custom_values_come_in_many_forms() {
        let text = |text: &str| CustomValue::Text(Personal::new(text.to_owned()));
        for (value, wanted) in [
            (json!(null), CustomValue::Empty),
            (json!("  "), CustomValue::Empty),
            (json!([]), CustomValue::Empty),
            (json!(" a "), text("a")),
            (json!(4130), text("4130")),
            (json!(0.5), text("0.5")),
            (json!(true), CustomValue::Boolean(Personal::new(true))),
            (json!(["a", null, 2]), CustomValue::List(Personal::new(vec!["a".to_owned(), "2".to_owned()]))),
            (json!([{"id": "1"}]), CustomValue::Unusable),
            (json!({"amount": 1}), CustomValue::Unusable),
        ] {
            assert_eq!(custom_value(&value), wanted, "{value}");
        }
        for word in ["STRING_LIST", "string_list"] {
            assert_eq!(custom_type(word), CustomType::TextList);
        }
        assert_eq!(custom_type("TAG"), CustomType::Other("TAG".to_owned()));
        let bare = custom_attribute(&json!({}));
        assert_eq!((bare.id, bare.kind, bare.value), (None, CustomType::Unspecified, CustomValue::Empty));
    }
}
