//! The calls that name what employments give by id: departments, teams, offices and legal entities. Each needs a right
//! of its own, so a flow asks for a name only where its mapping wants one.
//!
//! Sources: developer.personio.de/reference/getorgunit (the `type` is required), getlegalentitybyid and listworkplaces
//! (beta; one workplace cannot be asked for). That the id of an office is the id of a workplace is *assumed*: offices
//! are being renamed. Which scopes the credential needs is not documented.

use serde_json::Value;

use super::hr::{Addressed, Hr};
use super::json::{self, text};
use super::model::employment::OrgUnitKind;
use super::model::opaque::{LegalEntityId, OfficeId, OrgUnitId};
use super::operations::{LIST_WORKPLACES, READ_LEGAL_ENTITY, READ_ORG_UNIT};
use super::pages::Walk;
use crate::{Error, Kind, Operation};

/// The name of a department or team.
///
/// # Errors
/// [`Kind::Gone`]: there is no such org unit (any more). [`Kind::Invalid`]: it shows no name. Otherwise as for all
/// calls.
pub async fn org_unit(hr: &Hr, kind: &OrgUnitKind, id: &OrgUnitId) -> Result<String, Error> {
    let kind = match kind {
        OrgUnitKind::Department => "department",
        OrgUnitKind::Team => "team",
        OrgUnitKind::Other(word) => word,
    };
    let mut url = hr.url(&format!("v2/org-units/{id}"));
    url.query_pairs_mut().append_pair("type", kind);
    let body = hr.get(READ_ORG_UNIT, url, Addressed::Item).await?;
    name(READ_ORG_UNIT, &bare(READ_ORG_UNIT, body)?)
}

/// The name of a legal entity.
///
/// # Errors
/// As [`org_unit`].
pub async fn legal_entity(hr: &Hr, id: &LegalEntityId) -> Result<String, Error> {
    let url = hr.url(&format!("v2/legal-entities/{id}"));
    let body = hr.get(READ_LEGAL_ENTITY, url, Addressed::Item).await?;
    name(READ_LEGAL_ENTITY, &bare(READ_LEGAL_ENTITY, body)?)
}

/// The name of an office, from the list of workplaces.
///
/// # Errors
/// [`Kind::Gone`]: the whole list holds no such workplace. [`Kind::Invalid`]: it shows no name. Otherwise as
/// [`Listing::next`](super::Listing::next).
pub async fn office(hr: &Hr, id: &OfficeId) -> Result<String, Error> {
    let mut url = hr.url("v2/workplaces");
    url.query_pairs_mut().append_pair("id", &id.to_string());
    let listed = Walk::new(hr, LIST_WORKPLACES, url, Addressed::Endpoint).all().await?;
    // the filter may be passed over
    let found = listed.iter().find(|workplace| json::id(workplace, "id").is_ok_and(|listed: OfficeId| listed == *id));
    let found = found.ok_or_else(|| Error::new(LIST_WORKPLACES, Kind::Gone))?;
    name(LIST_WORKPLACES, found)
}

fn bare(operation: Operation, body: Value) -> Result<Value, Error> {
    json::bare(body).ok_or_else(|| Error::new(operation, Kind::Unexplained { status: 200 }))
}

fn name(operation: Operation, thing: &Value) -> Result<String, Error> {
    text(thing, "name").map(ToOwned::to_owned).map_err(|field| Error::new(operation, json::unreadable(field)))
}
