//! Attaches a signed contract's PDF to its candidate. A file that is attached twice is there twice, so an intent comes first,
//! and the contract's id in the file's name tells whether it is there.

use std::time::Duration;

use edge::verdict::Fault;
use jiff::Timestamp;
use mapping::oneflow_teamtailor::{is_pdf_of, pdf_name};
use reconcile::Answered;
use vendors::oneflow::files::{self, Download};
use vendors::oneflow::model::{Contract, ContractId, FileType};
use vendors::oneflow::operations::{DOWNLOAD_FILE, LIST_FILES};
use vendors::teamtailor::operations::{CREATE_UPLOAD, LIST_UPLOADS, SEND_FILE};
use vendors::teamtailor::uploads::{self, Attached};

use crate::blocker::Blocker;
use crate::link::{CandidateLink, Sent};
use crate::reader::Reader;
use crate::work::Work;

/// How long a PDF may take to be there after the contract was signed. Then the owner is told, and every sweep tries again.
const PATIENCE: Duration = Duration::from_secs(60 * 60);
/// How long it rests at first until it is asked for again; later half as long as it was waited for.
const REST: Duration = Duration::from_secs(30);
/// What fetching and sending a file needs.
const A_FILE: Duration = files::DOWNLOAD_TIMEOUT.saturating_add(Duration::from_secs(15));

/// What came of attaching a PDF.
pub(crate) enum Pdf {
    /// It is on the candidate's card.
    OnCard,
    /// Oneflow does not have it yet: to be asked for again then.
    NotYet(Timestamp),
    /// It cannot be attached.
    Blocked(Blocker),
}

/// Attaches the PDF, unless it is there.
///
/// # Errors
/// The vendors'; [`Fault::OutOfTime`].
pub(crate) async fn attach(work: &Work<'_>, link: &mut CandidateLink<'_>, contract: &Contract) -> Result<Pdf, Fault> {
    if is_attached(work, contract.id).await? {
        link.state_mut().contract_mut(contract.id).has_pdf = true;
        link.save().await?;
        return Ok(Pdf::OnCard);
    }
    work.attempt.needs(A_FILE)?;
    let listed = work.note(LIST_FILES, files::list(&work.oneflow, contract.id).await)?;
    let Some(file) = listed.iter().find(|file| file.kind == FileType::Contract) else {
        return Ok(not_yet(work, contract.id));
    };
    let largest = work.settings.contracts.largest_pdf;
    let download = files::download(&work.oneflow, contract.id, file.id, largest).await;
    let pdf = match work.note(DOWNLOAD_FILE, download)? {
        Download::Pdf(pdf) => pdf,
        Download::NotYet => return Ok(not_yet(work, contract.id)),
        Download::NotAPdf => return Ok(Pdf::Blocked(Blocker::no_pdf(contract.id, "is none, by its first bytes"))),
        Download::TooLarge => {
            let why = "is larger than `contracts.largest_pdf_megabytes` allows";
            return Ok(Pdf::Blocked(Blocker::no_pdf(contract.id, why)));
        }
    };
    let name = pdf_name(contract.name.as_ref(), contract.id);
    let sent = work.note(SEND_FILE, uploads::send_pdf(&work.teamtailor, pdf, &name).await)?;
    link.intend(Sent::Pdf(contract.id)).await?;
    let answer = uploads::attach(&work.teamtailor, &work.candidate, &sent, &name).await;
    let reasons = match link.answered(work.note(CREATE_UPLOAD, answer)).await? {
        Answered::Made(Attached::Done(_)) => {
            link.state_mut().contract_mut(contract.id).has_pdf = true;
            link.save().await?;
            return Ok(Pdf::OnCard);
        }
        Answered::Made(Attached::Refused(reasons)) => {
            link.save().await?;
            reasons.iter().map(ToString::to_string).collect()
        }
        Answered::Refused { reasons, .. } => reasons,
    };
    Ok(Pdf::Blocked(Blocker::pdf_refused(contract.id, &reasons)))
}

/// Whether the candidate's card has the contract's PDF.
///
/// # Errors
/// Teamtailor's; [`Fault::OutOfTime`].
pub(crate) async fn is_attached(reader: &Reader<'_>, contract: ContractId) -> Result<bool, Fault> {
    let mut cursor = None;
    loop {
        reader.needs_a_call()?;
        let page = uploads::page(&reader.teamtailor, &reader.candidate, cursor.as_ref()).await;
        let page = reader.note(LIST_UPLOADS, page)?;
        let names = page.items.iter().filter_map(|upload| upload.file_name.as_ref());
        if names.clone().any(|name| is_pdf_of(name.reveal(), contract)) {
            return Ok(true);
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(false);
        }
    }
}

fn not_yet(work: &Work<'_>, contract: ContractId) -> Pdf {
    let waited = work.attempt.waited();
    if waited < PATIENCE {
        return Pdf::NotYet(work.attempt.now() + REST.max(waited / 2));
    }
    Pdf::Blocked(Blocker::no_pdf(contract, "is not there an hour after the signature"))
}
