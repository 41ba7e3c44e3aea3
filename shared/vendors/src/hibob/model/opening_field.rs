//! The fields of openings that were met.

use super::field::FieldId;

/// The opening's id.
pub const ID: FieldId = FieldId::known("/positionOpening/id");
/// The position that the opening belongs to.
pub const POSITION_ID: FieldId = FieldId::known("/positionOpening/positionId");
/// The opening's code, e.g. `O-6853240227`.
pub const CODE: FieldId = FieldId::known("/positionOpening/positionOpeningName");
/// `vacant`, `starting`, `filled`, `departing`, `onHold`, `cancelledSoon`, `cancelled`.
pub const STATUS: FieldId = FieldId::known("/positionOpening/status");
/// How far the search is: `open`, `onHold`, `closed`.
pub const RECRUITMENT_STATUS: FieldId = FieldId::known("/positionOpening/recruitmentStatus");
/// When somebody is expected to start.
pub const EXPECTED_START_DATE: FieldId = FieldId::known("/positionOpening/expectedStartDate");
/// When the holder starts.
pub const ACTUAL_START_DATE: FieldId = FieldId::known("/positionOpening/actualStartDate");
/// Who fills the opening: an employee's id.
pub const FILLED_BY: FieldId = FieldId::known("/positionOpening/filledBy");
/// From when the last change counts.
pub const UPDATE_EFFECTIVE_DATE: FieldId = FieldId::known("/positionOpening/updateEffectiveDate");
