//! What helloHQ says when it refuses. No error body is documented; met was ASP.NET's shape, `errors` by field.
//!
//! Only names of the request's own members and fixed words are kept: a message may quote a value.

use serde_json::Value;

use crate::Reason;

/// The members of the request.
const FIELDS: &[&str] = &["type", "userId", "start", "end", "note", "isApproved"];

/// Titles that can only be the framework's own.
const TITLES: &[&str] = &[
    "One or more validation errors occurred.",
    "Bad Request",
    "Forbidden",
    "Conflict",
    "Unprocessable Entity",
    "Unprocessable Content",
];

/// The reasons in an error body: one per field where it names fields of the request, else its title if that is known.
pub(super) fn reasons(body: &[u8]) -> Vec<Reason> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    let by_field = body.get("errors").and_then(Value::as_object).into_iter().flatten();
    let by_field: Vec<_> = by_field.filter_map(|(name, said)| Some(about(field(name)?, said))).collect();
    if !by_field.is_empty() {
        return by_field;
    }
    let title = ["title", "message"].iter().find_map(|member| title(body.get(member)?.as_str()?));
    title.map(|code| Reason { field: None, code, meaning: None }).into_iter().collect()
}

/// The request's own spelling of a member's name. ASP.NET may write it in its own case, or as a path (`$.start`).
fn field(name: &str) -> Option<&'static str> {
    let name = name.trim_start_matches(['$', '.']);
    FIELDS.iter().copied().find(|field| field.eq_ignore_ascii_case(name))
}

fn about(field: &str, said: &Value) -> Reason {
    let said = said.as_array().map_or(std::slice::from_ref(said), Vec::as_slice);
    let code = said.iter().filter_map(Value::as_str).find_map(words).unwrap_or("refused");
    Reason { field: Some(field.to_owned()), code: code.to_owned(), meaning: None }
}

/// The fixed part of a message of the framework.
fn words(message: &str) -> Option<&'static str> {
    const FIXED: &[(&str, &str, &str)] = &[
        ("The ", " field is required.", "required"),
        ("The value '", ".", "not valid"),
        ("The JSON value could not be converted to ", "", "not valid"),
    ];
    let fits = |start: &str, end: &str| message.starts_with(start) && message.ends_with(end);
    FIXED.iter().find(|(start, end, _)| fits(start, end)).map(|(_, _, words)| *words)
}

fn title(text: &str) -> Option<String> {
    TITLES.contains(&text).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> Vec<String> {
        reasons(body.as_bytes()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn fields_are_named_and_messages_are_not_quoted() {
        let body = r#"{"title":"One or more validation errors occurred.","status":400,"traceId":"00-1",
            "errors":{"type":["Unknown type Knee of Dora"],"UserId":["The value 'Dora' is not valid."],
            "$.start":["The JSON value could not be converted to System.DateTime. Path: $.start"],
            "End":["The End field is required."],"Dora Klein":["x"],"note":"too long: knee"}}"#;
        let mut said = said(body);
        said.sort();
        assert_eq!(said, ["end: required", "note: refused", "start: not valid", "type: refused", "userId: not valid"]);
    }

    #[test]
    fn without_a_known_field_a_known_title_is_kept() {
        assert_eq!(said(r#"{"title":"Bad Request","errors":{"Dora":["x"]}}"#), ["Bad Request"]);
        assert_eq!(said(r#"{"message":"Forbidden"}"#), ["Forbidden"]);
        for body in
            ["", "<html>", "[]", "null", r#"{"title":"Dora is ill"}"#, r#"{"errors":["Dora"]}"#, r#"{"errors":7}"#]
        {
            assert_eq!(said(body), Vec::<String>::new(), "{body}");
        }
    }
}
