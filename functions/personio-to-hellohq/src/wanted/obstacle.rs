//! What stands in an absence's way, in words for the owner: ids, keys and fixed words, never the name of a type or person.

use ledger::Cause;
use mapping::Unmappable;
use vendors::hellohq::model::{EntryId, UserId};
use vendors::personio::model::absence::AbsencePeriod;
use vendors::personio::model::id::{AbsenceTypeId, PersonId};

use crate::link::Obstacle;

/// What the owner is told: once for each `id`.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) obstacle: Obstacle,
    pub(crate) id: String,
    pub(crate) cause: Cause,
    pub(crate) reasons: Vec<String>,
}

impl Told {
    /// The type stands nowhere in the mapping: told once for all its absences.
    pub(super) fn no_home(of: AbsenceTypeId, is_entered: bool) -> Self {
        let then = if is_entered { "what is entered stays as it is" } else { "they wait until it does" };
        let what = format!(
            "`mapping`: the Personio absence type {of} stands neither under an HQ type nor in `ignore`, so its absences \
             are not entered; {then}. `hrsync check --live` names it."
        );
        let id = format!("no-home-{of}{}", if is_entered { "-entered" } else { "" });
        Self { obstacle: Obstacle::NoHome, id, cause: Cause::Unmappable, reasons: vec![what] }
    }

    /// The type is not in the company's list.
    pub(super) fn unknown_type(of: AbsenceTypeId) -> Self {
        let what = format!("`mapping`: Personio does not list the absence type {of}; may the credential read it?");
        let id = format!("no-type-{of}");
        Self { obstacle: Obstacle::NoHome, id, cause: Cause::Unmappable, reasons: vec![what] }
    }

    /// No user has the person's address, or not just one: told once for all the person's absences.
    pub(super) fn no_user(person: PersonId, matches: Matches) -> Self {
        let what = match matches {
            Matches::NoAddress => format!(
                "`hellohq.match_by`: Personio shows no e-mail address of person {person}; may the credential read it?"
            ),
            Matches::None => format!("`hellohq.match_by`: no helloHQ user has the e-mail address of person {person}"),
            Matches::Several(users) => {
                format!("`hellohq.match_by`: {users} helloHQ users have the e-mail address of person {person}")
            }
            Matches::Another { was, now } => format!(
                "`hellohq.match_by`: the e-mail address of person {person} belongs to helloHQ user {now} now; the entries \
                 of user {was} stay, and nothing is moved. Remove them by hand if they are wrong."
            ),
        };
        let word = match matches {
            Matches::NoAddress => "no-address".to_owned(),
            Matches::None => "no-user".to_owned(),
            Matches::Several(_) => "users".to_owned(),
            Matches::Another { now, .. } => format!("moved-{now}"),
        };
        let id = format!("{word}-{person}");
        Self { obstacle: Obstacle::NoUser, id, cause: Cause::Unmappable, reasons: vec![what] }
    }

    /// The absence cannot be made an entry, as it is.
    pub(super) fn unmappable(absence: &AbsencePeriod, unmappable: &Unmappable) -> Self {
        let reasons = unmappable.problems.iter().map(ToString::to_string).collect();
        Self { obstacle: Obstacle::Unmappable, id: version(absence, "unmappable"), cause: Cause::Unmappable, reasons }
    }

    /// Something of it cannot be read, so nothing is known of its version.
    pub(crate) fn unreadable(object: &str, reasons: Vec<String>) -> Self {
        let id = format!("{object}-unreadable");
        Self { obstacle: Obstacle::Refused, id, cause: Cause::Unmappable, reasons }
    }

    /// Its single days cannot be read.
    pub(super) fn unreadable_days(absence: &AbsencePeriod, reasons: Vec<String>) -> Self {
        Self { obstacle: Obstacle::Refused, id: version(absence, "days"), cause: Cause::Unmappable, reasons }
    }

    /// Its approval has a status that nobody knows: neither entered nor removed.
    pub(super) fn unknown_status(absence: &AbsencePeriod, status: &str) -> Self {
        let what = format!("the approval status `{status}` is not known; what is entered stays as it is");
        let id = version(absence, "status");
        Self { obstacle: Obstacle::Refused, id, cause: Cause::Unmappable, reasons: vec![what] }
    }

    /// The entry with an id that was ours does not bear the reference to the absence.
    pub(crate) fn foreign(object: &str, id: EntryId) -> Self {
        let what = format!(
            "the helloHQ entry {id} does not bear hrsync's reference (any more), so it was not removed: somebody has changed \
             it, or the connection leads to another helloHQ account than before. Look it up, and remove it by hand if it is \
             wrong."
        );
        let id = format!("{object}-foreign-{id}");
        Self { obstacle: Obstacle::Refused, id, cause: Cause::Refused, reasons: vec![what] }
    }

    /// helloHQ refuses a new entry, or the removal of an old one.
    pub(crate) fn refused(id: &str, reasons: Vec<String>) -> Self {
        Self { obstacle: Obstacle::Refused, id: id.to_owned(), cause: Cause::Refused, reasons }
    }
}

/// Why a person is not one user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matches {
    NoAddress,
    None,
    Several(usize),
    Another { was: UserId, now: UserId },
}

fn version(absence: &AbsencePeriod, word: &str) -> String {
    format!("{}-{}-{word}", absence.id, absence.updated_at.as_millisecond())
}
