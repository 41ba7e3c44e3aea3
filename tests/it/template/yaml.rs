//! CloudFormation's YAML as plain JSON, and what a value in it says.
//!
//! Short forms become long ones (`!Ref X` is `{"Ref": X}`), so that rules know one spelling:
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>.

use std::error::Error;

use serde_json::{Map, Value, json};
use serde_yaml_ng::Value as Yaml;

static NULL: Value = Value::Null;

/// Reads a template's text.
pub(super) fn read(text: &str) -> Result<Value, Box<dyn Error>> {
    long(serde_yaml_ng::from_str(text)?)
}

fn long(value: Yaml) -> Result<Value, Box<dyn Error>> {
    Ok(match value {
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(long).collect::<Result<_, _>>()?),
        Yaml::Mapping(entries) => {
            let entries = entries.into_iter().map(|(key, value)| Ok((key_text(key)?, long(value)?)));
            Value::Object(entries.collect::<Result<Map<_, _>, Box<dyn Error>>>()?)
        }
        Yaml::Tagged(tagged) => intrinsic(tagged.tag.to_string().trim_start_matches('!'), long(tagged.value)?),
        plain => serde_json::to_value(plain)?,
    })
}

fn key_text(key: Yaml) -> Result<String, Box<dyn Error>> {
    match key {
        Yaml::String(text) => Ok(text),
        other => Err(format!("a key that is no text: {other:?}").into()),
    }
}

fn intrinsic(name: &str, value: Value) -> Value {
    match (name, value.as_str().and_then(|text| text.split_once('.'))) {
        ("Ref" | "Condition", _) => json!({ name: value }),
        ("GetAtt", Some((resource, attribute))) => json!({ "Fn::GetAtt": [resource, attribute] }),
        _ => json!({ format!("Fn::{name}"): value }),
    }
}

/// The value at a path of keys, `null` where there is none.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').try_fold(value, |value, key| value.get(key)).unwrap_or(&NULL)
}

/// The entries of a list; one value stands for a list of one, and both branches of an `If` count.
pub(super) fn items(value: &Value) -> Vec<&Value> {
    match (value, function(value)) {
        (Value::Null, _) => Vec::new(),
        (Value::Array(entries), _) => entries.iter().flat_map(items).collect(),
        (_, Some(("Fn::If", Value::Array(parts)))) => parts.iter().skip(1).flat_map(items).collect(),
        (_, Some(("Ref", Value::String(name)))) if name == "AWS::NoValue" => Vec::new(),
        _ => vec![value],
    }
}

/// Every text the value may be, references spelled `${Name}` or `${Name.Attribute}`.
pub(super) fn texts(value: &Value) -> Vec<String> {
    items(value).into_iter().map(text).collect()
}

/// The one text of a value.
pub(super) fn text(value: &Value) -> String {
    match (value, function(value)) {
        (Value::String(plain), _) => plain.clone(),
        (_, Some(("Ref", name))) => format!("${{{}}}", text(name)),
        (_, Some(("Fn::GetAtt", parts))) => format!("${{{}}}", texts(parts).join(".")),
        (_, Some(("Fn::Sub", Value::Array(parts)))) => substituted(parts),
        (_, Some(("Fn::Sub", pattern))) => text(pattern),
        (_, Some(("Fn::Join", Value::Array(parts)))) => match parts.as_slice() {
            [between, entries] => texts(entries).join(&text(between)),
            _ => value.to_string(),
        },
        _ => value.to_string(),
    }
}

fn substituted(parts: &[Value]) -> String {
    let [pattern, values] = parts else { return String::new() };
    let values = values.as_object().into_iter().flatten();
    values.fold(text(pattern), |pattern, (name, value)| pattern.replace(&format!("${{{name}}}"), &text(value)))
}

/// The intrinsic function that a value is, and what is given to it.
pub(super) fn function(value: &Value) -> Option<(&str, &Value)> {
    let entries = value.as_object()?;
    entries.iter().next().filter(|_| entries.len() == 1).map(|(name, value)| (name.as_str(), value))
}

/// The template's own names that a value refers to.
pub(super) fn names(value: &Value) -> Vec<String> {
    let text = texts(value).join(" ");
    let inner = text.split("${").skip(1).filter_map(|rest| rest.split('}').next());
    let own = inner.filter(|name| !name.starts_with("AWS::")).filter_map(|name| name.split('.').next());
    own.map(str::to_owned).collect()
}

/// A number, also where it is written as text.
pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// A switch, also where it is written as text.
pub(super) fn is_on(value: &Value) -> bool {
    text(value) == "true"
}
