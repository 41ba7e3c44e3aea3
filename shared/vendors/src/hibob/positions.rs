//! The search of positions (`POST /objects/position/search`). It knows no pages: what is asked for comes in one answer.

use serde_json::{Value, json};

use super::client::{Hibob, unexplained};
use super::model::{Position, PositionFields, PositionId, position_field};
use super::operations::{READ_POSITION, SEARCH_POSITIONS};
use super::reading;
use crate::{Error, Kind, Operation, Page};

const PATH: &str = "objects/position/search";

/// Which positions are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PositionFilter {
    /// All.
    All,
    /// Those with these ids. Without any, nothing is asked.
    Ids(Vec<PositionId>),
    /// Those with one of these statuses, in HiBob's spelling. Without any, nothing is asked. An unknown status fits nothing.
    Statuses(Vec<String>),
}

/// The positions that fit, and what cannot be read of them.
///
/// # Errors
/// [`Kind::Unexplained`]: the answer is no list, or holds others than were asked for. Otherwise as for all calls.
pub async fn search(
    hibob: &Hibob,
    filter: &PositionFilter,
    fields: &PositionFields,
) -> Result<Page<Position, PositionId>, Error> {
    found(hibob, SEARCH_POSITIONS, filter, fields).await
}

/// One position; `None` where HiBob finds none with the id.
///
/// # Errors
/// [`Kind::Invalid`]: the position cannot be read; the reason names the field. Otherwise as for all calls.
pub async fn read(hibob: &Hibob, id: &PositionId, fields: &PositionFields) -> Result<Option<Position>, Error> {
    let filter = PositionFilter::Ids(vec![id.clone()]);
    let mut page = found(hibob, READ_POSITION, &filter, fields).await?;
    match page.unreadable.is_empty() {
        true => Ok(page.items.pop()),
        false => Err(Error::new(READ_POSITION, Kind::Invalid(vec![reading::Field("/position/id").into()]))),
    }
}

async fn found(
    hibob: &Hibob,
    operation: Operation,
    filter: &PositionFilter,
    fields: &PositionFields,
) -> Result<Page<Position, PositionId>, Error> {
    let Some(filters) = filters(filter) else {
        return Ok(Page { items: Vec::new(), unreadable: Vec::new(), next: None });
    };
    let body = json!({"fields": fields.ids(), "filters": [filters], "includeHumanReadable": true});
    let answer = hibob.post(operation, PATH, &body).await?;
    let page = reading::page(answer, &position_field::ID, reading::position).ok_or_else(|| unexplained(operation))?;
    match filter {
        // a filter that is passed over must not make one position another
        PositionFilter::Ids(ids) if page.items.iter().any(|item| !ids.contains(&item.id)) => {
            Err(unexplained(operation))
        }
        _ => Ok(page),
    }
}

/// HiBob refuses a search without a filter and a filter without values.
fn filters(filter: &PositionFilter) -> Option<Value> {
    let (field, operator, values) = match filter {
        PositionFilter::All => (position_field::ID, "notEqual", vec!["1"]),
        PositionFilter::Ids(ids) => (position_field::ID, "equals", ids.iter().map(PositionId::as_str).collect()),
        PositionFilter::Statuses(statuses) => {
            (position_field::STATUS, "equals", statuses.iter().map(String::as_str).collect())
        }
    };
    (!values.is_empty()).then(|| json!({"fieldId": field, "operator": operator, "values": values}))
}
