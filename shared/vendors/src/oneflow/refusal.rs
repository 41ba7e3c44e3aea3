//! What Oneflow says when it refuses, and what follows from status and body together.
//!
//! Only numbers and names are kept: `detail` and the texts of `parameter_problems` may quote a value. Source:
//! developer.oneflow.com/docs/handling-errors-with-error-codes.

use serde_json::Value;

use super::account::RENEW;
use crate::http::Answer;
use crate::json::{Field, member, optional_text, plain};
use crate::{Error, Kind, Meaning, Operation, Reason};

/// The most parameters that are named.
const MOST_PARAMETERS: usize = 10;

/// What a member that cannot be read means.
const UNREADABLE: Meaning = Meaning {
    means: "missing in Oneflow's answer, or not of the documented form",
    to_do: "Look at the contract or template in Oneflow; Oneflow's support can say why its API shows it so.",
};

/// The codes whose meaning is documented.
const MEANINGS: &[(&str, Meaning)] = &[(
    "4000003",
    Meaning {
        means: "the contract has this participant already",
        to_do: "Take the participant out of the template, or out of the connection file.",
    },
)];

/// What a trace of a request is good for.
const TRACE: Meaning =
    Meaning { means: "Oneflow's id of the request", to_do: "Oneflow's support can follow the id of the request." };

/// A plan that does not cover what was asked.
const PLAN: Meaning = Meaning {
    means: "the plan of the Oneflow account does not cover this",
    to_do: "Look at the account's plan in Oneflow: publishing by API needs a paid one.",
};

/// A failed call. A refusal in Oneflow's own words comes from behind the door where the token is looked at.
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

/// The reasons in an error body: its code, the parameters it names, the id of the request. Empty where it is none.
pub(super) fn reasons(body: &[u8]) -> Vec<Reason> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    let Some(code) = code(&body) else { return Vec::new() };
    let meaning = MEANINGS.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning);
    let reason = |field| Reason { field, code: code.clone(), meaning };
    let mut reasons: Vec<_> = parameters(&body).into_iter().map(|name| reason(Some(name))).collect();
    if reasons.is_empty() {
        reasons.push(reason(None));
    }
    let trace = optional_text(&body, "request_id").ok().flatten();
    let named = |id| Reason { field: Some("request_id".to_owned()), code: plain(id), meaning: Some(TRACE) };
    reasons.extend(trace.map(named));
    reasons
}

fn kind_of(answer: &Answer) -> Kind {
    let retry_after = answer.retry_after();
    let reasons = || reasons(&answer.body);
    match answer.status.as_u16() {
        400 | 413 | 422 => Kind::Invalid(reasons()),
        401 => Kind::LoginRefused,
        402 => Kind::RightMissing(vec![Reason { field: None, code: "402".to_owned(), meaning: Some(PLAN) }]),
        403 => Kind::forbidden(reasons()),
        // only Oneflow itself says with a code of its own that a thing is not there
        404 | 410 if !reasons().is_empty() => Kind::Gone,
        404 | 405 | 410 => Kind::WrongAddress,
        409 => Kind::Conflict(reasons()),
        429 => Kind::RateLimited { retry_after },
        500..=599 => Kind::Unavailable { retry_after },
        status => Kind::Unexplained { status },
    }
}

fn code(body: &Value) -> Option<String> {
    member(body, "error_code")?.as_u64().map(|code| code.to_string())
}

/// The paths of the parameters that are at fault. Their names are the API's own, but for the keys of data fields.
fn parameters(body: &Value) -> Vec<String> {
    let problems = member(body, "parameter_problems").and_then(Value::as_object);
    problems.into_iter().flat_map(|problems| problems.keys()).take(MOST_PARAMETERS).map(|name| plain(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Vec<String> {
        reasons(body.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn codes_and_parameters_are_kept_and_texts_are_not() {
        let body = r#"{"error_code":4000000,"detail":"dora@example.com is odd","parameter_problems":
            {"data_fields.value":["Dora is too long"],"name":[]},"request_id":"be-1f","status":400,"title":"Bad Request"}"#;
        let wanted = ["data_fields.value: 4000000", "name: 4000000", "request_id: be-1f (Oneflow's id of the request)"];
        assert_eq!(shown(body), wanted);
        let known = r#"{"error_code":4000003,"parameter_problems":{}}"#;
        assert_eq!(shown(known), ["4000003 (the contract has this participant already)"]);
    }

    #[test]
    fn anything_else_has_no_reasons() {
        for body in ["", "<html>", "[]", "null", r#"{"message":"Forbidden"}"#, r#"{"error_code":"x"}"#] {
            assert_eq!(shown(body), Vec::<String>::new(), "{body}");
        }
    }
}
