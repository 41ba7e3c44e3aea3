//! What Personio's recruiting API says when it refuses: three shapes of error body, read into one list of reasons.
//!
//! Only codes, field names and the vendor's fixed words are kept: a `detail` or `context` may hold a value of the
//! application. Source: developer.personio.de, "Recruiting: error codes"; the third shape is seen live only.

use serde_json::Value;

use super::model::AttributeId;
use crate::{Kind, Meaning, Reason};

/// The one code that means "this address has applied for this job already".
const ALREADY_EXISTS: &str = "errors.applicant-already-exists";
/// An uploaded file is no longer known: upload it again.
const FILE_NOT_EXISTS: &str = "errors.file-validation.file-not-exists";

/// What only somebody knows who has looked into the account. Personio judges the rest of a body before the login.
const OF_THE_ACCOUNT: &[&str] = &[
    ALREADY_EXISTS,
    FILE_NOT_EXISTS,
    "errors.attribute-validation.unknown",
    "errors.attribute-validation.unknown-attribute-option",
    "errors.posting-validation.posting-not-found",
    "errors.posting-validation.channel-not-found",
    "errors.job-position.not-published",
];

/// Whether one of the reasons could only be given after a look into the account.
pub(super) fn names_the_account(reasons: &[Reason]) -> bool {
    reasons.iter().any(|reason| OF_THE_ACCOUNT.contains(&reason.code.as_str()))
}

/// The reasons in an error body; empty where it has none or is no such body. One item that cannot be read hides none
/// of the others.
pub(super) fn reasons(body: &[u8]) -> Vec<Reason> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    let whole = body.get("error").and_then(|error| words(error.get("reason")?));
    let whole = whole.map(|code| reason(None, code));
    let items = body.get("errors").and_then(Value::as_array);
    whole.into_iter().chain(items.into_iter().flatten().flat_map(item_reasons)).collect()
}

/// Either a field's errors (`field`, `errors`) or a generic error (`title`, `detail`).
fn item_reasons(item: &Value) -> Vec<Reason> {
    let field = item.get("field").and_then(Value::as_str).filter(|field| is_field(field)).map(ToOwned::to_owned);
    let generic = ["detail", "title"].iter().find_map(|member| words(item.get(member)?));
    let generic = generic.map(|code| reason(None, code));
    let about_field = item.get("errors").and_then(Value::as_array).into_iter().flatten();
    let about_field = about_field.filter_map(|error| words(error.get("reason")?));
    generic.into_iter().chain(about_field.map(|code| reason(field.clone(), code))).collect()
}

/// A text that can only be the vendor's own: a code, or one of the sentences that were met. Anything else might quote
/// the application, be it a single word.
fn words(value: &Value) -> Option<String> {
    const SENTENCES: &[&str] = &[
        "Internal Server Error",
        "Forbidden",
        "Bad Request",
        "Invalid request body supplied",
        "Invalid multipart request body and/or headers supplied",
    ];
    let text = value.as_str()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    let is_code = ["errors.", "feature."].iter().any(|prefix| text.starts_with(prefix))
        && text.len() <= 80
        && text.chars().all(plain);
    let required = text.strip_prefix("Field '").and_then(|rest| rest.strip_suffix("' is required"));
    (is_code || required.is_some_and(is_field) || SENTENCES.contains(&text)).then(|| text.to_owned())
}

/// A name of the request's own members, or a path that begins with one, e.g. `files[0].uuid`.
fn is_field(text: &str) -> bool {
    const FIELDS: &[&str] = &[
        "first_name",
        "last_name",
        "email",
        "job_position_id",
        "recruiting_channel_id",
        "external_posting_id",
        "message",
        "application_date",
        "phase",
        "tags",
        "files",
        "attributes",
        "company_id",
        "file",
        "id",
        "uuid",
        "category",
        "value",
        "type",
        "original_filename",
    ];
    let first = text.split(['.', '[']).next().unwrap_or_default();
    let rest = text.get(first.len()..).unwrap_or_default();
    let path = |c: char| c.is_ascii_digit() || ".[]_".contains(c) || c.is_ascii_lowercase();
    let is_path = rest
        .split(['.', '[', ']'])
        .all(|part| part.is_empty() || part.bytes().all(|byte| byte.is_ascii_digit()) || is_inner(part));
    FIELDS.contains(&first) && text.len() <= 80 && rest.chars().all(path) && is_path
}

/// A member of a file or phase, or an attribute's id.
fn is_inner(part: &str) -> bool {
    ["id", "uuid", "category", "value", "type", "original_filename"].contains(&part)
        || part.parse::<AttributeId>().is_ok()
}

fn reason(field: Option<String>, code: String) -> Reason {
    let meaning = MEANINGS.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning);
    Reason { field, code, meaning }
}

/// Each documented code: what it means, and what the person who reads it does about it. README.md holds the same table.
const MEANINGS: &[(&str, Meaning)] = &[
    known(
        ALREADY_EXISTS,
        "this address has applied for this job before, or Personio could not make sure that it has not",
        "Look the earlier application up in Personio. If this one should count as well, add it by hand.",
    ),
    known(FILE_NOT_EXISTS, "an uploaded file is no longer known", "Nothing: the next attempt uploads the file again."),
    known(
        "errors.attribute-validation.unknown",
        "no attribute has this id",
        "Compare `application.attributes` of the connection file with the attributes in Personio's recruiting settings.",
    ),
    known(
        "errors.attribute-validation.required-attribute",
        "a required value is missing or blank",
        "Make the question a required one in the form, or give the field a default in the connection file.",
    ),
    known(
        "errors.attribute-validation.invalid-date-format",
        "not a date of the form 2026-03-01",
        "Let the connection file fill the attribute from a date field of the form, or take it out.",
    ),
    known(
        "errors.attribute-validation.invalid-email-format",
        "Personio does not take this e-mail address",
        "Look the address up in the form's response; if it holds a slip, add the application by hand with the right one.",
    ),
    known(
        "errors.attribute-validation.invalid-type",
        "an attribute of a type that cannot be set",
        "Take the attribute out of the connection file; Personio does not let it be filled from outside.",
    ),
    known(
        "errors.attribute-validation.unknown-attribute-option",
        "not one of the attribute's options in Personio's settings",
        "Add the option in Personio, or translate the form's word to one of the options in the connection file.",
    ),
    known(
        "errors.date-validation.date-in-the-future",
        "the application's date lies in the future",
        "Set `application.time_zone` of the connection file to the company's, or leave `application_date` out.",
    ),
    known(
        "errors.phase-validation.invalid-system-phase",
        "no system phase has this name",
        "Name one of unassigned, rejected, withdrawn, offer or accepted in `application.phase` of the connection file.",
    ),
    known(
        "errors.file-validation.unknown-file-category",
        "no file category has this name",
        "Name one of the categories that connection.example.toml lists in `application.files` of the connection file.",
    ),
    known(
        "errors.invalid-file-type",
        "a file of a type that Personio does not take",
        "Add the file by hand in a type that Personio takes; let the form accept only such types.",
    ),
    known(
        "errors.file-too-big",
        "a file larger than 20 MB",
        "Add a smaller version of the file by hand; limit the size in the form.",
    ),
    known(
        "errors.posting-validation.posting-not-found",
        "the posting is unknown or does not fit the channel",
        "Compare `application.external_posting_id` of the connection file with the channel's postings, or take it out.",
    ),
    known(
        "errors.posting-validation.channel-not-found",
        "no recruiting channel has this id",
        "Compare `application.recruiting_channel_id` of the connection file with Personio's recruiting channels.",
    ),
    known(
        "errors.job-position.not-published",
        "the job is not published",
        "Publish the job in Personio, or change `application.job_position_id` of the connection file.",
    ),
    known(
        "feature.recruiting.disabled",
        "the company has not booked Personio Recruiting",
        "Book Personio Recruiting; responses wait meanwhile, and go on by themselves.",
    ),
    known(
        "feature.public-api.disabled",
        "the company has not booked the recruiting API",
        "Let Personio switch the recruiting API on; responses wait meanwhile, and go on by themselves.",
    ),
];

const fn known(code: &'static str, means: &'static str, to_do: &'static str) -> (&'static str, Meaning) {
    (code, Meaning { means, to_do })
}

/// A refused content (status 400, 413, 422). A duplicate is a conflict where nothing else stands in the way, but for files
/// that are no longer known: they were attached to the application that is there already. Beside any other reason it is
/// invalid, and a person must see them all.
pub(super) fn refused_content(reasons: Vec<Reason>) -> Kind {
    let any = |code: &str| reasons.iter().any(|reason| reason.code == code);
    let only_these = reasons.iter().all(|reason| [ALREADY_EXISTS, FILE_NOT_EXISTS].contains(&reason.code.as_str()));
    match (only_these, any(ALREADY_EXISTS), any(FILE_NOT_EXISTS)) {
        (true, true, _) => Kind::Conflict(reasons),
        (true, false, true) => Kind::Stale(reasons),
        _ => Kind::Invalid(reasons),
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
    fn a_field_is_one_of_the_requests_own() {
        for field in ["email", "files[0].uuid", "attributes.custom_attribute_1001", "attributes[2].value", "phase.id"] {
            assert!(is_field(field), "{field}");
        }
        for quoted in ["Mina", "mina", "email.mina", "attributes.mina", "files[mina]", "", "email mina"] {
            assert!(!is_field(quoted), "{quoted}");
        }
    }

    #[test]
    fn one_odd_item_hides_no_other() {
        let mixed = r#"{"errors":[7,{"field":"email","errors":[{},{"reason":"errors.applicant-already-exists"}]}]}"#;
        assert_eq!(codes(mixed), ["email: errors.applicant-already-exists"]);
        let feature =
            r#"{"errors":[{"id":"1","status":"403","title":"Forbidden","detail":"feature.recruiting.disabled"}]}"#;
        assert_eq!(codes(feature), ["feature.recruiting.disabled"]);
    }

    #[test]
    fn a_known_code_comes_with_its_meaning() {
        let known = reason(Some("email".to_owned()), "errors.file-too-big".to_owned());
        assert_eq!(known.to_string(), "email: errors.file-too-big (a file larger than 20 MB)");
        assert_eq!(reason(None, "errors.new".to_owned()).to_string(), "errors.new");
    }

    /// The rows of the README's table, each with its code first.
    #[test]
    fn the_readme_holds_the_same_table() {
        let readme = include_str!("README.md");
        let rows = readme.lines().filter(|line| line.starts_with("| `errors.") || line.starts_with("| `feature."));
        let row = |(code, meaning): &(&str, Meaning)| format!("| `{code}` | {} | {} |", meaning.means, meaning.to_do);
        assert_eq!(rows.collect::<Vec<_>>(), MEANINGS.iter().map(row).collect::<Vec<_>>());
    }

    #[test]
    fn a_meaning_is_a_fragment_and_what_to_do_a_sentence() {
        for (code, Meaning { means, to_do }) in MEANINGS {
            assert!(!means.ends_with('.') && !means.contains(';'), "{code}");
            assert!(to_do.ends_with('.') && to_do.starts_with(|c: char| c.is_ascii_uppercase()), "{code}");
        }
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
        for body in [
            "",
            "<html>",
            "[]",
            "null",
            r#"{"errors":"x"}"#,
            r#"{"errors":[{"errors":[{}]}]}"#,
            r#"{"error":{"reason":"mina@example.com is known"}}"#,
            r#"{"errors":[{"title":"Mina Aydin"}]}"#,
        ] {
            assert_eq!(codes(body), Vec::<String>::new(), "{body:?}");
        }
    }

    #[test]
    fn a_duplicate_beside_other_reasons_is_not_only_a_duplicate() {
        let reason = |code: &str| reason(None, code.to_owned());
        assert!(matches!(refused_content(vec![reason(ALREADY_EXISTS)]), Kind::Conflict(_)));
        assert!(matches!(refused_content(vec![reason(ALREADY_EXISTS), reason("errors.x")]), Kind::Invalid(_)));
        assert!(matches!(refused_content(vec![reason(FILE_NOT_EXISTS)]), Kind::Stale(_)));
        assert!(matches!(refused_content(vec![reason(ALREADY_EXISTS), reason(FILE_NOT_EXISTS)]), Kind::Conflict(_)));
        assert!(matches!(refused_content(Vec::new()), Kind::Invalid(_)));
    }
}
