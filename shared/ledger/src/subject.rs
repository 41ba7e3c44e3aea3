//! What a signal, a link or a pending item is about: a kind and an opaque id.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A source's id of an object. Opaque text: compared as it is, never parsed here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ObjectId(String);

impl ObjectId {
    /// The id as the source spells it.
    pub fn new(id: impl fmt::Display) -> Self {
        Self(id.to_string())
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A kind of object and the id of one. Shown, stored and queued as `<kind>/<id>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Subject {
    /// The kind, in the flow's words: `absence`. Holds no slash.
    pub kind: Cow<'static, str>,
    /// The source's id.
    pub id: ObjectId,
}

/// A text that is no subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a subject of the form <kind>/<id>")]
pub struct NoSubject;

impl Subject {
    /// The object of `kind` with this id.
    pub fn new(kind: &'static str, id: impl fmt::Display) -> Self {
        Self { kind: Cow::Borrowed(kind), id: ObjectId::new(id) }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

impl FromStr for Subject {
    type Err = NoSubject;

    fn from_str(text: &str) -> Result<Self, NoSubject> {
        let (kind, id) = text.split_once('/').ok_or(NoSubject)?;
        if kind.is_empty() || id.is_empty() {
            return Err(NoSubject);
        }
        Ok(Self { kind: Cow::Owned(kind.to_owned()), id: ObjectId::new(id) })
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

impl TryFrom<String> for Subject {
    type Error = NoSubject;

    fn try_from(text: String) -> Result<Self, NoSubject> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_may_be_any_text() {
        for id in ["7", "1d8e3f7a-0000-4000-8000-000000000001", "a/b c#d"] {
            let subject = Subject::new("position", id);
            assert_eq!(subject.to_string().parse(), Ok(subject.clone()));
            assert_eq!(subject.id.as_str(), id);
        }
    }

    #[test]
    fn a_subject_has_a_kind_and_an_id() {
        for text in ["", "absence", "absence/", "/7"] {
            assert_eq!(text.parse::<Subject>(), Err(NoSubject), "{text}");
        }
    }
}
