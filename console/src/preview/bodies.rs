//! Saved deliveries: files, or the `*.json` of folders.

use std::fs;
use std::path::{Path, PathBuf};

use admin::{PayloadEnd, PayloadReading, SavedPayload};
use jiff::Timestamp;

use super::previewed::Previewed;
use crate::ends::Failure;
use crate::flows;

/// A saved delivery.
pub(super) struct Body {
    /// How messages call it.
    pub(super) label: String,
    /// The body.
    pub(super) content: Vec<u8>,
}

/// A saved delivery, read.
pub(super) struct Read {
    /// How messages call it.
    pub(super) label: String,
    /// What it comes to.
    pub(super) reading: PayloadReading,
}

impl Read {
    /// Whether the owner would have to be told of it.
    pub(super) fn is_rejected(&self) -> bool {
        self.reading.end == PayloadEnd::Rejected
    }
}

/// The deliveries that `paths` name.
pub(super) fn gather(paths: &[PathBuf]) -> Result<Vec<Body>, Failure> {
    let mut bodies = Vec::new();
    for path in paths {
        if path.is_dir() {
            for path in inside(path)? {
                bodies.push(body(&path)?);
            }
        } else {
            bodies.push(body(path)?);
        }
    }
    Ok(bodies)
}

fn inside(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unread =
        |error: std::io::Error| Failure::Refused(format!("{}: the folder cannot be read ({error})", folder.display()));
    let entries = fs::read_dir(folder).map_err(unread)?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(unread)?.path());
    }
    paths.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::Refused(format!("{}: no *.json is in this folder", folder.display())));
    }
    Ok(paths)
}

fn body(path: &Path) -> Result<Body, Failure> {
    let label = path.display().to_string();
    let unread = |error: std::io::Error| Failure::Refused(format!("{label}: the file cannot be read ({error})"));
    let content = fs::read(path).map_err(unread)?;
    Ok(Body { label, content })
}

/// Reads each as the flow's functions do.
pub(super) fn read(previewed: &Previewed, bodies: &[Body], local: bool, now: Timestamp) -> Result<Vec<Read>, Failure> {
    let command = flows::command(previewed.flow, "reading of saved deliveries", |commands| commands.payload)?;
    let mut all = Vec::new();
    for body in bodies {
        let reading = command(&SavedPayload { document: &previewed.document, local, body: &body.content, now })?;
        all.push(Read { label: body.label.clone(), reading });
    }
    Ok(all)
}
