//! A contract's files: <https://developer.oneflow.com/docs/download-a-contract-file>. Their addresses redirect to the storage.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{digest, locked};

use super::account::{Account, PdfBefore};
use super::contract::{Contract, State as ContractState};
use super::lists;
use super::problem::Problem;
use super::storage::{OCTETS, Object};
use super::twin::Twin;

/// The contract itself; the vendor gives this id.
const CONTRACT: i64 = 1;
/// Terms that every contract has attached. It stands before the contract, because files are to be chosen by type.
const TERMS: i64 = 501;

/// `GET /storage/{key}` of the second host. A storage of this kind refuses signed links with a login beside them.
pub(super) async fn stored(
    State(twin): State<Twin>,
    headers: HeaderMap,
    uri: Uri,
    Path(key): Path<String>,
) -> Response {
    let now = twin.desk.clock().now();
    let refused =
        |status: StatusCode, code: &str| (status, format!("<Error><Code>{code}</Code></Error>")).into_response();
    if headers.contains_key(header::AUTHORIZATION) {
        return refused(StatusCode::BAD_REQUEST, "InvalidArgument");
    }
    let signed = uri.query().is_some_and(|query| query.contains(&digest::sha1(&key)));
    let object = locked(&twin.storage).object(&key);
    match object {
        Some(object) if !signed || now >= object.until => refused(StatusCode::FORBIDDEN, "AccessDenied"),
        Some(Object { content: Some(content), .. }) => ([(header::CONTENT_TYPE, OCTETS)], content).into_response(),
        _ => refused(StatusCode::NOT_FOUND, "NoSuchKey"),
    }
}

pub(super) async fn list(State(twin): State<Twin>, headers: HeaderMap, Path(id): Path<i64>) -> Response {
    twin.serve(&headers, |work, call| {
        let contract = work.books.read(id, work.now).ok_or_else(Problem::unknown)?;
        let address = format!("{}/contracts/{id}/files", call.base);
        let missing = before(contract, &work.books.account, work.now) == Some(PdfBefore::Missing);
        let mut files = vec![file(TERMS, "Terms", "attachment", &address)];
        if !missing {
            files.push(file(CONTRACT, &contract.name, "contract", &address));
        }
        Ok(lists::whole(&address, files))
    })
}

fn file(id: i64, name: &str, kind: &str, address: &str) -> Value {
    let links = json!({"self": {"href": format!("{address}/{id}")}});
    json!({"_links": links, "extension": "pdf", "id": id, "name": name, "type": kind})
}

/// With `download=true` a redirect to the content; what the address answers otherwise is not documented.
pub(super) async fn one(
    State(twin): State<Twin>,
    headers: HeaderMap,
    uri: Uri,
    Path((id, file)): Path<(i64, i64)>,
) -> Response {
    twin.serve(&headers, |work, _| {
        let contract = work.books.read(id, work.now).ok_or_else(Problem::unknown)?;
        if !lists::query(uri.query()).contains(&("download".to_owned(), "true".to_owned())) {
            return Err(Problem::parameter("download", "Must be true."));
        }
        let content = match file {
            CONTRACT => Some(pdf(contract)),
            TERMS => Some(format!("%PDF-1.4\n% terms of contract {id}\n%%EOF\n")),
            _ => return Err(Problem::unknown()),
        };
        let before = before(contract, &work.books.account, work.now).filter(|_| file == CONTRACT);
        let content = match before {
            Some(PdfBefore::Missing) => return Err(Problem::unknown()),
            Some(PdfBefore::NoRedirect) => return Ok(([(header::CONTENT_TYPE, OCTETS)], "").into_response()),
            Some(PdfBefore::StorageRefuses) => None,
            None => content,
        };
        let location = locked(&twin.storage).link(id, file, content, work.now);
        Ok((StatusCode::FOUND, [(header::LOCATION, location)]).into_response())
    })
}

/// What is there of the signed PDF, where it is not ready yet.
fn before(contract: &Contract, account: &Account, now: Timestamp) -> Option<PdfBefore> {
    let ready = contract.state_updated + SignedDuration::from_secs(account.pdf_after_seconds.into());
    (contract.state == ContractState::Signed && now < ready).then_some(account.pdf_before)
}

/// There is one in every state.
fn pdf(contract: &Contract) -> String {
    let fields: String =
        contract.data_fields.iter().map(|field| format!("% {}: {}\n", field.name, field.value)).collect();
    let state = json!(contract.state);
    format!("%PDF-1.4\n% contract {} {state}\n{fields}%%EOF\n", contract.id)
}
