//! Where Personio's documentation and its users' reports leave the behaviour open, or contradict each other: a switch each.
//!
//! The default is what is documented; where nothing is, what was seen live; where neither says, the least comfortable reading.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::rights::{EmploymentField, PersonField};
use super::staff_quirks::{EmploymentEvents, EmploymentPayload, LastWorking, NoTermination, PayloadUnder};

/// All switches of one tenant.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quirks {
    /// What `ends_at` of a day-tracked period means.
    pub ends: Ends,
    /// How `ends_at` of a period looks whose last day ends at midday.
    pub half_day_end: HalfDayEnd,
    /// How `type` of `starts_from` and `ends_at` is told for day-tracked periods.
    pub halves: Halves,
    /// `date_time` with milliseconds.
    pub milliseconds: bool,
    /// `date_time` with a `Z` behind it, though it stays local time.
    pub zulu: bool,
    /// What the link to the next page looks like.
    pub next_link: NextLink,
    /// What stands in its place on the last page.
    pub last_page: LastPage,
    /// No page is longer than this, whatever `limit` says. At least one item is given.
    pub page_size_cap: Option<usize>,
    /// A cursor is refused (400) when it is older than so many seconds on the twin's clock.
    pub cursor_seconds: Option<u32>,
    /// What a credential without the scope is told.
    pub missing_right: MissingRight,
    /// How breakdowns tell weekends, public holidays and a part-timer's days off.
    pub free_days: FreeDays,
    /// The spelling of `absence_period` in webhooks.
    pub payload_key: PayloadKey,
    /// Webhooks about periods tell the person as well.
    pub person_in_payload: bool,
    /// Another absence type fires `absence-period.updated.timerange`; no event is documented for it.
    pub type_change_fires: bool,
    /// A created, changed or deleted period is read as it was before, until the twin's clock has passed so many seconds.
    pub read_lag_seconds: u32,
    /// What the credential may not read of a person: silently left out.
    pub unreadable: BTreeSet<PersonField>,
    /// Custom attributes that it may not read, by id.
    pub unreadable_custom: BTreeSet<String>,
    /// What it may not read of an employment.
    pub unreadable_employment: BTreeSet<EmploymentField>,
    /// The same lag for persons and employments.
    pub person_lag_seconds: u32,
    /// How an employment without a termination is told.
    pub no_termination: NoTermination,
    /// The name of the last working day.
    pub last_working: LastWorking,
    /// Which changes of an employment fire `employment.updated`.
    pub employment_events: EmploymentEvents,
    /// What webhooks about employments tell.
    pub employment_payload: EmploymentPayload,
    /// Where a webhook's ids stand.
    pub payload_under: PayloadUnder,
    /// How a single webhook is answered.
    pub webhook_answers: WebhookAnswers,
    /// A webhook's token and custom headers are answered, too.
    pub webhook_secrets_echoed: bool,
    /// Whether calls are counted.
    pub limits: Limits,
    /// Tokens asked for in a minute before it gets slow; `None`: never.
    pub token_limit: Option<usize>,
    /// `expires_in` is what is left of the token's life instead of always 86400.
    pub expires_in_counts_down: bool,
    /// The error bodies.
    pub errors: ErrorForm,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            ends: Ends::default(),
            half_day_end: HalfDayEnd::default(),
            halves: Halves::default(),
            milliseconds: false,
            zulu: false,
            next_link: NextLink::default(),
            last_page: LastPage::default(),
            page_size_cap: None,
            cursor_seconds: None,
            missing_right: MissingRight::default(),
            free_days: FreeDays::default(),
            payload_key: PayloadKey::default(),
            person_in_payload: false,
            type_change_fires: false,
            read_lag_seconds: 0,
            unreadable: BTreeSet::new(),
            unreadable_custom: BTreeSet::new(),
            unreadable_employment: BTreeSet::new(),
            person_lag_seconds: 0,
            no_termination: NoTermination::default(),
            last_working: LastWorking::default(),
            employment_events: EmploymentEvents::default(),
            employment_payload: EmploymentPayload::default(),
            payload_under: PayloadUnder::default(),
            webhook_answers: WebhookAnswers::default(),
            webhook_secrets_echoed: false,
            limits: Limits::default(),
            token_limit: Some(150),
            expires_in_counts_down: false,
            errors: ErrorForm::default(),
        }
    }
}

/// The end of a day-tracked period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// Midnight after the last absent day.
    #[default]
    Exclusive,
    /// Midnight at the beginning of the last absent day.
    Inclusive,
}

/// The end of a day-tracked period whose last day ends at midday; the `type` is `FIRST_HALF` in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HalfDayEnd {
    /// As [`Ends`] says for whole days.
    #[default]
    LikeWholeDays,
    /// Midnight at the beginning of the last absent day.
    SameMidnight,
    /// Noon of the last absent day.
    Noon,
}

/// The `type` of a day-tracked period's ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Halves {
    /// `FIRST_HALF` or `SECOND_HALF`; null for hour-tracked periods.
    #[default]
    Shown,
    /// Always null.
    Null,
    /// The member is missing everywhere.
    Absent,
}

/// The link to the next page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NextLink {
    /// With scheme and host.
    #[default]
    Absolute,
    /// From the root of Personio's API: `/v2/...`.
    Relative,
    /// Leads to the page it stands on.
    SelfPointing,
    /// Absolute, with a path that does not exist. The cursor is right.
    WrongPath,
}

/// `_meta` of the last page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LastPage {
    /// `{"links": {}}`
    #[default]
    Absent,
    /// `{"links": {"next": null}}`
    Null,
    /// `{}`
    NoLinks,
}

/// The status for a credential without the scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRight {
    /// 403, as documented.
    #[default]
    Forbidden,
    /// 401, as seen live.
    Unauthorized,
}

/// Days inside a period on which the person would not have worked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FreeDays {
    /// They have no entry.
    #[default]
    Missing,
    /// They have an entry of 0.
    Zero,
}

/// `absence_period` in webhooks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadKey {
    /// `absence_period`, as delivered.
    #[default]
    Underscore,
    /// `absence-period`, as documented.
    Hyphen,
}

/// How webhooks are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookAnswers {
    /// One is bare, the list stands in `_data`.
    #[default]
    Bare,
    /// Both in `_data`.
    Wrapped,
    /// Both in `data`.
    WrappedPlainly,
}

/// Whether calls are counted on the twin's clock. Off at first, because clocks stand still in tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limits {
    /// Buckets are always full.
    #[default]
    Off,
    /// 429 when a bucket is empty.
    On,
}

/// The error bodies of v2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorForm {
    /// `application/problem+json` with every member.
    #[default]
    Documented,
    /// `application/json`, `type` null, no `_meta`, `timestamp` with `+00:00`.
    Sparse,
}
