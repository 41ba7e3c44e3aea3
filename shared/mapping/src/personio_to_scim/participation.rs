//! Whether a person, and which of their employments, take part.

use vendors::personio::model::custom::CustomValue;
use vendors::personio::model::employment::{Employment, EmploymentMember, EmploymentType, OrgUnitKind};
use vendors::personio::model::person::Person;

use super::custom_source::CustomSource;
use super::keys::{EMPLOYMENT_TYPES, PEOPLE_ATTRIBUTE};
use super::missing_right::MissingRight;
use super::obstacle::{Obstacle, SourceValue};
use super::people::People;

/// Whether the person takes part, as far as the custom attribute decides.
pub(super) fn takes_part(people: &People, person: &Person) -> Result<bool, Obstacle> {
    let Some(source) = &people.attribute else { return Ok(true) };
    match source.find(person) {
        SourceValue::There(value) => yes_or_no(source, value),
        SourceValue::Empty => Ok(false),
        SourceValue::NotShown(right) => Err(Obstacle::MissingRight(right)),
        SourceValue::Unusable(what) => Err(Obstacle::problem(PEOPLE_ATTRIBUTE, what)),
    }
}

/// A yes comes as a boolean or, as in the vendor's guide, as the text `True`.
fn yes_or_no(source: &CustomSource, value: &CustomValue) -> Result<bool, Obstacle> {
    let answer = match value {
        CustomValue::Boolean(yes) => Some(*yes.reveal()),
        CustomValue::Text(text) => match text.reveal().to_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        _ => None,
    };
    answer.ok_or_else(|| Obstacle::problem(PEOPLE_ATTRIBUTE, format!("{source} is neither true nor false")))
}

/// Whether an employment takes part: it fits every list that is given.
pub(super) fn employment_takes_part(people: &People, employment: &Employment) -> Result<bool, Obstacle> {
    let department = employment.org_unit(&OrgUnitKind::Department);
    let office = employment.office.as_ref();
    let entity = employment.legal_entity.as_ref();
    let fits = [
        fits_type(people, employment)?,
        fits(&people.offices, office, employment, EmploymentMember::Office)?,
        fits(&people.departments, department, employment, EmploymentMember::OrgUnits)?,
        fits(&people.legal_entities, entity, employment, EmploymentMember::LegalEntity)?,
    ];
    Ok(fits.into_iter().all(|fits| fits))
}

fn fits_type(people: &People, employment: &Employment) -> Result<bool, Obstacle> {
    if people.employment_types.is_some()
        && let Some(EmploymentType::Other(word)) = &employment.employment_type
    {
        return Err(Obstacle::problem(EMPLOYMENT_TYPES, format!("the employment type `{word}` is not known")));
    }
    fits(&people.employment_types, employment.employment_type.as_ref(), employment, EmploymentMember::Type)
}

fn fits<T: PartialEq>(
    listed: &Option<Vec<T>>,
    own: Option<&T>,
    employment: &Employment,
    member: EmploymentMember,
) -> Result<bool, Obstacle> {
    match listed {
        None => Ok(true),
        Some(_) if !employment.shows(member) => Err(Obstacle::MissingRight(MissingRight::of_employments(member))),
        Some(listed) => Ok(own.is_some_and(|own| listed.contains(own))),
    }
}
