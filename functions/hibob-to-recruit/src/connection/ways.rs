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

#[cfg(test)]
mod tests {
    use mapping::document;

    use super::*;

    #[derive(Debug)]
    struct Recruit(Ways);

    impl<'de> Deserialize<'de> for Recruit {
        fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
            table(value, |recruit| Some(Self(take(recruit))))
        }
    }

    fn ways(text: &str) -> Ways {
        document::read::<Recruit>(text).unwrap().0
    }

    fn faults(text: &str) -> String {
        let faults = document::read::<Recruit>(text).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_left_out_or_unsupported_is_no_way() {
        assert_eq!(ways(""), Ways::default());
        assert_eq!(ways("cancel_opening = \"unsupported\""), Ways::default());
    }

    #[test]
    fn a_way_is_what_the_table_says() {
        let read = ways(
            r#"update_opening = { method = "PATCH", path = "/openings/{uid}", body = { name = "{name}", extra = [1, 1.5, true, { a = "b" }] } }
list_openings = { method = "GET", path = "/openings?position_uid={position_uid}" }
"#,
        );
        let body = serde_json::json!({"name": "{name}", "extra": [1, 1.5, true, {"a": "b"}]});
        let update = Way::new(Purpose::UpdateOpening, "PATCH", "/openings/{uid}", Some(body)).unwrap();
        let list = Way::new(Purpose::ListOpenings, "GET", "/openings?position_uid={position_uid}", None).unwrap();
        let wanted = Ways { update_opening: Some(update), list_openings: Some(list), ..Ways::default() };
        assert_eq!(read, wanted);
    }

    #[test]
    fn everything_wrong_is_listed_with_its_line() {
        insta::assert_snapshot!(faults(r#"update_opening = { method = "PATCH", path = "/openings/{uid}", body = { status = "{status}" } }
cancel_opening = "off"
list_openings = { method = "GET", path = "/openings?position_uid={uid}" }
read_opening = { method = "GET", path = "openings/{uid}" }
set_position_status = { path = "/position/{position_uid}", body = { status = inf } }
"#), @r#"
        line 1: `update_opening`: "{status}" is no placeholder here; there are "{uid}", "{position_uid}", "{name}", "{time_expected_hire}", "{reason}", "{custom_fields}"
        line 2: `off` is neither `unsupported` nor a table of `method`, `path` and `body`
        line 3: `list_openings`: "{uid}" is no placeholder here; there are "{position_uid}"
        line 4: `read_opening`: the path begins with "/", has no "..", no "//" and no fragment
        line 5: a number here is none of JSON's
        line 5: the key `method` is missing here
        "#);
        insta::assert_snapshot!(faults(r#"cancel_opening = { method = "PATCH", path = "/openings/{uid}", body = { note = "because {note}" } }
read_opening = { method = "HEAD", path = "/openings/{uid}", headers = {} }
"#), @r#"
        line 1: `cancel_opening`: "because {note}" is no placeholder here; there are "{uid}", "{position_uid}", "{note}"
        line 2: unknown key `headers`
        "#);
    }
}
