//! Where a value comes from.

use std::fmt;

use vendors::heyflow::model::Submission;
use vendors::text::is_blank;

use crate::heyflow_to_personio::lookup::{Found, Lookup, Missing, Take};
use crate::heyflow_to_personio::template::CheckedTemplate;

/// One of the places a value can come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// A place of the response.
    Place(Lookup),
    /// This text, always.
    Text(String),
    /// A text that combines places.
    Template(CheckedTemplate),
}

impl Origin {
    /// The inputs that it reads.
    pub(super) fn inputs(&self) -> Vec<Lookup> {
        match self {
            Self::Place(lookup @ Lookup::Input { .. }) => vec![lookup.clone()],
            Self::Place(Lookup::Own(..) | Lookup::UrlParameter(_)) | Self::Text(_) => Vec::new(),
            Self::Template(template) => template.inputs(),
        }
    }

    pub(super) fn find(&self, response: &Submission, take: Take) -> Result<Found, Missing> {
        match self {
            Self::Place(lookup) => lookup.find(response, take),
            Self::Text(text) => Ok(Found::text(text.clone())),
            Self::Template(template) => {
                let filled = template.fill(response).map_err(Missing::Unusable)?;
                if is_blank(&filled.text) {
                    return Err(Missing::Absent("the template gives nothing".to_owned()));
                }
                Ok(Found { notices: filled.notices, ..Found::text(filled.text) })
            }
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(lookup) => lookup.fmt(f),
            Self::Text(text) => write!(f, "the text `{text}`"),
            Self::Template(_) => f.write_str("the template"),
        }
    }
}
