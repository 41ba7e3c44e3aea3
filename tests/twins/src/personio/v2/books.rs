//! What Personio holds for one tenant.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::{SignedDuration, Timestamp};
use uuid::{Builder, Uuid, Variant, Version};

use super::absence::{Absence, NewAbsence};
use super::deliver::Delivery;
use super::events::{Event, Letter};
use super::hook::Hook;
use super::limits::{Bucket, TokenWindow};
use super::refused::Refused;
use super::shelf::{Horizon, Shelf, horizon};
use super::span::Span;
use super::tenant::{Person, Tenant, Unit};
use super::token::Token;

/// A tenant's settings, and everything that came of them.
pub(super) struct Books {
    pub(super) client_id: String,
    /// Without persons and absences: those stand beside it.
    pub(super) tenant: Tenant,
    pub(super) persons: BTreeMap<u64, Employee>,
    pub(super) shelf: Shelf,
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

/// A person with its times.
pub(super) struct Employee {
    pub(super) person: Person,
    /// The person's only employment.
    pub(super) employment: Uuid,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
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
            persons: BTreeMap::new(),
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

    fn employ(&mut self, persons: Vec<Person>) -> Result<(), Refused> {
        let mut emails = BTreeSet::new();
        for person in persons {
            if !emails.insert(person.email.to_lowercase()) {
                return Err(Refused::EMAIL);
            }
            let (employment, at) = (self.next_id(), self.last);
            self.persons.insert(person.id, Employee { person, employment, created_at: at, updated_at: at });
        }
        Ok(())
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
            self.shelf.put(absence, now);
        }
        Ok(ids)
    }

    /// A new period that fits the account.
    pub(super) fn drafted(&mut self, new: NewAbsence, at: Timestamp) -> Result<Absence, Refused> {
        let NewAbsence { person, type_id, span, status, comment, id } = new;
        if !self.persons.contains_key(&person) {
            return Err(Refused::PERSON);
        }
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

    /// How far a read at `now` sees.
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
