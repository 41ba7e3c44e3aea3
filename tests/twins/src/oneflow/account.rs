//! An account as its administrators set it up, and the switches that make it as odd as users report.

use serde::{Deserialize, Serialize};

use crate::outbox::Modes;

/// An account of Oneflow. One API token leads to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// 40 letters, digits or hyphens.
    #[serde(skip_serializing)]
    pub token: String,
    /// Whoever may be named in `x-oneflow-user-email`.
    #[serde(default)]
    pub users: Vec<User>,
    /// Where contracts are kept.
    #[serde(default)]
    pub workspaces: Vec<Workspace>,
    /// The types of templates, with their data fields.
    #[serde(default)]
    pub template_types: Vec<TemplateType>,
    /// What contracts are made from.
    #[serde(default)]
    pub templates: Vec<Template>,
    /// How webhooks are delivered.
    #[serde(default)]
    pub modes: Modes,
    /// Every event in a callback of its own, instead of all events of one act in one.
    #[serde(default)]
    pub one_event_a_callback: bool,
    /// Where a contract's data field shows its `custom_id`.
    #[serde(default)]
    pub custom_ids: CustomIds,
    /// So long after publishing a contract shows neither its template nor the template's type.
    #[serde(default)]
    pub template_absent_seconds: u32,
    /// So long after the last signature the contract's PDF is not to be had.
    #[serde(default)]
    pub pdf_after_seconds: u32,
    /// What is there until then.
    #[serde(default)]
    pub pdf_before: PdfBefore,
    /// Contracts are read and listed as they were so long ago.
    #[serde(default)]
    pub read_lag_seconds: u32,
    /// So many calls in any five minutes, then 429. `None`: no limit, because a clock that stands still would fill it up.
    #[serde(default)]
    pub limit: Option<usize>,
    /// How far on ids begin: a twin that was reset gives no id twice where each time begins elsewhere.
    #[serde(default)]
    pub ids_from: u32,
}

impl Account {
    /// Nothing but a token.
    #[must_use]
    pub fn new(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            users: Vec::new(),
            workspaces: Vec::new(),
            template_types: Vec::new(),
            templates: Vec::new(),
            modes: Modes::default(),
            one_event_a_callback: false,
            custom_ids: CustomIds::default(),
            template_absent_seconds: 0,
            pdf_after_seconds: 0,
            pdf_before: PdfBefore::default(),
            read_lag_seconds: 0,
            limit: None,
            ids_from: 0,
        }
    }

    /// Why there cannot be such an account.
    pub(super) fn wrong(&self) -> Option<String> {
        let plain = self.token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if self.token.len() != 40 || !plain {
            return Some("a token has 40 letters, digits or hyphens".to_owned());
        }
        let typeless =
            self.templates.iter().find(|t| !self.template_types.iter().any(|known| known.id == t.template_type_id));
        typeless.map(|template| format!("template {} has no template type", template.id))
    }

    pub(super) fn user(&self, email: &str) -> Option<&User> {
        self.users.iter().find(|user| user.email.eq_ignore_ascii_case(email))
    }

    pub(super) fn template(&self, id: i64) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    pub(super) fn template_type(&self, id: i64) -> Option<&TemplateType> {
        self.template_types.iter().find(|kind| kind.id == id)
    }
}

/// Somebody with a login.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct User {
    pub email: String,
    pub name: String,
    /// May change the account's settings, data fields among them.
    #[serde(default)]
    pub admin: bool,
    /// The workspaces this user may work in; left out or null: all.
    #[serde(default)]
    pub workspaces: Option<Vec<i64>>,
}

impl User {
    pub(super) fn may_use(&self, workspace: i64) -> bool {
        self.workspaces.as_ref().is_none_or(|allowed| allowed.contains(&workspace))
    }
}

/// A workspace.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Workspace {
    pub id: i64,
    pub name: String,
    /// As Oneflow writes it, e.g. `YYYY-MM-DD`.
    pub date_format: String,
}

/// A template type (formerly: template group) with the data fields of all its templates.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TemplateType {
    pub id: i64,
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub extension_type: Option<String>,
    #[serde(default)]
    pub data_fields: Vec<NewField>,
}

/// A data field of a template type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewField {
    /// Unique within the type.
    pub custom_id: String,
    pub name: String,
    /// Shown again in a callers' PUT; the number of its place otherwise.
    #[serde(default)]
    pub id: Option<i64>,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub placeholder: String,
    /// What a new contract has in it.
    #[serde(default)]
    pub value: String,
    #[serde(default)]
    pub source: Source,
}

/// Who fills a data field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// People and callers.
    #[default]
    User,
    /// Oneflow; a write is answered 200 and changes nothing.
    System,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Template {
    pub id: i64,
    pub name: String,
    pub template_type_id: i64,
    /// It belongs to or is shared with these.
    pub workspaces: Vec<i64>,
}

/// Where a contract's data field shows its `custom_id`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomIds {
    /// `_private_ownerside.custom_id`
    #[default]
    Ownerside,
    /// `custom_id`
    TopLevel,
    /// Nowhere.
    Absent,
}

/// What is there of a signed contract's PDF before it is ready.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PdfBefore {
    /// The list does not name it, its address is 404.
    #[default]
    Missing,
    /// Its address answers 200 without a redirect and without content.
    NoRedirect,
    /// The redirect leads to a storage that answers 404.
    StorageRefuses,
}
