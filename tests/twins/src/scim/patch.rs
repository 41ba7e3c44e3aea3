//! Carries out the operations of a PATCH: RFC 7644, sections 3.5.2.1 to 3.5.2.3. All of them, or none.

use serde_json::{Map, Value};

use super::account::StringBooleans;
use super::attributes::{Attribute, ENTERPRISE, EXTENSION};
use super::field::Field;
use super::filter::Filter;
use super::operation::{Operation, Verb};
use super::path::Path;
use super::problem::Problem;
use super::resource::{self, Attributes};

/// What the attributes are after all operations.
pub(super) fn applied(
    attributes: &Attributes,
    operations: &[Operation],
    booleans: StringBooleans,
) -> Result<Attributes, Problem> {
    let mut changed = attributes.clone();
    for operation in operations {
        let before = changed.clone();
        apply(&mut changed, operation, booleans)?;
        changed.retain(|_, value| !is_empty(value));
        one_primary(&mut changed, &before);
    }
    resource::complete(&changed).map_err(|_| Problem::mutability("userName"))?;
    Ok(changed)
}

fn apply(attributes: &mut Attributes, operation: &Operation, booleans: StringBooleans) -> Result<(), Problem> {
    let Operation { verb, path, value } = operation;
    match path {
        None => {
            let members = value.as_object().ok_or_else(|| Problem::value("The value must be an object."))?;
            let read = resource::partial(members, booleans)?;
            read.into_iter().for_each(|(name, value)| merge(attributes, &name, value, *verb));
        }
        Some(Path::Extension) if *verb == Verb::Remove => drop(attributes.remove(ENTERPRISE)),
        Some(Path::Extension) => {
            // some callers name the schema inside once more
            let mut value = value.clone();
            value.as_object_mut().into_iter().for_each(|members| drop(members.remove("schemas")));
            let read = resource::parts(ENTERPRISE, EXTENSION, &value, booleans)?;
            read.into_iter().for_each(|value| merge(attributes, ENTERPRISE, value, *verb));
        }
        Some(Path::Field(field)) if field.extension => {
            within(attributes, ENTERPRISE, |home| on_field(home, field, *verb, value, booleans))?;
        }
        Some(Path::Field(field)) => on_field(attributes, field, *verb, value, booleans)?,
        Some(Path::Values { list, filter, part }) => {
            let items = attributes.get_mut(list.attribute.name).and_then(Value::as_array_mut);
            let items = items.ok_or_else(no_target)?;
            on_values(items, list.attribute, (filter, *part), *verb, value, booleans)?;
        }
    }
    Ok(())
}

fn on_field(
    home: &mut Attributes,
    field: &Field,
    verb: Verb,
    given: &Value,
    booleans: StringBooleans,
) -> Result<(), Problem> {
    match field.part {
        None => on_attribute(home, field.attribute, verb, given, booleans),
        Some(part) => within(home, field.attribute.name, |object| on_attribute(object, part, verb, given, booleans)),
    }
}

fn on_attribute(
    home: &mut Map<String, Value>,
    target: &'static Attribute,
    verb: Verb,
    given: &Value,
    booleans: StringBooleans,
) -> Result<(), Problem> {
    if verb == Verb::Remove {
        home.remove(target.name);
        return Ok(());
    }
    let one_more = verb == Verb::Add && target.many && given.is_object();
    let given = if one_more { Value::Array(vec![given.clone()]) } else { given.clone() };
    match resource::value(target, &given, booleans)? {
        Some(value) => merge(home, target.name, value, verb),
        None if verb == Verb::Replace && is_empty(&given) => drop(home.remove(target.name)),
        None => {}
    }
    Ok(())
}

fn on_values(
    items: &mut Vec<Value>,
    attribute: &'static Attribute,
    (filter, part): (&Filter, Option<&'static Attribute>),
    verb: Verb,
    given: &Value,
    booleans: StringBooleans,
) -> Result<(), Problem> {
    let fits = |item: &Value| item.as_object().is_some_and(|item| filter.fits(item));
    if !items.iter().any(fits) {
        return Err(no_target());
    }
    if verb == Verb::Remove && part.is_none() {
        items.retain(|item| !fits(item));
        return Ok(());
    }
    let value = match (verb, part) {
        (Verb::Remove, _) => None,
        (_, Some(part)) => resource::value(part, given, booleans)?,
        (_, None) => resource::single(attribute, given, booleans)?,
    };
    for item in items.iter_mut().filter(|item| fits(item)) {
        match (part, &value, item.as_object_mut()) {
            (None, Some(value), None) => *item = value.clone(),
            (None, Some(value), Some(_)) if verb == Verb::Replace => *item = value.clone(),
            (None, Some(Value::Object(more)), Some(members)) => members.extend(more.clone()),
            (Some(part), Some(value), Some(members)) => drop(members.insert(part.name.to_owned(), value.clone())),
            (Some(part), None, Some(members)) if verb == Verb::Remove => drop(members.remove(part.name)),
            _ => {}
        }
    }
    items.retain(|item| !is_empty(item));
    Ok(())
}

/// Complex values keep the parts that are not named; a list grows by what it has not yet where something is added.
fn merge(home: &mut Map<String, Value>, name: &str, value: Value, verb: Verb) {
    match (home.get_mut(name), value) {
        (Some(Value::Object(held)), Value::Object(more)) => {
            more.into_iter().for_each(|(part, value)| merge(held, &part, value, verb));
        }
        (Some(Value::Array(held)), Value::Array(more)) if verb == Verb::Add => {
            let new: Vec<_> = more.into_iter().filter(|item| !held.contains(item)).collect();
            held.extend(new);
        }
        (_, value) => drop(home.insert(name.to_owned(), value)),
    }
}

/// A value that becomes primary takes that from the others.
fn one_primary(attributes: &mut Attributes, before: &Attributes) {
    for (name, value) in attributes.iter_mut() {
        let Some(items) = value.as_array_mut() else { continue };
        let was: &[Value] = before.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice);
        let is_primary = |item: &Value| item.get("primary").is_some_and(|primary| primary == true);
        let Some(newest) = items.iter().rposition(|item| is_primary(item) && !was.contains(item)) else { continue };
        for (_, item) in items.iter_mut().enumerate().filter(|(place, item)| *place != newest && is_primary(item)) {
            if let Some(members) = item.as_object_mut() {
                members.insert("primary".to_owned(), Value::Bool(false));
            }
        }
    }
}

/// Works on the object under this name, which is made where there is none.
fn within<T>(home: &mut Map<String, Value>, name: &str, work: impl FnOnce(&mut Map<String, Value>) -> T) -> T {
    let mut object = match home.remove(name) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    let done = work(&mut object);
    home.insert(name.to_owned(), Value::Object(object));
    done
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_empty),
        _ => false,
    }
}

fn no_target() -> Problem {
    Problem::target("No value fits the path's filter.")
}
