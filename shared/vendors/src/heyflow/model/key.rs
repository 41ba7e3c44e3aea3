//! Names under which a form's owner asks for a field.

/// The form in which two keys are the same but for blanks around them and upper or lower case.
pub(super) fn folded(key: &str) -> String {
    key.trim().to_lowercase()
}
