//! The way of every call: login, rate limit, whether the path exists, right, then the work.

use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;

use crate::locked;

use super::account::{ErrorForm, Right};
use super::login::Token;
use super::problem::Problem;
use super::reply::Reply;
use super::store::{Books, Store};
use super::twin::Twin;

/// What a call needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A documented call.
    Documented(Right),
    /// A call that nobody documents: a wrong path, unless the account's switch says that there is one.
    Assumed(Right),
}

/// Everything at one instant and under one lock.
pub(super) fn serve(
    twin: &Twin,
    headers: &HeaderMap,
    way: Way,
    work: impl FnOnce(&mut Books, Timestamp) -> Result<Reply, Problem>,
) -> Response {
    let now = twin.desk.clock().now();
    let mut store = locked(&twin.store);
    let books = match caller(&mut store, headers, now) {
        Ok(books) => books,
        Err(problem) => return problem.response(ErrorForm::Message),
    };
    let form = books.account.quirks.error_form;
    let served = admit(books, way, now).and_then(|()| work(books, now));
    match served {
        Ok(reply) => reply.response(),
        Err(problem) => problem.response(form),
    }
}

fn caller<'a>(store: &'a mut Store, headers: &HeaderMap, now: Timestamp) -> Result<&'a mut Books, Problem> {
    let token = Token::read(headers)?;
    let books = store.0.values_mut().find(|books| token.is_of(&books.account));
    let books = books.ok_or_else(|| Problem::login("The issuer is not known"))?;
    token.check(&books.account, now)?;
    Ok(books)
}

fn admit(books: &mut Books, way: Way, now: Timestamp) -> Result<(), Problem> {
    if let Some(limit) = books.account.quirks.limit {
        let admitted = books.window.admit(now, limit.per_minute);
        admitted.map_err(|wait| Problem::too_many(limit.told, limit.retry_after.then_some(wait)))?;
    }
    let right = match way {
        Way::Assumed(_) if !books.account.quirks.openings_api => return Err(Problem::no_path()),
        Way::Assumed(right) | Way::Documented(right) => right,
    };
    if books.account.rights.contains(&right) { Ok(()) } else { Err(Problem::right(right)) }
}
