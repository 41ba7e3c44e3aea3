//! What Personio's recruiting API says when it refuses: three shapes of error body, read into one list of reasons.
//!
//! Only codes, field names and the vendor's fixed words are kept: a `detail` or `context` may hold a value of the
//! application. Source: developer.personio.de, "Recruiting: error codes"; the third shape is seen live only.

use serde::Deserialize;

use crate::{Kind, Reason};

/// The one code that means "this address has applied for this job already".
const ALREADY_EXISTS: &str = "errors.applicant-already-exists";
/// An uploaded file is no longer known: upload it again.
const FILE_NOT_EXISTS: &str = "errors.file-validation.file-not-exists";

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    errors: Vec<Item>,
    #[serde(default)]
    error: Option<Whole>,
}

/// Either a field's errors (`field`, `errors`) or a generic error (`title`); the members tell which.
#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    field: Option<String>,
    #[serde(default)]
    errors: Vec<Whole>,
    #[serde(default)]
    title: Option<String>,
}

#[derive(Deserialize)]
struct Whole {
    reason: String,
}

/// The reasons in an error body; empty where it has none or is no such body.
pub(super) fn reasons(body: &[u8]) -> Vec<Reason> {
    let Ok(body) = serde_json::from_slice::<Body>(body) else { return Vec::new() };
    let whole = body.error.map(|error| reason(None, error.reason));
    whole.into_iter().chain(body.errors.into_iter().flat_map(item_reasons)).collect()
}

fn item_reasons(item: Item) -> Vec<Reason> {
    let generic = item.title.map(|title| reason(None, title));
    let field = item.field;
    let about_field = item.errors.into_iter().map(|error| reason(field.clone(), error.reason));
    generic.into_iter().chain(about_field).collect()
}

fn reason(field: Option<String>, code: String) -> Reason {
    let meaning = MEANINGS.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning);
    Reason { field, code, meaning }
}

/// What each documented code means to the person who reads it.
const MEANINGS: &[(&str, &str)] = &[
    (ALREADY_EXISTS, "this address has applied for this job before, or Personio could not make sure that it has not"),
    (FILE_NOT_EXISTS, "an uploaded file is no longer known"),
    ("errors.attribute-validation.unknown", "no attribute has this id: compare the mapping with Personio's settings"),
    ("errors.attribute-validation.required-attribute", "a required value is missing or blank"),
    ("errors.attribute-validation.invalid-date-format", "not a date of the form 2026-03-01"),
    ("errors.attribute-validation.invalid-email-format", "Personio does not take this e-mail address"),
    (
        "errors.attribute-validation.invalid-type",
        "an attribute of a type that cannot be set: take it out of the mapping",
    ),
    (
        "errors.attribute-validation.unknown-attribute-option",
        "not one of the attribute's options in Personio's settings",
    ),
    ("errors.date-validation.date-in-the-future", "the application's date lies in the future"),
    ("errors.phase-validation.invalid-system-phase", "no system phase has this name"),
    ("errors.file-validation.unknown-file-category", "no file category has this name"),
    ("errors.invalid-file-type", "a file of a type that Personio does not take"),
    ("errors.file-too-big", "a file larger than 20 MB"),
    ("errors.posting-validation.posting-not-found", "the posting is unknown or does not fit the channel"),
    ("errors.posting-validation.channel-not-found", "no recruiting channel has this id"),
    ("errors.job-position.not-published", "the job is not published: publish it, or change the job id in the mapping"),
    ("feature.recruiting.disabled", "the company has not booked Personio Recruiting"),
    ("feature.public-api.disabled", "the company has not booked the recruiting API"),
];

/// A refused content (status 400, 413, 422). A duplicate is a conflict only where it is the sole reason: beside others,
/// the other reasons would stand in the way of the application as well, and a person must see them.
pub(super) fn refused_content(reasons: Vec<Reason>) -> Kind {
    let all = |code: &str| !reasons.is_empty() && reasons.iter().all(|reason| reason.code == code);
    if all(ALREADY_EXISTS) {
        Kind::Conflict(reasons)
    } else if all(FILE_NOT_EXISTS) {
        Kind::Stale(reasons)
    } else {
        Kind::Invalid(reasons)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(body: &str) -> Vec<String> {
        let named = |reason: &Reason| reason.field.iter().chain([&reason.code]).cloned().collect::<Vec<_>>().join(": ");
        reasons(body.as_bytes()).iter().map(named).collect()
    }

    #[test]
    fn a_known_code_comes_with_its_meaning() {
        let known = reason(Some("email".to_owned()), "errors.file-too-big".to_owned());
        assert_eq!(known.to_string(), "email: errors.file-too-big (a file larger than 20 MB)");
        assert_eq!(reason(None, "errors.new".to_owned()).to_string(), "errors.new");
    }

    #[test]
    fn all_three_shapes_are_read() {
        let documented =
            r#"{"errors":[{"field":"email","errors":[{"reason":"errors.applicant-already-exists","context":{}}]}]}"#;
        let live = r#"{"errors":[{"type":"com.personio.recruiting.api.http.FieldError","field":"email","errors":[{"reason":"errors.applicant-already-exists"}]}]}"#;
        let generic =
            r#"{"errors":[{"id":"5e3f","status":"500","title":"Internal Server Error","detail":"mina@example.com"}]}"#;
        let whole = r#"{"error":{"reason":"Field 'id' is required"}}"#;
        assert_eq!(codes(documented), ["email: errors.applicant-already-exists"]);
        assert_eq!(codes(live), ["email: errors.applicant-already-exists"]);
        assert_eq!(codes(generic), ["Internal Server Error"]);
        assert_eq!(codes(whole), ["Field 'id' is required"]);
    }

    #[test]
    fn anything_else_has_no_reasons() {
        for body in ["", "<html>", "[]", "null", r#"{"errors":"x"}"#, r#"{"errors":[{"errors":[{}]}]}"#] {
            assert_eq!(codes(body), Vec::<String>::new(), "{body:?}");
        }
    }

    #[test]
    fn a_duplicate_beside_other_reasons_is_not_only_a_duplicate() {
        let reason = |code: &str| reason(None, code.to_owned());
        assert!(matches!(refused_content(vec![reason(ALREADY_EXISTS)]), Kind::Conflict(_)));
        assert!(matches!(refused_content(vec![reason(ALREADY_EXISTS), reason("errors.x")]), Kind::Invalid(_)));
        assert!(matches!(refused_content(Vec::new()), Kind::Invalid(_)));
    }
}
