//! What HR people do with persons and employments, and which events that fires.
//!
//! Documented are the events' names, and that `person.deleted` comes with `employment.deleted`. Which changes of an employment fire is a
//! switch; entering a termination never fires `employment.terminated`, not even one that lies in the past (assumed).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::acts::Done;
use super::books::Books;
use super::employee::Employee;
use super::employment::{Employment, Termination, TerminationType, Terms};
use super::events::Subject;
use super::refused::Refused;
use super::staff_quirks::EmploymentEvents;
use super::tenant::Person;

const UPDATED: &str = "person.updated";
const EMPLOYMENT_CREATED: &str = "employment.created";
const EMPLOYMENT_UPDATED: &str = "employment.updated";
const COST_CENTERS: &str = "employment.updated.cost-centers";
const EMPLOYMENT_DELETED: &str = "employment.deleted";

/// Somebody who is hired. Only `email` is required in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// The next one where left out.
    #[serde(default)]
    pub id: Option<u64>,
    /// Nobody else has it. Empty where the person has none yet.
    pub email: String,
    /// Given name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Shown as they are.
    #[serde(default)]
    pub custom_attributes: Vec<Value>,
    /// The first employment.
    #[serde(default)]
    pub employment: Terms,
}

impl NewPerson {
    /// Somebody who starts on this day.
    #[must_use]
    pub fn new(email: &str, start: Date) -> Self {
        Self {
            id: None,
            email: email.to_owned(),
            first_name: None,
            last_name: None,
            custom_attributes: Vec::new(),
            employment: Terms::from(start),
        }
    }
}

/// Changes of a person; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names are those of a person")]
pub struct PersonEdit {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub preferred_name: Option<String>,
    pub gender: Option<String>,
}

pub(super) fn hire(books: &mut Books, new: NewPerson, now: Timestamp) -> Done<u64> {
    let NewPerson { id, email, first_name, last_name, custom_attributes, employment } = new;
    let taken = |known: &Employee| !email.is_empty() && known.person.email.to_lowercase() == email.to_lowercase();
    if books.persons.all().any(taken) {
        return Err(Refused::EMAIL);
    }
    let next = books.persons.all().map(|known| known.person.id + 1).max().unwrap_or(1);
    let usual = Person::new(id.unwrap_or(next));
    let id = usual.id;
    if books.persons.knows(id) {
        return Err(Refused("this id was given before"));
    }
    let at = books.moment(now);
    let (first_name, last_name) =
        (first_name.unwrap_or(usual.first_name.clone()), last_name.unwrap_or(usual.last_name.clone()));
    let person = Person { email, first_name, last_name, custom_attributes, employments: vec![employment], ..usual };
    let employee = books.employed(person, at);
    let mut letters = books.fire("person.created", at, Subject::Person(id));
    for employment in &employee.employments {
        letters.extend(books.fire(EMPLOYMENT_CREATED, at, subject(id, employment)));
    }
    books.persons.put(id, employee, now);
    Ok((id, letters))
}

pub(super) fn edit(books: &mut Books, id: u64, edit: PersonEdit, now: Timestamp) -> Done<u64> {
    change_person(books, id, now, |person| {
        let PersonEdit { first_name, last_name, preferred_name, gender } = edit;
        first_name.into_iter().for_each(|name| person.first_name = name);
        last_name.into_iter().for_each(|name| person.last_name = name);
        gender.into_iter().for_each(|gender| person.gender = gender);
        person.preferred_name = preferred_name.or(person.preferred_name.take());
    })
}

/// The attribute takes the place of the one with the same `id`.
pub(super) fn set_attribute(books: &mut Books, id: u64, attribute: Value, now: Timestamp) -> Done<u64> {
    change_person(books, id, now, |person| {
        match person.custom_attributes.iter_mut().find(|known| known.get("id") == attribute.get("id")) {
            Some(known) => *known = attribute,
            None => person.custom_attributes.push(attribute),
        }
    })
}

fn change_person(books: &mut Books, id: u64, now: Timestamp, change: impl FnOnce(&mut Person)) -> Done<u64> {
    let mut employee = books.employee(id)?.clone();
    let at = books.moment(now);
    change(&mut employee.person);
    employee.updated_at = at;
    books.persons.put(id, employee, now);
    Ok((id, books.fire(UPDATED, at, Subject::Person(id))))
}

/// Other terms of the newest employment. The person itself is not updated by that (assumed).
pub(super) fn change_terms(
    books: &mut Books,
    id: u64,
    now: Timestamp,
    change: impl FnOnce(&mut Terms) -> Result<(), Refused>,
) -> Done<Uuid> {
    let mut employee = books.employee(id)?.clone();
    let employment = employee.employments.last_mut().ok_or(Refused::EMPLOYMENT)?;
    let before = employment.terms.clone();
    change(&mut employment.terms)?;
    let at = books.moment(now);
    employment.updated_at = at;
    let employment = employment.clone();
    books.persons.put(id, employee, now);
    let mut letters = Vec::new();
    for event in fired(&before, &employment.terms, books.tenant.quirks.employment_events) {
        letters.extend(books.fire(event, at, subject(id, &employment)));
    }
    Ok((employment.id, letters))
}

/// A new employment of somebody who is known.
pub(super) fn rehire(books: &mut Books, id: u64, terms: Terms, now: Timestamp) -> Done<Uuid> {
    let mut employee = books.employee(id)?.clone();
    let at = books.moment(now);
    let employment = books.employment(terms, at);
    employee.employments.push(employment.clone());
    books.persons.put(id, employee, now);
    Ok((employment.id, books.fire(EMPLOYMENT_CREATED, at, subject(id, &employment))))
}

/// The employment ends at `last_day`; the same person goes on at another legal entity the day after. Gives the new employment.
pub(super) fn switch(books: &mut Books, id: u64, last_day: Date, entity: u64, now: Timestamp) -> Done<Uuid> {
    let first_day = last_day.tomorrow().map_err(|_| Refused("there is no day after this one"))?;
    let terms = books.employee(id)?.employments.last().ok_or(Refused::EMPLOYMENT)?.terms.clone();
    let (_, mut letters) = change_terms(books, id, now, |terms| {
        terms.termination = Some(Termination { kind: TerminationType::SubCompanySwitch, ..Termination::on(last_day) });
        Ok(())
    })?;
    let terms = Terms { start: Some(first_day), legal_entity: Some(entity), termination: None, ..terms };
    let (new, more) = rehire(books, id, terms, now)?;
    letters.extend(more);
    Ok((new, letters))
}

/// The person is gone, with employments and absences; nothing is told of the absences (assumed).
pub(super) fn erase(books: &mut Books, id: u64, now: Timestamp) -> Done<u64> {
    let employee = books.employee(id)?.clone();
    let at = books.moment(now);
    let absences: Vec<_> = books.shelf.all().filter(|absence| absence.person == id).map(|absence| absence.id).collect();
    for absence in absences {
        books.shelf.remove(absence, now);
    }
    books.persons.remove(id, now);
    let mut letters = Vec::new();
    for employment in &employee.employments {
        letters.extend(books.fire(EMPLOYMENT_DELETED, at, subject(id, employment)));
    }
    letters.extend(books.fire("person.deleted", at, Subject::Person(id)));
    Ok((id, letters))
}

pub(super) fn delete_employment(books: &mut Books, id: u64, employment: Uuid, now: Timestamp) -> Done<Uuid> {
    let mut employee = books.employee(id)?.clone();
    let place = employee.employments.iter().position(|known| known.id == employment).ok_or(Refused::EMPLOYMENT)?;
    let gone = employee.employments.remove(place);
    let at = books.moment(now);
    books.persons.put(id, employee, now);
    Ok((employment, books.fire(EMPLOYMENT_DELETED, at, subject(id, &gone))))
}

/// The notice of a day that Personio sends for some employees and not for others. Changes nothing.
pub(super) fn announce(books: &mut Books, id: u64, event: &str, now: Timestamp) -> Done<Uuid> {
    if !["employment.started", "employment.terminated"].contains(&event) {
        return Err(Refused("only employment.started and employment.terminated are announced"));
    }
    let employment = books.employee(id)?.employments.last().ok_or(Refused::EMPLOYMENT)?.clone();
    let at = books.moment(now);
    Ok((employment.id, books.fire(event, at, subject(id, &employment))))
}

/// The events of a change.
fn fired(before: &Terms, after: &Terms, events: EmploymentEvents) -> Vec<&'static str> {
    let dates = |terms: &Terms| {
        let Terms { kind, start, end, contract_end, probation_end, weekly_hours, termination, .. } = terms.clone();
        (kind, start, end, contract_end, probation_end, weekly_hours, termination)
    };
    let rest = |terms: &Terms| Terms { job: None, cost_centers: Vec::new(), ..terms.clone() };
    let updated = match events {
        EmploymentEvents::Silent => false,
        EmploymentEvents::Dates => dates(before) != dates(after),
        EmploymentEvents::All => rest(before) != rest(after),
    };
    let costs = events != EmploymentEvents::Silent && before.cost_centers != after.cost_centers;
    [(updated, EMPLOYMENT_UPDATED), (costs, COST_CENTERS)]
        .into_iter()
        .filter(|(fires, _)| *fires)
        .map(|(_, name)| name)
        .collect()
}

fn subject(person: u64, employment: &Employment) -> Subject {
    Subject::Employment { id: employment.id, person }
}
