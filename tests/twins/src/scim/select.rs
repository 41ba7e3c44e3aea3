//! `attributes` and `excludedAttributes`: RFC 7644, section 3.9. `schemas` and `id` are always told.

use serde_json::{Map, Value};

use super::attributes::ENTERPRISE;
use super::field::Field;
use super::problem::Problem;
use super::resource::Attributes;

/// What a caller wants to read.
#[derive(Debug, Default)]
pub(super) struct Selection {
    wanted: Option<Vec<Name>>,
    unwanted: Vec<Name>,
}

#[derive(Debug)]
enum Name {
    Extension,
    Field(Field),
}

impl Selection {
    /// Reads both lists; there cannot be both.
    pub(super) fn read(wanted: Option<&str>, unwanted: Option<&str>) -> Result<Self, Problem> {
        if wanted.is_some() && unwanted.is_some() {
            return Err(Problem::value("attributes and excludedAttributes exclude each other."));
        }
        Ok(Self {
            wanted: wanted.map(names).transpose()?,
            unwanted: unwanted.map(names).transpose()?.unwrap_or_default(),
        })
    }

    /// What is left of a user.
    pub(super) fn of(&self, shown: &Attributes) -> Value {
        let mut left = match &self.wanted {
            None => shown.clone(),
            Some(wanted) => picked(shown, wanted),
        };
        for name in &self.unwanted {
            take_out(&mut left, name);
        }
        Value::Object(left)
    }
}

fn names(text: &str) -> Result<Vec<Name>, Problem> {
    text.split(',').map(str::trim).map(name).collect()
}

fn name(text: &str) -> Result<Name, Problem> {
    if text.eq_ignore_ascii_case(ENTERPRISE) {
        return Ok(Name::Extension);
    }
    let field = Field::read(text).ok_or_else(|| Problem::value(format!("There is no attribute {text}.")))?;
    Ok(Name::Field(field))
}

fn picked(shown: &Attributes, wanted: &[Name]) -> Attributes {
    let mut left = Attributes::new();
    let always = ["schemas", "id"].into_iter().filter_map(|name| Some((name, shown.get(name)?)));
    left.extend(always.map(|(name, value)| (name.to_owned(), value.clone())));
    for name in wanted {
        match name {
            Name::Extension => copy(&mut left, shown, ENTERPRISE),
            Name::Field(Field { extension: true, attribute, .. }) => {
                let held =
                    shown.get(ENTERPRISE).and_then(Value::as_object).filter(|held| held.contains_key(attribute.name));
                let Some(held) = held else { continue };
                let home = left.entry(ENTERPRISE).or_insert_with(|| Value::Object(Map::new()));
                home.as_object_mut().into_iter().for_each(|home| copy(home, held, attribute.name));
            }
            Name::Field(Field { attribute, part: None, .. }) => copy(&mut left, shown, attribute.name),
            Name::Field(Field { attribute, part: Some(part), .. }) => {
                let Some(held) = shown.get(attribute.name) else { continue };
                let only = only(held, part.name);
                let known = left.get(attribute.name).cloned();
                left.insert(attribute.name.to_owned(), known.map_or(only.clone(), |known| joined(known, only)));
            }
        }
    }
    left
}

fn copy(left: &mut Map<String, Value>, shown: &Map<String, Value>, name: &str) {
    if let Some(value) = shown.get(name) {
        left.insert(name.to_owned(), value.clone());
    }
}

/// A complex value, or each value of a list, with this part alone.
fn only(held: &Value, part: &str) -> Value {
    match held {
        Value::Array(items) => items.iter().map(|item| only(item, part)).collect(),
        Value::Object(members) => {
            members.iter().filter(|(name, _)| *name == part).map(|(n, v)| (n.clone(), v.clone())).collect()
        }
        other => other.clone(),
    }
}

fn joined(known: Value, more: Value) -> Value {
    match (known, more) {
        (Value::Object(mut known), Value::Object(more)) => {
            known.extend(more);
            Value::Object(known)
        }
        (Value::Array(known), Value::Array(more)) => {
            known.into_iter().zip(more).map(|(known, more)| joined(known, more)).collect()
        }
        (known, _) => known,
    }
}

fn take_out(left: &mut Attributes, name: &Name) {
    match name {
        Name::Extension => drop(left.remove(ENTERPRISE)),
        Name::Field(Field { attribute, .. }) if attribute.name == "id" => {}
        Name::Field(Field { extension: true, attribute, .. }) => {
            let home = left.get_mut(ENTERPRISE).and_then(Value::as_object_mut);
            home.into_iter().for_each(|home| drop(home.remove(attribute.name)));
        }
        Name::Field(Field { attribute, part: None, .. }) => drop(left.remove(attribute.name)),
        Name::Field(Field { attribute, part: Some(part), .. }) => match left.get_mut(attribute.name) {
            Some(Value::Array(items)) => {
                items.iter_mut().filter_map(Value::as_object_mut).for_each(|item| drop(item.remove(part.name)));
            }
            Some(Value::Object(members)) => drop(members.remove(part.name)),
            _ => {}
        },
    }
}
