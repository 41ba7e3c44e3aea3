//! What Personio's HR API says when it refuses: problem documents, two other shapes met in the wild, nothing, or a
//! gateway's HTML, read into one list of reasons.
//!
//! Only codes, the vendor's fixed words and the id of the trace are kept: a `detail` or `message` may hold a value of a
//! record. Source: developer.personio.de/reference/errors; the shapes beside it are seen live only.

use serde_json::Value;

use super::json::{member, text};
use crate::{Kind, Meaning, Reason};

/// More than these are not told.
const MOST: usize = 10;

/// Titles, details and messages that can only be the vendor's own.
const SENTENCES: &[&str] = &[
    "Bad request",
    "Bad Request",
    "Bad Gateway",
    "Conflict",
    "Forbidden",
    "Gateway Timeout",
    "Internal Server Error",
    "Not Found",
    "Provided filter encoding is invalid.",
    "Provided request parameters are invalid.",
    "Provided value for limit is not valid",
    "Resource not found",
    "Service Unavailable",
    "Substitute required",
    "There is no resource for the specified id.",
    "There was a problem while processing this request. Please try again later.",
    "Too Many Requests",
    "Unauthorized",
    "Unauthorized Request",
    "Unauthorized token",
    "Unprocessable Entity",
];

/// What the gateway in front of the API says where it finds no way to a route that is there.
const GATEWAY: &[u8] = b"apinot_found";

/// The codes of the token endpoint.
const LOGIN_CODES: &[&str] = &[
    "access_denied",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "server_error",
    "temporarily_unavailable",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
];

/// The reasons in an error body and the id of its trace; empty where it has neither or is no such body.
pub(super) fn reasons(body: &[u8]) -> Vec<Reason> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    let whole = member(&body, "error.message").or_else(|| member(&body, "error"));
    let whole = whole.and_then(Value::as_str).and_then(words).map(|code| reason(code.to_owned(), None));
    let items = errors(&body).filter_map(of_item).take(MOST);
    items.chain(whole).chain(trace(&body)).collect()
}

/// The code of the token endpoint, where the body holds one that is known.
pub(super) fn login_code(body: &[u8]) -> Option<&'static str> {
    let body = serde_json::from_slice::<Value>(body).ok()?;
    let code = body.get("error")?.as_str()?;
    LOGIN_CODES.iter().find(|known| **known == code).copied()
}

/// What a 404 says of one thing that was asked for by its id. Much hangs on "gone": an unknown route and the page of a
/// gateway must not look like it.
pub(super) fn not_found(body: &[u8]) -> Kind {
    if body.trim_ascii().is_empty() {
        return Kind::Gone;
    }
    if body.windows(GATEWAY.len()).any(|part| part == GATEWAY) {
        return Kind::Unexplained { status: 404 };
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(body) if errors(&body).any(is_unknown_route) => Kind::WrongAddress,
        Ok(Value::Object(_)) => Kind::Gone,
        _ => Kind::Unexplained { status: 404 },
    }
}

fn is_unknown_route(item: &Value) -> bool {
    text(item, "title") == Ok("Not Found") && member(item, "_meta.path").is_some()
}

fn errors(body: &Value) -> impl Iterator<Item = &Value> {
    body.get("errors").and_then(Value::as_array).into_iter().flatten()
}

/// The code at the end of the `type`, else the title; a known detail says what it means.
fn of_item(item: &Value) -> Option<Reason> {
    let known = |name| text(item, name).ok().and_then(words);
    let (title, detail) = (known("title"), known("detail"));
    match text(item, "type").ok().and_then(code_of_type).or(title) {
        Some(code) => Some(reason(code.to_owned(), detail)),
        None => detail.map(|code| reason(code.to_owned(), None)),
    }
}

/// `common.bad_request` of `https://developer.personio.de/reference/errors#common.bad_request`.
fn code_of_type(address: &str) -> Option<&str> {
    let (page, code) = address.split_once('#')?;
    let plain = |c: char| c.is_ascii_lowercase() || "._-".contains(c);
    let is_code = page.starts_with("https://developer.personio.") && code.contains('.') && code.len() <= 80;
    (is_code && code.chars().all(plain)).then_some(code)
}

fn words(text: &str) -> Option<&'static str> {
    SENTENCES.iter().chain(LOGIN_CODES).find(|known| **known == text).copied()
}

/// What the vendor's support asks for. The token endpoint has another name for it.
fn trace(body: &Value) -> Option<Reason> {
    const FIELD: &str = "personio_trace_id";
    let id = [FIELD, "trace_id"].into_iter().find_map(|name| text(body, name).ok())?;
    let plain = id.len() <= 80 && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    plain.then(|| Reason { field: Some(FIELD.to_owned()), code: id.to_owned(), meaning: None })
}

fn reason(code: String, means: Option<&'static str>) -> Reason {
    const TO_DO: &str = "Look the record up in Personio; Personio's support can follow the trace id.";
    Reason { field: None, code, meaning: means.map(|means| Meaning { means, to_do: TO_DO }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Vec<String> {
        reasons(body.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_problem_document_gives_code_meaning_and_trace() {
        let body = r#"{"personio_trace_id":"aswo3f-1","timestamp":"2026-03-01T10:00:00.000Z","errors":[
            {"title":"Resource not found","detail":"There is no resource for the specified id.",
             "type":"https://developer.personio.de/reference/errors#common.resource_not_found","_meta":{}},
            {"title":"Substitute required","detail":"Mina Aydin needs one","type":null}]}"#;
        assert_eq!(
            shown(body),
            [
                "common.resource_not_found (There is no resource for the specified id.)",
                "Substitute required",
                "personio_trace_id: aswo3f-1",
            ]
        );
    }

    #[test]
    fn the_other_shapes_are_read() {
        for (body, wanted) in [
            (r#"{"error":{"message":"Unauthorized token"}}"#, "Unauthorized token"),
            (r#"{"error":"Unauthorized"}"#, "Unauthorized"),
            (r#"{"error":"invalid_scope"}"#, "invalid_scope"),
            (r#"{"errors":[{"status":"403","title":"Forbidden","id":"1","detail":"mina@example.com"}]}"#, "Forbidden"),
            (
                r#"{"errors":[7,{},{"detail":"Provided value for limit is not valid"}]}"#,
                "Provided value for limit is not valid",
            ),
            (r#"{"trace_id":"t-1","error":"x"}"#, "personio_trace_id: t-1"),
        ] {
            assert_eq!(shown(body), [wanted], "{body}");
        }
    }

    #[test]
    fn nothing_else_is_kept() {
        for body in [
            "",
            "<html>",
            "[]",
            "null",
            r#"{"error":{"message":"Mina Aydin is away"}}"#,
            r#"{"error":"mina@example.com"}"#,
            r#"{"errors":"Forbidden"}"#,
            r#"{"errors":[{"title":"Mina Aydin","detail":"mina","type":"mina"}]}"#,
            r#"{"errors":[{"type":"https://mina.example/#mina.aydin"}]}"#,
            r#"{"errors":[{"type":"https://developer.personio.de/reference/errors#Mina.Aydin"}]}"#,
            r#"{"personio_trace_id":"mina@example.com"}"#,
            r#"{"personio_trace_id":7}"#,
        ] {
            assert_eq!(shown(body), Vec::<String>::new(), "{body}");
        }
    }

    #[test]
    fn a_long_list_of_errors_is_cut() {
        let items = vec![r#"{"title":"Forbidden"}"#; 100].join(",");
        assert_eq!(shown(&format!(r#"{{"errors":[{items}]}}"#)).len(), MOST);
    }

    #[test]
    fn only_known_codes_of_the_token_endpoint_count() {
        assert_eq!(login_code(br#"{"error":"invalid_client","error_description":"x"}"#), Some("invalid_client"));
        for body in ["", "{}", r#"{"error":"Invalid_client"}"#, r#"{"error":{"message":"invalid_client"}}"#] {
            assert_eq!(login_code(body.as_bytes()), None, "{body}");
        }
    }
}
