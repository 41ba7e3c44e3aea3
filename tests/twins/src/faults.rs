//! The fault switches, one JSON shape for all vendors. Unknown members are refused, so a misspelt switch cannot pass for a quiet day.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::ClockSwitch;

/// All switches of one vendor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Faults {
    /// Every answer comes so much later (the work is done before the wait).
    pub latency_ms: u64,
    /// The first rule that fits and has times left decides; each fitting call uses up one of its `skip`, then one of its `times`.
    pub rules: Vec<Rule>,
    /// Carried out once, when the switches are set.
    #[serde(skip_serializing)]
    pub clock: Option<ClockSwitch>,
}

impl Faults {
    /// A single rule and nothing else.
    #[must_use]
    pub fn one(rule: Rule) -> Self {
        Self { rules: vec![rule], ..Self::default() }
    }

    /// Uses up one turn of the rule that takes this call.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<Effect> {
        self.rules.iter_mut().find_map(|rule| rule.take(method, path))
    }
}

/// What happens to which calls.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `*`, or method and path without the vendor's prefix; a path segment `*` stands for any one segment.
    pub on: Calls,
    /// So many fitting calls pass first.
    #[serde(default)]
    pub skip: u32,
    /// So many fitting calls are hit.
    #[serde(default = "once")]
    pub times: u32,
    /// What hits them.
    pub effect: Effect,
}

fn once() -> u32 {
    1
}

impl Rule {
    /// Hits the next call at `on` once.
    ///
    /// # Errors
    /// `on` is neither `*` nor `METHOD /path`.
    pub fn new(on: &str, effect: Effect) -> Result<Self, &'static str> {
        Ok(Self { on: on.to_owned().try_into()?, skip: 0, times: 1, effect })
    }

    /// The same rule, hitting so many calls.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// The same rule, letting so many calls pass first.
    #[must_use]
    pub fn skip(self, skip: u32) -> Self {
        Self { skip, ..self }
    }

    fn take(&mut self, method: &str, path: &str) -> Option<Effect> {
        if self.times == 0 || !self.on.fits(method, path) {
            return None;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        self.times -= 1;
        Some(self.effect.clone())
    }
}

/// Which calls a rule is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub struct Calls(String);

impl TryFrom<String> for Calls {
    type Error = &'static str;

    fn try_from(on: String) -> Result<Self, Self::Error> {
        let shaped = on.split_once(' ').is_some_and(|(method, path)| {
            !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase()) && path.starts_with('/')
        });
        if on == "*" || shaped {
            Ok(Self(on))
        } else {
            Err("on is \"*\" or \"METHOD /path\" without the vendor's prefix")
        }
    }
}

impl Calls {
    fn fits(&self, method: &str, path: &str) -> bool {
        match self.0.split_once(' ') {
            None => true,
            Some((wanted, pattern)) => wanted == method && fits_path(pattern, path),
        }
    }
}

fn fits_path(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.split('/'), path.split('/'));
    pattern.clone().count() == path.clone().count()
        && pattern.zip(path).all(|(wanted, segment)| wanted == "*" || wanted == segment)
}

/// What happens to a call.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "Members", into = "Members")]
pub enum Effect {
    /// This answer instead of the vendor's; nothing is carried out.
    Status(Answer),
    /// The connection is closed and nothing is carried out.
    DropRequest,
    /// The request is carried out, then the connection is closed without an answer.
    DropAnswer,
    /// The request is carried out, the answer comes so many milliseconds later.
    Latency(u64),
    /// Nothing is carried out and no answer ever comes; the connection stays open.
    Hang,
}

impl Effect {
    /// A bare status without headers or body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::Status(Answer { status, headers: BTreeMap::new(), body: Value::Null })
    }

    /// The member's name in JSON, for the record of calls.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Status(_) => "status",
            Self::DropRequest => "drop_request",
            Self::DropAnswer => "drop_answer",
            Self::Latency(_) => "latency_ms",
            Self::Hang => "hang",
        }
    }
}

/// An answer as a fault: a JSON body, or with a string that very text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 200 to 599.
    pub status: u16,
    /// Sent as they are.
    pub headers: BTreeMap<String, String>,
    /// Null: no body. A string: that text. Anything else: JSON.
    pub body: Value,
}

impl Answer {
    /// The HTTP answer; `None` where status or headers cannot be sent.
    pub(crate) fn response(&self) -> Option<Response> {
        let status = StatusCode::from_u16(self.status).ok().filter(|status| (200..600).contains(&status.as_u16()))?;
        let mut response = Response::new(self.payload());
        *response.status_mut() = status;
        if !matches!(self.body, Value::Null | Value::String(_)) {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in &self.headers {
            response.headers_mut().insert(name.parse::<HeaderName>().ok()?, value.parse().ok()?);
        }
        Some(response)
    }

    fn payload(&self) -> Body {
        match &self.body {
            Value::Null => Body::empty(),
            Value::String(text) => Body::from(text.clone()),
            json => Body::from(json.to_string()),
        }
    }
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
struct Members {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Value::is_null")]
    body: Value,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    drop_request: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    drop_answer: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    hang: bool,
}

impl TryFrom<Members> for Effect {
    type Error = &'static str;

    fn try_from(members: Members) -> Result<Self, Self::Error> {
        let answer = members.status.is_some() || members.headers.is_some() || !members.body.is_null();
        match (answer, members.drop_request, members.drop_answer, members.latency_ms, members.hang) {
            (true, false, false, None, false) => answer_of(members),
            (false, true, false, None, false) => Ok(Self::DropRequest),
            (false, false, true, None, false) => Ok(Self::DropAnswer),
            (false, false, false, Some(ms), false) => Ok(Self::Latency(ms)),
            (false, false, false, None, true) => Ok(Self::Hang),
            _ => {
                Err("effect is exactly one of status (with headers, body), drop_request, drop_answer, latency_ms, hang")
            }
        }
    }
}

fn answer_of(members: Members) -> Result<Effect, &'static str> {
    let status = members.status.ok_or("headers and body need a status")?;
    let answer = Answer { status, headers: members.headers.unwrap_or_default(), body: members.body };
    answer.response().ok_or("status is 200 to 599, and headers must be sendable")?;
    Ok(Effect::Status(answer))
}

impl From<Effect> for Members {
    fn from(effect: Effect) -> Self {
        let none = Self::default();
        match effect {
            Effect::Status(Answer { status, headers, body }) => {
                Self { status: Some(status), headers: Some(headers), body, ..none }
            }
            Effect::DropRequest => Self { drop_request: true, ..none },
            Effect::DropAnswer => Self { drop_answer: true, ..none },
            Effect::Latency(ms) => Self { latency_ms: Some(ms), ..none },
            Effect::Hang => Self { hang: true, ..none },
        }
    }
}
