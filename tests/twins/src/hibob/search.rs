//! The body of a search, and what it finds.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::cells::Row;
use super::fields::Kind;
use super::problem::Problem;
use super::quirks::Quirks;
use super::rows;

const FIELDS: std::ops::RangeInclusive<usize> = 1..=50;
const LIMIT: std::ops::RangeInclusive<usize> = 1..=200;

/// A search for positions or openings. Other members are passed over.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Search {
    pub(super) fields: Vec<String>,
    filters: Vec<Filter>,
    #[serde(default)]
    pub(super) include_human_readable: bool,
    #[serde(default)]
    pagination: Option<Pagination>,
}

/// One condition; all of them must be met.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Filter {
    field_id: String,
    operator: Operator,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Operator {
    Equals,
    NotEqual,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pagination {
    #[serde(default = "fifty")]
    limit: usize,
    #[serde(default)]
    cursor: Option<String>,
}

fn fifty() -> usize {
    50
}

/// Where a page of openings begins and how long it is.
pub(super) struct Page {
    pub(super) from: usize,
    pub(super) limit: usize,
    /// The cursor that was sent.
    pub(super) sent: Option<String>,
}

/// Reads a body; one that cannot be read is refused without a word.
pub(super) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|_| Problem::unreadable())
}

impl Search {
    /// Reads a search and checks it.
    pub(super) fn read(kind: Kind, body: &[u8]) -> Result<Self, Problem> {
        let search: Self = parse(body)?;
        if !FIELDS.contains(&search.fields.len()) {
            return Err(Problem::bad("fields", "1 to 50 are asked for"));
        }
        if search.filters.is_empty() {
            return Err(Problem::bad("filters", "one or more are required"));
        }
        if let Some(filter) =
            search.filters.iter().find(|filter| !kind.filterable().contains(&filter.field_id.as_str()))
        {
            return Err(Problem::bad(&filter.field_id, "cannot be filtered by"));
        }
        match search.filters.iter().find(|filter| filter.values.is_empty()) {
            Some(filter) => Err(Problem::bad(&filter.field_id, "values are required")),
            None => Ok(search),
        }
    }

    /// Whether a row meets all conditions.
    pub(super) fn fits(&self, kind: Kind, row: &Row, quirks: &Quirks) -> bool {
        self.filters.iter().all(|filter| {
            let text = rows::filtered(kind, row, &filter.field_id, quirks);
            filter.values.contains(&text) == (filter.operator == Operator::Equals)
        })
    }

    /// The page that is asked for.
    pub(super) fn page(&self) -> Result<Page, Problem> {
        let asked = self.pagination.as_ref().ok_or_else(|| Problem::bad("pagination", "is required"))?;
        if !LIMIT.contains(&asked.limit) {
            return Err(Problem::bad("pagination.limit", "is 1 to 200"));
        }
        let from = match &asked.cursor {
            None => 0,
            Some(cursor) => place(cursor).ok_or_else(|| Problem::bad("pagination.cursor", "is not known"))?,
        };
        Ok(Page { from, limit: asked.limit, sent: asked.cursor.clone() })
    }
}

/// The cursor of a page that begins at this place.
pub(super) fn cursor(place: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("from {place}"))
}

fn place(cursor: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.strip_prefix("from ")?.parse().ok()
}
