//! A customer's HQ: its users, its closed months, and how strict or odd the twin is about it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::SEED_TOKEN;
use super::times::Month;
use super::users::{self, User};

/// A customer's HQ. The default of every switch is what is documented, or the least comfortable where nothing is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The sync token. Never shown again; an empty one lets nobody in.
    #[serde(skip_serializing)]
    pub token: String,
    /// The users by id. The door shows them in a member of their own.
    #[serde(default, skip_serializing)]
    pub users: BTreeMap<i32, User>,
    /// Months in which callers change nothing.
    #[serde(default)]
    pub closed_months: BTreeSet<Month>,
    /// The most entries on one page.
    #[serde(default = "page_cap")]
    pub page_cap: usize,
    /// The rate limit; none where left out, because a clock that stands still would fill it up.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// Reads show what was the case so many seconds ago on the twin's clock.
    #[serde(default)]
    pub read_lag_seconds: u32,
    /// A POST is answered 200 without a body.
    #[serde(default)]
    pub empty_answers: bool,
    /// What a list comes in.
    #[serde(default)]
    pub list_form: ListForm,
    /// Which spelling of the query options is understood.
    #[serde(default)]
    pub option_names: OptionNames,
    /// Query options that do not exist are passed over instead of refused.
    #[serde(default)]
    pub ignores_unknown_options: bool,
    /// Users have no `isDeactivated`, as in the published description.
    #[serde(default)]
    pub hides_deactivated: bool,
    /// An absence that overlaps another one of the same user is refused.
    #[serde(default)]
    pub refuses_overlaps: bool,
    /// The body of a refusal.
    #[serde(default)]
    pub problem_form: ProblemForm,
}

fn page_cap() -> usize {
    1000
}

impl Account {
    /// An HQ with this token and nobody in it; pages of 1000, no rate limit.
    #[must_use]
    pub fn new(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            users: BTreeMap::new(),
            closed_months: BTreeSet::new(),
            page_cap: page_cap(),
            limit: None,
            read_lag_seconds: 0,
            empty_answers: false,
            list_form: ListForm::default(),
            option_names: OptionNames::default(),
            ignores_unknown_options: false,
            hides_deactivated: false,
            refuses_overlaps: false,
            problem_form: ProblemForm::default(),
        }
    }

    /// The HQ that is there after a reset.
    #[must_use]
    pub fn seed() -> Self {
        Self { users: users::seed(), ..Self::new(SEED_TOKEN) }
    }
}

/// How many calls a minute there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Calls of one account in any 60 seconds on the twin's clock.
    #[serde(default = "per_minute")]
    pub per_minute: usize,
    /// Whether a 429 says with `Retry-After` how many seconds to wait.
    #[serde(default)]
    pub retry_after: bool,
}

fn per_minute() -> usize {
    1000
}

/// What a list comes in. A bare array is documented; clients are known to reckon with the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListForm {
    /// `[...]`
    #[default]
    Bare,
    /// `{"data": [...]}`
    Data,
    /// `{"value": [...]}`
    Value,
}

/// How query options are spelt: the guide writes `filter`, the description `$filter`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionNames {
    /// Both are understood.
    #[default]
    Both,
    /// Only `filter`.
    Plain,
    /// Only `$filter`.
    Dollar,
}

/// The body of a refusal. None is documented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemForm {
    /// `type`, `title`, `status`, `traceId`, and `errors` about fields.
    #[default]
    Full,
    /// `errors` alone.
    Errors,
    /// Plain text.
    Text,
}
