//! Who calls, and whether they may. Order of checks (assumed): rate limit, token (401), scope (403), parameters, what is held.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Uri, header};
use axum::response::Response;
use jiff::Timestamp;

use crate::locked;
use crate::personio::{Twin, token};

use super::Tenants;
use super::books::Books;
use super::errors::Problem;
use super::quirks::ErrorForm;

/// A call's token and address.
pub(super) struct Caller {
    token: String,
    /// Below `/v2`.
    pub(super) uri: Uri,
    /// Scheme, host and the twin's prefix, as the caller reached them.
    pub(super) base: String,
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let base = format!("http://{host}/personio");
        Ok(Self { token: token(&parts.headers).to_owned(), uri: parts.uri.clone(), base })
    }
}

/// A caller whose tenant is known.
pub(super) struct Visit<'a> {
    pub(super) books: &'a mut Books,
    pub(super) caller: &'a Caller,
    /// On the twin's clock.
    pub(super) now: Timestamp,
}

/// Serves a caller whose token lives and has the scope; problems are told in the tenant's form.
pub(super) fn serve(
    twin: &Twin,
    caller: &Caller,
    scope: &str,
    service: impl FnOnce(Visit<'_>) -> Result<Response, Problem>,
) -> Response {
    visit(twin, caller, scope, service).unwrap_or_else(|refusal| *refusal)
}

/// The same for services whose answer is made later; a problem is an answer already.
pub(super) fn visit<T>(
    twin: &Twin,
    caller: &Caller,
    scope: &str,
    service: impl FnOnce(Visit<'_>) -> Result<T, Problem>,
) -> Result<T, Box<Response>> {
    let now = twin.desk.clock().now();
    let mut errors = ErrorForm::default();
    let served = enter(&twin.tenants, caller, scope, now, &mut errors, service);
    served.map_err(|problem| problem.response(now, errors).into())
}

fn enter<T>(
    tenants: &Tenants,
    caller: &Caller,
    scope: &str,
    now: Timestamp,
    errors: &mut ErrorForm,
    service: impl FnOnce(Visit<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let mut tenants = locked(&tenants.0);
    let found = tenants.values_mut().find_map(|books| Some((permitted(books, caller, scope, now)?, books)));
    let (permitted, books) = found.ok_or(Problem::UNAUTHORIZED)?;
    *errors = books.tenant.quirks.errors;
    if !permitted {
        return Err(Problem::missing(books.tenant.quirks.missing_right));
    }
    service(Visit { books, caller, now })
}

/// Whether the caller's token may do this; `None` where it is none of this tenant's.
fn permitted(books: &Books, caller: &Caller, scope: &str, now: Timestamp) -> Option<bool> {
    let token = books.tokens.iter().find(|token| token.value == caller.token && token.lives(now))?;
    let asked_for = token.scopes.as_ref().is_none_or(|scopes| scopes.contains(scope));
    Some(asked_for && books.tenant.scopes.contains(scope))
}
