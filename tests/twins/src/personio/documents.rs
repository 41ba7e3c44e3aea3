//! `POST /v1/recruiting/applications/documents`: <https://developer.personio.de/v1.0/reference/post_v1-recruiting-applications-documents>.
//!
//! One multipart part named `file`, at most 20 MB (taken as 20 MiB), one of a fixed list of extensions. The order of checks is assumed:
//! rate limit, form (400), login (401), features (403, without a body here), size (413), type (422), then 200.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::locked;

use super::errors::{self, FieldErrors};
use super::limits::Endpoint;
use super::state::{Document, Store};
use super::{Twin, company, content, token};

/// A file as it was sent.
struct Upload {
    name: String,
    bytes: Bytes,
}

pub(super) async fn upload(
    State(twin): State<Twin>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    if let Some(refusal) = twin.limited(&headers, Endpoint::Documents) {
        return refusal;
    }
    let Some(upload) = the_file(form).await else {
        return errors::body_refused("Invalid multipart request body and/or headers supplied");
    };
    let now = twin.desk.clock().now();
    match decide(&mut locked(&twin.store), &headers, &upload, now) {
        Ok(document) => Json(shown(&document)).into_response(),
        Err(refusal) => *refusal,
    }
}

/// The single part named `file` with a file name; nothing else may be in the form. Only `filename` names a file: RFC 7578 forbids
/// `filename*`.
async fn the_file(form: Result<Multipart, MultipartRejection>) -> Option<Upload> {
    let mut form = form.ok()?;
    let part = form.next_field().await.ok()??;
    let name = part.file_name().filter(|name| !name.is_empty())?.to_owned();
    let named = part.name() == Some("file");
    let bytes = part.bytes().await.ok()?;
    let alone = form.next_field().await.ok()?.is_none();
    (named && alone).then_some(Upload { name, bytes })
}

fn decide(store: &mut Store, headers: &HeaderMap, upload: &Upload, now: Timestamp) -> Result<Document, Box<Response>> {
    let company = company(headers);
    let account = store.login(company, token(headers)).ok_or_else(|| StatusCode::UNAUTHORIZED.into_response())?;
    if account.disabled.is_some() {
        return Err(StatusCode::FORBIDDEN.into_response().into());
    }
    let refused = |status, reason| {
        let mut errors = FieldErrors::default();
        errors.add("file", reason);
        Box::new(errors.response(status, account.error_spelling))
    };
    if upload.bytes.len() > account.document_bytes {
        return Err(refused(StatusCode::PAYLOAD_TOO_LARGE, "errors.file-too-big"));
    }
    let extension = content::extension(&upload.name);
    let detected = extension.and_then(|extension| Some((extension, content::mimetype(extension, &upload.bytes)?)));
    let (extension, mimetype) =
        detected.ok_or_else(|| refused(StatusCode::UNPROCESSABLE_ENTITY, "errors.invalid-file-type"))?;
    let document = Document {
        company_id: company.to_owned(),
        uuid: Uuid::new_v4().to_string(),
        size: upload.bytes.len(),
        mimetype: mimetype.to_owned(),
        original_filename: upload.name.clone(),
        extension: extension.to_owned(),
        received_at: now,
    };
    store.documents.push(document.clone());
    Ok(document)
}

fn shown(document: &Document) -> serde_json::Value {
    json!({
        "uuid": document.uuid,
        "size": document.size,
        "mimetype": document.mimetype,
        "original_filename": document.original_filename,
        "extension": document.extension,
    })
}
