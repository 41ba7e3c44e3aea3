//! Which absence type of Personio has its home in which type of helloHQ.

use toml_span::{DeserError, Deserialize, Value};
use vendors::hellohq::model::AbsenceType as Kind;
use vendors::personio::model::absence::{AbsenceType, Unit};

use super::keys::{DAYS_INSTEAD, MAPPING};
use super::listed_type::{Destination, IGNORE, ListedType, TypeName};
use super::mapping_table::listed_types;
use super::options::HoursAs;
use crate::nearest::hint;
use crate::unmappable::Problem;

/// The homes of Personio's absence types: the table `[mapping]` of a connection file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeMapping {
    listed: Vec<ListedType>,
}

/// Where absences of a type belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapped {
    /// In this type of helloHQ.
    To(Kind),
    /// Nowhere, and that is meant.
    Ignored,
    /// The table does not say.
    Unlisted,
}

impl TypeMapping {
    /// Where a type belongs: by its id where that is listed, else by its name, whatever case and blanks around it.
    #[must_use]
    pub fn mapped(&self, absence_type: &AbsenceType) -> Mapped {
        match self.listed(absence_type).map(|listed| listed.destination) {
            Some(Destination::Type(kind)) => Mapped::To(kind),
            Some(Destination::Ignored) => Mapped::Ignored,
            None => Mapped::Unlisted,
        }
    }

    fn listed(&self, absence_type: &AbsenceType) -> Option<&ListedType> {
        let by_id = self.find(&TypeName::Id(absence_type.id));
        by_id.or_else(|| self.find(&TypeName::of(&absence_type.name)))
    }

    fn find(&self, name: &TypeName) -> Option<&ListedType> {
        self.listed.iter().find(|listed| listed.name == *name)
    }

    /// What is listed, in the order of the file: helloHQ's name of the home, or `ignore`, and the text as it is listed.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.listed.iter().map(|listed| (listed.destination.label(), listed.text.as_str()))
    }

    /// What does not fit the types that the Personio account has: what is listed and is none of them, or could be
    /// several of them, and types that are listed nowhere, or in a home that refuses their hours.
    #[must_use]
    pub fn compare(&self, types: &[AbsenceType], hours_as: HoursAs) -> Vec<Problem> {
        let unclear = self.listed.iter().filter_map(|listed| {
            let what = self.unclear(listed, types)?;
            Some(Problem::new(dotted(&listed.key), what))
        });
        let unfit = types.iter().filter_map(|absence_type| self.unfit(absence_type, hours_as));
        unclear.chain(unfit).collect()
    }

    /// Why it is not clear which one type is meant.
    fn unclear(&self, listed: &ListedType, types: &[AbsenceType]) -> Option<String> {
        let text = &listed.text;
        if let TypeName::Id(id) = listed.name {
            let known = types.iter().any(|absence_type| absence_type.id == id);
            return (!known).then(|| format!("no absence type of Personio has the id `{text}`"));
        }
        let fits: Vec<_> =
            types.iter().filter(|absence_type| TypeName::of(&absence_type.name) == listed.name).collect();
        if fits.is_empty() {
            let near = hint(text, types.iter().map(|absence_type| absence_type.name.as_str()));
            return Some(format!("no absence type of Personio has the name `{text}`{near}"));
        }
        let left = |absence_type: &&AbsenceType| self.find(&TypeName::Id(absence_type.id)).is_none();
        let ids: Vec<_> = fits.into_iter().filter(left).map(|absence_type| format!("`{}`", absence_type.id)).collect();
        match ids.len() {
            0 => Some(format!("`{text}` is listed by its id already")),
            1 => None,
            _ => Some(format!("`{text}` is the name of several absence types: list their ids, {}", ids.join(", "))),
        }
    }

    /// Why absences of a type cannot be entered.
    fn unfit(&self, absence_type: &AbsenceType, hours_as: HoursAs) -> Option<Problem> {
        let AbsenceType { id, name, unit, .. } = absence_type;
        let Some(listed) = self.listed(absence_type) else {
            let what = format!("the absence type `{name}` ({id}) is listed nowhere, not even under `{IGNORE}`");
            return Some(Problem::new(MAPPING, what));
        };
        (listed.destination.is_in_days() && *unit == Some(Unit::Hour) && hours_as == HoursAs::Refuse).then(|| {
            let what = format!("`{name}` is counted in hours, its home is kept in days; {DAYS_INSTEAD}");
            Problem::new(dotted(&listed.key), what)
        })
    }
}

impl<'de> Deserialize<'de> for TypeMapping {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        Ok(Self { listed: listed_types(value)? })
    }
}

/// The dotted key below `[mapping]`.
fn dotted(key: &str) -> String {
    let bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { format!("{MAPPING}.{key}") } else { format!("{MAPPING}.\"{key}\"") }
}
