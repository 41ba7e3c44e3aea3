//! A webhook's settings and their rules: <https://developer.personio.de/v2.0/reference/post_v2-webhooks>.
//!
//! Which of 400 and 422 answers what is not documented. Taken: 400 where the body has not the documented shape or lacks a required
//! member, 422 where the members cannot be.

use std::collections::BTreeMap;

use axum::http::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::target;

use super::errors::Problem;

/// Events that a webhook can be enabled for.
const EVENTS: [&str; 20] = [
    "person.created",
    "person.updated",
    "person.deleted",
    "employment.created",
    "employment.updated",
    "employment.updated.cost-centers",
    "employment.deleted",
    "employment.started",
    "employment.terminated",
    "absence-period.created",
    "absence-period.updated.status",
    "absence-period.updated.timerange",
    "absence-period.deleted",
    "attendance-period.created",
    "attendance-period.updated",
    "attendance-period.deleted",
    "document.created",
    "document.updated",
    "document.deleted",
    "document.signed",
];

/// What the names of custom headers may not start with.
const FORBIDDEN: [&str; 9] =
    ["host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect", "content-type"];

/// A webhook as it was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// Its id.
    pub id: Uuid,
    /// The target.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Whether events are delivered.
    pub status: HookStatus,
    /// How the sender shows who it is.
    pub auth_type: AuthType,
    /// With `TOKEN`: sent as it is as `Authorization`.
    pub token: Option<String>,
    /// With `CUSTOM`.
    pub custom_headers: BTreeMap<String, String>,
    /// What is delivered.
    pub enabled_events: Vec<String>,
}

/// Whether events are delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum HookStatus {
    Enabled,
    #[default]
    Disabled,
}

/// How the sender shows who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum AuthType {
    None,
    #[default]
    Token,
    Custom,
}

/// What a request sets. With POST the first two and the events are required.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    url: Option<String>,
    description: Option<String>,
    status: Option<HookStatus>,
    auth_type: Option<AuthType>,
    token: Option<String>,
    custom_headers: Option<BTreeMap<String, String>>,
    enabled_events: Option<Vec<String>>,
}

impl Settings {
    pub(super) fn read(body: &[u8]) -> Result<Self, Problem> {
        let json: Value = serde_json::from_slice(body).map_err(|_| Problem::PARAMETERS)?;
        if !json.is_object() {
            return Err(Problem::PARAMETERS);
        }
        serde_json::from_slice(body).map_err(|error| Problem::bad_request(error.to_string()))
    }

    /// A new webhook.
    pub(super) fn hook(self, id: Uuid) -> Result<Hook, Problem> {
        let missing = |name: &str| Problem::bad_request(format!("{name} is required"));
        let hook = Hook {
            id,
            url: self.url.ok_or_else(|| missing("url"))?,
            description: self.description.ok_or_else(|| missing("description"))?,
            status: self.status.unwrap_or_default(),
            auth_type: self.auth_type.unwrap_or_default(),
            token: self.token,
            custom_headers: self.custom_headers.unwrap_or_default(),
            enabled_events: self.enabled_events.ok_or_else(|| missing("enabled_events"))?,
        };
        hook.checked()
    }

    /// A known webhook, changed. Another way to authenticate drops what the former one needed.
    pub(super) fn change(self, hook: Hook) -> Result<Hook, Problem> {
        let auth_type = self.auth_type.unwrap_or(hook.auth_type);
        let kept = auth_type == hook.auth_type;
        let hook = Hook {
            id: hook.id,
            url: self.url.unwrap_or(hook.url),
            description: self.description.unwrap_or(hook.description),
            status: self.status.unwrap_or(hook.status),
            auth_type,
            token: self.token.or(hook.token.filter(|_| kept)),
            custom_headers: self
                .custom_headers
                .unwrap_or_else(|| if kept { hook.custom_headers } else { BTreeMap::new() }),
            enabled_events: self.enabled_events.unwrap_or(hook.enabled_events),
        };
        hook.checked()
    }
}

impl Hook {
    fn checked(self) -> Result<Self, Problem> {
        let wrong = target::wrong(&self.url).or_else(|| self.auth_wrong()).or_else(|| self.events_wrong());
        wrong.map_or(Ok(self), |wrong| Err(Problem::unprocessable(wrong)))
    }

    fn auth_wrong(&self) -> Option<&'static str> {
        match (self.auth_type, &self.token, self.custom_headers.is_empty()) {
            (AuthType::None, None, true) => None,
            (AuthType::Token, Some(token), true) if HeaderValue::from_str(token).is_ok() => None,
            (AuthType::Token, _, true) => Some("auth_type TOKEN needs a token that can be sent"),
            (AuthType::Custom, None, false) => self.headers_wrong(),
            (AuthType::Custom, None, true) => Some("auth_type CUSTOM needs custom_headers"),
            _ => Some("token belongs to auth_type TOKEN only, custom_headers to CUSTOM only"),
        }
    }

    fn headers_wrong(&self) -> Option<&'static str> {
        if self.custom_headers.len() > 3 {
            return Some("at most 3 custom_headers");
        }
        self.custom_headers.iter().find_map(|(name, value)| {
            let lower = name.to_lowercase();
            if FORBIDDEN.iter().any(|forbidden| lower.starts_with(forbidden)) {
                return Some("the name of a custom header is forbidden");
            }
            let sendable = name.parse::<HeaderName>().is_ok() && HeaderValue::from_str(value).is_ok();
            (!sendable).then_some("a custom header cannot be sent")
        })
    }

    fn events_wrong(&self) -> Option<&'static str> {
        let known = self.enabled_events.iter().all(|event| EVENTS.contains(&event.as_str()));
        (!known || self.enabled_events.is_empty()).then_some("enabled_events must name known events")
    }

    /// Whether it wants to hear of this.
    pub(super) fn wants(&self, event: &str) -> bool {
        self.status == HookStatus::Enabled && self.enables(event)
    }

    pub(super) fn enables(&self, event: &str) -> bool {
        self.enabled_events.iter().any(|enabled| enabled == event)
    }

    /// The headers that show who sends.
    pub(super) fn headers(&self) -> Vec<(String, String)> {
        let token = self.token.iter().map(|token| ("authorization".to_owned(), token.clone()));
        token.chain(self.custom_headers.clone()).collect()
    }

    /// As the API answers it.
    pub(super) fn shown(&self, with_secrets: bool) -> Value {
        let mut shown = self.without_secrets();
        if let (true, Some(members)) = (with_secrets, shown.as_object_mut()) {
            members.insert("token".to_owned(), json!(self.token));
            members.insert("custom_headers".to_owned(), json!(self.custom_headers));
        }
        shown
    }

    fn without_secrets(&self) -> Value {
        json!({
            "id": self.id,
            "url": self.url,
            "description": self.description,
            "status": self.status,
            "auth_type": self.auth_type,
            "enabled_events": self.enabled_events,
        })
    }

    /// As the door shows it; of custom headers only the names.
    pub(super) fn masked(&self) -> Value {
        let mut shown = self.without_secrets();
        if let Some(members) = shown.as_object_mut() {
            members.insert("url".to_owned(), json!(target::masked(&self.url)));
            members.insert("custom_headers".to_owned(), json!(self.custom_headers.keys().collect::<Vec<_>>()));
        }
        shown
    }
}
