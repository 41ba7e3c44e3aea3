//! The files of a response: fetched from the form's links behind the guard, uploaded to Personio, remembered, so that a
//! repeated attempt uploads none twice.

use std::time::Duration;

use edge::notify::failure;
use edge::verdict::Fault;
use ledger::{Cause, Failure, Hidden, Uploaded};
use mapping::heyflow_to_personio::DesiredUpload;
use vendors::heyflow::upload::{Guard, GuardRules, Upload};
use vendors::personio::model::{AttachedFile, FileCategory};
use vendors::personio::recruiting::UPLOAD_TIMEOUT;
use vendors::value::Personal;
use vendors::{Error, Kind};

use crate::attempt::ResponseAttempt;
use crate::connection::OnUnavailable;
use crate::rate_limit::{self, Endpoint};

/// How long a file that cannot be fetched just now is waited for, counted from the response's arrival.
const PATIENCE: Duration = Duration::from_secs(6 * 60 * 60);

/// The files of a response: those that can be attached, and why the others cannot be had.
pub(crate) struct Files {
    pub(crate) attached: Vec<AttachedFile>,
    pub(crate) missing: Vec<String>,
}

/// What a link gives.
enum Fetched {
    File(Upload),
    /// Never a file, for this reason.
    Unavailable(String),
}

/// Uploads each file in turn. Files that an earlier attempt dealt with cost nothing.
///
/// # Errors
/// A file that may still come, a call that is not answered, a rate limit that lies ahead, a ledger that fails; a file
/// that cannot be had, where the settings reject its response.
pub(crate) async fn upload_all(attempt: &ResponseAttempt<'_>, uploads: &[DesiredUpload]) -> Result<Files, Fault> {
    let mut files = Files { attached: Vec::new(), missing: Vec::new() };
    if uploads.is_empty() {
        return Ok(files);
    }
    let known = attempt.ledger.uploads(&attempt.event).await?;
    for (number, desired) in uploads.iter().enumerate() {
        let name = format!("{number:02}");
        let file = match known.iter().find(|file| file.file == name && is_dealt_with(file)) {
            Some(file) => file.clone(),
            None => upload_one(attempt, name, desired).await?,
        };
        match attachable(&file, desired.category) {
            Some(attached) => files.attached.push(attached),
            None => files.missing.push(missing(desired, file.reason.as_deref().unwrap_or("its id cannot be read"))),
        }
    }
    Ok(files)
}

/// What the owner is told of an application that goes in without some of its files.
pub(crate) fn missing_notice(attempt: &ResponseAttempt<'_>, missing: Vec<String>) -> Option<Failure> {
    let tell = attempt.settings.on_unavailable == OnUnavailable::Tell && !missing.is_empty();
    tell.then(|| failure(attempt.record, "-files", Cause::WithoutFile, missing, attempt.clock.now()))
}

/// Personio no longer knows these uploads: the next attempt uploads them again.
///
/// # Errors
/// Where the ledger fails.
pub(crate) async fn forget(attempt: &ResponseAttempt<'_>, attached: &[AttachedFile]) -> Result<(), Fault> {
    let ids: Vec<String> = attached.iter().map(|file| file.uuid.to_string()).collect();
    let known = attempt.ledger.uploads(&attempt.event).await?;
    for file in known.into_iter().filter(|file| file.id.as_ref().is_some_and(|id| ids.contains(id))) {
        let forgotten = Uploaded { id: None, reason: None, ..file };
        attempt.ledger.uploaded(&attempt.event, &forgotten, attempt.clock.now()).await?;
    }
    Ok(())
}

/// Fetches and uploads one file, and remembers how that ended.
async fn upload_one(attempt: &ResponseAttempt<'_>, file: String, desired: &DesiredUpload) -> Result<Uploaded, Fault> {
    attempt.ensure_time_for(GuardRules::TIME + UPLOAD_TIMEOUT)?;
    let step = format!("upload {file}");
    rate_limit::reserve(attempt, &step, Endpoint::Documents, GuardRules::TIME).await?;
    let uploaded = match fetch(attempt, desired).await? {
        Fetched::File(upload) => send(attempt, file, upload).await?,
        Fetched::Unavailable(reason) => unavailable(file, reason),
    };
    if let Some(reason) = &uploaded.reason
        && attempt.settings.on_unavailable == OnUnavailable::Reject
    {
        return Err(Fault::MissingFile(missing(desired, reason)));
    }
    attempt.ledger.uploaded(&attempt.event, &uploaded, attempt.clock.now()).await?;
    Ok(uploaded)
}

async fn fetch(attempt: &ResponseAttempt<'_>, desired: &DesiredUpload) -> Result<Fetched, Fault> {
    // made for each file, so that responses without files need not wait for it
    let guard_rules = attempt.settings.guard_rules.clone();
    let guard = Guard::new(guard_rules).map_err(|error| Fault::Unfetched(error.to_string()))?;
    match guard.fetch(desired.link.reveal(), category_name(desired.category)).await {
        Ok(upload) => Ok(Fetched::File(upload)),
        Err(error) if error.is_temporary() && may_come(attempt) => Err(Fault::Unfetched(error.to_string())),
        Err(error) => Ok(Fetched::Unavailable(error.to_string())),
    }
}

fn may_come(attempt: &ResponseAttempt<'_>) -> bool {
    attempt.clock.since(attempt.record.message.received) < PATIENCE
}

async fn send(attempt: &ResponseAttempt<'_>, file: String, upload: Upload) -> Result<Uploaded, Fault> {
    match attempt.personio.upload_document(&upload.name, upload.bytes).await {
        Ok(id) => {
            let name = Hidden::new(upload.name.reveal().clone());
            Ok(Uploaded { file, id: Some(id.to_string()), name, reason: None })
        }
        Err(Error { kind: Kind::Invalid(reasons), .. }) => {
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            Ok(unavailable(file, format!("Personio refuses it: {}", reasons.join("; "))))
        }
        Err(error) => Err(error.into()),
    }
}

fn unavailable(file: String, reason: String) -> Uploaded {
    Uploaded { file, id: None, name: Hidden::new(String::new()), reason: Some(reason) }
}

/// A file that [`forget`] has forgotten is not.
fn is_dealt_with(file: &Uploaded) -> bool {
    file.id.is_some() || file.reason.is_some()
}

fn attachable(file: &Uploaded, category: FileCategory) -> Option<AttachedFile> {
    let uuid = file.id.as_ref()?.parse().ok()?;
    Some(AttachedFile { uuid, original_filename: Personal::new(file.name.reveal().clone()), category })
}

fn missing(desired: &DesiredUpload, reason: &str) -> String {
    format!("`application.files`, category {}, input `{}`: {reason}", category_name(desired.category), desired.input)
}

/// The category's own name: also a name for a file that brings none.
fn category_name(category: FileCategory) -> &'static str {
    FileCategory::ALL.iter().find(|(_, known)| *known == category).map_or("file", |(name, _)| name)
}
