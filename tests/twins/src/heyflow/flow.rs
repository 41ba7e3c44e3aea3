//! A flow: a form with its blocks and its webhook, as its owner sets them.

use std::collections::BTreeMap;

use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const HIDDEN: &str = "***";

/// A form with its webhook.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// The address that is told about failed deliveries.
    pub owner: String,
    /// The webhook.
    pub hook: Hook,
    /// What is known of its blocks; an answer to none of them is delivered under its own name.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Whether responses are delivered; only the test button sets it.
    #[serde(skip)]
    pub active: bool,
}

/// A block of a form. Answers name it by id, variable or label.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Never changes, e.g. `select-83c9e357`.
    pub id: String,
    /// The System Label; without one, the id stands in its place.
    #[serde(default)]
    pub label: Option<String>,
    /// The variable; without one, the id stands in its place.
    #[serde(default)]
    pub variable: Option<String>,
}

/// A webhook's settings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// The target.
    pub url: String,
    /// POST unless chosen otherwise.
    #[serde(default)]
    pub method: Method,
    /// Fixed headers; they replace Heyflow's own of the same name.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Fixed URL parameters, appended to the target.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// HTTP Basic authentication.
    #[serde(default)]
    pub basic: Option<Basic>,
    /// "Extend data": `fields` becomes a list.
    #[serde(default)]
    pub extend: bool,
}

impl Hook {
    /// A plain POST to this URL.
    #[must_use]
    pub fn to(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            method: Method::Post,
            headers: BTreeMap::new(),
            params: BTreeMap::new(),
            basic: None,
            extend: false,
        }
    }

    /// The same hook with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The target as it may be shown: a secret can be the last path segment, a parameter's value, a parameter without value, or
    /// stand before the host.
    pub(super) fn shown_url(&self) -> String {
        let Ok(mut url) = Url::parse(&self.url) else { return HIDDEN.to_owned() };
        let names =
            url.query_pairs().map(|(name, value)| if value.is_empty() { HIDDEN.to_owned() } else { name.into() });
        let names: Vec<String> = names.collect();
        url.set_query(None);
        url.set_fragment(None);
        if !names.is_empty() {
            url.query_pairs_mut().extend_pairs(names.iter().map(|name| (name, HIDDEN)));
        }
        let bare = url.path() == "/";
        if let (false, Ok(mut segments)) = (bare, url.path_segments_mut()) {
            segments.pop_if_empty().pop().push(HIDDEN);
        }
        if url.set_username("").and_then(|()| url.set_password(None)).is_err() { HIDDEN.to_owned() } else { url.into() }
    }
}

/// HTTP Basic authentication.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Basic {
    pub user: String,
    pub password: String,
}

/// The methods a hook may use. With GET the data travels in the URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    #[default]
    Post,
    Put,
    Get,
    Delete,
    Options,
}

/// As the door shows it; of headers, parameters and Basic only the names, because secrets travel there.
pub(super) fn shown(flow: &Flow) -> Value {
    let Flow { owner, hook, blocks, active } = flow;
    let headers: Vec<_> = hook.headers.keys().collect();
    let params: Vec<_> = hook.params.keys().collect();
    json!({
        "owner": owner,
        "active": active,
        "blocks": blocks,
        "hook": {
            "url": hook.shown_url(),
            "method": hook.method,
            "headers": headers,
            "params": params,
            "basic": hook.basic.is_some(),
            "extend": hook.extend,
        },
    })
}
