//! The fields of positions that HiBob documents, as far as they are of use.

use super::field::FieldId;

/// The position's id.
pub const ID: FieldId = FieldId::known("/position/id");
/// The position's code, e.g. `P-0000000368`; not a title. Can be edited.
pub const CODE: FieldId = FieldId::known("/position/name");
/// The title as it is shown, e.g. `title / department / site`.
pub const TITLE: FieldId = FieldId::known("/position/position");
/// The job of the catalogue.
pub const JOB_PROFILE: FieldId = FieldId::known("/position/jobProfile");
/// `vacant`, `filled`, `starting`, `departing`, `onHold`, `cancelledSoon`, `cancelled` (also met: `canceled`).
pub const STATUS: FieldId = FieldId::known("/position/status");
/// Whether changes of the position wait for approval.
pub const HAS_OPEN_REQUESTS: FieldId = FieldId::known("/position/hasOpenRequests");
/// When the position was last changed.
pub const MODIFICATION_DATE: FieldId = FieldId::known("/position/modificationDate");
/// From when the position is budgeted.
pub const EFFECTIVE_DATE: FieldId = FieldId::known("/position/effectiveDate");
/// When somebody is expected to start.
pub const EXPECTED_START_DATE: FieldId = FieldId::known("/position/expectedStartDate");
/// When the holder starts.
pub const ACTUAL_START_DATE: FieldId = FieldId::known("/position/actualStartDate");
/// How far the search is: `open`, `onHold`, `closed`.
pub const RECRUITMENT_STATUS: FieldId = FieldId::known("/position/recruitmentStatus");
/// Percent; 100 is full time.
pub const FTE: FieldId = FieldId::known("/position/fte");
/// A list that the company can extend.
pub const EMPLOYMENT_TYPE: FieldId = FieldId::known("/position/employmentType");
/// `Growth`, `Promotion`, `Replacement`; a list that the company can extend. May be empty.
pub const POSITION_TYPE: FieldId = FieldId::known("/position/positionType");
/// The department, of a list.
pub const DEPARTMENT: FieldId = FieldId::known("/position/department");
/// The site, of a list.
pub const SITE: FieldId = FieldId::known("/position/site");
/// The position of the manager.
pub const MANAGER_POSITION_ID: FieldId = FieldId::known("/position/managerPositionId");
/// Who fills the position of the manager: an employee's id.
pub const MANAGER_POSITION_FILLED_BY: FieldId = FieldId::known("/position/managerPositionFilledBy");
/// Who fills the position: an employee's id.
pub const FILLED_BY: FieldId = FieldId::known("/position/filledBy");
/// Free text. May be empty.
pub const REASON: FieldId = FieldId::known("/position/reason");
