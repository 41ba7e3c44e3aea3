//! Keys of a connection file that problems of an absence name.

/// The table of absence types.
pub(super) const MAPPING: &str = "mapping";
/// The setting about the end that Personio gives.
pub(super) const ABSENCE_END: &str = "personio.absence_end";
/// The setting about days that count half.
pub(super) const UNSTATED_HALVES: &str = "personio.unstated_halves";
/// The table of invented hours.
pub(super) const WORKING_HOURS: &str = "working_hours";
/// What would let hours into a type kept in days.
pub(super) const DAYS_INSTEAD: &str = "`hellohq.hours_as = \"days\"` enters whole days";
