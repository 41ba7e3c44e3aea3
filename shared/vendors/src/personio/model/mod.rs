//! Personio's wire shapes and ids: here those of the recruiting API v1, beside it those of the HR API v2.
//!
//! Exactly the documented keys, and none that is empty: Personio refuses a body with an unknown key or a null. Source:
//! developer.personio.de/reference/post_v1-recruiting-applications.

pub mod absence;
pub mod id;

use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

use crate::value::{Email, Personal};

/// A positive whole number that Personio gave: must travel as a JSON number.
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl std::str::FromStr for $name {
            type Err = NotANumberId;

            fn from_str(text: &str) -> Result<Self, NotANumberId> {
                match text.trim().parse() {
                    Ok(id) if id > 0 => Ok(Self(id)),
                    _ => Err(NotANumberId),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id! {
    /// A job position: the `<id>` of the job in the company's XML feed.
    JobId
}
number_id! {
    /// A recruiting channel of the account's settings.
    ChannelId
}
number_id! {
    /// A custom phase of a job's recruiting category.
    CustomPhaseId
}

/// The text is not the id of a thing that Personio numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a positive whole number")]
pub struct NotANumberId;

/// The body of `POST /v1/recruiting/applications`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Application {
    /// Not blank.
    pub first_name: Personal<String>,
    /// Not blank.
    pub last_name: Personal<String>,
    /// One application per address and job.
    pub email: Email,
    /// The published job that is applied for.
    pub job_position_id: JobId,
    /// Where the applicant came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recruiting_channel_id: Option<ChannelId>,
    /// An id that a multiposting tool passed on; must fit the channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_posting_id: Option<String>,
    /// The applicant's free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Personal<String>>,
    /// Not in the future.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_date: Option<Date>,
    /// Left out: the first phase of the job's category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Unknown ones are created.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Uploaded before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AttachedFile>,
    /// System and custom attributes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

/// The phase an application begins in. A custom phase that does not exist does not fail: the application lands in
/// `unassigned`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "id", rename_all = "lowercase")]
pub enum Phase {
    /// One of Personio's own.
    System(SystemPhase),
    /// One of the account's.
    Custom(CustomPhaseId),
}

/// Personio's own phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SystemPhase {
    /// Not sorted yet.
    Unassigned,
    /// Turned down.
    Rejected,
    /// Taken back by the applicant.
    Withdrawn,
    /// Offered.
    Offer,
    /// Taken.
    Accepted,
}

impl SystemPhase {
    /// All of them, with their names.
    pub const ALL: &[(&'static str, Self)] = &[
        ("unassigned", Self::Unassigned),
        ("rejected", Self::Rejected),
        ("withdrawn", Self::Withdrawn),
        ("offer", Self::Offer),
        ("accepted", Self::Accepted),
    ];
}

/// One attribute of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attribute {
    /// `phone`, `custom_attribute_1001`, ...
    pub id: AttributeId,
    /// Always a text.
    pub value: Personal<String>,
}

/// The id of an attribute: one of [`AttributeId::SYSTEM`], or `custom_attribute_` and a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct AttributeId(String);

/// The text is no attribute's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an attribute's id: one of birthday, gender, location, phone, available_from, salary_expectations, or custom_attribute_<number>"
)]
pub struct NotAnAttribute;

impl AttributeId {
    /// Personio's own attributes. LinkedIn and Xing are not among them.
    pub const SYSTEM: &[&'static str] =
        &["birthday", "gender", "location", "phone", "available_from", "salary_expectations"];

    /// The id as Personio spells it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for AttributeId {
    type Err = NotAnAttribute;

    fn from_str(text: &str) -> Result<Self, NotAnAttribute> {
        let number = text.strip_prefix("custom_attribute_");
        let custom = number.is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()));
        if custom || Self::SYSTEM.contains(&text) { Ok(Self(text.to_owned())) } else { Err(NotAnAttribute) }
    }
}

/// Values of the attribute `gender`.
pub const GENDERS: &[&str] = &["male", "female", "diverse", "undefined"];

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
    fn phases_and_categories_have_the_documented_spelling() {
        let json = |phase: Phase| serde_json::to_string(&phase).unwrap();
        assert_eq!(json(Phase::System(SystemPhase::Offer)), r#"{"type":"system","id":"offer"}"#);
        assert_eq!(json(Phase::Custom("60101".parse().unwrap())), r#"{"type":"custom","id":60101}"#);
        for (name, category) in FileCategory::ALL {
            assert_eq!(serde_json::to_string(category).unwrap(), format!("{name:?}"));
        }
    }

    #[test]
    fn attribute_ids_are_personios() {
        for good in ["phone", "custom_attribute_1001"] {
            assert!(good.parse::<AttributeId>().is_ok(), "{good}");
        }
        for bad in ["linkedin", "custom_attribute_", "custom_attribute_x", "Phone", ""] {
            assert!(bad.parse::<AttributeId>().is_err(), "{bad}");
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
