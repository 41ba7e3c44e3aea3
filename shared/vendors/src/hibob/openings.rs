//! The search of openings (`POST /positions/position-openings/search`), page by page. It cannot filter by position: the
//! openings of one position are found by reading all.

use serde_json::{Value, json};

use super::client::{Hibob, unexplained};
use super::model::{Opening, OpeningFields, OpeningId, opening_field};
use super::operations::{READ_OPENING, SEARCH_OPENINGS};
use super::reading::{self, Field};
use crate::{Cursor, Error, Kind, Operation, Page};

const PATH: &str = "positions/position-openings/search";

/// How many openings are asked for on a page. HiBob takes 200 in other lists; here no more than this was met.
pub const PAGE: usize = 100;

/// Which openings are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningFilter {
    /// All.
    All,
    /// Those with these ids. Without any, nothing is asked.
    Ids(Vec<OpeningId>),
}

/// The page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`]: the page leads to itself. [`Kind::Stale`]: the cursor is no longer taken. [`Kind::Unexplained`]: the
/// answer is no list, or holds others than were asked for. Otherwise as for all calls.
pub async fn page(
    hibob: &Hibob,
    filter: &OpeningFilter,
    cursor: Option<&Cursor>,
    fields: &OpeningFields,
) -> Result<Page<Opening, OpeningId>, Error> {
    found(hibob, SEARCH_OPENINGS, filter, cursor, fields).await
}

/// One opening; `None` where HiBob finds none with the id. A new opening may not be found for seconds.
///
/// # Errors
/// [`Kind::Invalid`]: the opening cannot be read; the reason names the field. Otherwise as for all calls.
pub async fn read(hibob: &Hibob, id: &OpeningId, fields: &OpeningFields) -> Result<Option<Opening>, Error> {
    let filter = OpeningFilter::Ids(vec![id.clone()]);
    let mut page = found(hibob, READ_OPENING, &filter, None, fields).await?;
    match page.unreadable.is_empty() {
        true => Ok(page.items.pop()),
        false => Err(Error::new(READ_OPENING, Kind::Invalid(vec![Field("/positionOpening/id").into()]))),
    }
}

async fn found(
    hibob: &Hibob,
    operation: Operation,
    filter: &OpeningFilter,
    cursor: Option<&Cursor>,
    fields: &OpeningFields,
) -> Result<Page<Opening, OpeningId>, Error> {
    let Some(filters) = filters(filter) else {
        return Ok(Page { items: Vec::new(), unreadable: Vec::new(), next: None });
    };
    let mut body = json!({"fields": fields.ids(), "filters": [filters], "includeHumanReadable": true,
        "pagination": {"limit": PAGE}});
    if let (Some(cursor), Some(pagination)) = (cursor, body.get_mut("pagination").and_then(Value::as_object_mut)) {
        pagination.insert("cursor".to_owned(), cursor.as_str().into());
    }
    let answer = hibob.post(operation, PATH, &body).await.map_err(|error| error.stale_if(cursor.is_some()))?;
    let page = reading::page(answer, &opening_field::ID, reading::opening).ok_or_else(|| unexplained(operation))?;
    match filter {
        _ if page.next.is_some() && page.next.as_ref() == cursor => Err(Error::new(operation, Kind::Endless)),
        // a filter that is passed over must not make one opening another
        OpeningFilter::Ids(ids) if page.items.iter().any(|item| !ids.contains(&item.id)) => Err(unexplained(operation)),
        _ => Ok(page),
    }
}

/// HiBob refuses a search without a filter and a filter without values.
fn filters(filter: &OpeningFilter) -> Option<Value> {
    let (operator, values) = match filter {
        OpeningFilter::All => ("notEqual", vec!["1"]),
        OpeningFilter::Ids(ids) => ("equals", ids.iter().map(OpeningId::as_str).collect()),
    };
    (!values.is_empty()).then(|| json!({"fieldId": opening_field::ID, "operator": operator, "values": values}))
}
