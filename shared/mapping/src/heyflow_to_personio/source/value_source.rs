//! Where a value comes from and what is done to it on the way.

use std::fmt;

use vendors::heyflow::model::Submission;
use vendors::text::{cleaned, is_blank};

use super::on_unusable::OnUnusable;
use super::origin::Origin;
use super::translation::{OnUnknown, Translated, Translation};
use crate::heyflow_to_personio::date::DateFormat;
use crate::heyflow_to_personio::lookup::{Found, Lookup, Missing, SEPARATOR, Take};

/// Where a value comes from: split, then translated piece by piece, cleaned, joined; the default where
/// nothing is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ValueSource {
    pub(super) origin: Origin,
    pub(super) split: Option<String>,
    pub(super) translate: Option<Translation>,
    pub(super) join: Option<String>,
    pub(super) default: Option<String>,
    pub(super) date: Option<DateFormat>,
    pub(super) on_unusable: OnUnusable,
}

/// A value as one text.
pub(crate) struct SourceText {
    pub(crate) text: String,
    /// What kind of value it was, in words.
    pub(crate) kind: &'static str,
    /// What the log says of how it was found. Never holds a value.
    pub(crate) notices: Vec<String>,
}

impl ValueSource {
    /// The value as one text. Who says how choices are joined wants all of them, wherever in the form they were made.
    pub(crate) fn text(&self, response: &Submission) -> Result<SourceText, Missing> {
        let take = if self.join.is_some() { Take::All } else { Take::First };
        let Found { texts, kind, notices } = self.found(response, take)?;
        let text = texts.join(self.join.as_deref().unwrap_or(SEPARATOR));
        Ok(SourceText { text, kind, notices })
    }

    /// All values one by one: at least one, none blank.
    pub(crate) fn texts(&self, response: &Submission) -> Result<Found, Missing> {
        self.found(response, Take::All)
    }

    /// How the form spells dates here.
    pub(crate) fn date(&self) -> Option<&DateFormat> {
        self.date.as_ref()
    }

    /// What becomes of a value that cannot be used, where the target is optional.
    pub(crate) fn on_unusable(&self) -> OnUnusable {
        self.on_unusable
    }

    /// The inputs that it reads, each with all its names.
    pub(crate) fn inputs(&self) -> Vec<Lookup> {
        self.origin.inputs()
    }

    fn found(&self, response: &Submission, take: Take) -> Result<Found, Missing> {
        let found = self.origin.find(response, take).and_then(|found| self.refined(found));
        match (found, &self.default) {
            (Err(Missing::Absent(_)), Some(default)) => Ok(Found::text(default.clone())),
            (found, _) => found,
        }
    }

    fn refined(&self, found: Found) -> Result<Found, Missing> {
        let mut texts = Vec::new();
        for piece in found.texts.iter().flat_map(|text| self.pieces(text)) {
            let translated = match self.translate.as_ref().map(|translation| translation.translate(piece)) {
                None => piece,
                Some(Translated::To(text)) => text,
                Some(Translated::LeftOut) => continue,
                Some(Translated::Unlisted(becomes)) => return Err(self.unlisted(found.kind, becomes)),
            };
            let cleaned = cleaned(translated);
            if !cleaned.is_empty() {
                texts.push(cleaned);
            }
        }
        if texts.is_empty() {
            return Err(Missing::Absent(format!("{self} holds {} of which nothing is left", found.kind)));
        }
        Ok(Found { texts, ..found })
    }

    fn pieces<'a>(&'a self, text: &'a str) -> Vec<&'a str> {
        match &self.split {
            Some(separator) => text.split(separator.as_str()).filter(|piece| !is_blank(piece)).collect(),
            None => vec![text],
        }
    }

    fn unlisted(&self, kind: &str, becomes: OnUnknown) -> Missing {
        let what = format!("{self} holds {kind} that `translate` does not cover");
        if becomes == OnUnknown::Problem { Missing::Problem(what) } else { Missing::Unusable(what) }
    }
}

impl fmt::Display for ValueSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.origin.fmt(f)
    }
}
