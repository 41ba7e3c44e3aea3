//! Visitors' files behind public links. A link answers the file itself only if "Public Link access" is on; what else a link may
//! answer (a login page, 403, a redirect, nothing) is set with the fault switches.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::locked;

use super::Twin;
use super::state::Upload;

/// `GET /heyflow/uploads/{id}/{name}`
pub(super) async fn download(State(twin): State<Twin>, Path((id, name)): Path<(String, String)>) -> Response {
    match locked(&twin.store).uploads.get(&format!("/uploads/{id}/{name}")) {
        Some(upload) => ([(header::CONTENT_TYPE, upload.content_type.clone())], upload.bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `PUT /_twin/heyflow/uploads/{id}/{name}`: the body is the file.
pub(super) async fn seed(
    State(twin): State<Twin>,
    Path((id, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or("application/octet-stream").to_owned();
    twin.upload(&id, &name, Upload { content_type, bytes: body.to_vec() });
    StatusCode::NO_CONTENT
}
