//! A field of a response and what was answered.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::text::{folded, is_blank};
use crate::value::Personal;

/// One field of a response.
#[derive(Debug, Clone)]
pub(super) struct Field {
    label: String,
    variable: Option<String>,
    id: Option<String>,
    value: Personal<Value>,
}

/// What was answered.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// Left out, null or without a visible letter: the vendor does not say which of the three a skipped field is.
    Nothing,
    /// One text; numbers and yes/no as text.
    One(String),
    /// Several choices or files.
    Many(Vec<String>),
    /// Named parts, as of an address.
    Parts(BTreeMap<String, String>),
}

impl Field {
    /// The system label; without one, the visible label or the block's id.
    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// What was answered.
    pub(super) fn answer(&self) -> Answer {
        Answer::of(self.value.reveal())
    }

    /// The answer as it was sent.
    pub(super) fn value(&self) -> &Value {
        self.value.reveal()
    }

    /// All the names by which it can be found.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        [Some(&self.label), self.variable.as_ref(), self.id.as_ref()].into_iter().flatten().map(String::as_str)
    }

    /// A member of an object that was answered: the first answered one, the exact name before relaxed ones.
    pub(super) fn part(&self, part: &str) -> Option<Answer> {
        let Value::Object(members) = stated_by(self.value.reveal()) else { return None };
        let folded_part = folded(part);
        let relaxed = members.iter().filter(|(name, _)| folded(name) == folded_part).map(|(_, member)| member);
        let named: Vec<Answer> = members.get(part).into_iter().chain(relaxed).map(Answer::of).collect();
        named.iter().find(|answer| answer.is_given()).or_else(|| named.first()).cloned()
    }
}

/// Reads `fields`: an object (simple payload) or a list of objects (extended payload).
pub(super) fn fields(value: Value) -> Option<Vec<Field>> {
    match value {
        Value::Object(members) => Some(members.into_iter().map(simple).collect()),
        // an element without any name can be asked for by none: it is passed over, not held against the response
        Value::Array(items) => Some(items.into_iter().filter_map(extended).collect()),
        _ => None,
    }
}

fn simple((label, value): (String, Value)) -> Field {
    Field { label, variable: None, id: None, value: Personal::new(value) }
}

fn extended(item: Value) -> Option<Field> {
    let Value::Object(mut item) = item else { return None };
    let mut text = |name: &str| match item.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    };
    let label = text("label");
    let variable = text("variable");
    let id = text("id");
    let label = label.or_else(|| id.clone()).or_else(|| variable.clone())?;
    let values = match item.remove("values") {
        Some(Value::Array(mut values)) if values.len() == 1 => values.pop(),
        values => values,
    };
    let answered = values.filter(|values| Answer::of(values).is_given());
    let value = answered.or_else(|| item.remove("value")).unwrap_or_default();
    Some(Field { label, variable, id, value: Personal::new(value) })
}

impl Answer {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::many(items),
            Value::Object(members) => match stated(members) {
                Some(value) => Self::of(value),
                None => Self::parts(members),
            },
            scalar => text(scalar).map_or(Self::Nothing, Self::One),
        }
    }

    /// Whether anything was answered.
    pub(super) fn is_given(&self) -> bool {
        *self != Self::Nothing
    }

    fn many(items: &[Value]) -> Self {
        let texts: Vec<String> = items.iter().filter_map(|item| Self::of(item).text(", ")).collect();
        if texts.is_empty() { Self::Nothing } else { Self::Many(texts) }
    }

    fn parts(members: &Map<String, Value>) -> Self {
        let parts = members.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?)));
        let parts: BTreeMap<_, _> = parts.collect();
        if parts.is_empty() { Self::Nothing } else { Self::Parts(parts) }
    }

    /// The answer as one text, several joined with `separator`; `None` for nothing, and for parts, which have no order.
    #[must_use]
    pub fn text(&self, separator: &str) -> Option<String> {
        match self {
            Self::Nothing | Self::Parts(_) => None,
            Self::One(text) => Some(text.clone()),
            Self::Many(texts) => Some(texts.join(separator)),
        }
    }

    /// What kind of answer it is, in words for people.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::One(_) => "a text",
            Self::Many(_) => "a list",
            Self::Parts(_) => "named parts",
        }
    }
}

/// What a value states, looked for inside objects.
fn stated_by(value: &Value) -> &Value {
    match value {
        Value::Object(members) => stated(members).map_or(value, stated_by),
        _ => value,
    }
}

/// What an object states: the vendor's names for a value, in the order in which they are to be believed.
fn stated(members: &Map<String, Value>) -> Option<&Value> {
    ["answer", "label", "value", "name"].into_iter().find_map(|name| members.get(name))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !is_blank(text)),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_read() {
        let of = |json: &str| Answer::of(&serde_json::from_str(json).unwrap());
        for nothing in
            ["null", r#""""#, r#""  ""#, "[]", "{}", r#"[null, ""]"#, r#"{"answer": null}"#, r#"{"street": ""}"#]
        {
            assert_eq!(of(nothing), Answer::Nothing, "{nothing}");
        }
        for (json, text) in
            [("0", "0"), ("1.5", "1.5"), ("false", "false"), (r#""\u2714""#, "✔"), (r#"{"value": 3, "x": 1}"#, "3")]
        {
            assert_eq!(of(json), Answer::One(text.to_owned()), "{json}");
        }
        assert_eq!(of(r#"["a", {"label": "b, c"}, null]"#), Answer::Many(vec!["a".into(), "b, c".into()]));
        assert_eq!(of(r#"{"street": "s", "zip": 1}"#).kind(), "named parts");
    }

    #[test]
    fn an_extended_field_without_any_name_is_no_field() {
        let read = |json: &str| fields(serde_json::from_str(json).unwrap());
        assert!(read(r#"[{"values": [{"answer": "a"}]}, 7]"#).unwrap().is_empty());
        assert_eq!(read(r#"[{"id": "id-1", "values": []}]"#).unwrap()[0].label(), "id-1");
    }

    #[test]
    fn empty_values_hide_no_value() {
        for values in ["[]", "null", r#"[{"answer": ""}]"#] {
            let json = format!(r#"[{{"label": "Phone", "values": {values}, "value": "+49 151"}}]"#);
            let fields = fields(serde_json::from_str(&json).unwrap()).unwrap();
            assert_eq!(fields[0].answer(), Answer::One("+49 151".to_owned()), "{values}");
        }
    }
}
