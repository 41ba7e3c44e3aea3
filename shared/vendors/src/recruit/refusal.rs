//! What Recruit says when it refuses, and what follows from status and body together. Error bodies are not documented:
//! `message`, `error`, `detail`, `errors` and plain text are read, and a web page is told from all of them.
//!
//! A sentence may quote a value, so none is kept: only which members of the request it names.

use serde_json::Value;

use crate::http::Answer;
use crate::{Error, Kind, Operation, Reason};

/// What mends a refused login.
const RENEW: &str = "The API key or the secret is wrong, or the app is disabled in Recruit. Look at the app in Recruit, and set \
                     both with `hrsync secrets set`.";

/// What mends a missing right.
const GRANT: &str = "An Admin or Owner gives the app its rights in Recruit. Changed rights count only after the app was \
                     disabled and enabled again.";

/// What mends a wrong path.
const CORRECT: &str = "Recruit's answer is a web page, or it does not take the method: correct the base URL, or the path and \
                       method of this operation in the connection file.";

/// The code of a refusal that names none.
const UNNAMED: &str = "refused";

/// What texts say that refuse because of the load, whatever their status.
const OVERLOADED: &[&str] = &["bandwidth quota exceeded", "rate of data transfer"];

/// Members of requests whose names are words of the language as well: they count only in quotes.
const WORDS: &[&str] =
    &["name", "status", "department", "location", "categories", "details", "users", "openings", "reason"];

/// Members of requests whose names stand for nothing else.
const DISTINCT: &[&str] = &[
    "is_discreet",
    "employment_type",
    "experience_level",
    "internal_use_custom_id",
    "allow_fallback",
    "lead_recruiter",
    "hiring_manager",
    "lead_recruiting_coordinator",
    "copy_assignees",
    "position_uid",
    "time_expected_hire",
    "time_approved",
    "approval_status",
    "custom_fields",
    "is_template",
];

/// What a call addresses: decides what a 404 means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Addressed {
    /// One thing by its id, or what belongs to the thing.
    Item,
    /// A fixed endpoint.
    Endpoint,
}

/// A failed call. A refusal in Recruit's words comes from behind the door where the token is looked at.
pub(super) fn failure(operation: Operation, answer: &Answer, addressed: Addressed) -> Error {
    let error = Error::new(operation, kind_of(answer, addressed));
    match &error.kind {
        Kind::Invalid(reasons) if !reasons.is_empty() => error.after_login(),
        Kind::LoginRefused => error.mended_by(RENEW),
        Kind::RightMissing(_) => error.mended_by(GRANT),
        Kind::WrongAddress => error.mended_by(CORRECT),
        _ => error,
    }
}

/// The JSON of a success.
pub(super) fn json(operation: Operation, answer: &Answer) -> Result<Value, Error> {
    let not_json = |_| match kind_of(answer, Addressed::Endpoint) {
        Kind::WrongAddress => Error::new(operation, Kind::WrongAddress).mended_by(CORRECT),
        kind => Error::new(operation, kind),
    };
    serde_json::from_slice(&answer.body).map_err(not_json)
}

fn kind_of(answer: &Answer, addressed: Addressed) -> Kind {
    let retry_after = answer.retry_after();
    let reasons = || reasons(&answer.body);
    match answer.status.as_u16() {
        429 => Kind::RateLimited { retry_after },
        // 302: a gateway's, met on paths of the API
        302 | 500..=599 => Kind::Unavailable { retry_after },
        _ if is_overloaded(&answer.body) => Kind::Unavailable { retry_after },
        401 => Kind::LoginRefused,
        403 if is_page(answer) => Kind::Unexplained { status: 403 },
        403 => Kind::RightMissing(reasons()),
        405 => Kind::WrongAddress,
        200..=299 | 400..=499 if is_page(answer) => Kind::WrongAddress,
        404 | 410 if addressed == Addressed::Item => Kind::Gone,
        404 | 410 => Kind::WrongAddress,
        400 | 422 => Kind::Invalid(reasons()),
        409 => Kind::Conflict(reasons()),
        status => Kind::Unexplained { status },
    }
}

/// Whether the answer is a web page. Only its body tells: plain texts are declared as HTML, too.
fn is_page(answer: &Answer) -> bool {
    answer.body.trim_ascii_start().starts_with(b"<")
}

fn is_overloaded(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body).to_ascii_lowercase();
    OVERLOADED.iter().any(|words| text.contains(words))
}

/// One reason per member of the request that is named, else one.
fn reasons(body: &[u8]) -> Vec<Reason> {
    let text = String::from_utf8_lossy(body);
    let named = DISTINCT.iter().copied().filter(|member| holds(&text, member));
    let quoted = WORDS
        .iter()
        .copied()
        .filter(|word| ['"', '\'', '`'].iter().any(|quote| text.contains(&format!("{quote}{word}{quote}"))));
    let fields: Vec<_> = named.chain(quoted).collect();
    let reason =
        |field: Option<&str>| Reason { field: field.map(ToOwned::to_owned), code: UNNAMED.to_owned(), meaning: None };
    if fields.is_empty() { vec![reason(None)] } else { fields.into_iter().map(|field| reason(Some(field))).collect() }
}

/// Whether the text holds the word as a word.
fn holds(text: &str, word: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|part| part == word)
}
