//! Where a value comes from and what is done to it on the way.

mod read;
mod translate;

use std::fmt;

use vendors::heyflow::model::Submission;

pub(super) use self::read::no_own;
use self::translate::Translation;
use super::lookup::{Found, Lookup, Missing};
use super::template::Template;

/// Between several choices, and what Heyflow itself puts there.
pub(super) const SEPARATOR: &str = ", ";

/// Where a value comes from: split, then translated piece by piece, cut of blanks around it, joined; the default where
/// nothing is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    origin: Origin,
    split: Option<String>,
    translate: Option<Translation>,
    join: Option<String>,
    default: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    /// A place of the response.
    Place(Lookup),
    /// This text, always.
    Text(String),
    /// A text that combines places.
    Template(Template),
}

impl Source {
    /// The value as one text, and what kind of value it was.
    pub(super) fn text(&self, response: &Submission) -> Result<(String, &'static str), Missing> {
        let Found { texts, kind } = self.texts(response)?;
        Ok((texts.join(self.join.as_deref().unwrap_or(SEPARATOR)), kind))
    }

    /// The values one by one: at least one, none blank.
    pub(super) fn texts(&self, response: &Submission) -> Result<Found, Missing> {
        let found = self.origin.find(response).and_then(|found| self.refined(found));
        match (found, &self.default) {
            (Err(Missing::Absent(_)), Some(default)) => Ok(Found { texts: vec![default.clone()], kind: "a text" }),
            (found, _) => found,
        }
    }

    fn refined(&self, found: Found) -> Result<Found, Missing> {
        let mut texts = Vec::new();
        for piece in found.texts.iter().flat_map(|text| self.pieces(text)) {
            let translated = match &self.translate {
                Some(translation) => translation.of(piece).map_err(|what| self.unusable(found.kind, what))?,
                None => Some(piece),
            };
            texts.extend(translated.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned));
        }
        if texts.is_empty() {
            return Err(Missing::Absent(format!("{self} holds {} of which nothing is left", found.kind)));
        }
        Ok(Found { texts, kind: found.kind })
    }

    fn pieces<'a>(&'a self, text: &'a str) -> Vec<&'a str> {
        match &self.split {
            Some(separator) => text.split(separator.as_str()).filter(|piece| !piece.trim().is_empty()).collect(),
            None => vec![text],
        }
    }

    fn unusable(&self, kind: &str, what: &str) -> Missing {
        Missing::Unusable(format!("{self} holds {kind} {what}"))
    }
}

impl Origin {
    fn find(&self, response: &Submission) -> Result<Found, Missing> {
        match self {
            Self::Place(lookup) => lookup.find(response),
            Self::Text(text) => Ok(Found { texts: vec![text.clone()], kind: "a text" }),
            Self::Template(template) => {
                let text = template.fill(response).map_err(Missing::Unusable)?;
                if text.trim().is_empty() {
                    return Err(Missing::Absent("the template gives nothing".to_owned()));
                }
                Ok(Found { texts: vec![text], kind: "a text" })
            }
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Origin::Place(lookup) => lookup.fmt(f),
            Origin::Text(text) => write!(f, "the text `{text}`"),
            Origin::Template(_) => f.write_str("the template"),
        }
    }
}
