//! One tenant seen in the same process: what is held, how it behaves, and the acts of Personio's people.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::locked;
use crate::personio::Twin;

use super::absence::{Absence, Edit, NewAbsence};
use super::acts::Done;
use super::books::Books;
use super::deliver::Delivery;
use super::employment::Employment;
use super::events::{Event, Letter};
use super::hook::Hook;
use super::quirks::Quirks;
use super::refused::Refused;
use super::tenant::Person;
use crate::outbox::Modes;

/// A tenant's office. An act is done, and its webhooks are delivered (or held, or lost), when it returns.
///
/// Looking into a tenant that does not exist finds nothing; acts are [`Refused`].
#[derive(Clone)]
pub struct Office {
    twin: Twin,
    client_id: String,
    /// Instead of the tenant's own.
    modes: Option<Modes>,
}

impl Office {
    pub(crate) fn new(twin: &Twin, client_id: &str) -> Self {
        Self { twin: twin.clone(), client_id: client_id.to_owned(), modes: None }
    }

    /// The same office, whose acts are delivered in these modes.
    #[must_use]
    pub fn with(self, modes: Modes) -> Self {
        Self { modes: Some(modes), ..self }
    }

    /// All periods that there are now, oldest first, whatever a read would see.
    #[must_use]
    pub fn absences(&self) -> Vec<Absence> {
        self.look(|books| books.shelf.all().cloned().collect())
    }

    /// A period that there is now.
    #[must_use]
    pub fn absence(&self, id: Uuid) -> Option<Absence> {
        self.look(|books| books.shelf.seen(id, None).cloned())
    }

    /// All persons in the order in which they came, each with the status of this day and without employments.
    #[must_use]
    pub fn persons(&self) -> Vec<Person> {
        let now = self.twin.desk.clock().now();
        self.look(|books| books.persons.all().map(|employee| employee.told(books.today(now))).collect())
    }

    /// A person's employments, oldest first.
    #[must_use]
    pub fn employments(&self, person: u64) -> Vec<Employment> {
        self.look(|books| books.employee(person).map(|employee| employee.employments.clone()).unwrap_or_default())
    }

    /// All webhooks, oldest first.
    #[must_use]
    pub fn webhooks(&self) -> Vec<Hook> {
        self.look(|books| books.hooks.clone())
    }

    /// Everything that happened, oldest first, whether a webhook was told or not.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.look(|books| books.events.clone())
    }

    /// All requests that were sent, oldest first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.look(|books| books.deliveries.clone())
    }

    /// The letters that wait for their release, oldest first.
    #[must_use]
    pub fn held(&self) -> Vec<Letter> {
        self.look(|books| books.held.clone())
    }

    /// Takes the waiting letters away, to hand them over without HTTP or not at all.
    #[must_use]
    pub fn take_held(&self) -> Vec<Letter> {
        self.look(|books| std::mem::take(&mut books.held))
    }

    /// The switches as they stand.
    #[must_use]
    pub fn quirks(&self) -> Quirks {
        self.look(|books| books.tenant.quirks.clone())
    }

    /// Other switches, from the next call on.
    ///
    /// # Errors
    /// No such tenant.
    pub fn set_quirks(&self, quirks: Quirks) -> Result<(), Refused> {
        self.switch(|books| books.tenant.quirks = quirks)
    }

    /// Other modes, from the next act on.
    ///
    /// # Errors
    /// No such tenant.
    pub fn set_modes(&self, modes: Modes) -> Result<(), Refused> {
        self.switch(|books| books.tenant.modes = modes)
    }

    /// Somebody changes what the credential may do, from the next call on.
    ///
    /// # Errors
    /// No such tenant.
    pub fn set_scopes(&self, scopes: BTreeSet<String>) -> Result<(), Refused> {
        self.switch(|books| books.tenant.scopes = scopes)
    }

    /// What the credential may do.
    #[must_use]
    pub fn scopes(&self) -> BTreeSet<String> {
        self.look(|books| books.tenant.scopes.clone())
    }

    /// No token is valid any more.
    ///
    /// # Errors
    /// No such tenant.
    pub fn invalidate_tokens(&self) -> Result<(), Refused> {
        self.switch(|books| books.tokens.clear())
    }

    /// Absences that have been there; nothing is fired. All of them have the clock's time.
    ///
    /// # Errors
    /// No such tenant, or one of them does not fit; those before it are there.
    pub fn seed_absences(&self, absences: impl IntoIterator<Item = NewAbsence>) -> Result<Vec<Uuid>, Refused> {
        self.change(|books, now| books.fill(absences, now))
    }

    /// A new period. Fires `absence-period.created`.
    ///
    /// # Errors
    /// No such tenant, person or type; a span that cannot be or does not fit the type; an id that was given before.
    pub async fn create(&self, new: NewAbsence) -> Result<Uuid, Refused> {
        self.act(|books, now| books.create(new, now)).await
    }

    /// Changes a period. Fires what the edit's members say.
    ///
    /// # Errors
    /// No such tenant, period or type; a span that cannot be or does not fit the type.
    pub async fn edit(&self, id: Uuid, edit: Edit) -> Result<Uuid, Refused> {
        self.act(|books, now| books.edit(id, edit, now)).await
    }

    /// Takes the approval back: `PENDING`. Fires `absence-period.updated.status`.
    ///
    /// # Errors
    /// No such tenant or period.
    pub async fn withdraw(&self, id: Uuid) -> Result<Uuid, Refused> {
        self.act(|books, now| books.withdraw(id, now)).await
    }

    /// Ends a period the day before `day` and creates another one from that day on, whose id it gives. Fires
    /// `absence-period.updated.timerange` and `absence-period.created`.
    ///
    /// # Errors
    /// No such tenant or period; no days, or days that cannot be split there.
    pub async fn split(&self, id: Uuid, day: Date) -> Result<Uuid, Refused> {
        self.act(|books, now| books.split(id, day, now)).await
    }

    /// Deletes a period without a trace. Fires `absence-period.deleted`.
    ///
    /// # Errors
    /// No such tenant or period.
    pub async fn delete(&self, id: Uuid) -> Result<Uuid, Refused> {
        self.act(|books, now| books.delete(id, now)).await
    }

    /// Changes a person's e-mail address. Fires `person.updated`.
    ///
    /// # Errors
    /// No such tenant or person; an address that another person has.
    pub async fn change_email(&self, person: u64, email: &str) -> Result<u64, Refused> {
        self.act(|books, now| books.change_email(person, email, now)).await
    }

    /// Sends held letters in this order; a number named twice is sent twice. What is not named stays held.
    ///
    /// # Errors
    /// No such tenant, or no such letter is held; nothing is sent then.
    pub async fn release(&self, numbers: &[u64]) -> Result<(), Refused> {
        let (letters, modes) = self.change(|books, _| {
            let held = |number: &u64| books.held.iter().find(|letter| letter.number == *number).cloned();
            let letters: Option<Vec<_>> = numbers.iter().map(held).collect();
            let letters = letters.ok_or(Refused("no such delivery is held"))?;
            books.held.retain(|letter| !numbers.contains(&letter.number));
            Ok((letters, self.modes(books)))
        })?;
        self.twin.send(&self.client_id, &letters, &modes).await;
        Ok(())
    }

    pub(super) async fn act<T>(&self, act: impl FnOnce(&mut Books, Timestamp) -> Done<T>) -> Result<T, Refused> {
        let (done, letters, modes) = self.change(|books, now| {
            let modes = self.modes(books);
            act(books, now).map(|(done, letters)| (done, letters, modes))
        })?;
        self.twin.deliver(&self.client_id, letters, &modes).await;
        Ok(done)
    }

    fn modes(&self, books: &Books) -> Modes {
        self.modes.clone().unwrap_or_else(|| books.tenant.modes.clone())
    }

    fn switch(&self, switch: impl FnOnce(&mut Books)) -> Result<(), Refused> {
        self.change(|books, _| {
            switch(books);
            Ok(())
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Books, Timestamp) -> Result<T, Refused>) -> Result<T, Refused> {
        let now = self.twin.desk.clock().now();
        change(locked(&self.twin.tenants.0).get_mut(&self.client_id).ok_or(Refused::TENANT)?, now)
    }

    fn look<T: Default>(&self, look: impl FnOnce(&mut Books) -> T) -> T {
        locked(&self.twin.tenants.0).get_mut(&self.client_id).map(look).unwrap_or_default()
    }
}
