//! What Teamtailor says when it refuses, and what follows from status and body together.
//!
//! Codes, titles that are known, and the names of attributes are kept: a `detail` may quote a value.

use std::time::Duration;

use serde_json::Value;

use super::account::RENEW;
use crate::http::Answer;
use crate::json::{Field, plain};
use crate::{Error, Kind, Meaning, Operation, Reason};

/// The code of an error that has none.
const UNNAMED: &str = "refused";

/// Titles that are the vendor's fixed words.
const TITLES: [&str; 6] = [
    "can't be blank",
    "has already been taken",
    "is invalid",
    "Record not found",
    "Invalid/Missing API Version",
    "Invalid field value",
];

/// What a version means that Teamtailor no longer speaks.
const VERSION: Meaning = Meaning {
    means: "Teamtailor does not speak this version of its API",
    to_do: "Compare `api_version` of the connection file with Teamtailor's API documentation.",
};

/// What a member that cannot be read means.
const UNREADABLE: Meaning = Meaning {
    means: "missing in Teamtailor's answer, or not of the documented form",
    to_do: "Look at the candidate in Teamtailor; Teamtailor's support can say why its API shows them so.",
};

/// A failed call. A refusal in JSON:API's words comes from behind the door where the key is looked at.
pub(super) fn failure(operation: Operation, answer: &Answer) -> Error {
    let error = Error::new(operation, kind_of(answer));
    match &error.kind {
        Kind::Invalid(reasons) if !reasons.is_empty() => error.after_login(),
        Kind::Gone => error.after_login(),
        Kind::LoginRefused => error.mended_by(RENEW),
        _ => error,
    }
}

/// An answer that nothing explains.
pub(super) fn unexplained(operation: Operation, answer: &Answer) -> Error {
    Error::new(operation, Kind::Unexplained { status: answer.status.as_u16() })
}

/// An answer of which a member cannot be read.
pub(super) fn unreadable(operation: Operation, field: Field) -> Error {
    let reason = Reason { field: Some(field.to_string()), code: "unreadable".to_owned(), meaning: Some(UNREADABLE) };
    Error::new(operation, Kind::Invalid(vec![reason]))
}

/// The reasons in an error body, one per error. Empty where it is none. `errors` has been met as an object too.
fn reasons(body: &[u8]) -> Vec<Reason> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    match body.get("errors") {
        Some(Value::Array(errors)) => errors.iter().map(reason).collect(),
        Some(error @ Value::Object(_)) => vec![reason(error)],
        _ => Vec::new(),
    }
}

fn reason(error: &Value) -> Reason {
    let pointer = error.pointer("/source/pointer").and_then(Value::as_str);
    let attribute = pointer.and_then(|pointer| pointer.rsplit('/').next()).map(plain);
    let title = error.get("title").and_then(Value::as_str).filter(|title| TITLES.contains(title));
    let code = match error.get("code") {
        Some(Value::String(code)) => Some(plain(code)),
        Some(Value::Number(code)) => Some(code.to_string()),
        _ => None,
    };
    let code = title.map(ToOwned::to_owned).or(code).unwrap_or_else(|| UNNAMED.to_owned());
    Reason { field: attribute.filter(|name| !name.is_empty()), code, meaning: None }
}

fn kind_of(answer: &Answer) -> Kind {
    let reasons = || reasons(&answer.body);
    match answer.status.as_u16() {
        400 | 413 | 422 => Kind::Invalid(reasons()),
        401 => Kind::LoginRefused,
        403 => Kind::forbidden(reasons()),
        // only Teamtailor itself says in JSON:API's words that a thing is not there
        404 | 410 if !reasons().is_empty() => Kind::Gone,
        404 | 405 | 410 => Kind::WrongAddress,
        406 => Kind::RightMissing(vec![Reason { field: None, code: "406".to_owned(), meaning: Some(VERSION) }]),
        409 => Kind::Conflict(reasons()),
        429 => Kind::RateLimited { retry_after: wait(answer) },
        500..=599 => Kind::Unavailable { retry_after: answer.retry_after() },
        status => Kind::Unexplained { status },
    }
}

/// The smaller of what two headers say. The vendor's own counts the seconds that are left, and is no moment.
fn wait(answer: &Answer) -> Option<Duration> {
    let left = answer.header("x-rate-limit-reset").and_then(|seconds| seconds.trim().parse().ok());
    [answer.retry_after(), left.map(Duration::from_secs)].into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Vec<String> {
        reasons(body.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn attributes_titles_and_codes_are_kept_and_details_are_not() {
        let body = r#"{"errors":[{"title":"can't be blank","detail":"email of Dora","code":"100",
            "source":{"pointer":"/data/attributes/email"},"status":"422"},{"title":"Dora is odd","code":7,"status":422},{}]}"#;
        assert_eq!(shown(body), ["email: can't be blank", "7", "refused"]);
        assert_eq!(shown(r#"{"errors":{"title":"is invalid","status":422}}"#), ["is invalid"]);
    }

    #[test]
    fn anything_else_has_no_reasons() {
        for body in ["", "<html>", "[]", "null", r#"{"error":"x"}"#, r#"{"errors":"x"}"#] {
            assert_eq!(shown(body), Vec::<String>::new(), "{body}");
        }
    }
}
