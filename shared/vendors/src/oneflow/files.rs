//! The calls that list a contract's files and fetch one as a PDF.
//!
//! Oneflow answers a download with a redirect to a signed address of its storage. That one redirect is followed, without token
//! and user. Right after a contract was signed the file may not be there, may come without a redirect and without content, or
//! its storage may not have it yet (all met): it is asked for again later. Storage calls every file an octet stream, so what a
//! file is shows in its first bytes.

use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode};
use url::Url;

use super::client::{Oneflow, json};
use super::model::{ContractFile, ContractId, FileId};
use super::operations::{DOWNLOAD_FILE, LIST_FILES};
use super::reading;
use super::refusal::{failure, unexplained, unreadable};
use crate::file::Opened;
use crate::http::{self, Answer};
use crate::{Error, FileStream, Kind};

/// How long a file may take from the first question to its last byte.
pub const DOWNLOAD_TIMEOUT: Duration = Duration::from_secs(25);

/// What came of fetching a file.
#[derive(Debug)]
pub enum Download {
    /// A PDF, of which the start was read.
    Pdf(FileStream),
    /// It is not there yet: ask again later.
    NotYet,
    /// Storage gives something that is no PDF.
    NotAPdf,
    /// It is larger than was allowed.
    TooLarge,
}

/// The files of a contract.
///
/// # Errors
/// [`Kind::Gone`]: the contract was deleted. [`Kind::Invalid`]: a file cannot be read; the reason names the member. Otherwise
/// as for all calls.
pub async fn list(oneflow: &Oneflow, contract: ContractId) -> Result<Vec<ContractFile>, Error> {
    let answer = oneflow.get(LIST_FILES, oneflow.url(&format!("contracts/{contract}/files/"))).await?;
    if answer.status != StatusCode::OK {
        return Err(failure(LIST_FILES, &answer));
    }
    let body = json(LIST_FILES, &answer)?;
    let listed = body.get("data").unwrap_or(&body).as_array();
    let files = listed.ok_or_else(|| unexplained(LIST_FILES, &answer))?.iter().map(reading::file);
    files.collect::<Result<_, _>>().map_err(|field| unreadable(LIST_FILES, field))
}

/// A file of at most `largest` bytes, which must be a PDF. Whether the contract is signed is for the caller to know: the file
/// exists in every state.
///
/// # Errors
/// [`Kind::Unexplained`] with a status of redirection: it leads to where no token-less request may go. Otherwise as for all
/// calls.
pub async fn download(oneflow: &Oneflow, contract: ContractId, file: FileId, largest: u64) -> Result<Download, Error> {
    let url = with_download(oneflow.url(&format!("contracts/{contract}/files/{file}")));
    let response = oneflow.start_download(DOWNLOAD_FILE, url.clone(), DOWNLOAD_TIMEOUT).await?;
    match response.status() {
        status if status.is_redirection() => {
            let address = address_of(oneflow, &url, &response)?;
            let stored = oneflow.start_elsewhere(DOWNLOAD_FILE, address, DOWNLOAD_TIMEOUT).await?;
            from_storage(stored, largest).await
        }
        StatusCode::OK => match opened(response, largest).await? {
            // an answer in words where the file should be
            Download::NotAPdf => Ok(Download::NotYet),
            download => Ok(download),
        },
        StatusCode::ACCEPTED | StatusCode::NO_CONTENT | StatusCode::NOT_FOUND | StatusCode::CONFLICT => {
            Ok(Download::NotYet)
        }
        _ => Err(failure(DOWNLOAD_FILE, &Answer::read(DOWNLOAD_FILE, response).await?)),
    }
}

fn with_download(mut url: Url) -> Url {
    url.query_pairs_mut().append_pair("download", "true");
    url
}

fn address_of(oneflow: &Oneflow, asked: &Url, response: &Response) -> Result<Url, Error> {
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let address = location.and_then(|location| asked.join(location).ok());
    let allowed = address.filter(|address| oneflow.base_url().may_lead_to(address));
    let status = response.status().as_u16();
    allowed.ok_or_else(|| Error::new(DOWNLOAD_FILE, Kind::Unexplained { status }))
}

/// A signed address that has ended, or a file that is not stored yet, is 403 or 404 at the storage and says nothing of
/// Oneflow's login. No second redirect is followed.
async fn from_storage(response: Response, largest: u64) -> Result<Download, Error> {
    match response.status().as_u16() {
        200 => opened(response, largest).await,
        403 | 404 => Ok(Download::NotYet),
        500..=599 => Err(Error::new(DOWNLOAD_FILE, Kind::Unavailable { retry_after: None })),
        status => Err(Error::new(DOWNLOAD_FILE, Kind::Unexplained { status })),
    }
}

async fn opened(response: Response, largest: u64) -> Result<Download, Error> {
    let opened = FileStream::open(response, largest).await.map_err(|source| http::failure(DOWNLOAD_FILE, source))?;
    Ok(match opened {
        Opened::File(file) if infer::archive::is_pdf(file.head()) => Download::Pdf(file),
        Opened::File(_) => Download::NotAPdf,
        Opened::Empty => Download::NotYet,
        Opened::TooLarge => Download::TooLarge,
    })
}
