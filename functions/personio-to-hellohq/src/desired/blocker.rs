//! What stands in an absence's way, in words for the owner: ids, keys and fixed words, never the name of a type or person.

use jiff::civil::Date;
use ledger::Cause;
use mapping::Unmappable;
use reconcile::guard::Effect;
use reconcile::{Blocked, Notice};
use vendors::hellohq::model::{EntryId, UserId};
use vendors::personio::model::absence::AbsencePeriod;
use vendors::personio::model::id::{AbsenceId, AbsenceTypeId, PersonId};

use crate::fingerprint::shown;
use crate::link::{Refused, Remembered};

/// What stands in an absence's way.
#[derive(Debug)]
pub(crate) struct Blocker {
    /// What can end it.
    pub(crate) ends: Blocked,
    /// What the owner is told of it.
    pub(crate) notice: Notice,
}

/// Why a person is not one user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoMatch {
    /// Personio shows no address.
    NoAddress,
    /// No user has the address.
    NoUser,
    /// So many users have the address.
    Several(usize),
    /// Another user than the one whose entry stands has the address.
    Moved { was: UserId, now: UserId },
}

impl Blocker {
    /// The type stands nowhere in the mapping: told once for all its absences.
    pub(super) fn unlisted_type(of: AbsenceTypeId, is_entered: bool) -> Self {
        let then = if is_entered { "what is entered stays as it is" } else { "they wait until it does" };
        let what = format!(
            "`mapping`: the Personio absence type {of} stands neither under an HQ type nor in `ignore`, so its absences \
             are not entered; {then}. `hrsync check --live` names it."
        );
        let suffix = if is_entered { "-entered" } else { "" };
        Self::unmappable_until(Blocked::Waiting, format!("no-home-{of}{suffix}"), "unlisted-type", vec![what])
    }

    /// The type is not in the company's list.
    pub(super) fn unknown_type(of: AbsenceTypeId) -> Self {
        let what = format!("`mapping`: Personio does not list the absence type {of}; may the credential read it?");
        Self::unmappable_until(Blocked::Waiting, format!("no-type-{of}"), "unknown-type", vec![what])
    }

    /// No user has the person's address, or not just one: told once for all the person's absences.
    pub(super) fn no_match(connection: &str, person: PersonId, why: NoMatch) -> Self {
        const WAIT: &str = "All absences of this person wait for that, and enter by themselves once it is mended.";
        let what = match why {
            NoMatch::NoAddress => format!(
                "`hellohq.match_by`: Personio shows no e-mail address of person {person}; may the credential read it? {WAIT}"
            ),
            NoMatch::NoUser => {
                format!("`hellohq.match_by`: no helloHQ user has the e-mail address of person {person}. {WAIT}")
            }
            NoMatch::Several(users) => {
                format!("`hellohq.match_by`: {users} helloHQ users have the e-mail address of person {person}. {WAIT}")
            }
            NoMatch::Moved { was, now } => format!(
                "`hellohq.match_by`: the e-mail address of person {person} belongs to helloHQ user {now} now; the entries \
                 of user {was} stay, and nothing is moved. Remove by hand those that are wrong: hrsync then enters their \
                 absences for user {now}, within a day by itself, at once with `hrsync sweep {connection} --whole`."
            ),
        };
        let (word, code) = match why {
            NoMatch::NoAddress => ("no-address".to_owned(), "no-address"),
            NoMatch::NoUser => ("no-user".to_owned(), "no-user"),
            NoMatch::Several(_) => ("users".to_owned(), "several-users"),
            NoMatch::Moved { now, .. } => (format!("moved-{now}"), "moved-user"),
        };
        Self::unmappable_until(Blocked::Waiting, format!("{word}-{person}"), code, vec![what])
    }

    /// Whether the person has not just one user in helloHQ: all that is theirs waits.
    pub(crate) fn is_about_the_user(&self) -> bool {
        ["no-address", "no-user", "several-users"].contains(&self.notice.code.as_str())
    }

    /// The absence cannot be made an entry, as it is. The connection's settings may change that.
    pub(super) fn unmappable(absence: &AbsencePeriod, unmappable: &Unmappable) -> Self {
        let reasons = unmappable.problems.iter().map(ToString::to_string).collect();
        let code = unmappable.problems.first().map_or("unmappable", |problem| problem.key.as_str());
        Self::unmappable_until(Blocked::Waiting, of_version(absence, "unmappable"), code, reasons)
    }

    /// Something of the absence cannot be read, so nothing is known of its version.
    pub(crate) fn unreadable(absence: AbsenceId, reasons: Vec<String>) -> Self {
        Self::unmappable_until(Blocked::UntilEdited, format!("{absence}-unreadable"), "unreadable", reasons)
    }

    /// The single days of the absence cannot be read.
    pub(super) fn unreadable_days(absence: &AbsencePeriod, reasons: Vec<String>) -> Self {
        Self::unmappable_until(Blocked::UntilEdited, of_version(absence, "days"), "unreadable-days", reasons)
    }

    /// The approval has a status that nobody knows: the absence is neither entered nor removed.
    pub(super) fn unknown_status(absence: &AbsencePeriod, status: &str) -> Self {
        let what = format!("the approval status `{status}` is not known; what is entered stays as it is");
        Self::unmappable_until(Blocked::UntilEdited, of_version(absence, "status"), "unknown-status", vec![what])
    }

    /// Whether an unanswered creation was carried out cannot be found out.
    pub(crate) fn unknowable(absence: AbsenceId) -> Self {
        let what =
            "whether an unanswered creation was carried out cannot be found out, so it is not repeated; look the \
            entry up in helloHQ"
                .to_owned();
        Self::refused(format!("{absence}-unknowable"), "unknowable".to_owned(), vec![what])
    }

    /// The entry with an id that was ours does not bear the reference to the absence.
    pub(crate) fn foreign(absence: AbsenceId, id: EntryId) -> Self {
        let what = format!(
            "the helloHQ entry {id} does not bear hrsync's reference (any more), so it was not removed: somebody has changed \
             it, or the connection leads to another helloHQ account than before. Look it up, remove it by hand if it is wrong, \
             then retry."
        );
        Self::by_hand(format!("{absence}-foreign-{id}"), "foreign-entry", what)
    }

    /// Somebody has removed the entry of an absence that has not changed.
    pub(crate) fn removed_by_hand(absence: AbsenceId, id: EntryId) -> Self {
        let what = format!(
            "`sync.when_removed_by_hand`: helloHQ does not hold the entry {id} of the absence any more, so somebody has removed \
             it. It stays removed until the absence is edited in Personio. If that is right, there is nothing to do; if not, a \
             retry enters it again."
        );
        Self::by_hand(format!("{absence}-removed-by-hand-{id}"), "removed-by-hand", what)
    }

    /// helloHQ refuses the removal of an entry.
    pub(crate) fn not_removed(absence: AbsenceId, refused: &Refused) -> Self {
        let Refused { id, code, reasons } = refused;
        let what = format!("the removal of the helloHQ entry {id} was refused, so the entry still stands");
        let reasons = std::iter::once(what).chain(reasons.iter().cloned()).collect();
        Self::refused(format!("{absence}-remove-{id}"), code.clone(), reasons)
    }

    /// helloHQ refuses a new entry. Its days say which month may be closed, and what may overlap.
    pub(crate) fn not_created(key: String, code: String, sent: &Remembered, reasons: Vec<String>) -> Self {
        let Remembered { user, period, .. } = sent;
        let what = format!("a new entry of helloHQ user {user}, {period}, was refused, so it does not stand there");
        Self::refused(key, code, std::iter::once(what).chain(reasons).collect())
    }

    fn refused(key: String, code: String, reasons: Vec<String>) -> Self {
        let notice = Notice { key, code, cause: Cause::Refused, reasons };
        Self { ends: Blocked::UntilEdited, notice }
    }

    /// The day's budget of removals is used up: told once a day.
    pub(crate) fn held(connection: &str, today: Date, most: u32) -> Self {
        let what = format!(
            "helloHQ entries of more than {most} absences would be removed today without a new one in their place, which is \
             more than `sync.removals_per_day` allows; the others stay for now. If that is meant: \
             `hrsync sweep {connection} --confirm-deletions`."
        );
        let key = Effect::Remove.held_key(today);
        let code = "removals-held".to_owned();
        Self { ends: Blocked::Waiting, notice: Notice { key, code, cause: Cause::Held, reasons: vec![what] } }
    }

    fn by_hand(key: String, code: &str, what: String) -> Self {
        let notice = Notice { key, code: code.to_owned(), cause: Cause::ByHand, reasons: vec![what] };
        Self { ends: Blocked::UntilEdited, notice }
    }

    fn unmappable_until(ends: Blocked, key: String, code: &str, reasons: Vec<String>) -> Self {
        Self { ends, notice: Notice { key, code: code.to_owned(), cause: Cause::Unmappable, reasons } }
    }
}

fn of_version(absence: &AbsencePeriod, word: &str) -> String {
    let told = absence.updated_at.map(|at| at.as_millisecond().to_string());
    let version = told.unwrap_or_else(|| shown(absence).fingerprint.to_string());
    format!("{}-{version}-{word}", absence.id)
}
