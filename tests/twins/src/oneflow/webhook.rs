//! A webhook, and which events it is told of.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::target;

use super::contract::Contract;

/// A webhook as it was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Webhook {
    pub id: i64,
    pub callback_url: String,
    pub sign_key: Option<String>,
    /// One of them must fit; none at all: everything does.
    pub filters: Vec<Filter>,
    /// The template type whose contracts are told of; `None`: all are.
    pub template_group_id: Option<i64>,
}

impl Webhook {
    /// Whether it is told of such an event.
    pub(super) fn wants(&self, contract: &Contract, kind: &str) -> bool {
        let of_type = self.template_group_id.is_none_or(|wanted| wanted == contract.template_type_id);
        let fits = |filter: &Filter| filter.filter_rules.iter().all(|rule| rule.fits(contract, kind));
        of_type && (self.filters.is_empty() || self.filters.iter().any(fits))
    }
}

/// What must be so; all of its rules.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// One or two.
    pub filter_rules: Vec<Rule>,
}

/// One thing that must be so.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, tag = "type", content = "values", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Rule {
    /// The event is one of these.
    EventType(Vec<String>),
    /// The contract is in one of these.
    Workspace(Vec<i64>),
}

impl Rule {
    fn fits(&self, contract: &Contract, kind: &str) -> bool {
        match self {
            Self::EventType(kinds) => kinds.iter().any(|wanted| wanted == kind),
            Self::Workspace(workspaces) => workspaces.contains(&contract.workspace_id),
        }
    }

    pub(super) fn values(&self) -> usize {
        match self {
            Self::EventType(kinds) => kinds.len(),
            Self::Workspace(workspaces) => workspaces.len(),
        }
    }
}

/// As the door shows it.
pub(super) fn without_secrets(webhook: &Webhook) -> Value {
    let (url, signs) = (target::masked(&webhook.callback_url), webhook.sign_key.is_some());
    json!({"id": webhook.id, "callback_url": url, "signs": signs, "filters": webhook.filters})
}
