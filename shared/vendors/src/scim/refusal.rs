//! What a server says when it refuses (RFC 7644, 3.12), and what follows from status and body together.
//!
//! Only the standard's own words are kept: a `detail` may quote a value of the user. Of it only the names of attributes are
//! taken. Errors come with and without `schemas`, `scimType` and `status`, the latter as text or number (all met).

use serde_json::Value;

use super::client::RENEW;
use super::json::{count, member};
use super::model::Attribute;
use crate::http::Answer;
use crate::{Error, Kind, Meaning, Operation, Reason};

/// The schema of errors.
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

/// The code of an error that names no `scimType` that is known.
const UNNAMED: &str = "refused";

/// The code where another user holds what must be unique.
const UNIQUENESS: &str = "uniqueness";

/// Each `scimType`: what it means, and what the person who reads it does about it (RFC 7644, table 9).
const MEANINGS: &[(&str, Meaning)] = &[
    known(
        UNIQUENESS,
        "another user of the system has this value already",
        "Look the other user up in the system; if it is the same person, let `adoption` of the connection file take the user over.",
    ),
    known(
        "invalidValue",
        "the system does not take a value, or lacks one that it requires",
        "Compare the attributes of the connection file with what the system's SCIM guide requires.",
    ),
    known(
        "invalidPath",
        "the system does not know an attribute",
        "Take the attribute out of the connection file, or change its dialect to what the system's SCIM guide shows.",
    ),
    known(
        "invalidSyntax",
        "the system does not understand the request",
        "Change the dialect of the connection file to what the system's SCIM guide shows.",
    ),
    known(
        "mutability",
        "an attribute cannot be changed in the system",
        "Set the attribute to `on-create` in the connection file, or take it out.",
    ),
    known(
        "noTarget",
        "there is nothing where the change was to be made",
        "Change the dialect of the connection file to what the system's SCIM guide shows.",
    ),
    known(
        "invalidFilter",
        "the system does not take this filter",
        "Compare the system's SCIM guide: users must be found by `externalId` or `userName`.",
    ),
    known("tooMany", "the system finds too many users to name them", "Look in the system for users with the same ids."),
    known("sensitive", "the system takes no such value in an address", "Ask the system's support for its rules."),
    known("invalidVers", "the system does not speak SCIM 2.0", "Correct the base URL of the connection file."),
];

const fn known(code: &'static str, means: &'static str, to_do: &'static str) -> (&'static str, Meaning) {
    (code, Meaning { means, to_do })
}

/// The reasons in an error body: one per attribute that is named, else one. Empty where it is no error of SCIM.
pub(super) fn reasons(body: &[u8]) -> Vec<Reason> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    if !is_error(&body) {
        return Vec::new();
    }
    let scim_type = member(&body, "scimType").and_then(Value::as_str).unwrap_or_default();
    let meant = MEANINGS.iter().find(|(code, _)| code.eq_ignore_ascii_case(scim_type));
    let code = meant.map_or(UNNAMED, |(code, _)| *code);
    let reason = |field| Reason { field, code: code.to_owned(), meaning: meant.map(|(_, meaning)| *meaning) };
    let detail = member(&body, "detail").and_then(Value::as_str).unwrap_or_default();
    let fields = named_in(detail);
    if fields.is_empty() {
        return vec![reason(None)];
    }
    fields.into_iter().map(|field| reason(Some(field.name().to_owned()))).collect()
}

/// Whether another user holds what must be unique. Some say so with 400.
pub(super) fn is_taken(reasons: &[Reason]) -> bool {
    reasons.iter().any(|reason| reason.code == UNIQUENESS)
}

/// A failed call. A refusal in SCIM's own words comes from behind the door where the login is looked at.
pub(super) fn failure(operation: Operation, answer: &Answer) -> Error {
    let error = Error::new(operation, kind_of(answer));
    match &error.kind {
        Kind::Invalid(reasons) if !reasons.is_empty() => error.after_login(),
        Kind::LoginRefused => error.mended_by(RENEW),
        _ => error,
    }
}

/// An answer that nothing explains.
pub(super) fn unexplained(operation: Operation, answer: &Answer) -> Error {
    Error::new(operation, Kind::Unexplained { status: answer.status.as_u16() })
}

fn kind_of(answer: &Answer) -> Kind {
    let retry_after = answer.retry_after();
    let reasons = || reasons(&answer.body);
    match answer.status.as_u16() {
        400 | 413 | 422 => Kind::Invalid(reasons()),
        401 => Kind::LoginRefused,
        403 => Kind::forbidden(reasons()),
        // whatever stands below the base URL is always there, but for single users: they are dealt with where they are asked for
        404 | 410 => Kind::WrongAddress,
        409 => Kind::Conflict(reasons()),
        429 => Kind::RateLimited { retry_after },
        // 423: locked for maintenance (met)
        423 | 500..=599 => Kind::Unavailable { retry_after },
        status => Kind::Unexplained { status },
    }
}

/// Gateways send JSON as well, so one member alone proves little.
fn is_error(body: &Value) -> bool {
    let schemas = member(body, "schemas").and_then(Value::as_array).into_iter().flatten();
    let is_declared = schemas.filter_map(Value::as_str).any(|schema| schema.eq_ignore_ascii_case(ERROR));
    let has_text = |name| member(body, name).is_some_and(Value::is_string);
    is_declared || has_text("scimType") || has_text("detail") && count(body, "status").is_some()
}

/// The attributes that a text names. Those that are words of the language as well (`title`) count only where SCIM's schema
/// stands before them.
fn named_in(detail: &str) -> Vec<Attribute> {
    let words: Vec<_> = detail.split(|c: char| !(c.is_alphanumeric() || ".:_-".contains(c))).collect();
    let is_named = |attribute: &Attribute| {
        let is_distinct = attribute.name().chars().any(char::is_uppercase);
        words
            .iter()
            .map(|word| word.trim_end_matches(['.', ':']))
            .any(|word| word.ends_with(&format!(":{attribute}")) || is_distinct && word == attribute.name())
    };
    Attribute::ALL.iter().copied().filter(is_named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Vec<String> {
        reasons(body.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_shape_of_error_is_read_and_its_detail_is_not_quoted() {
        for (body, wanted) in [
            (
                r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness",
                    "detail":"userName dora@example.com is taken."}"#,
                "userName: uniqueness (another user of the system has this value already)",
            ),
            (r#"{"scimType":"invalidpath"}"#, "invalidPath (the system does not know an attribute)"),
            (r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"Dora is odd"}"#, "refused"),
            (r#"{"status":409,"detail":"User dora@example.com exists"}"#, "refused"),
            (r#"{"status":"400","scimType":"doraIsOdd","detail":"'externalId': dora"}"#, "externalId: refused"),
        ] {
            assert_eq!(shown(body), [wanted], "{body}");
        }
    }

    #[test]
    fn anything_else_has_no_reasons() {
        for body in [
            "",
            "<html>",
            "[]",
            "null",
            r#"{"message":"Forbidden"}"#,
            r#"{"detail":"Not Found"}"#,
            r#"{"status":403}"#,
            r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}"#,
        ] {
            assert_eq!(shown(body), Vec::<String>::new(), "{body}");
        }
    }

    #[test]
    fn attributes_are_taken_from_a_detail_and_words_are_not() {
        let named = |detail: &str| named_in(detail).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(named("userName and name.givenName: given"), ["userName", "name.givenName"]);
        let title = "urn:ietf:params:scim:schemas:core:2.0:User:title is long";
        assert_eq!(named(title), ["title"]);
        assert_eq!(named("The active manager has the title userNames"), Vec::<String>::new());
    }

    #[test]
    fn a_meaning_is_a_fragment_and_what_to_do_a_sentence() {
        for (code, Meaning { means, to_do }) in MEANINGS {
            assert!(!means.ends_with('.') && !means.contains(';'), "{code}");
            assert!(to_do.ends_with('.') && to_do.starts_with(|c: char| c.is_ascii_uppercase()), "{code}");
        }
    }
}
