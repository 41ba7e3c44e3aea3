//! Files of an application: which Personio takes, and how an uploaded one is attached.

use serde::Serialize;
use uuid::Uuid;

use crate::value::Personal;

/// A file that was uploaded and is attached now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachedFile {
    /// From the upload's answer.
    pub uuid: Uuid,
    /// The name people see.
    pub original_filename: Personal<String>,
    /// What kind of document it is.
    pub category: FileCategory,
}

/// What kind of document a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileCategory {
    /// A curriculum vitae.
    Cv,
    /// A cover letter.
    CoverLetter,
    /// A reference of an employer.
    EmploymentReference,
    /// A certificate.
    Certificate,
    /// A sample of work.
    WorkSample,
    /// Anything else.
    Other,
}

impl FileCategory {
    /// All of them, with their names.
    pub const ALL: &[(&'static str, Self)] = &[
        ("cv", Self::Cv),
        ("cover-letter", Self::CoverLetter),
        ("employment-reference", Self::EmploymentReference),
        ("certificate", Self::Certificate),
        ("work-sample", Self::WorkSample),
        ("other", Self::Other),
    ];
}

/// The largest file that Personio takes, in bytes: "20 MB", read in the careful way.
pub const LARGEST_FILE: u64 = 20_000_000;

/// The endings of file names that Personio takes. `jpeg` and `tiff` are not among them; see [`file_extension`].
pub const FILE_EXTENSIONS: &[&str] = &[
    "pdf", "pptx", "xlsx", "docx", "doc", "xls", "ppt", "ods", "odt", "7z", "gz", "rar", "zip", "bmp", "gif", "jpg",
    "png", "tif", "csv", "txt", "rtf", "mp4", "3gp", "mov", "avi", "wmv",
];

/// The ending of a file name as Personio takes it, in lower case (`jpeg` becomes `jpg`, `tiff` becomes `tif`); `None`
/// where Personio takes no such file.
#[must_use]
pub fn file_extension(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = match ending.to_ascii_lowercase().as_str() {
        "jpeg" => "jpg".to_owned(),
        "tiff" => "tif".to_owned(),
        other => other.to_owned(),
    };
    FILE_EXTENSIONS.iter().find(|known| **known == ending).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_have_the_documented_spelling() {
        for (name, category) in FileCategory::ALL {
            assert_eq!(serde_json::to_string(category).unwrap(), format!("{name:?}"));
        }
    }

    #[test]
    fn file_endings_are_those_that_personio_takes() {
        assert_eq!(file_extension("CV.Final.PDF"), Some("pdf"));
        assert_eq!(file_extension("photo.JPEG"), Some("jpg"));
        assert_eq!(file_extension("scan.tiff"), Some("tif"));
        for bad in ["cv", "cv.exe", "cv.pdf.sh", ".", ""] {
            assert_eq!(file_extension(bad), None, "{bad:?}");
        }
    }
}
