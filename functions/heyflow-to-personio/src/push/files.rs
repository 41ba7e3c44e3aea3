//! The files of a response: fetched from the form's links behind the guard, uploaded to Personio, remembered, so that a
//! repeated attempt uploads none twice.

use std::time::Duration;

use edge::verdict::Fault;
use ledger::Uploaded;
use mapping::heyflow_to_personio::WantedUpload;
use vendors::heyflow::upload::{Guard, GuardRules, Upload};
use vendors::personio::model::{AttachedFile, FileCategory};
use vendors::personio::recruiting::UPLOAD_TIMEOUT;
use vendors::value::Personal;
use vendors::{Error, Kind};

use super::{Files, Pusher, Work};
use crate::connection::Unavailable;

/// How long a file that cannot be fetched just now is waited for, counted from the response's arrival.
const PATIENCE: Duration = Duration::from_secs(6 * 60 * 60);

impl Pusher {
    /// Deals with each file in turn. Files that were dealt with by an earlier attempt cost nothing.
    pub(super) async fn files(&self, work: &Work<'_>, wanted: &[WantedUpload]) -> Result<Files, Fault> {
        let mut files = Files { attached: Vec::new(), missing: Vec::new() };
        if wanted.is_empty() {
            return Ok(files);
        }
        let known = self.worker.ledger.uploads(&work.event).await?;
        for (number, upload) in wanted.iter().enumerate() {
            let name = format!("{number:02}");
            let known = known.iter().find(|file| file.file == name && (file.id.is_some() || file.reason.is_some()));
            let file = match known {
                Some(file) => file.clone(),
                None => self.file(work, name, upload).await?,
            };
            match (attachable(&file, upload.category), file.reason) {
                (Some(attached), _) => files.attached.push(attached),
                (None, reason) => files.missing.push(missing(upload, &reason.unwrap_or_default())),
            }
        }
        Ok(files)
    }

    /// Fetches and uploads one file, and remembers how that ended.
    async fn file(&self, work: &Work<'_>, name: String, wanted: &WantedUpload) -> Result<Uploaded, Fault> {
        self.time_for(work, GuardRules::TIME + UPLOAD_TIMEOUT)?;
        self.slot(work, &format!("upload {name}"), "documents", GuardRules::TIME).await?;
        let file = match self.fetch(work, wanted).await? {
            Ok(upload) => self.upload(work, name, upload).await?,
            Err(reason) => unavailable(name, reason),
        };
        if let (Some(reason), Unavailable::Reject) = (&file.reason, work.settings.unavailable) {
            return Err(Fault::Unexpected(missing(wanted, reason)));
        }
        self.worker.ledger.uploaded(&work.event, &file, self.worker.clock.now()).await?;
        Ok(file)
    }

    /// The file, or why it can never be had.
    async fn fetch(&self, work: &Work<'_>, wanted: &WantedUpload) -> Result<Result<Upload, String>, Fault> {
        // made for each file, so that responses without files need not wait for it
        let guard = Guard::new(work.settings.fetching.clone()).map_err(|error| Fault::Unfetched(error.to_string()))?;
        match guard.fetch(wanted.link.reveal(), fallback_name(wanted.category)).await {
            Ok(upload) => Ok(Ok(upload)),
            Err(error) if error.is_temporary() && self.may_come(work) => Err(Fault::Unfetched(error.to_string())),
            Err(error) => Ok(Err(error.to_string())),
        }
    }

    fn may_come(&self, work: &Work<'_>) -> bool {
        self.worker.clock.since(work.record.message.received) < PATIENCE
    }

    async fn upload(&self, work: &Work<'_>, file: String, upload: Upload) -> Result<Uploaded, Fault> {
        match work.personio.upload_document(&upload.name, upload.bytes).await {
            Ok(id) => {
                let (id, name) = (Some(id.to_string()), upload.name.reveal().clone());
                Ok(Uploaded { file, id, name, reason: None })
            }
            Err(Error { kind: Kind::Invalid(reasons), .. }) => {
                let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                Ok(unavailable(file, format!("Personio refuses it: {}", reasons.join("; "))))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Personio no longer knows the uploads: the next attempt uploads them again.
    pub(super) async fn forget_files(&self, work: &Work<'_>, attached: &[AttachedFile]) -> Result<(), Fault> {
        let ids: Vec<String> = attached.iter().map(|file| file.uuid.to_string()).collect();
        let known = self.worker.ledger.uploads(&work.event).await?;
        for file in known.into_iter().filter(|file| file.id.as_ref().is_some_and(|id| ids.contains(id))) {
            let forgotten = Uploaded { id: None, reason: None, ..file };
            self.worker.ledger.uploaded(&work.event, &forgotten, self.worker.clock.now()).await?;
        }
        Ok(())
    }
}

fn attachable(file: &Uploaded, category: FileCategory) -> Option<AttachedFile> {
    let uuid = file.id.as_ref()?.parse().ok()?;
    Some(AttachedFile { uuid, original_filename: Personal::new(file.name.clone()), category })
}

fn unavailable(file: String, reason: String) -> Uploaded {
    Uploaded { file, id: None, name: String::new(), reason: Some(reason) }
}

fn missing(wanted: &WantedUpload, reason: &str) -> String {
    format!("`application.files`, category {}, input `{}`: {reason}", fallback_name(wanted.category), wanted.input)
}

/// The category's own name: also a name for a file that brings none.
fn fallback_name(category: FileCategory) -> &'static str {
    FileCategory::ALL.iter().find(|(_, known)| *known == category).map_or("file", |(name, _)| name)
}
