//! `/Users` and `/Users/{id}`: RFC 7644, sections 3.3 to 3.6.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde_json::Value;

use super::account::{Account, Deactivation, PatchAnswer, PostTaken};
use super::list;
use super::operation;
use super::patch;
use super::problem::Problem;
use super::query::Query;
use super::replies::Reply;
use super::resource::{self, Attributes};
use super::sent::Sent;
use super::store::Partner;
use super::twin::{Call, Twin};
use super::user::{Origin, User};
use super::view;

pub(super) async fn list(State(twin): State<Twin>, Path(name): Path<String>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |partner, call| list::page(partner, call, &Query::read(sent.uri.query())?))
}

pub(super) async fn one(State(twin): State<Twin>, Path((name, id)): Path<(String, String)>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |partner, call| {
        let query = Query::read(sent.uri.query())?;
        let user = found(partner, &id)?;
        Ok(Reply::ok(query.selection.of(&view::shown(user, &call.base, &call.account))))
    })
}

pub(super) async fn create(State(twin): State<Twin>, Path(name): Path<String>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |partner, call| {
        is_json(&sent.headers)?;
        let query = Query::read(sent.uri.query())?;
        let attributes = resource::read(&sent.body, call.account.string_booleans)?;
        let user_name = attributes.get("userName").and_then(Value::as_str).unwrap_or_default();
        match partner.named(user_name).filter(|_| call.account.post_taken == PostTaken::Existing) {
            Some(known) => Ok(Reply::ok(told(known, call, &query))),
            None => {
                partner.fits(&attributes, None)?;
                let user = partner.enter(&call.name, attributes, Origin::Api, call.now);
                Ok(Reply::created(told(&user, call, &query), view::location(&user, &call.base)))
            }
        }
    })
}

/// What is left out of a PUT is gone, `active` too (RFC 7644, section 3.5.1: the server may clear it).
pub(super) async fn replace(
    State(twin): State<Twin>,
    Path((name, id)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    twin.serve(&name, &sent.headers, |partner, call| {
        if call.account.no_put {
            return Err(Problem::plain(405, "PUT is not offered."));
        }
        is_json(&sent.headers)?;
        let query = Query::read(sent.uri.query())?;
        let user = found(partner, &id)?.clone();
        let attributes = resource::read(&sent.body, call.account.string_booleans)?;
        let user = kept(partner, call, &user, attributes)?;
        Ok(Reply::ok(told(&user, call, &query)))
    })
}

pub(super) async fn patch(State(twin): State<Twin>, Path((name, id)): Path<(String, String)>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |partner, call| {
        if call.account.no_patch {
            return Err(Problem::plain(501, "PATCH is not offered."));
        }
        is_json(&sent.headers)?;
        let query = Query::read(sent.uri.query())?;
        let before = found(partner, &id)?.clone();
        let operations = operation::read(&sent.body, &call.account)?;
        let attributes = patch::applied(&before.attributes, &operations, call.account.string_booleans)?;
        let after = kept(partner, call, &before, attributes)?;
        let empty = match call.account.patch_answer {
            PatchAnswer::User => false,
            PatchAnswer::Empty => true,
            PatchAnswer::EmptyIfUnchanged => after.attributes == before.attributes,
        };
        Ok(if empty { Reply::empty() } else { Reply::ok(told(&after, call, &query)) })
    })
}

pub(super) async fn remove(State(twin): State<Twin>, Path((name, id)): Path<(String, String)>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |partner, call| {
        let accept = sent.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        if call.account.delete_refuses_accept && accept.contains("scim+json") {
            return Err(Problem::plain(400, "The Accept header is not taken."));
        }
        let id = found(partner, &id)?.id.clone();
        partner.remove(&id, Origin::Api, call.now);
        Ok(Reply::empty())
    })
}

/// The user as it is told: with the attributes that were asked for. What is kept may differ.
fn kept(partner: &mut Partner, call: &Call, before: &User, attributes: Attributes) -> Result<User, Problem> {
    partner.fits(&attributes, Some(&before.id))?;
    let mut held = attributes.clone();
    let deactivates = held.get("active") == Some(&Value::Bool(false)) && before.is_active();
    if deactivates && call.account.deactivation == Deactivation::OnlyAnswered {
        held.insert("active".to_owned(), Value::Bool(true));
    }
    let user = partner.change(&before.id, held, Origin::Api, call.now).ok_or_else(|| unknown(&call.account))?;
    Ok(User { attributes, ..user })
}

fn told(user: &User, call: &Call, query: &Query) -> Value {
    query.selection.of(&view::shown(user, &call.base, &call.account))
}

fn found<'a>(partner: &'a Partner, id: &str) -> Result<&'a User, Problem> {
    partner.find(id).ok_or_else(|| unknown(&partner.account))
}

fn unknown(account: &Account) -> Problem {
    if account.unknown_id_is_400 {
        Problem::value("The id is not known.")
    } else {
        Problem::plain(404, "No such user.")
    }
}

fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    if ["application/scim+json", "application/json"].contains(&essence.as_str()) {
        Ok(())
    } else {
        Err(Problem::plain(415, "The body must be application/scim+json."))
    }
}
