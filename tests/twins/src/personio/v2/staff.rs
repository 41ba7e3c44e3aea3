//! The acts of a tenant's HR people on persons and employments, in the same process.

use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

use super::employment::{Termination, Terms};
use super::office::Office;
use super::refused::Refused;
use super::staff_acts::{self, NewPerson, PersonEdit};
use crate::outbox::Modes;

/// A tenant's HR people. An act is done, and its webhooks are delivered (or held, or lost), when it returns.
///
/// An act is [`Refused`] where there is no such tenant, person or employment.
#[derive(Clone)]
pub struct Staff(Office);

impl Staff {
    pub(super) fn new(office: Office) -> Self {
        Self(office)
    }

    /// The same people, whose acts are delivered in these modes.
    #[must_use]
    pub fn with(self, modes: Modes) -> Self {
        Self(self.0.with(modes))
    }

    /// Somebody is hired. Fires `person.created` and `employment.created`. Gives the person's id.
    ///
    /// # Errors
    /// Another person has the address; the id was given before.
    pub async fn hire(&self, new: NewPerson) -> Result<u64, Refused> {
        self.0.act(|books, now| staff_acts::hire(books, new, now)).await
    }

    /// Names or gender change. Fires `person.updated`.
    ///
    /// # Errors
    /// No such person.
    pub async fn edit(&self, person: u64, edit: PersonEdit) -> Result<u64, Refused> {
        self.0.act(|books, now| staff_acts::edit(books, person, edit, now)).await
    }

    /// A custom attribute, as it is to be shown, takes the place of the one with its `id`. Fires `person.updated`.
    ///
    /// # Errors
    /// No such person.
    pub async fn set_attribute(&self, person: u64, attribute: Value) -> Result<u64, Refused> {
        self.0.act(|books, now| staff_acts::set_attribute(books, person, attribute, now)).await
    }

    /// The terms of the newest employment change. Fires what the switch `employment_events` says.
    ///
    /// # Errors
    /// No such person, or one without employment; what the change refuses.
    pub async fn change_terms(
        &self,
        person: u64,
        change: impl FnOnce(&mut Terms) -> Result<(), Refused>,
    ) -> Result<Uuid, Refused> {
        self.0.act(|books, now| staff_acts::change_terms(books, person, now, change)).await
    }

    /// A termination of the newest employment is entered, for whatever day. Fires `employment.updated`.
    ///
    /// # Errors
    /// No such person, or one without employment.
    pub async fn terminate(&self, person: u64, termination: Termination) -> Result<Uuid, Refused> {
        self.change_terms(person, |terms| {
            terms.termination = Some(termination);
            Ok(())
        })
        .await
    }

    /// A new employment of somebody who is known. Fires `employment.created`.
    ///
    /// # Errors
    /// No such person.
    pub async fn rehire(&self, person: u64, terms: Terms) -> Result<Uuid, Refused> {
        self.0.act(|books, now| staff_acts::rehire(books, person, terms, now)).await
    }

    /// The person goes on at another legal entity the day after `last_day`. Fires `employment.updated` and `employment.created`.
    ///
    /// # Errors
    /// No such person, or one without employment.
    pub async fn switch(&self, person: u64, last_day: Date, legal_entity: u64) -> Result<Uuid, Refused> {
        self.0.act(|books, now| staff_acts::switch(books, person, last_day, legal_entity, now)).await
    }

    /// An employment is deleted. Fires `employment.deleted`.
    ///
    /// # Errors
    /// No such person or employment.
    pub async fn delete_employment(&self, person: u64, employment: Uuid) -> Result<Uuid, Refused> {
        self.0.act(|books, now| staff_acts::delete_employment(books, person, employment, now)).await
    }

    /// A person is erased. Fires `employment.deleted` for each employment, and `person.deleted`.
    ///
    /// # Errors
    /// No such person.
    pub async fn erase(&self, person: u64) -> Result<u64, Refused> {
        self.0.act(|books, now| staff_acts::erase(books, person, now)).await
    }

    /// Fires `employment.started` or `employment.terminated` about the newest employment, as Personio does for some employees on the day
    /// itself. Changes nothing.
    ///
    /// # Errors
    /// No such person, or one without employment; another event.
    pub async fn announce(&self, person: u64, event: &str) -> Result<Uuid, Refused> {
        self.0.act(|books, now| staff_acts::announce(books, person, event, now)).await
    }
}
