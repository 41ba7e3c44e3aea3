//! What Personio holds for one tenant.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use uuid::{Builder, Uuid, Variant, Version};

use super::absence::{Absence, NewAbsence};
use super::deliver::Delivery;
use super::employee::Employee;
use super::employment::{Employment, Terms};
use super::events::{Event, Letter};
use super::hook::Hook;
use super::limits::{Bucket, TokenWindow};
use super::refused::Refused;
use super::span::Span;
use super::tenant::{Person, Tenant, Unit};
use super::token::Token;
use crate::shelf::{Horizon, Shelf, horizon};

/// A tenant's settings, and everything that came of them.
pub(super) struct Books {
    pub(super) client_id: String,
    /// Without persons and absences: those stand beside it.
    pub(super) tenant: Tenant,
    pub(super) persons: Shelf<u64, Employee>,
    pub(super) shelf: Shelf<Uuid, Absence>,
    pub(super) hooks: Vec<Hook>,
    pub(super) tokens: Vec<Token>,
    pub(super) events: Vec<Event>,
    /// Deliveries that wait for their release.
    pub(super) held: Vec<Letter>,
    pub(super) deliveries: Vec<Delivery>,
    pub(super) buckets: BTreeMap<String, Bucket>,
    pub(super) token_window: TokenWindow,
    /// Letters written so far.
    pub(super) letters: u64,
    /// Makes the ids of one tenant differ from those of another.
    salt: u64,
    /// Ids given so far.
    ids: u64,
    /// The moment of the last act.
    last: Timestamp,
}

impl Books {
    /// What the seed says, created at `now`. Nothing is fired.
    pub(super) fn open(client_id: &str, mut tenant: Tenant, now: Timestamp) -> Result<Self, Refused> {
        let (persons, absences) = (std::mem::take(&mut tenant.persons), std::mem::take(&mut tenant.absences));
        let mut books = Self::empty(client_id, tenant, millis(now));
        books.employ(persons)?;
        books.fill(absences, now)?;
        Ok(books)
    }

    fn empty(client_id: &str, tenant: Tenant, now: Timestamp) -> Self {
        Self {
            client_id: client_id.to_owned(),
            tenant,
            persons: Shelf::default(),
            shelf: Shelf::default(),
            hooks: Vec::new(),
            tokens: Vec::new(),
            events: Vec::new(),
            held: Vec::new(),
            deliveries: Vec::new(),
            buckets: BTreeMap::new(),
            token_window: TokenWindow::default(),
            letters: 0,
            salt: digest(client_id),
            ids: 0,
            last: now,
        }
    }

    /// Persons who were there already: no read lags behind them.
    fn employ(&mut self, mut persons: Vec<Person>) -> Result<(), Refused> {
        let mut emails = BTreeSet::new();
        persons.sort_by_key(|person| person.id);
        for person in persons {
            if !emails.insert(person.email.to_lowercase()) {
                return Err(Refused::EMAIL);
            }
            let employee = self.employed(person, self.last);
            self.persons.put(employee.person.id, employee, Timestamp::MIN);
        }
        Ok(())
    }

    /// A person with its employments, all of them since `at`. Without employments there is one as the person's status says.
    pub(super) fn employed(&mut self, mut person: Person, at: Timestamp) -> Employee {
        let mut terms = std::mem::take(&mut person.employments);
        if terms.is_empty() {
            terms.push(Terms::told(&person.status));
        }
        let employments = terms.into_iter().map(|terms| self.employment(terms, at)).collect();
        Employee { person, employments, created_at: at, updated_at: at }
    }

    /// A new employment.
    pub(super) fn employment(&mut self, terms: Terms, at: Timestamp) -> Employment {
        Employment { id: self.next_id(), terms, created_at: at, updated_at: at }
    }

    /// A person who is there now.
    pub(super) fn employee(&self, id: u64) -> Result<&Employee, Refused> {
        self.persons.seen(id, None).ok_or(Refused::PERSON)
    }

    /// Absences that were there already; all of them since `now`.
    pub(super) fn fill(
        &mut self,
        absences: impl IntoIterator<Item = NewAbsence>,
        now: Timestamp,
    ) -> Result<Vec<Uuid>, Refused> {
        let mut ids = Vec::new();
        for new in absences {
            let absence = self.drafted(new, millis(now))?;
            ids.push(absence.id);
            self.shelf.put(absence.id, absence, now);
        }
        Ok(ids)
    }

    /// A new period that fits the account.
    pub(super) fn drafted(&mut self, new: NewAbsence, at: Timestamp) -> Result<Absence, Refused> {
        let NewAbsence { person, type_id, span, status, comment, id } = new;
        self.employee(person)?;
        self.fits(type_id, span)?;
        let id = id.unwrap_or_else(|| self.next_id());
        if self.shelf.knows(id) {
            return Err(Refused("this id was given before"));
        }
        Ok(Absence { id, person, type_id, span, status, comment, created_at: at, updated_at: at })
    }

    /// Days for what is tracked by days, hours for what is tracked by hours, and both as they can be.
    pub(super) fn fits(&self, type_id: Uuid, span: Span) -> Result<(), Refused> {
        let unit = self.tenant.types.iter().find(|known| known.id == type_id).ok_or(Refused::TYPE)?.unit;
        match (unit, span.checked()?) {
            (Unit::Day, Span::Days(_)) | (Unit::Hour, Span::Hours(_)) => Ok(()),
            _ => Err(Refused("days and hours do not fit the absence type")),
        }
    }

    /// The time of an act: in whole milliseconds, and later than every act before it, even on a clock that stands still.
    pub(super) fn moment(&mut self, now: Timestamp) -> Timestamp {
        let next = self.last.checked_add(SignedDuration::from_millis(1)).unwrap_or(self.last);
        self.last = millis(now).max(next);
        self.last
    }

    /// Differs from tenant to tenant.
    pub(super) fn salt(&self) -> u64 {
        self.salt
    }

    /// The day at `now` where the company is; in UTC if its zone is none.
    pub(super) fn today(&self, now: Timestamp) -> Date {
        let zone = TimeZone::get(&self.tenant.timezone).unwrap_or(TimeZone::UTC);
        now.to_zoned(zone).date()
    }

    /// How far a read of persons and employments at `now` sees.
    pub(super) fn staff_horizon(&self, now: Timestamp) -> Horizon {
        horizon(now, self.tenant.quirks.person_lag_seconds)
    }

    /// How far a read of periods at `now` sees.
    pub(super) fn horizon(&self, now: Timestamp) -> Horizon {
        horizon(now, self.tenant.quirks.read_lag_seconds)
    }

    /// A fresh id; the same acts in the same tenant give the same ids.
    pub(super) fn next_id(&mut self) -> Uuid {
        self.ids += 1;
        let bits = u128::from(self.salt) << 64 | u128::from(self.ids);
        Builder::from_u128(bits).with_variant(Variant::RFC4122).with_version(Version::Random).into_uuid()
    }
}

/// In whole milliseconds, as every time of v2 is told.
fn millis(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}

/// The same for the same text in every run.
pub(super) fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
