//! A customer's account: who may call with which rights, what is set up in the product, and what the documentation leaves open.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// An account. Only `secret`, `api_key` and `company_uid` are required in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// What signs the tokens; never shown again.
    #[serde(skip_serializing)]
    pub secret: String,
    /// Who issues them; never shown again.
    #[serde(skip_serializing)]
    pub api_key: String,
    /// In the address of the careers feed.
    pub company_uid: String,
    /// The token of the careers feed, never shown again; without one there is no feed.
    #[serde(default, skip_serializing)]
    pub careers_token: Option<String>,
    /// What an administrator granted; everything where left out.
    #[serde(default = "Right::all")]
    pub rights: BTreeSet<Right>,
    /// The positions that the app can read.
    #[serde(default)]
    pub visible: Visible,
    /// The earliest first.
    #[serde(default)]
    pub users: Vec<User>,
    /// By uid.
    #[serde(default)]
    pub locations: BTreeMap<String, Location>,
    /// The names of custom fields of positions.
    #[serde(default)]
    pub categories: BTreeSet<String>,
    /// The names of the parts of a description.
    #[serde(default)]
    pub details: BTreeSet<String>,
    /// The names of custom fields of openings.
    #[serde(default)]
    pub opening_fields: BTreeSet<String>,
    /// How far on uids begin: a twin that was reset gives no uid twice where each time begins elsewhere.
    #[serde(default)]
    pub uids_from: u32,
    /// What the documentation leaves open.
    #[serde(default)]
    pub quirks: Quirks,
}

/// A right of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Right {
    PositionsRetrieve,
    PositionsCreate,
    PositionsClone,
    PositionsUpdate,
    PositionsSalaryRange,
    OpeningsRetrieve,
    OpeningsCreate,
    /// Assumed, like the calls that need it.
    OpeningsUpdate,
}

impl Right {
    /// Every right.
    #[must_use]
    pub fn all() -> BTreeSet<Self> {
        [
            Self::PositionsRetrieve,
            Self::PositionsCreate,
            Self::PositionsClone,
            Self::PositionsUpdate,
            Self::PositionsSalaryRange,
            Self::OpeningsRetrieve,
            Self::OpeningsCreate,
            Self::OpeningsUpdate,
        ]
        .into()
    }

    /// As an administrator finds it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PositionsRetrieve => "Positions: retrieve",
            Self::PositionsCreate => "Positions: create",
            Self::PositionsClone => "Positions: clone",
            Self::PositionsUpdate => "Positions: update",
            Self::PositionsSalaryRange => "Positions: write salary range",
            Self::OpeningsRetrieve => "Openings: retrieve",
            Self::OpeningsCreate => "Openings: create",
            Self::OpeningsUpdate => "Openings: update",
        }
    }
}

/// The positions that the app can read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Visible {
    #[default]
    All,
    NonDiscreet,
    Published,
}

/// A user of the product.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Without regard to case.
    pub email: String,
    /// The name.
    pub name: String,
    /// The earliest owner takes roles whose user is not known.
    #[serde(default)]
    pub is_owner: bool,
}

/// A location.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Location {
    pub name: String,
    pub country: String,
    pub city: String,
}

/// What the documentation leaves open. The default is the first value of each.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quirks {
    /// Openings can be listed, read, changed and deleted. Nobody documents that; without it they are wrong paths.
    pub openings_api: bool,
    /// The answer to a new position shows its openings.
    pub answers_openings: bool,
    /// An empty list of openings makes none.
    pub empty_openings_make_none: bool,
    /// An opening without an approval waits for one: `Pending`.
    pub approval_mandatory: bool,
    /// A position needs a hiring manager.
    pub manager_required: bool,
    /// Whether `internal_use_custom_id` can be written.
    pub custom_id: CustomId,
    /// Whether an update takes `status`.
    pub position_status: PositionStatus,
    /// What stands for `next_page` on the last page.
    pub last_page: LastPage,
    /// The body of a refusal.
    pub error_form: ErrorForm,
    /// The most positions or openings on one page.
    pub page_cap: usize,
    /// The rate limit; none where left out, because a clock that stands still would fill it up.
    pub limit: Option<Limit>,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            openings_api: false,
            answers_openings: false,
            empty_openings_make_none: false,
            approval_mandatory: false,
            manager_required: false,
            custom_id: CustomId::default(),
            position_status: PositionStatus::default(),
            last_page: LastPage::default(),
            error_form: ErrorForm::default(),
            page_cap: 500,
            limit: None,
        }
    }
}

/// Whether `internal_use_custom_id` can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomId {
    /// 400.
    #[default]
    Refused,
    /// It is kept and told.
    Kept,
    /// It is taken and forgotten.
    Ignored,
}

/// Whether an update takes `status`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionStatus {
    /// 400.
    #[default]
    Refused,
    /// It is changed.
    Taken,
}

/// What stands for `next_page` on the last page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LastPage {
    /// Nothing.
    #[default]
    Absent,
    /// Null.
    Null,
}

/// The body of a refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorForm {
    /// `{"message": "..."}`
    #[default]
    Message,
    /// `{"error": "..."}`
    Error,
    /// `{"detail": "..."}`
    Detail,
    /// `{"errors": ["..."]}`
    Errors,
    /// Plain text.
    Text,
}

/// So many calls in any minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// So many.
    pub per_minute: usize,
    /// How a call beyond that is refused.
    #[serde(default)]
    pub told: LimitForm,
    /// The refusal says how many seconds to wait.
    #[serde(default)]
    pub retry_after: bool,
}

/// How a call beyond the limit is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitForm {
    /// 429.
    #[default]
    TooMany,
    /// 403 with `Bandwidth quota exceeded`.
    Bandwidth,
}
