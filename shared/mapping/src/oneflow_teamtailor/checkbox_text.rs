//! Yes and no: `1` and `0` in Oneflow, `true` or its text in Teamtailor.

use super::misfit::Misfit;

pub(super) fn read(text: &str) -> Result<bool, Misfit> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        _ => Err(Misfit::NotACheckbox),
    }
}

pub(super) fn write(is_checked: bool) -> &'static str {
    if is_checked { "1" } else { "0" }
}
