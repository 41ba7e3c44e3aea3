//! What Personio's people do with periods and persons, and which events that fires.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::absence::{Absence, Edit, NewAbsence, Status};
use super::books::Books;
use super::events::{Letter, Subject};
use super::refused::Refused;
use super::span::{Days, Half, Span};

const CREATED: &str = "absence-period.created";
const STATUS: &str = "absence-period.updated.status";
const TIMERANGE: &str = "absence-period.updated.timerange";
const DELETED: &str = "absence-period.deleted";

/// What came of an act, and whom to tell.
pub(super) type Done<T> = Result<(T, Vec<Letter>), Refused>;

impl Books {
    /// A new period.
    pub(super) fn create(&mut self, new: NewAbsence, now: Timestamp) -> Done<Uuid> {
        let drafted = self.drafted(new, now)?;
        let at = self.moment(now);
        let absence = Absence { created_at: at, updated_at: at, ..drafted };
        let (id, letters) = (absence.id, self.fire(CREATED, at, subject(&absence)));
        self.shelf.put(absence.id, absence, now);
        Ok((id, letters))
    }

    /// Another span, type or approval. The event about the approval comes first.
    pub(super) fn edit(&mut self, id: Uuid, edit: Edit, now: Timestamp) -> Done<Uuid> {
        let known = self.known(id)?;
        let (span, type_id) = (edit.span.unwrap_or(known.span), edit.type_id.unwrap_or(known.type_id));
        self.fits(type_id, span)?;
        let fires_status = edit.status.is_some();
        let fires_range = edit.span.is_some() || (edit.type_id.is_some() && self.tenant.quirks.type_change_fires);
        let status = edit.status.unwrap_or_else(|| known.status.clone());
        let at = self.moment(now);
        let absence = Absence { span, type_id, status, updated_at: at, ..known };
        let mut letters = Vec::new();
        for (_, event) in [(fires_status, STATUS), (fires_range, TIMERANGE)].into_iter().filter(|(fires, _)| *fires) {
            letters.extend(self.fire(event, at, subject(&absence)));
        }
        self.shelf.put(absence.id, absence, now);
        Ok((id, letters))
    }

    /// The approval is taken back.
    pub(super) fn withdraw(&mut self, id: Uuid, now: Timestamp) -> Done<Uuid> {
        self.edit(id, Edit::status(Status::Pending), now)
    }

    /// The period ends the day before `day`, and another one goes on from there. Gives the new one's id.
    pub(super) fn split(&mut self, id: Uuid, day: Date, now: Timestamp) -> Done<Uuid> {
        let known = self.known(id)?;
        let (before, after) = halves(&known.span, day)?;
        self.fits(known.type_id, before)?;
        let new = NewAbsence { comment: known.comment, ..NewAbsence::new(known.person, known.type_id, after) };
        self.fits(known.type_id, after)?;
        let (_, mut letters) = self.edit(id, Edit::span(before), now)?;
        let (new, more) = self.create(new.status(known.status), now)?;
        letters.extend(more);
        Ok((new, letters))
    }

    /// The period is gone without a trace; so is a request that was rejected.
    pub(super) fn delete(&mut self, id: Uuid, now: Timestamp) -> Done<Uuid> {
        let known = self.known(id)?;
        let at = self.moment(now);
        self.shelf.remove(id, now);
        Ok((id, self.fire(DELETED, at, subject(&known))))
    }

    /// Another e-mail address.
    pub(super) fn change_email(&mut self, person: u64, email: &str, now: Timestamp) -> Done<u64> {
        let taken = |known: u64, address: &str| known != person && address.to_lowercase() == email.to_lowercase();
        if self.persons.all().any(|other| taken(other.person.id, &other.person.email)) {
            return Err(Refused::EMAIL);
        }
        let mut employee = self.employee(person)?.clone();
        let at = self.moment(now);
        email.clone_into(&mut employee.person.email);
        employee.updated_at = at;
        self.persons.put(person, employee, now);
        Ok((person, self.fire("person.updated", at, Subject::Person(person))))
    }

    fn known(&self, id: Uuid) -> Result<Absence, Refused> {
        self.shelf.seen(id, None).cloned().ok_or(Refused::PERIOD)
    }
}

fn subject(absence: &Absence) -> Subject {
    Subject::Absence { id: absence.id, person: absence.person }
}

/// The days before this one, and those from it on.
fn halves(span: &Span, day: Date) -> Result<(Span, Span), Refused> {
    let Span::Days(days) = *span else { return Err(Refused("only days can be split")) };
    let inside = day > days.first && days.last.is_none_or(|last| day <= last);
    let eve = day.yesterday().ok().filter(|_| inside).ok_or(Refused("the period cannot be split at this day"))?;
    let before = Days { last: Some(eve), end_half: Half::SecondHalf, ..days };
    let after = Days { first: day, start_half: Half::FirstHalf, ..days };
    Ok((Span::Days(before), Span::Days(after)))
}
