//! A user's attributes as they are held: names as the schemas spell them, values of the right type.
//!
//! Attributes that the schemas do not have, and nulls, are refused; what callers may not write is passed over (RFC 7644, section 3.3).
//! An empty list is no value (RFC 7643, section 2.5).

use serde_json::{Map, Value};

use super::account::StringBooleans;
use super::attributes::{Attribute, ENTERPRISE, EXTENSION, Kind, USER, find, find_core};
use super::problem::Problem;

/// Core attributes by name; those of the extension stand in an object under its URN.
pub(super) type Attributes = Map<String, Value>;

/// The body of a POST or PUT.
pub(super) fn read(body: &[u8], booleans: StringBooleans) -> Result<Attributes, Problem> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Problem::syntax("The body is not JSON."))?;
    let members = body.as_object().ok_or_else(|| Problem::syntax("The body is not an object."))?;
    declared(members)?;
    whole(members, booleans)
}

/// The attributes of a user that is complete.
pub(super) fn whole(members: &Map<String, Value>, booleans: StringBooleans) -> Result<Attributes, Problem> {
    let attributes = partial(members, booleans)?;
    complete(&attributes)?;
    Ok(attributes)
}

/// A user must have a name that is not blank.
pub(super) fn complete(attributes: &Attributes) -> Result<(), Problem> {
    let name = attributes.get("userName").and_then(Value::as_str).unwrap_or_default();
    if name.trim().is_empty() { Err(Problem::value("userName is required.")) } else { Ok(()) }
}

/// Some attributes, each as it may be.
pub(super) fn partial(members: &Map<String, Value>, booleans: StringBooleans) -> Result<Attributes, Problem> {
    let mut read = Attributes::new();
    for (name, given) in members {
        if name.eq_ignore_ascii_case("schemas") {
            continue;
        }
        let (name, kept) = if name.eq_ignore_ascii_case(ENTERPRISE) {
            (ENTERPRISE, parts(ENTERPRISE, EXTENSION, given, booleans)?)
        } else {
            let attribute = find_core(name).ok_or_else(|| unknown(name))?;
            (attribute.name, writable(attribute, given, booleans)?)
        };
        if read.insert(name.to_owned(), kept.unwrap_or_default()).is_some() {
            return Err(Problem::syntax(format!("{name} stands twice in the body.")));
        }
    }
    // null stands for what was passed over
    read.retain(|_, value| !value.is_null());
    Ok(read)
}

/// A value that may be written; none where it says nothing.
pub(super) fn value(
    attribute: &'static Attribute,
    given: &Value,
    booleans: StringBooleans,
) -> Result<Option<Value>, Problem> {
    if !attribute.many {
        return single(attribute, given, booleans);
    }
    let items = given.as_array().ok_or_else(|| wrong(attribute.name, "a list"))?;
    let items: Vec<_> = items.iter().map(|item| single(attribute, item, booleans)).collect::<Result<_, _>>()?;
    let items: Vec<_> = items.into_iter().flatten().collect();
    if items.iter().filter(|item| item["primary"] == true).count() > 1 {
        return Err(Problem::value(format!("Only one of the {} can be primary.", attribute.name)));
    }
    Ok((!items.is_empty()).then_some(Value::Array(items)))
}

/// One value of an attribute that may have many.
pub(super) fn single(
    attribute: &'static Attribute,
    given: &Value,
    booleans: StringBooleans,
) -> Result<Option<Value>, Problem> {
    let name = attribute.name;
    match (attribute.kind, given) {
        (_, Value::Null) => Err(Problem::value(format!("Null is no value of {name}."))),
        (Kind::Complex(known), _) => parts(name, known, given, booleans),
        (Kind::Flag, Value::Bool(_)) => Ok(Some(given.clone())),
        (Kind::Flag, Value::String(text)) if is_flag(text) && booleans == StringBooleans::Ignored => Ok(None),
        (Kind::Flag, _) => Err(wrong(name, "a boolean")),
        (_, Value::String(_)) => Ok(Some(given.clone())),
        _ => Err(wrong(name, "a string")),
    }
}

/// The parts of a complex value, or the attributes of an extension.
pub(super) fn parts(
    name: &str,
    known: &'static [Attribute],
    given: &Value,
    booleans: StringBooleans,
) -> Result<Option<Value>, Problem> {
    let members = given.as_object().ok_or_else(|| wrong(name, "an object"))?;
    let mut read = Map::new();
    for (part, given) in members {
        let attribute = find(known, part).ok_or_else(|| unknown(&format!("{name}.{part}")))?;
        if let Some(kept) = writable(attribute, given, booleans)? {
            read.insert(attribute.name.to_owned(), kept);
        }
    }
    Ok((!read.is_empty()).then_some(Value::Object(read)))
}

fn writable(attribute: &'static Attribute, given: &Value, booleans: StringBooleans) -> Result<Option<Value>, Problem> {
    if attribute.read_only { Ok(None) } else { value(attribute, given, booleans) }
}

/// `schemas` names the core schema, no schema that is not known, and every extension whose attributes stand in the body.
fn declared(members: &Map<String, Value>) -> Result<(), Problem> {
    let schemas = members.iter().find(|(name, _)| name.eq_ignore_ascii_case("schemas"));
    let schemas = schemas.and_then(|(_, schemas)| schemas.as_array()).ok_or_else(|| wrong("schemas", "a list"))?;
    let names: Vec<_> = schemas.iter().map(|schema| schema.as_str().unwrap_or_default()).collect();
    let has = |urn: &str| names.iter().any(|name| name.eq_ignore_ascii_case(urn));
    let uses_extension = members.keys().any(|name| name.eq_ignore_ascii_case(ENTERPRISE));
    let all_known = names.iter().all(|name| [USER, ENTERPRISE].iter().any(|urn| urn.eq_ignore_ascii_case(name)));
    if has(USER) && all_known && (has(ENTERPRISE) || !uses_extension) {
        Ok(())
    } else {
        Err(Problem::syntax("schemas does not name the schemas of the body."))
    }
}

fn is_flag(text: &str) -> bool {
    ["true", "false"].iter().any(|flag| flag.eq_ignore_ascii_case(text))
}

fn unknown(name: &str) -> Problem {
    Problem::syntax(format!("There is no attribute {name}."))
}

fn wrong(name: &str, kind: &str) -> Problem {
    Problem::value(format!("{name} must be {kind}."))
}
