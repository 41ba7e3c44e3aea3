//! A partner's account: who may call, and how strict or odd the server is.
//!
//! The default of every switch is what the RFCs say. The others were met at real providers.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A partner's account. Only a login (`token` or `basic`) is required in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Account {
    /// The bearer token. Never shown again; an empty one lets nobody in.
    #[serde(skip_serializing)]
    pub token: String,
    /// A login by name and password, beside the token.
    #[serde(skip_serializing)]
    pub basic: Option<Basic>,
    /// Neither login is taken from this time on.
    pub expires_at: Option<Timestamp>,
    /// The users that are there, as SCIM attributes. Left out: those that were there before stay.
    #[serde(skip_serializing)]
    pub users: Option<Vec<Map<String, Value>>>,
    /// `ServiceProviderConfig` says so about PATCH; the truth where left out.
    pub says_patch: Option<bool>,
    /// `ServiceProviderConfig` says so about filters; the truth where left out.
    pub says_filter: Option<bool>,
    /// PATCH is answered 501.
    pub no_patch: bool,
    /// PUT is answered 405.
    pub no_put: bool,
    /// How a PATCH must be written.
    pub patch_dialect: PatchDialect,
    /// PATCH knows `active`, `userName`, `name.*` and whole `emails`. Any other path refuses the whole PATCH with 501, an
    /// enterprise object with 500.
    pub patch_knows_few: bool,
    /// What a PATCH is answered with.
    pub patch_answer: PatchAnswer,
    /// A filter is not looked at: everybody is listed.
    pub filter_ignored: bool,
    /// A filter compares the case of letters, whatever the attribute.
    pub filter_exact_case: bool,
    /// A filter on `externalId` finds nobody.
    pub filter_misses_external_id: bool,
    /// `count=0` is answered 400.
    pub refuses_count_zero: bool,
    /// The most users on one page; 100 where left out.
    pub page_cap: Option<usize>,
    /// What happens to a deleted user.
    pub delete: Delete,
    /// DELETE with `Accept: application/scim+json` is answered 400.
    pub delete_refuses_accept: bool,
    /// An unknown id is answered 400 instead of 404.
    pub unknown_id_is_400: bool,
    /// What is left out of users that are read.
    pub drops: BTreeSet<Dropped>,
    /// `displayName` is always made of the name.
    pub display_name_follows_name: bool,
    /// No two users share an `externalId`.
    pub external_id_unique: bool,
    /// What a POST with a taken `userName` is answered.
    pub post_taken: PostTaken,
    /// No `Location` header on 201.
    pub no_location: bool,
    /// The body of a refusal.
    pub error_form: ErrorForm,
    /// The content type of all bodies.
    pub media: Media,
    /// What `"True"` means in the place of `true`.
    pub string_booleans: StringBooleans,
    /// What becomes of `active: false`.
    pub deactivation: Deactivation,
    /// The rate limit; none where left out, because a clock that stands still would fill it up.
    pub limit: Option<Limit>,
    /// Every call is refused for a while.
    pub maintenance: Option<Maintenance>,
}

impl Account {
    /// An account with this token, which behaves as the RFCs say.
    #[must_use]
    pub fn new(token: &str) -> Self {
        Self { token: token.to_owned(), ..Self::default() }
    }
}

/// A login by name and password.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Basic {
    /// The name.
    pub user: String,
    /// The password; an empty one lets nobody in.
    pub password: String,
}

/// How a PATCH must be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PatchDialect {
    /// `replace`, with or without a path.
    #[default]
    Rfc,
    /// `Replace`, with or without a path.
    Capitalised,
    /// Without a path: the value is an object of attributes.
    Pathless,
}

/// What a PATCH is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PatchAnswer {
    /// 200 and the user.
    #[default]
    User,
    /// 204.
    Empty,
    /// 204 where nothing changed, else 200.
    EmptyIfUnchanged,
}

/// What happens to a deleted user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delete {
    /// It is gone.
    #[default]
    Hard,
    /// 204, but it stays with `active: false`, and `active: true` brings it back.
    Soft,
}

/// What is left out of users that are read. It is kept, and filters find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// `title`
    Title,
    /// `externalId`
    ExternalId,
    /// The enterprise extension.
    Enterprise,
    /// `type` of each of the `emails`.
    EmailType,
    /// `meta`
    Meta,
}

/// What a POST with a taken `userName` is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PostTaken {
    /// 409.
    #[default]
    Conflict,
    /// 200 and the user that is there, unchanged.
    Existing,
}

/// The body of a refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorForm {
    /// `schemas`, `status` as a string, `scimType` and `detail`.
    #[default]
    Full,
    /// `status` as an integer, no `scimType`.
    IntegerStatus,
    /// Neither `status` nor `scimType`.
    NoStatus,
}

/// The content type of all bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// `application/scim+json`
    #[default]
    Scim,
    /// `text/html`, though the body is JSON.
    Html,
}

/// What `"True"` or `"false"` means in the place of a boolean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StringBooleans {
    /// 400 invalidValue.
    #[default]
    Refused,
    /// Nothing: the attribute stays as it is.
    Ignored,
}

/// What becomes of `active: false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deactivation {
    /// It is carried out.
    #[default]
    CarriedOut,
    /// The answer says `false`, but the user stays active.
    OnlyAnswered,
}

/// How many calls a minute there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// In any 60 seconds on the twin's clock.
    pub per_minute: usize,
    /// Whether a 429 says with `Retry-After` how many seconds to wait.
    #[serde(default)]
    pub retry_after: bool,
}

/// Every call is refused for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Maintenance {
    /// 423 or 503.
    pub status: u16,
    /// When it ends, on the twin's clock.
    pub until: Timestamp,
    /// Whether `Retry-After` says how many seconds that is.
    #[serde(default)]
    pub retry_after: bool,
}
