//! `POST /v1/recruiting/applications/documents`: <https://developer.personio.de/v1.0/reference/post_v1-recruiting-applications-documents>.
//!
//! One multipart part named `file`, at most 20 MB (taken as 20 MiB), one of a fixed list of extensions. Order of checks: rate limit,
//! form (400), login (401), features (403, without a body here), size (413), type (422), then 200.

use axum::Json;
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
use super::{Twin, company, token};

const MAX_BYTES: usize = 20 * 1024 * 1024;

/// The extensions of the specification, with the type Personio would detect.
const TYPES: [(&str, &str); 26] = [
    ("pdf", "application/pdf"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("7z", "application/x-7z-compressed"),
    ("gz", "application/gzip"),
    ("rar", "application/vnd.rar"),
    ("zip", "application/zip"),
    ("bmp", "image/bmp"),
    ("gif", "image/gif"),
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
    ("tif", "image/tiff"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
    ("rtf", "application/rtf"),
    ("mp4", "video/mp4"),
    ("3gp", "video/3gpp"),
    ("mov", "video/quicktime"),
    ("avi", "video/x-msvideo"),
    ("wmv", "video/x-ms-wmv"),
];

/// A file as it was sent.
struct Upload {
    name: String,
    size: usize,
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

/// The single part named `file` with a file name; nothing else may be in the form.
async fn the_file(form: Result<Multipart, MultipartRejection>) -> Option<Upload> {
    let mut form = form.ok()?;
    let part = form.next_field().await.ok()??;
    let name = part.file_name().filter(|name| !name.is_empty())?.to_owned();
    let named = part.name() == Some("file");
    let size = part.bytes().await.ok()?.len();
    let alone = form.next_field().await.ok()?.is_none();
    (named && alone).then_some(Upload { name, size })
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
    if upload.size > MAX_BYTES {
        return Err(refused(StatusCode::PAYLOAD_TOO_LARGE, "errors.file-too-big"));
    }
    let (extension, mimetype) =
        detected(&upload.name).ok_or_else(|| refused(StatusCode::UNPROCESSABLE_ENTITY, "errors.invalid-file-type"))?;
    let document = Document {
        company_id: company.to_owned(),
        uuid: Uuid::new_v4().to_string(),
        size: upload.size,
        mimetype: mimetype.to_owned(),
        original_filename: upload.name.clone(),
        extension: extension.to_owned(),
        received_at: now,
    };
    store.documents.push(document.clone());
    Ok(document)
}

fn detected(name: &str) -> Option<(&'static str, &'static str)> {
    let (_, extension) = name.rsplit_once('.')?;
    TYPES.into_iter().find(|(known, _)| extension.eq_ignore_ascii_case(known))
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
