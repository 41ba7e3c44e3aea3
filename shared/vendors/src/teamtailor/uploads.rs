//! The calls that attach a file to a candidate: its bytes are sent first, then what they became is attached.
//!
//! A file that is attached twice is there twice, and nothing but its name tells one from another. So whoever lost an answer
//! looks for the name before attaching again. Bytes that are never attached are of no consequence. That bytes can be sent
//! directly was met in production and is not in the vendor's documents.

use std::time::Duration;

use reqwest::multipart::Form;
use serde_json::json;

use super::client::{Teamtailor, document};
use super::document::{one, to};
use super::model::{CandidateId, TransientFile, Upload, UploadId};
use super::operations::{CREATE_UPLOAD, LIST_UPLOADS, SEND_FILE};
use super::paging::{self, Listing};
use super::reading;
use super::refusal::unexplained;
use crate::json::{id, optional_text};
use crate::value::Personal;
use crate::{Cursor, Error, FileStream, Kind, Reason, http};

/// One page of a candidate's files.
pub type Page = crate::Page<Upload, UploadId>;

/// The longest that sending a file may take.
pub const UPLOAD_TIMEOUT: Duration = Duration::from_secs(25);

/// What came of attaching a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attached {
    /// It is on the candidate's card.
    Done(UploadId),
    /// Teamtailor refuses the file.
    Refused(Vec<Reason>),
}

/// Sends a PDF while it is being received. What it became is to be attached within a minute.
///
/// # Errors
/// [`Kind::Unanswered`]: the download broke off, for example: nothing was stored that anybody sees. [`Kind::Invalid`]: the
/// file is refused. Otherwise as for all calls.
pub async fn send_pdf(
    teamtailor: &Teamtailor,
    file: FileStream,
    name: &Personal<String>,
) -> Result<TransientFile, Error> {
    let part = file.into_part().file_name(one_line(name.reveal())).mime_str("application/pdf");
    let part = part.map_err(|source| http::failure(SEND_FILE, source))?;
    let form = Form::new().part("file", part);
    let answer = teamtailor.post_form(SEND_FILE, teamtailor.url("files"), form, UPLOAD_TIMEOUT).await?;
    let sent = document(SEND_FILE, &answer)?;
    match optional_text(&sent, "uri") {
        Ok(Some(uri)) => Ok(TransientFile(Personal::new(uri.to_owned()))),
        _ => Err(unexplained(SEND_FILE, &answer)),
    }
}

/// A line end in a name would end the form's header.
fn one_line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Attaches a file that was sent to a candidate.
///
/// # Errors
/// [`Kind::Gone`]: there is no such candidate (any more). [`Kind::Unexplained`] with a status of success: it was probably
/// attached. Otherwise as for all calls.
pub async fn attach(
    teamtailor: &Teamtailor,
    candidate: &CandidateId,
    file: &TransientFile,
    name: &Personal<String>,
) -> Result<Attached, Error> {
    let attributes = json!({"url": file, "file-name": name});
    let relationships = json!({"candidate": to("candidates", candidate)});
    let data = json!({"type": "uploads", "attributes": attributes, "relationships": relationships});
    let answer = teamtailor.post(CREATE_UPLOAD, teamtailor.url("uploads"), &json!({"data": data})).await?;
    match document(CREATE_UPLOAD, &answer) {
        Ok(document) => {
            let upload = one(&document).and_then(|upload| id(upload.value, "id").ok());
            upload.map(Attached::Done).ok_or_else(|| unexplained(CREATE_UPLOAD, &answer))
        }
        Err(Error { kind: Kind::Invalid(reasons) | Kind::Conflict(reasons), .. }) => Ok(Attached::Refused(reasons)),
        Err(error) => Err(error),
    }
}

/// A candidate's files: the page that a page before leads to, or the first.
///
/// # Errors
/// [`Kind::Endless`]: the list leads back. [`Kind::Gone`]: there is no such candidate (any more). Otherwise as for all calls.
pub async fn page(teamtailor: &Teamtailor, candidate: &CandidateId, cursor: Option<&Cursor>) -> Result<Page, Error> {
    let url = teamtailor.url(&format!("candidates/{candidate}/uploads"));
    paging::page(teamtailor, &Listing { operation: LIST_UPLOADS, url, read: reading::upload }, cursor).await
}
