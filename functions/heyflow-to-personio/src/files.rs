//! The files of a response: fetched from the form's links behind the guard, uploaded to Personio, remembered, so that a
//! repeated attempt uploads none twice.
//!
//! What is remembered holds nothing personal: Personio's id, the ending, a digest of the link. A later attempt asks the
//! link for the name anew; where it gives none any more, the name is the link's own, or the category's.

use std::time::Duration;

use edge::event_id;
use edge::verdict::Fault;
use futures_util::future::join_all;
use ledger::Uploaded;
use mapping::heyflow_to_personio::{Desired, DesiredUpload, MOST_FILES};
use vendors::heyflow::upload::{Guard, GuardRules, KnownFile, Upload};
use vendors::personio::model::{AttachedFile, FileCategory, file_extension};
use vendors::personio::recruiting::UPLOAD_TIMEOUT;
use vendors::value::Personal;
use vendors::{Error, Kind};

use crate::attempt::ResponseAttempt;
use crate::connection::OnUnavailable;
use crate::rate_limit::{self, Endpoint};

/// How long a file that cannot be fetched just now is waited for, counted from the response's arrival.
const PATIENCE: Duration = Duration::from_secs(6 * 60 * 60);

/// The files of a response: those that can be attached, and what the owner is told of the others.
pub(crate) struct Files {
    pub(crate) attached: Vec<AttachedFile>,
    pub(crate) left_out: Vec<String>,
    /// Those that are attached under an ending which their owner may look for in vain.
    pub(crate) renamed: Vec<String>,
}

/// A file that an attempt has dealt with.
struct Dealt {
    file: Uploaded,
    /// `None`: an earlier attempt has dealt with it.
    name: Option<Personal<String>>,
}

/// What a link gives.
enum Fetched {
    File(Upload),
    /// Never a file, for this reason.
    Unavailable(String),
}

/// Uploads each file in turn. Files that an earlier attempt dealt with cost no call of Personio.
///
/// # Errors
/// A file that may still come, a call that is not answered, a rate limit that lies ahead, a ledger that fails; a file
/// that cannot be had or is one too many, where the settings reject its response.
pub(crate) async fn upload_all(attempt: &ResponseAttempt<'_>, desired: &Desired) -> Result<Files, Fault> {
    let mut files = Files { attached: Vec::new(), left_out: Vec::new(), renamed: Vec::new() };
    let uploads = &desired.uploads;
    let on_unavailable = attempt.settings.on_unavailable;
    let tells = on_unavailable == OnUnavailable::Tell;
    files.left_out = left_out_unfetched(desired, on_unavailable).map_err(Fault::MissingFile)?;
    if uploads.is_empty() {
        return Ok(files);
    }
    let dealt = deal_with_all(attempt, uploads).await?;
    let names = names(attempt, uploads, &dealt).await?;
    for ((upload, dealt), name) in uploads.iter().zip(&dealt).zip(names) {
        let attached = attachable(&dealt.file, name, upload.category);
        let reason = dealt.file.reason.as_deref();
        match (&attached, reason) {
            (Some(_), Some(renamed)) if tells => files.renamed.push(about(upload, renamed)),
            (None, reason) if tells => files.left_out.push(about(upload, reason.unwrap_or("its id cannot be read"))),
            _ => {}
        }
        files.attached.extend(attached);
    }
    Ok(files)
}

/// What the owner is told of files before any is fetched: answers that are none, and those that are too many.
///
/// # Errors
/// Why the response is rejected, where the settings reject one without all its files.
pub(crate) fn left_out_unfetched(desired: &Desired, on_unavailable: OnUnavailable) -> Result<Vec<String>, String> {
    let no_files = desired.no_files.iter().map(ToString::to_string);
    match on_unavailable {
        OnUnavailable::Reject => no_files.chain(too_many(desired)).next().map_or(Ok(Vec::new()), Err),
        OnUnavailable::Tell => Ok(no_files.chain(too_many(desired)).collect()),
        OnUnavailable::Ignore => Ok(too_many(desired).into_iter().collect()),
    }
}

/// Personio no longer knows these uploads: the next attempt uploads them again.
///
/// # Errors
/// Where the ledger fails.
pub(crate) async fn forget(attempt: &ResponseAttempt<'_>, attached: &[AttachedFile]) -> Result<(), Fault> {
    let ids: Vec<String> = attached.iter().map(|file| file.uuid.to_string()).collect();
    let known = attempt.ledger.uploads(&attempt.event).await?;
    for file in known.into_iter().filter(|file| file.id.as_ref().is_some_and(|id| ids.contains(id))) {
        let forgotten = Uploaded { id: None, reason: None, extension: None, ..file };
        attempt.ledger.uploaded(&attempt.event, &forgotten, attempt.clock.now()).await?;
    }
    Ok(())
}

async fn deal_with_all(attempt: &ResponseAttempt<'_>, uploads: &[DesiredUpload]) -> Result<Vec<Dealt>, Fault> {
    let known = attempt.ledger.uploads(&attempt.event).await?;
    let mut dealt = Vec::new();
    for (number, desired) in uploads.iter().enumerate() {
        let key = key(number, desired);
        dealt.push(match known.iter().find(|file| file.file == key && is_dealt_with(file)) {
            Some(file) => Dealt { file: file.clone(), name: None },
            None => upload_one(attempt, key, desired).await?,
        });
    }
    Ok(dealt)
}

/// Names a file of the response. With the link's digest, because a connection file that was mended between two attempts may
/// put another file into its place.
fn key(number: usize, desired: &DesiredUpload) -> String {
    format!("{number:02}-{}", event_id(&[desired.link.reveal()]))
}

/// Fetches and uploads one file, and remembers how that ended.
async fn upload_one(attempt: &ResponseAttempt<'_>, file: String, desired: &DesiredUpload) -> Result<Dealt, Fault> {
    attempt.ensure_time_for(GuardRules::TIME + UPLOAD_TIMEOUT)?;
    let step = format!("upload {file}");
    rate_limit::reserve(attempt, &step, Endpoint::Documents, GuardRules::TIME).await?;
    let dealt = match fetch(attempt, desired).await? {
        Fetched::File(upload) => send(attempt, file, desired, upload).await?,
        Fetched::Unavailable(reason) => unavailable(file, reason),
    };
    if let Uploaded { id: None, reason: Some(reason), .. } = &dealt.file
        && attempt.settings.on_unavailable == OnUnavailable::Reject
    {
        return Err(Fault::MissingFile(about(desired, reason)));
    }
    attempt.ledger.uploaded(&attempt.event, &dealt.file, attempt.clock.now()).await?;
    Ok(dealt)
}

async fn fetch(attempt: &ResponseAttempt<'_>, desired: &DesiredUpload) -> Result<Fetched, Fault> {
    match guard(attempt)?.fetch(desired.link.reveal(), fallback_name(desired)).await {
        Ok(upload) => Ok(Fetched::File(upload)),
        Err(error) if error.is_temporary() && may_come(attempt) => Err(Fault::Unfetched(error.to_string())),
        Err(error) => Ok(Fetched::Unavailable(error.to_string())),
    }
}

/// Made where it is needed, so that responses without files need not wait for it.
fn guard(attempt: &ResponseAttempt<'_>) -> Result<Guard, Fault> {
    Guard::new(attempt.settings.guard_rules.clone()).map_err(|error| Fault::Unfetched(error.to_string()))
}

fn may_come(attempt: &ResponseAttempt<'_>) -> bool {
    attempt.clock.since(attempt.record.message.received) < PATIENCE
}

async fn send(
    attempt: &ResponseAttempt<'_>,
    file: String,
    desired: &DesiredUpload,
    upload: Upload,
) -> Result<Dealt, Fault> {
    let renamed = renamed(attempt, desired, &upload);
    match attempt.personio.upload_document(&upload.name, upload.bytes).await {
        Ok(id) => {
            let extension = Some(upload.extension.to_owned());
            let file = Uploaded { file, id: Some(id.to_string()), extension, reason: renamed };
            Ok(Dealt { file, name: Some(upload.name) })
        }
        Err(Error { kind: Kind::Invalid(reasons), .. }) => {
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            Ok(unavailable(file, format!("Personio refuses it: {}", reasons.join("; "))))
        }
        Err(error) => Err(error.into()),
    }
}

/// What the owner is told of a file that goes by another ending than its name had. The log is told in any case; the owner
/// only where the target knows no files of that ending, for then it is a name that nobody expects.
fn renamed(attempt: &ResponseAttempt<'_>, desired: &DesiredUpload, upload: &Upload) -> Option<String> {
    let from = upload.renamed_from.as_deref()?;
    let extension = upload.extension;
    let what = format!("its name ended in .{from}, its content is .{extension}; it is attached as .{extension}");
    let event = &attempt.event;
    tracing::info!(connection = event.connection, event = event.id, "{}", about(desired, &what));
    file_extension(&format!("file.{from}")).is_none().then_some(what)
}

fn unavailable(file: String, reason: String) -> Dealt {
    Dealt { file: Uploaded { file, id: None, extension: None, reason: Some(reason) }, name: None }
}

/// A file that [`forget`] has forgotten is not.
fn is_dealt_with(file: &Uploaded) -> bool {
    file.id.is_some() || file.reason.is_some()
}

/// The names of the files, in their order; those that only an earlier attempt has seen are asked for side by side.
async fn names(
    attempt: &ResponseAttempt<'_>,
    uploads: &[DesiredUpload],
    dealt: &[Dealt],
) -> Result<Vec<Option<Personal<String>>>, Fault> {
    if dealt.iter().all(|dealt| dealt.name.is_some() || dealt.file.id.is_none()) {
        return Ok(dealt.iter().map(|dealt| dealt.name.clone()).collect());
    }
    attempt.ensure_time_for(Guard::NAME_TIME)?;
    let guard = guard(attempt)?;
    Ok(join_all(uploads.iter().zip(dealt).map(|(desired, dealt)| name(&guard, desired, dealt))).await)
}

/// `None` where there is no file.
async fn name(guard: &Guard, desired: &DesiredUpload, dealt: &Dealt) -> Option<Personal<String>> {
    match (&dealt.name, &dealt.file.extension) {
        (Some(name), _) => Some(name.clone()),
        (None, Some(extension)) => {
            let known = KnownFile { extension, fallback_name: fallback_name(desired) };
            Some(guard.name(desired.link.reveal(), known).await)
        }
        (None, None) => None,
    }
}

fn attachable(file: &Uploaded, name: Option<Personal<String>>, category: FileCategory) -> Option<AttachedFile> {
    let uuid = file.id.as_ref()?.parse().ok()?;
    Some(AttachedFile { uuid, original_filename: name?, category })
}

/// What the owner is told of a response with more files than are attached.
fn too_many(desired: &Desired) -> Option<String> {
    let more = desired.uploads_left_out;
    let all = desired.uploads.len() + more;
    (more > 0)
        .then(|| format!("`application.files`: the response has {all} files; the first {MOST_FILES} are attached"))
}

fn about(desired: &DesiredUpload, reason: &str) -> String {
    format!("`application.files`, category {}, input `{}`: {reason}", category_name(desired.category), desired.input)
}

/// The name of a file whose link tells none: the form's, else that of its category.
fn fallback_name(desired: &DesiredUpload) -> &str {
    desired.name.as_ref().map_or_else(|| category_name(desired.category), |name| name.reveal().as_str())
}

/// The category's own name: also a name for a file that brings none.
pub(crate) fn category_name(category: FileCategory) -> &'static str {
    FileCategory::ALL.iter().find(|(_, known)| *known == category).map_or("file", |(name, _)| name)
}
