//! The calls that make a contract and send it out.
//!
//! Neither has an idempotency key. Whoever lost the answer to a creation looks for the contract by a data field of its own
//! before it is created again; whoever lost the answer to a publication reads the contract's state.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::client::{self, Oneflow};
use super::model::{Contract, ContractId, Invitation, NewContract, NewParticipant, NewParty};
use super::operations::{CREATE_CONTRACT, PUBLISH_CONTRACT};
use super::reading;
use super::refusal::{failure, reasons, unexplained};
use crate::http::Answer;
use crate::{Error, Kind, Operation, Reason};

/// What came of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// A draft was made.
    Made(Box<Contract>),
    /// Oneflow refuses the content, or knows no such template or workspace.
    Refused(Vec<Reason>),
}

/// What came of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// The parties are invited.
    Done,
    /// The contract is not in a state to be published (409): perhaps an earlier attempt did it. Read it.
    NotInThisState(Vec<Reason>),
    /// The contract was deleted, or is so new that it does not show.
    Gone,
    /// Oneflow refuses: somebody lacks what the way of delivery or signing needs.
    Refused(Vec<Reason>),
}

/// Makes a draft from a template. Nobody is told of it.
///
/// # Errors
/// [`Kind::Unexplained`] with a status of success: a draft was probably made, but the answer does not say which. Otherwise as
/// for all calls.
pub async fn create(oneflow: &Oneflow, contract: &NewContract) -> Result<Created, Error> {
    let answer = oneflow.post(CREATE_CONTRACT, oneflow.url("contracts/create"), &body(contract)).await?;
    if answer.status.is_success() {
        return made(CREATE_CONTRACT, &answer).map(Box::new).map(Created::Made);
    }
    let error = failure(CREATE_CONTRACT, &answer);
    match error.kind {
        Kind::Invalid(reasons) | Kind::Conflict(reasons) => Ok(Created::Refused(reasons)),
        Kind::Gone => Ok(Created::Refused(reasons(&answer.body))),
        _ => Err(error),
    }
}

/// Publishes a draft: invitations go out to its parties.
///
/// # Errors
/// [`Kind::RightMissing`]: the user may not, or the plan does not cover it.
/// Otherwise as for all calls.
pub async fn publish(oneflow: &Oneflow, id: ContractId, invitation: &Invitation) -> Result<Published, Error> {
    let url = oneflow.url(&format!("contracts/{id}/publish"));
    let body = json!({"subject": invitation.subject, "message": invitation.message});
    let answer = oneflow.post(PUBLISH_CONTRACT, url, &body).await?;
    if answer.status.is_success() {
        return Ok(Published::Done);
    }
    let error = failure(PUBLISH_CONTRACT, &answer);
    match error.kind {
        Kind::Conflict(reasons) => Ok(Published::NotInThisState(reasons)),
        Kind::Gone => Ok(Published::Gone),
        Kind::Invalid(reasons) => Ok(Published::Refused(reasons)),
        _ => Err(error),
    }
}

fn made(operation: Operation, answer: &Answer) -> Result<Contract, Error> {
    let body = client::json(operation, answer)?;
    reading::contract(&body).map_err(|_| unexplained(operation, answer))
}

/// What is not given is left out: Oneflow takes it from the template.
fn body(contract: &NewContract) -> Value {
    let mut body = Map::new();
    body.insert("workspace_id".to_owned(), json!(contract.workspace));
    body.insert("template_id".to_owned(), json!(contract.template));
    insert(&mut body, "name", contract.name.as_ref());
    let field = |(id, value)| json!({"custom_id": id, "value": value});
    body.insert("data_fields".to_owned(), contract.data_fields.iter().map(field).collect());
    body.insert("parties".to_owned(), contract.parties.iter().map(party).collect());
    if !contract.own.is_empty() {
        let participants: Vec<_> = contract.own.iter().map(participant).collect();
        body.insert("my_party".to_owned(), json!({"participants": participants}));
    }
    Value::Object(body)
}

fn party(party: &NewParty) -> Value {
    let mut body = Map::new();
    body.insert("type".to_owned(), json!("individual"));
    insert(&mut body, "country_code", party.country.as_ref());
    body.insert("participant".to_owned(), participant(&party.participant));
    Value::Object(body)
}

fn participant(person: &NewParticipant) -> Value {
    let mut body = Map::new();
    body.insert("name".to_owned(), json!(person.name));
    body.insert("email".to_owned(), json!(person.email));
    insert(&mut body, "phone_number", person.phone.as_ref());
    body.insert("signatory".to_owned(), json!(person.is_signatory));
    body.insert("delivery_channel".to_owned(), json!("email"));
    body.insert("_permissions".to_owned(), json!({"contract:update": true}));
    Value::Object(body)
}

fn insert(body: &mut Map<String, Value>, name: &str, value: Option<&impl Serialize>) {
    if let Some(value) = value {
        body.insert(name.to_owned(), json!(value));
    }
}
