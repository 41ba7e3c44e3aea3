//! The calls that are about candidates themselves.
//!
//! Candidates can be merged and erased: one that was known may not be there any more.

use serde_json::{Map, Value, json};
use url::Url;

use super::client::{Teamtailor, document};
use super::document;
use super::model::{Candidate, CandidateChange, CandidateId};
use super::operations::{FIND_CANDIDATE, READ_CANDIDATE, UPDATE_CANDIDATE};
use super::paging::{self, Listing};
use super::reading;
use super::refusal::unreadable;
use crate::json::Field;
use crate::value::Email;
use crate::{Error, Kind, Page, Reason};

/// What came of asking for a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateById {
    /// The candidate, with the values of all custom fields.
    There(Candidate),
    /// There is no such candidate (any more): erased, or merged into another.
    Gone,
}

/// Whom a look-up found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateMatch {
    /// No such candidate.
    Nobody,
    /// One such candidate, without the values of custom fields.
    One(Candidate),
    /// So many: none of them may be taken.
    Several(usize),
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateUpdated {
    /// Done.
    Done,
    /// Teamtailor refuses the content: an address is another candidate's, for example.
    Refused(Vec<Reason>),
}

/// One candidate with the values of all custom fields.
///
/// # Errors
/// [`Kind::Invalid`]: the candidate cannot be read whole; the reason names the member. Otherwise as for all calls.
pub async fn read(teamtailor: &Teamtailor, id: &CandidateId) -> Result<CandidateById, Error> {
    let mut url = address(teamtailor, id);
    url.query_pairs_mut().append_pair("include", "custom-field-values,custom-field-values.custom-field");
    let document = match teamtailor.get(READ_CANDIDATE, url).await {
        Err(error) if error.kind == Kind::Gone => return Ok(CandidateById::Gone),
        answer => answer?,
    };
    let candidate = document::one(&document).ok_or(Field("data")).and_then(reading::candidate_with_values);
    candidate.map(CandidateById::There).map_err(|field| unreadable(READ_CANDIDATE, field))
}

/// The candidate with this address, whatever its case. Every candidate who comes is compared: a filter that is passed over
/// would give anybody.
///
/// # Errors
/// [`Kind::Incomplete`]: somebody on the list cannot be read, or it has a second page: the address may be theirs. Otherwise as
/// for all calls.
pub async fn by_email(teamtailor: &Teamtailor, email: &Email) -> Result<CandidateMatch, Error> {
    let mut url = teamtailor.url("candidates");
    url.query_pairs_mut().append_pair("filter[email]", email.reveal());
    let listing = Listing { operation: FIND_CANDIDATE, url, read: reading::candidate };
    let page: Page<_, CandidateId> = paging::page(teamtailor, &listing, None).await?;
    if !page.unreadable.is_empty() || page.next.is_some() {
        return Err(Error::new(FIND_CANDIDATE, Kind::Incomplete));
    }
    let is_theirs = |candidate: &Candidate| candidate.email.as_ref().is_some_and(|own| own.folded() == email.folded());
    let mut found: Vec<_> = page.items.into_iter().filter(is_theirs).collect();
    let count = found.len();
    Ok(match found.pop() {
        None => CandidateMatch::Nobody,
        Some(candidate) if count == 1 => CandidateMatch::One(candidate),
        Some(_) => CandidateMatch::Several(count),
    })
}

/// Changes a candidate's own attributes.
///
/// # Errors
/// [`Kind::Gone`]: there is no such candidate (any more). Otherwise as for all calls.
pub async fn update(
    teamtailor: &Teamtailor,
    id: &CandidateId,
    change: &CandidateChange,
) -> Result<CandidateUpdated, Error> {
    let body = json!({"data": {"type": "candidates", "id": id, "attributes": attributes(change)}});
    let answer = teamtailor.patch(UPDATE_CANDIDATE, address(teamtailor, id), &body).await?;
    match document(UPDATE_CANDIDATE, &answer) {
        Ok(_) => Ok(CandidateUpdated::Done),
        Err(Error { kind: Kind::Invalid(reasons) | Kind::Conflict(reasons), .. }) => {
            Ok(CandidateUpdated::Refused(reasons))
        }
        Err(error) => Err(error),
    }
}

fn address(teamtailor: &Teamtailor, id: &CandidateId) -> Url {
    teamtailor.url(&format!("candidates/{id}"))
}

fn attributes(change: &CandidateChange) -> Map<String, Value> {
    let given = [
        ("first-name", change.first_name.as_ref().map(|name| json!(name))),
        ("last-name", change.last_name.as_ref().map(|name| json!(name))),
        ("email", change.email.as_ref().map(|email| json!(email))),
        ("phone", change.phone.as_ref().map(|phone| json!(phone))),
    ];
    given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}
