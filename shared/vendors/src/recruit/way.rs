//! How something is done that Recruit's public reference does not describe: method, path and body are the company's settings.
//!
//! Placeholders are names in braces. In a path they are encoded; in a body a text that is nothing but a placeholder becomes
//! the value, of whatever kind, and a member whose value there is none of is left out.

use std::collections::BTreeMap;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::{Map, Value};

/// What stands as it is in a path or query (RFC 3986, 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const METHODS: &[Method] = &[Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// How each thing is done that may be unsupported. `None`: it is not done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// Changing an opening.
    pub update_opening: Option<Way>,
    /// Cancelling an opening.
    pub cancel_opening: Option<Way>,
    /// Listing the openings of a position.
    pub list_openings: Option<Way>,
    /// Reading one opening.
    pub read_opening: Option<Way>,
    /// Setting the status of a position.
    pub set_position_status: Option<Way>,
}

/// What a way is for: decides which placeholders it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Changing an opening.
    UpdateOpening,
    /// Cancelling an opening.
    CancelOpening,
    /// Listing the openings of a position.
    ListOpenings,
    /// Reading one opening.
    ReadOpening,
    /// Setting the status of a position.
    SetPositionStatus,
}

impl Purpose {
    /// The placeholders, by their names without braces.
    #[must_use]
    pub const fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::UpdateOpening => &["uid", "position_uid", "name", "time_expected_hire", "reason", "custom_fields"],
            Self::CancelOpening => &["uid", "position_uid", "note"],
            Self::ListOpenings => &["position_uid"],
            Self::ReadOpening => &["uid", "position_uid"],
            Self::SetPositionStatus => &["position_uid", "status"],
        }
    }
}

/// One way: what is sent to where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    method: Method,
    path: String,
    body: Option<Value>,
}

/// Why a way is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWay {
    /// Another method.
    #[error("the method is GET, POST, PUT, PATCH or DELETE")]
    Method,
    /// Not a path below the base URL.
    #[error("the path begins with \"/\", has no \"..\", no \"//\" and no fragment")]
    Path,
    /// A placeholder that this way has not, or braces within a text of the body.
    #[error("\"{found}\" is no placeholder here; there are {known}")]
    Placeholder {
        /// The text with the braces.
        found: String,
        /// The placeholders that there are.
        known: String,
    },
    /// A body where none is sent.
    #[error("a GET has no body")]
    Body,
}

/// The values that placeholders stand for, by their names.
pub(super) type Values = BTreeMap<&'static str, Value>;

impl Way {
    /// Checks method, path and body.
    ///
    /// # Errors
    /// [`BadWay`] says what is wrong.
    pub fn new(purpose: Purpose, method: &str, path: &str, body: Option<Value>) -> Result<Self, BadWay> {
        let method = METHODS.iter().find(|known| known.as_str() == method).cloned().ok_or(BadWay::Method)?;
        let is_below = path.starts_with('/') && !["..", "//", "#", "\\"].iter().any(|odd| path.contains(odd));
        if !is_below || path.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(BadWay::Path);
        }
        if method == Method::GET && body.is_some() {
            return Err(BadWay::Body);
        }
        let known = purpose.placeholders();
        check_path(path, known)?;
        body.as_ref().map_or(Ok(()), |body| check_body(body, known))?;
        Ok(Self { method, path: path.to_owned(), body })
    }

    pub(super) const fn method(&self) -> &Method {
        &self.method
    }

    /// Path and query with the values in them.
    pub(super) fn path(&self, values: &Values) -> (String, Option<String>) {
        let mut path = self.path.clone();
        for (name, value) in values {
            let text = value.as_str().unwrap_or_default();
            path = path.replace(&format!("{{{name}}}"), &utf8_percent_encode(text, ENCODED).to_string());
        }
        match path.split_once('?') {
            Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
            None => (path, None),
        }
    }

    /// The body with the values in it.
    pub(super) fn body(&self, values: &Values) -> Option<Value> {
        filled(self.body.as_ref()?, values)
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

fn check_path(path: &str, known: &[&str]) -> Result<(), BadWay> {
    // only ids stand in paths
    let known: Vec<_> = known.iter().copied().filter(|name| name.ends_with("uid")).collect();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let from = rest.split_at(at).1;
        let Some((name, after)) = from.strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
            return Err(unknown(from, &known));
        };
        if !known.contains(&name) {
            return Err(unknown(&format!("{{{name}}}"), &known));
        }
        rest = after;
    }
    Ok(())
}

fn check_body(body: &Value, known: &[&str]) -> Result<(), BadWay> {
    match body {
        Value::String(text) if text.contains(['{', '}']) => match placeholder(text) {
            Some(name) if known.contains(&name) => Ok(()),
            _ => Err(unknown(text, known)),
        },
        Value::Array(list) => list.iter().try_for_each(|entry| check_body(entry, known)),
        Value::Object(object) => object.values().try_for_each(|member| check_body(member, known)),
        _ => Ok(()),
    }
}

fn unknown(found: &str, known: &[&str]) -> BadWay {
    let known: Vec<_> = known.iter().map(|name| format!("\"{{{name}}}\"")).collect();
    BadWay::Placeholder { found: found.to_owned(), known: known.join(", ") }
}

/// The name of a text that is nothing but a placeholder.
fn placeholder(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}

/// The template with its values; `None` where it is a placeholder without one.
fn filled(template: &Value, values: &Values) -> Option<Value> {
    match template {
        Value::String(text) => match placeholder(text) {
            Some(name) => values.get(name).cloned(),
            None => Some(template.clone()),
        },
        Value::Array(list) => Some(list.iter().filter_map(|entry| filled(entry, values)).collect()),
        Value::Object(object) => {
            let members = object.iter().filter_map(|(name, member)| Some((name.clone(), filled(member, values)?)));
            Some(Value::Object(members.collect::<Map<_, _>>()))
        }
        other => Some(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values() -> Values {
        [("uid", json!("3A/93C")), ("reason", json!("say \"{name}\"")), ("custom_fields", json!({"a": "b"}))].into()
    }

    fn way(method: &str, path: &str, body: Option<Value>) -> Result<Way, BadWay> {
        Way::new(Purpose::UpdateOpening, method, path, body)
    }

    #[test]
    fn values_are_replaced_as_values() {
        let body = json!({"reason": "{reason}", "name": "{name}", "extra": {"list": ["{name}", "{uid}", 1]}, "fields": "{custom_fields}",
            "status": "CANCELED"});
        let way = way("PATCH", "/openings/{uid}", Some(body)).unwrap();
        let wanted = json!({"reason": "say \"{name}\"", "extra": {"list": ["3A/93C", 1]}, "fields": {"a": "b"},
            "status": "CANCELED"});
        assert_eq!(way.body(&values()), Some(wanted));
        assert_eq!(way.to_string(), "PATCH /openings/{uid}");
    }

    #[test]
    fn values_are_encoded_in_paths() {
        let way = way("DELETE", "/openings/{uid}?of={uid}", None).unwrap();
        assert_eq!(way.path(&values()), ("/openings/3A%2F93C".to_owned(), Some("of=3A%2F93C".to_owned())));
        assert_eq!(way.body(&values()), None);
    }

    #[test]
    fn a_way_that_leads_elsewhere_is_none() {
        for path in [
            "",
            "openings",
            "https://other.example/x",
            "//other.example",
            "/a/../b",
            "/a#b",
            "/a b",
            "/\\other.example",
        ] {
            assert_eq!(way("PATCH", path, None), Err(BadWay::Path), "{path}");
        }
        for method in ["", "patch", "HEAD", "CONNECT"] {
            assert_eq!(way(method, "/openings/{uid}", None), Err(BadWay::Method), "{method}");
        }
        assert_eq!(way("GET", "/openings/{uid}", Some(json!({}))), Err(BadWay::Body));
    }

    #[test]
    fn unknown_placeholders_are_named() {
        for path in ["/openings/{id}", "/openings/{uid", "/openings/uid}", "/openings/{name}", "/{}"] {
            assert!(matches!(way("PATCH", path, None), Err(BadWay::Placeholder { .. })), "{path}");
        }
        let body = |text: &str| way("PATCH", "/openings/{uid}", Some(json!({"a": [{"b": text}]})));
        for text in ["{status}", "{uid} {name}", "no: {name}", "{", "{ name }"] {
            assert!(matches!(body(text), Err(BadWay::Placeholder { found, .. }) if found == text), "{text}");
        }
        let error = Way::new(Purpose::ListOpenings, "GET", "/openings?position_uid={uid}", None).unwrap_err();
        assert_eq!(error.to_string(), "\"{uid}\" is no placeholder here; there are \"{position_uid}\"");
    }
}
