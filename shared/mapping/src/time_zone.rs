//! The time zone that a connection file names.

use jiff::tz::TimeZone;
use toml_span::Spanned;
use toml_span::de_helpers::TableHelper;

use crate::document::fault;
use crate::nearest::hint;

/// Where the vendors are at home.
pub(crate) const DEFAULT_ZONE: &str = "Europe/Berlin";

/// Takes `time_zone` from a table, [`DEFAULT_ZONE`] where the key is left out. `None`: an unknown zone, and the fault is
/// put beside the table's others.
pub(crate) fn time_zone(fields: &mut TableHelper<'_>) -> Option<TimeZone> {
    let given: Option<Spanned<String>> = fields.optional_s("time_zone");
    let name = given.unwrap_or_else(|| Spanned::new(DEFAULT_ZONE.to_owned()));
    let zone = TimeZone::get(&name.value).ok();
    if zone.is_none() {
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let near = hint(&name.value, names.iter().map(String::as_str));
        let what = format!("`{}` is no IANA time zone{near}", name.value);
        fields.errors.extend(fault(name.span, what).errors);
    }
    zone
}
