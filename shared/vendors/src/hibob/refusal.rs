//! What HiBob says when it refuses, and what follows from status and body together. Source:
//! apidocs.hibob.com/reference/rate-limiting and bodies that were met: `key` and `error`, `errorMessage`, `message`,
//! `errors` by field, nothing at all.
//!
//! Of sentences only two things are kept: what a permission is called, which the owner needs, and which fields are named.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::model::FieldId;
use crate::http::Answer;
use crate::{Error, Kind, Meaning, Operation, Reason};

/// What mends a refused login.
const RENEW: &str = "The service user or its token is wrong, or the token has been replaced. HiBob shows both under \
                     Settings > Integrations > Service users; set them with `hrsync secrets set`.";

/// Where rights are given.
const GRANT: &str = "Put the service user in a permission group that may do this: for positions and openings Features > \
                     Workforce planning > Position management > Manage positions, for a manager's address the right to \
                     read people. If it has the right, look whether HiBob's trusted IP list keeps the call out.";

/// The most of HiBob's sentence about a permission that is kept.
const LONGEST_NAME: usize = 120;

/// The code of a refusal that names none.
const UNNAMED: &str = "refused";

/// When a rate limit ends, in seconds since 1970.
const RESET: &str = "x-ratelimit-reset";

/// A failed call. A refusal in HiBob's words comes from behind the door where the login is looked at.
pub(super) fn failure(operation: Operation, answer: &Answer, now: Timestamp) -> Error {
    let error = Error::new(operation, kind_of(answer, now));
    match &error.kind {
        Kind::Invalid(reasons) if !reasons.is_empty() => error.after_login(),
        Kind::LoginRefused => error.mended_by(RENEW),
        Kind::RightMissing(_) => error.mended_by(GRANT),
        _ => error,
    }
}

fn kind_of(answer: &Answer, now: Timestamp) -> Kind {
    let body = serde_json::from_slice(&answer.body).unwrap_or_default();
    match answer.status.as_u16() {
        400 | 422 => Kind::Invalid(reasons(&body)),
        401 => match permission(&body) {
            Some(right) => Kind::RightMissing(vec![right]),
            None => Kind::LoginRefused,
        },
        // halted even without a word about why: HiBob blocks those who go on asking
        403 => Kind::RightMissing(vec![permission(&body).or_else(|| code(&body)).unwrap_or_else(unnamed)]),
        404 | 405 | 410 => Kind::WrongAddress,
        409 => Kind::Conflict(reasons(&body)),
        429 => Kind::RateLimited { retry_after: answer.retry_after().or_else(|| until_reset(answer, now)) },
        500..=599 => Kind::Unavailable { retry_after: answer.retry_after() },
        status => Kind::Unexplained { status },
    }
}

fn until_reset(answer: &Answer, now: Timestamp) -> Option<Duration> {
    let reset = Timestamp::from_second(answer.header(RESET)?.trim().parse().ok()?).ok()?;
    Duration::try_from(reset.duration_since(now)).ok()
}

/// The sentence that names a missing permission, in characters that are fit for a mail.
fn permission(body: &Value) -> Option<Reason> {
    let sentence = sentences(body).find(|text| text.to_ascii_lowercase().contains("permission"))?;
    let is_plain = |c: char| c.is_alphanumeric() || " .,:;>/-_()'".contains(c);
    let code = sentence.chars().take(LONGEST_NAME).map(|c| if is_plain(c) { c } else { '?' }).collect();
    let meaning = Some(Meaning { means: "in HiBob's words", to_do: GRANT });
    Some(Reason { field: None, code, meaning })
}

/// What HiBob says in sentences, wherever it stands.
fn sentences(body: &Value) -> impl Iterator<Item = &str> {
    let named = ["errorMessage", "error", "message", "key"].into_iter().filter_map(|name| body.get(name)?.as_str());
    named.chain(body.as_str())
}

/// One reason per field that is refused, else one.
fn reasons(body: &Value) -> Vec<Reason> {
    let by_field = body.get("errors").and_then(Value::as_object).into_iter().flatten();
    let by_field = by_field.filter_map(|(field, error)| {
        let field = field.parse::<FieldId>().ok()?.to_string();
        let code = error.get("error").and_then(Value::as_str).filter(|text| is_code(text)).unwrap_or(UNNAMED);
        Some(Reason { field: Some(field), code: code.to_owned(), meaning: None })
    });
    let by_field: Vec<_> = by_field.collect();
    if by_field.is_empty() { in_words(body) } else { by_field }
}

fn in_words(body: &Value) -> Vec<Reason> {
    let Some(Reason { code, .. }) = code(body) else { return Vec::new() };
    let words =
        sentences(body).flat_map(str::split_whitespace).map(|word| word.trim_matches(['\'', '"', '`', '.', ',', ':']));
    let fields: Vec<_> = words.filter_map(|word| word.parse::<FieldId>().ok()).collect();
    let reason = |field| Reason { field, code: code.clone(), meaning: None };
    if fields.is_empty() {
        vec![reason(None)]
    } else {
        fields.into_iter().map(|id| reason(Some(id.to_string()))).collect()
    }
}

/// The code of an error body; a body of HiBob's without one still is a refusal of HiBob's.
fn code(body: &Value) -> Option<Reason> {
    let is_refusal =
        ["key", "error", "errorMessage", "message"].iter().any(|name| body.get(name).is_some_and(Value::is_string));
    let key = body.get("key").and_then(Value::as_str).filter(|text| is_code(text));
    is_refusal.then(|| Reason { code: key.unwrap_or(UNNAMED).to_owned(), ..unnamed() })
}

fn unnamed() -> Reason {
    Reason { field: None, code: UNNAMED.to_owned(), meaning: None }
}

/// One word without a value in it.
fn is_code(text: &str) -> bool {
    (1..=60).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphabetic() || "._-".contains(c))
}
