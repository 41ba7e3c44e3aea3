//! The fields of positions and openings, by the ids of the search API.

/// A kind of row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Position,
    Opening,
}

/// Id, name, type; a list has the name of its list.
pub(super) struct Field {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) list: Option<&'static str>,
}

const fn field(id: &'static str, name: &'static str, kind: &'static str) -> Field {
    Field { id, name, kind, list: None }
}

const fn list(id: &'static str, name: &'static str, list: &'static str) -> Field {
    Field { id, name, kind: "list", list: Some(list) }
}

pub(super) const POSITION_ID: &str = "/position/id";
pub(super) const POSITION_NAME: &str = "/position/name";
pub(super) const POSITION_STATUS: &str = "/position/status";
pub(super) const OPEN_REQUESTS: &str = "/position/hasOpenRequests";
pub(super) const MODIFIED: &str = "/position/modificationDate";
pub(super) const POSITION_HOLDER: &str = "/position/filledBy";
pub(super) const POSITION_START: &str = "/position/actualStartDate";
pub(super) const EFFECTIVE: &str = "/position/effectiveDate";
pub(super) const FTE: &str = "/position/fte";
pub(super) const OPENING_ID: &str = "/positionOpening/id";
pub(super) const OPENING_NAME: &str = "/positionOpening/positionOpeningName";
pub(super) const OPENING_STATUS: &str = "/positionOpening/status";
pub(super) const OPENING_HOLDER: &str = "/positionOpening/filledBy";
pub(super) const OPENING_START: &str = "/positionOpening/actualStartDate";
pub(super) const PARENT: &str = "/positionOpening/positionId";
pub(super) const RECRUITMENT: &str = "/positionOpening/recruitmentStatus";

const POSITION: &[Field] = &[
    field(POSITION_ID, "ID", "number"),
    field(POSITION_NAME, "Position ID", "text"),
    field("/position/position", "Position", "text"),
    list("/position/jobProfile", "Job profile", "jobProfile"),
    list("/position/job", "Job", "job"),
    list(POSITION_STATUS, "Status", "positionStatus"),
    field(OPEN_REQUESTS, "Has open requests", "boolean"),
    field(MODIFIED, "Modification date", "date"),
    field(EFFECTIVE, "Effective date", "date"),
    field("/position/endEffectiveDate", "End date", "date"),
    field("/position/expectedStartDate", "Expected start date", "date"),
    field(POSITION_START, "Actual start date", "date"),
    list("/position/recruitmentStatus", "Recruitment status", "recruitmentStatus"),
    field(FTE, "FTE %", "number"),
    list("/position/employmentType", "Employment type", "employmentType"),
    list("/position/positionType", "Position type", "positionType"),
    list("/position/department", "Department", "department"),
    list("/position/site", "Site", "site"),
    field("/position/managerPositionId", "Manager position", "number"),
    field("/position/managerPositionFilledBy", "Manager", "employee"),
    field(POSITION_HOLDER, "Filled by", "employee"),
    field("/position/reason", "Reason", "text"),
    field("/position/budget", "Budget", "number"),
];

const OPENING: &[Field] = &[
    field(OPENING_ID, "ID", "number"),
    field(PARENT, "Position", "number"),
    field(OPENING_NAME, "Opening ID", "text"),
    list(OPENING_STATUS, "Status", "positionStatus"),
    list(RECRUITMENT, "Recruitment status", "recruitmentStatus"),
    field("/positionOpening/expectedStartDate", "Expected start date", "date"),
    field(OPENING_START, "Actual start date", "date"),
    field(OPENING_HOLDER, "Filled by", "employee"),
    field("/positionOpening/updateEffectiveDate", "Effective date of the update", "date"),
];

impl Kind {
    /// The fields that every company has.
    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Self::Position => POSITION,
            Self::Opening => OPENING,
        }
    }

    pub(super) fn id_field(self) -> &'static str {
        match self {
            Self::Position => POSITION_ID,
            Self::Opening => OPENING_ID,
        }
    }

    pub(super) fn status_field(self) -> &'static str {
        match self {
            Self::Position => POSITION_STATUS,
            Self::Opening => OPENING_STATUS,
        }
    }

    /// The field of the holder, and the field without which a holder is not told.
    pub(super) fn holder_fields(self) -> (&'static str, &'static str) {
        match self {
            Self::Position => (POSITION_HOLDER, POSITION_START),
            Self::Opening => (OPENING_HOLDER, OPENING_START),
        }
    }

    /// What a search can filter by.
    pub(super) fn filterable(self) -> &'static [&'static str] {
        match self {
            Self::Position => &[POSITION_ID, POSITION_NAME, POSITION_STATUS, OPEN_REQUESTS],
            Self::Opening => &[OPENING_ID, OPENING_NAME, OPENING_STATUS],
        }
    }

    /// Before the event's name.
    pub(super) fn event_prefix(self) -> &'static str {
        match self {
            Self::Position => "workforcePlanning.position",
            Self::Opening => "workforcePlanning.positionOpening",
        }
    }
}
