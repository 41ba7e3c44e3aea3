//! Which absence type of Personio has its home in which type of helloHQ.

use vendors::hellohq::model::AbsenceType as Kind;
use vendors::personio::model::absence::{AbsenceType, Unit};
use vendors::personio::model::id::AbsenceTypeId;

use super::shape::HoursAs;
use super::{DAYS_INSTEAD, MAPPING};
use crate::Problem;
use crate::nearest::hint;

/// The key under which types are listed that are not carried over.
pub(super) const IGNORE: &str = "ignore";

/// The homes of Personio's absence types: the table `[mapping]` of a connection file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    listed: Vec<Listed>,
}

/// Where absences of a type belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// In this type of helloHQ.
    Type(Kind),
    /// Nowhere, and that is meant.
    Ignored,
    /// Nobody has said.
    None,
}

/// A type of Personio that the table lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// `None`: it is ignored.
    pub(super) kind: Option<Kind>,
    /// The key it is listed under, as it is spelled.
    pub(super) key: String,
    /// As it is listed, without blanks around it.
    pub(super) text: String,
    pub(super) name: Name,
}

/// How a listed text is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    Id(AbsenceTypeId),
    /// Trimmed and case-folded.
    Folded(String),
}

impl Name {
    pub(super) fn read(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::of(text), Self::Id)
    }

    /// A type's own name, be it one that looks like an id.
    fn of(name: &str) -> Self {
        Self::Folded(name.trim().to_lowercase())
    }
}

impl Rules {
    pub(super) const fn new(listed: Vec<Listed>) -> Self {
        Self { listed }
    }

    /// The home of a type: by its id where that is listed, else by its name, whatever case and blanks around it.
    #[must_use]
    pub fn home(&self, absence_type: &AbsenceType) -> Home {
        match self.listed(absence_type) {
            Some(Listed { kind: Some(kind), .. }) => Home::Type(*kind),
            Some(Listed { kind: None, .. }) => Home::Ignored,
            None => Home::None,
        }
    }

    fn listed(&self, absence_type: &AbsenceType) -> Option<&Listed> {
        let by_id = self.find(&Name::Id(absence_type.id));
        by_id.or_else(|| self.find(&Name::of(&absence_type.name)))
    }

    fn find(&self, name: &Name) -> Option<&Listed> {
        self.listed.iter().find(|listed| listed.name == *name)
    }

    /// What is listed, in the order of the file: helloHQ's name of the home, or `ignore`, and the text as it is listed.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.listed.iter().map(|listed| (listed.kind.map_or(IGNORE, Kind::label), listed.text.as_str()))
    }

    /// What does not fit the types that the Personio account has: what is listed and is none of them, or could be
    /// several of them, and types that are listed nowhere, or in a home that refuses their hours.
    #[must_use]
    pub fn compare(&self, types: &[AbsenceType], hours_as: HoursAs) -> Vec<Problem> {
        let astray = self.listed.iter().filter_map(|listed| {
            let what = self.astray(listed, types)?;
            Some(Problem { key: dotted(&listed.key), what })
        });
        let unhoused = types.iter().filter_map(|absence_type| self.unhoused(absence_type, hours_as));
        astray.chain(unhoused).collect()
    }

    /// Why it is not clear which one type is meant.
    fn astray(&self, listed: &Listed, types: &[AbsenceType]) -> Option<String> {
        let text = &listed.text;
        if let Name::Id(id) = listed.name {
            let known = types.iter().any(|absence_type| absence_type.id == id);
            return (!known).then(|| format!("no absence type of Personio has the id `{text}`"));
        }
        let fits: Vec<_> = types.iter().filter(|absence_type| Name::of(&absence_type.name) == listed.name).collect();
        if fits.is_empty() {
            let near = hint(text, types.iter().map(|absence_type| absence_type.name.as_str()));
            return Some(format!("no absence type of Personio has the name `{text}`{near}"));
        }
        let left = |absence_type: &&AbsenceType| self.find(&Name::Id(absence_type.id)).is_none();
        let ids: Vec<_> = fits.into_iter().filter(left).map(|absence_type| format!("`{}`", absence_type.id)).collect();
        match ids.len() {
            0 => Some(format!("`{text}` is listed by its id already")),
            1 => None,
            _ => Some(format!("`{text}` is the name of several absence types: list their ids, {}", ids.join(", "))),
        }
    }

    fn unhoused(&self, absence_type: &AbsenceType, hours_as: HoursAs) -> Option<Problem> {
        let AbsenceType { id, name, unit, .. } = absence_type;
        let Some(listed) = self.listed(absence_type) else {
            let what = format!("the absence type `{name}` ({id}) is listed nowhere, not even under `{IGNORE}`");
            return Some(Problem { key: MAPPING.to_owned(), what });
        };
        let in_days = listed.kind.is_some_and(|kind| !kind.in_hours());
        (in_days && *unit == Unit::Hour && hours_as == HoursAs::Refuse).then(|| {
            let what = format!("`{name}` is counted in hours, its home is kept in days; {DAYS_INSTEAD}");
            Problem { key: dotted(&listed.key), what }
        })
    }
}

/// The dotted key below `[mapping]`.
fn dotted(key: &str) -> String {
    let bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { format!("{MAPPING}.{key}") } else { format!("{MAPPING}.\"{key}\"") }
}
