//! The flow heyflow-to-personio, in process, against the twins and the local AWS.

mod characters;
mod cuts;
mod doctor;
mod door;
mod files;
mod forgotten;
mod halt;
pub(crate) mod privacy;
mod properties;
mod push;
mod random;

use serde_json::{Value, json};

/// Answers as the example connection's form gives them.
fn answers(email: &str) -> Value {
    json!({"First name": "Sample", "Last name": "Applicant", "E-mail": email})
}
