//! `[recruit]`'s calls that Recruit does not document: each is a table of method, path and body, or `"unsupported"`.

use mapping::document::{fault, table};
use toml_span::de_helpers::TableHelper;
use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, Span, Value};
use vendors::recruit::way::{Purpose, Way, Ways};

/// Takes all ways. What is left out is unsupported.
pub(super) fn take(recruit: &mut TableHelper<'_>) -> Ways {
    Ways {
        update_opening: one(recruit, "update_opening", Purpose::UpdateOpening),
        cancel_opening: one(recruit, "cancel_opening", Purpose::CancelOpening),
        list_openings: one(recruit, "list_openings", Purpose::ListOpenings),
        read_opening: one(recruit, "read_opening", Purpose::ReadOpening),
        set_position_status: one(recruit, "set_position_status", Purpose::SetPositionStatus),
    }
}

fn one(recruit: &mut TableHelper<'_>, key: &'static str, purpose: Purpose) -> Option<Way> {
    let Call::Sent { span, method, path, body } = recruit.optional(key)? else { return None };
    match Way::new(purpose, &method, &path, body) {
        Ok(way) => Some(way),
        Err(error) => {
            recruit.errors.extend(fault(span, format!("`{key}`: {error}")).errors);
            None
        }
    }
}

/// A call as it stands in the file.
enum Call {
    Unsupported,
    Sent { span: Span, method: String, path: String, body: Option<serde_json::Value> },
}

impl<'de> Deserialize<'de> for Call {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        if let Some(text) = value.as_str() {
            let what = || format!("`{text}` is neither `unsupported` nor a table of `method`, `path` and `body`");
            return if text == "unsupported" { Ok(Self::Unsupported) } else { Err(fault(span, what())) };
        }
        table(value, |call| {
            let method = call.required("method").ok();
            let path = call.required("path").ok();
            let body: Option<Body> = call.optional("body");
            Some(Self::Sent { span, method: method?, path: path?, body: body.map(|body| body.0) })
        })
    }
}

/// A body: the JSON that a TOML value stands for.
struct Body(serde_json::Value);

impl<'de> Deserialize<'de> for Body {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        json(value.take()).map(Self).ok_or_else(|| fault(span, "a number here is none of JSON's".to_owned()))
    }
}

fn json(value: ValueInner<'_>) -> Option<serde_json::Value> {
    Some(match value {
        ValueInner::String(text) => text.into_owned().into(),
        ValueInner::Integer(number) => number.into(),
        ValueInner::Float(number) => serde_json::Number::from_f64(number)?.into(),
        ValueInner::Boolean(is) => is.into(),
        ValueInner::Array(list) => list.into_iter().map(|mut entry| json(entry.take())).collect::<Option<_>>()?,
        ValueInner::Table(table) => {
            let member = |(key, mut value): (toml_span::value::Key<'_>, Value<'_>)| {
                Some((key.name.into_owned(), json(value.take())?))
            };
            serde_json::Value::Object(table.into_iter().map(member).collect::<Option<_>>()?)
        }
    })
}
