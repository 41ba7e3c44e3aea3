//! `GET /Users`: RFC 7644, section 3.4.2.

use serde_json::{Value, json};

use super::filter::{Filter, Scope};
use super::problem::Problem;
use super::query::Query;
use super::replies::Reply;
use super::store::Partner;
use super::twin::Call;
use super::view;

const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const PAGE: usize = 100;

/// One page of those who fit.
pub(super) fn page(partner: &Partner, call: &Call, query: &Query) -> Result<Reply, Problem> {
    let account = &call.account;
    if account.refuses_count_zero && query.count == Some(0) {
        return Err(Problem::value("count must be positive."));
    }
    let filter = query.filter.as_deref().filter(|_| !account.filter_ignored);
    let filter = filter.map(|text| Filter::read(text, Scope::User, account.filter_exact_case)).transpose()?;
    let blind = account.filter_misses_external_id && filter.as_ref().is_some_and(|filter| filter.names("externalId"));
    let fits = |user| filter.as_ref().is_none_or(|filter| filter.fits(&view::full(user, &call.base)));
    let fitting: Vec<_> = partner.users.iter().filter(|user| !blind && fits(user)).collect();
    let most = account.page_cap.unwrap_or(PAGE);
    let count = query.count.unwrap_or(most).min(most);
    let page = fitting.iter().skip(query.start - 1).take(count);
    let told: Vec<Value> = page.map(|user| query.selection.of(&view::shown(user, &call.base, account))).collect();
    Ok(Reply::ok(json!({
        "schemas": [LIST],
        "totalResults": fitting.len(),
        "startIndex": query.start,
        "itemsPerPage": told.len(),
        "Resources": told,
    })))
}
