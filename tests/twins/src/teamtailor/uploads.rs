//! Files: bytes are sent first, and an upload names them. A public address instead of sent bytes is not built.

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::digest;

use super::problem::Problem;
use super::sent::Document;
use super::store::{Books, Transient, Upload};
use super::twin::Twin;

/// How long bytes wait is not documented.
const WAIT: SignedDuration = SignedDuration::from_secs(60);

/// `POST /files`: one part `file` with a name.
pub(super) async fn files(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path(region): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let content = match form {
        Ok(form) => file(form).await,
        Err(_) => None,
    };
    twin.serve(&region, &headers, |call| {
        let content = content.ok_or_else(|| Problem::body("a part file with a file name is required"))?;
        let uri = format!("transient:{}", digest::sha1(&format!("{} {}", call.books.next_id(), call.now)));
        call.books.transients.insert(uri.clone(), Transient { content, until: call.now + WAIT });
        Ok((StatusCode::CREATED, Json(json!({"uri": uri}))).into_response())
    })
}

async fn file(mut form: Multipart) -> Option<Vec<u8>> {
    let field = form.next_field().await.ok()??;
    if field.name() != Some("file") || field.file_name().is_none_or(str::is_empty) {
        return None;
    }
    Some(field.bytes().await.ok()?.to_vec())
}

/// Attaches bytes that were sent to a candidate. The same bytes may be attached again: there is no key that tells.
pub(super) fn create(books: &mut Books, document: &Document, now: Timestamp) -> Result<u64, Problem> {
    document.only(&["url", "file-name", "internal"], &["candidate"])?;
    let (url, file_name) = (document.text("url")?, document.text("file-name")?);
    let candidate = document.required("candidate", &["candidates"])?;
    if books.candidate(candidate).is_none() {
        return Err(Problem::invalid("/data/relationships/candidate", "must exist"));
    }
    let sent = books.transients.get(&url).filter(|sent| now < sent.until);
    let content = sent.map(|sent| sent.content.clone());
    let content = content.ok_or_else(|| Problem::invalid("/data/attributes/url", "is invalid"))?;
    let id = books.next_id();
    books.uploads.push(Upload { id, candidate, file_name, content, created: now });
    Ok(id)
}
