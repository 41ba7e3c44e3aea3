//! What HiBob's documentation leaves open, each a switch of the company. The first value of each is the default.

use serde::{Deserialize, Serialize};

/// The switches of a company.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quirks {
    /// Searches show what was the case so long ago, on the twin's clock.
    pub search_lag_seconds: u32,
    /// A request that nobody has approved yet is found, with open requests.
    pub requests_visible: bool,
    /// Which event an approval fires.
    pub approval_fires: ApprovalFires,
    /// Cancelling, reopening and deleting a position fires the events of its openings, too.
    pub openings_follow: bool,
    /// The holder is told only where the actual start date is asked for, too.
    pub holder_needs_start: bool,
    /// How an answer of positions is wrapped.
    pub position_list: ListForm,
    /// How a page of openings is wrapped.
    pub opening_list: ListForm,
    /// The key of the next cursor.
    pub next_cursor: NextCursor,
    /// What stands in its place on the last page.
    pub last_page: LastPage,
    /// The next cursor is the one that was sent.
    pub repeats_cursor: bool,
    /// What a row has under a known field without a value.
    pub empty_cells: EmptyCells,
    /// Ids in rows.
    pub row_ids: IdForm,
    /// Ids in events.
    pub event_ids: IdForm,
    /// The key of the id in events.
    pub event_keys: EventKeys,
    /// How updated fields are named in events.
    pub field_updates: FieldUpdates,
    /// How the status is spelt.
    pub spelling: Spelling,
    /// Times in events and of modifications.
    pub times: Times,
    /// The first ping.
    pub ping: PingForm,
    /// Pings carry `Bob-Signature`.
    pub ping_signed: bool,
    /// The body of a refusal.
    pub error_form: ErrorForm,
    /// How a missing right is told.
    pub missing_right: MissingRight,
    /// How metadata is wrapped.
    pub metadata_list: MetadataForm,
    /// The shape of people where `humanReadable` is not asked for.
    pub people: PeopleForm,
    /// The rate limits; none where left out, because a clock that stands still would fill them up.
    pub limits: Option<Limits>,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            search_lag_seconds: 0,
            requests_visible: false,
            approval_fires: ApprovalFires::default(),
            openings_follow: false,
            holder_needs_start: true,
            position_list: ListForm::Bare,
            opening_list: ListForm::Values,
            next_cursor: NextCursor::default(),
            last_page: LastPage::default(),
            repeats_cursor: false,
            empty_cells: EmptyCells::default(),
            row_ids: IdForm::default(),
            event_ids: IdForm::default(),
            event_keys: EventKeys::default(),
            field_updates: FieldUpdates::default(),
            spelling: Spelling::default(),
            times: Times::default(),
            ping: PingForm::default(),
            ping_signed: false,
            error_form: ErrorForm::default(),
            missing_right: MissingRight::default(),
            metadata_list: MetadataForm::default(),
            people: PeopleForm::default(),
            limits: None,
        }
    }
}

/// Which event an approval fires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalFires {
    /// The request fired `created`, the approval fires `position.updated`.
    #[default]
    Updated,
    /// The request fired nothing, the approval fires `created` of the position and its openings.
    Created,
    /// The request fired `created`, the approval fires nothing.
    Nothing,
}

/// How a list is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListForm {
    /// A bare list; openings have no cursor then.
    Bare,
    /// `{"values": [...]}`
    Values,
    /// `{"entries": [...]}`
    Entries,
    /// `{"positionEntries": [...]}` or `{"positionOpeningEntries": [...]}`.
    Named,
    /// The same, with each row in a list of its own: `[[{...}], [{...}]]`.
    NamedNested,
}

/// The key of the next cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NextCursor {
    /// `response_metadata.next_cursor`
    #[default]
    Snake,
    /// `responseMetadata.nextCursor`
    Camel,
}

/// What stands in the place of the next cursor on the last page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LastPage {
    /// Null.
    #[default]
    Null,
    /// An empty metadata object.
    EmptyMetadata,
    /// No metadata at all.
    NoMetadata,
}

/// What a row has under a known field without a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyCells {
    /// `{"value": null}`
    #[default]
    Null,
    /// Nothing.
    Absent,
}

/// Ids on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IdForm {
    /// A number.
    #[default]
    Number,
    /// The same as text.
    String,
}

/// The key of the id in events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKeys {
    /// `positionId`, `positionOpeningId`
    #[default]
    Named,
    /// `id`
    Plain,
}

/// How updated fields are named in events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldUpdates {
    /// `[{"id": "/position/status"}]`
    #[default]
    Objects,
    /// `["/position/status"]`
    Strings,
    /// Not at all.
    Absent,
}

/// How the status of what is cancelled is spelt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Spelling {
    /// `cancelled`, `cancelledSoon`
    #[default]
    Cancelled,
    /// `canceled`, `canceledSoon`
    Canceled,
}

/// How times are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Times {
    /// `2026-01-15T09:30:00.123456`
    #[default]
    Zoneless,
    /// The same with `Z`.
    Zulu,
}

/// The first ping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PingForm {
    /// The bare text.
    #[default]
    Text,
    /// A JSON string.
    Quoted,
}

/// The body of a refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorForm {
    /// `{"key": "...", "error": "..."}`
    #[default]
    KeyError,
    /// `{"errorMessage": "..."}`
    ErrorMessage,
    /// `{"message": "..."}`
    Message,
    /// `{"errors": {"<field>": {"error": "KEY", "message": "..."}}}`
    Errors,
    /// None.
    Empty,
}

/// How a missing right is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRight {
    /// 403 with the name of the permission.
    #[default]
    Forbidden,
    /// 401 with an `errorMessage`.
    Unauthorized,
}

/// How metadata is wrapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MetadataForm {
    /// A bare list.
    #[default]
    Bare,
    /// `{"fields": [...]}`
    Fields,
}

/// The shape of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleForm {
    /// `{"/root/email": {"value": "..."}}`
    #[default]
    Cells,
    /// `{"email": "..."}`
    Plain,
}

/// So many calls a minute for each endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Of positions and of openings, each.
    pub search: usize,
    /// Of positions and of openings, each.
    pub metadata: usize,
    /// Of people.
    pub people: usize,
    /// A 429 says how many seconds to wait.
    pub retry_after: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { search: 100, metadata: 50, people: 50, retry_after: false }
    }
}
