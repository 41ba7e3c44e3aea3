//! A person's editor, on a file that nobody else can read and that is removed afterwards.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ends::Failure;

/// The file, as long as it is needed.
struct Draft(PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).unwrap_or_default();
    }
}

/// What a person makes of `text`.
///
/// # Errors
/// Where no editor is set, or it ends with a failure.
pub(super) fn edit(text: &str) -> Result<String, Failure> {
    let editor =
        ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|it| !it.trim().is_empty()));
    let editor = editor.ok_or_else(|| refused("set EDITOR, or give the mended submission with --file"))?;
    let draft = Draft(std::env::temp_dir().join(format!("hrsync-{}.json", std::process::id())));
    write(&draft.0, text).map_err(|error| refused(&format!("no file can be written ({error}); use --file")))?;
    // an editor may be set with options
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let ended = Command::new(program).args(words).arg(&draft.0).status();
    match ended {
        Ok(status) if status.success() => {
            std::fs::read_to_string(&draft.0).map_err(|error| refused(&format!("the file cannot be read ({error})")))
        }
        _ => Err(refused(&format!("`{program}` did not end well; nothing was changed"))),
    }
}

fn refused(what: &str) -> Failure {
    Failure::Refused(what.to_owned())
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}
