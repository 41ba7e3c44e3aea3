//! The parts of a company that employments name by id: departments and teams, workplaces, legal entities.

use serde::{Deserialize, Serialize};

use super::employment::Terms;

/// A department or a team.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OrgUnit {
    /// Of its type: a team may have the id of a department.
    pub id: u64,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: OrgUnitType,
    /// Its name.
    pub name: String,
    /// Another one of its type, above it.
    #[serde(default)]
    pub parent: Option<u64>,
}

/// What an org unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum OrgUnitType {
    Department,
    Team,
}

/// An office.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Workplace {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
}

/// A sub-company.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LegalEntity {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Two letters; `DE` where left out.
    #[serde(default = "germany")]
    pub country: String,
}

fn germany() -> String {
    "DE".to_owned()
}

/// Departments 501 (Design) and 502 (Beratung), team 612 (Marke).
pub(super) fn org_units() -> Vec<OrgUnit> {
    let unit = |id, kind, name: &str| OrgUnit { id, kind, name: name.to_owned(), parent: None };
    vec![
        unit(501, OrgUnitType::Department, "Design"),
        unit(502, OrgUnitType::Department, "Beratung"),
        unit(612, OrgUnitType::Team, "Marke"),
    ]
}

/// 77 (Berlin) and 78 (Hamburg).
pub(super) fn workplaces() -> Vec<Workplace> {
    [(77, "Berlin"), (78, "Hamburg")].map(|(id, name)| Workplace { id, name: name.to_owned() }).into()
}

/// 4 (Agentur GmbH) and 5 (Agentur Nord GmbH).
pub(super) fn legal_entities() -> Vec<LegalEntity> {
    let names = [(4, "Agentur GmbH"), (5, "Agentur Nord GmbH")];
    names.map(|(id, name)| LegalEntity { id, name: name.to_owned(), country: germany() }).into()
}

/// The employment of the seed's persons.
pub(super) fn usual_terms() -> Terms {
    Terms {
        position: Some("Designer".to_owned()),
        office: Some(77),
        department: Some(501),
        team: Some(612),
        legal_entity: Some(4),
        ..Terms::default()
    }
}
