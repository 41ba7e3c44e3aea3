//! Lists: a page of at most 1000, and two headers, `helloHQ-Count` (all that fit) and `helloHQ-NextLink` (empty at the
//! end). <https://developer.hellohq.io>, "Pagination".

use axum::Json;
use axum::http::{HeaderMap, HeaderName, Uri, header};
use axum::response::{IntoResponse as _, Response};
use reqwest::Url;
use serde_json::{Value, json};

use super::account::{ListForm, OptionNames};
use super::fields::Field;
use super::options::{Options, pairs, plain};
use super::problems::{FieldErrors, Problem};
use super::{Call, NAME};

const COUNT: HeaderName = HeaderName::from_static("hellohq-count");
const NEXT_LINK: HeaderName = HeaderName::from_static("hellohq-nextlink");

/// One page of these rows, as the query wants it.
pub(super) fn page(
    rows: Vec<Value>,
    fields: &'static [Field],
    call: &Call,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let options = Options::read(uri.query().unwrap_or_default(), &call.account, fields)?;
    let fitting = options.select(rows);
    let count = fitting.len();
    let page: Vec<_> = fitting.into_iter().skip(options.skip).take(options.top).collect();
    let seen = options.skip.saturating_add(page.len());
    // an empty page would lead to itself for ever
    let next = if page.is_empty() || seen >= count { String::new() } else { next_link(uri, headers, seen) };
    let told = [(COUNT, count.to_string()), (NEXT_LINK, next)];
    Ok((told, Json(wrapped(page, call.account.list_form))).into_response())
}

fn wrapped(page: Vec<Value>, form: ListForm) -> Value {
    match form {
        ListForm::Bare => Value::Array(page),
        ListForm::Data => json!({"data": page}),
        ListForm::Value => json!({"value": page}),
    }
}

/// The same URL with another `skip`, spelt like the other options.
fn next_link(uri: &Uri, headers: &HeaderMap, skip: usize) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let Ok(mut url) = Url::parse(&format!("http://{host}/{NAME}{}", uri.path())) else { return String::new() };
    let given = pairs(uri.query().unwrap_or_default());
    let dollar = !given.is_empty() && given.iter().all(|(name, _)| name.starts_with('$'));
    let others = given.into_iter().filter(|(name, _)| plain(name, OptionNames::Both) != Some("skip"));
    url.query_pairs_mut().extend_pairs(others).append_pair(if dollar { "$skip" } else { "skip" }, &skip.to_string());
    url.into()
}

/// An id in a path; anything but an int32 is refused.
pub(super) fn id(text: &str) -> Result<i32, Problem> {
    text.parse().map_err(|_| FieldErrors::one("id", &format!("The value '{text}' is not valid.")).into())
}
