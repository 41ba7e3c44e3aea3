//! The calls that read contracts: one by its id, the newest of all, those with a value in a data field.

use reqwest::StatusCode;
use serde_json::Value;
use url::Url;

use super::client::{Oneflow, json};
use super::model::{Contract, ContractId, CustomId};
use super::operations::{FIND_CONTRACTS, LIST_CONTRACTS, READ_CONTRACT};
use super::paging::{self, Listing};
use super::reading;
use super::refusal::{failure, unexplained, unreadable};
use crate::{Cursor, Error, Kind, Operation};

/// One page of a list of contracts. They have no data fields: each is read by its id.
pub type Page = crate::Page<Contract, ContractId>;

/// What came of asking for a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContractById {
    /// The contract, with parties and data fields.
    There(Box<Contract>),
    /// It was deleted. Nothing but this says so.
    Deleted,
}

/// One contract.
///
/// # Errors
/// [`Kind::Invalid`]: the contract cannot be read; the reason names the member. Otherwise as for all calls.
pub async fn read(oneflow: &Oneflow, id: ContractId) -> Result<ContractById, Error> {
    let answer = oneflow.get(READ_CONTRACT, oneflow.url(&format!("contracts/{id}"))).await?;
    if answer.status != StatusCode::OK {
        let error = failure(READ_CONTRACT, &answer);
        return if error.kind == Kind::Gone { Ok(ContractById::Deleted) } else { Err(error) };
    }
    let body = json(READ_CONTRACT, &answer)?;
    let contract = reading::contract(&body).map_err(|field| unreadable(READ_CONTRACT, field))?;
    if contract.id == id {
        Ok(ContractById::There(Box::new(contract)))
    } else {
        Err(unexplained(READ_CONTRACT, &answer))
    }
}

/// Contracts whose state changed last come first. The list ends at 20,000, and an edit of a data field moves none of them.
///
/// # Errors
/// [`Kind::Endless`], [`Kind::Incomplete`]: the list cannot be read to its end. Otherwise as for all calls.
pub async fn newest(oneflow: &Oneflow, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let mut url = oneflow.url("contracts");
    url.query_pairs_mut().append_pair("sort", "-state_updated_time");
    paging::page(oneflow, &listing(LIST_CONTRACTS, url), cursor).await
}

/// The contracts that have this value in a data field. A value is not empty, and with the field's key at most 600
/// characters long. Each contract found is still to be read: the filter alone is no proof.
///
/// # Errors
/// As [`newest`].
pub async fn with_value(
    oneflow: &Oneflow,
    field: &CustomId,
    value: &str,
    cursor: Option<&Cursor>,
) -> Result<Page, Error> {
    let mut url = oneflow.url("contracts");
    url.query_pairs_mut().append_pair("filter[data_field_match]", &format!("{field}:{value}"));
    paging::page(oneflow, &listing(FIND_CONTRACTS, url), cursor).await
}

fn listing(operation: Operation, url: Url) -> Listing<Contract, ContractId> {
    Listing { operation, url, as_user: false, read: reading::contract, id: contract_id }
}

fn contract_id(value: &Value) -> Option<ContractId> {
    crate::json::id(value, "id").ok()
}
