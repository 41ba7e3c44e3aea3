//! Works out what helloHQ should hold for an absence.

use edge::Clock;
use edge::verdict::{self, Fault};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use mapping::personio_to_hellohq::{self as map, Mapped, SourceAbsence};
use vendors::hellohq::client::HelloHq;
use vendors::hellohq::model::{AbsenceType, Entry, UserId};
use vendors::personio::absences;
use vendors::personio::hr::Hr;
use vendors::personio::hr::Tokens;
use vendors::personio::model::absence::{self, AbsencePeriod, Approval, DayShare, Unit};
use vendors::personio::model::id::PersonId;
use vendors::{Http, Kind};

use super::accounts::Accounts;
use super::blocker::{Blocker, NoMatch};
use super::lists::KnownLists;
use super::user::find;
use crate::connection::Settings;
use crate::link::{Remembered, Written};

/// How many days before its entered end an absence without an end is carried on.
const CARRIED_ON_BEFORE: i64 = 30;

/// What helloHQ should hold for an absence.
#[derive(Debug)]
pub(crate) enum Desired {
    /// This entry.
    Entry {
        /// The entry.
        entry: Entry,
        /// When an open end is to be carried on.
        due: Option<Timestamp>,
    },
    /// What stands: the absence has not been edited, and no day of it is other than before.
    AsItStands {
        /// When an open end is to be carried on.
        due: Option<Timestamp>,
    },
    /// Nothing.
    Nothing {
        /// Why, for the log.
        reason: &'static str,
    },
    /// That cannot be said; what stands stays.
    Blocked(Blocker),
}

/// The type and user that an entry keeps while its absence is not edited.
#[derive(Clone, Copy)]
pub(crate) struct Retained {
    kind: AbsenceType,
    user: UserId,
}

/// The single days of an absence.
enum Days {
    Read(Vec<DayShare>),
    Unreadable(Blocker),
}

/// Whose entry it is.
enum Match {
    User(UserId),
    Not(NoMatch),
}

impl Retained {
    /// What of an entry is kept.
    pub(crate) fn of(entry: &Remembered) -> Self {
        Self { kind: entry.kind, user: entry.user }
    }
}

/// Works out what helloHQ should hold. Remembers the accounts' lists for a few minutes.
#[derive(Debug)]
pub struct Mapper {
    http: Http,
    tokens: Tokens,
    lists: KnownLists,
    clock: Clock,
}

impl Mapper {
    /// A mapper that calls through `http`.
    #[must_use]
    pub fn new(http: Http, clock: Clock) -> Self {
        Self { http, tokens: Tokens::default(), lists: KnownLists::default(), clock }
    }

    /// Clients for a connection's accounts.
    pub(crate) fn accounts<'a>(&self, connection: &'a str, revision: u64, settings: &'a Settings) -> Accounts<'a> {
        let now = self.clock.now();
        let personio = Hr::new(self.http.clone(), settings.personio.clone(), self.tokens.clone(), now);
        let hellohq = HelloHq::new(self.http.clone(), settings.hellohq.clone());
        Accounts { connection, revision, settings, personio, hellohq }
    }

    /// What should be there. `written`: what stands. `retained`: what an entry keeps although the mapping may have changed.
    ///
    /// # Errors
    /// Where one of the accounts cannot be read.
    pub(crate) async fn desired(
        &self,
        accounts: &Accounts<'_>,
        absence: &AbsencePeriod,
        written: Option<&Written>,
        retained: Option<Retained>,
    ) -> Result<Desired, Fault> {
        if let Some(desired) = at_first_sight(accounts.settings, absence) {
            return Ok(desired);
        }
        let Some(absence_type) = self.absence_type(accounts, absence).await? else {
            return Ok(Desired::Blocked(Blocker::unknown_type(absence.absence_type)));
        };
        let kind = match (retained, accounts.settings.rules.mapped(&absence_type)) {
            (Some(retained), _) => retained.kind,
            (None, Mapped::To(kind)) => kind,
            (None, Mapped::Ignored) => return Ok(Desired::Nothing { reason: "its type is ignored" }),
            (None, Mapped::Unlisted) => {
                return Ok(Desired::Blocked(Blocker::unlisted_type(absence_type.id, written.is_some())));
            }
        };
        let days = match read_days(accounts, absence, absence_type.unit).await? {
            Days::Read(days) => days,
            Days::Unreadable(blocker) => return Ok(Desired::Blocked(blocker)),
        };
        let source = SourceAbsence { absence, absence_type: &absence_type, days: &days };
        let span = match map::span(source, &accounts.settings.shape, self.horizon(accounts.settings)) {
            Ok(span) => span,
            Err(unmappable) => return Ok(Desired::Blocked(Blocker::unmappable(absence, &unmappable))),
        };
        if span.last < accounts.settings.sweeps.start_date {
            return Ok(Desired::Nothing { reason: "before the start date" });
        }
        let was = written.map(|written| written.entry.user);
        let user = match retained {
            Some(retained) => retained.user,
            None => match self.user(accounts, absence.person, was).await? {
                Match::User(user) => user,
                Match::Not(why) => {
                    return Ok(Desired::Blocked(Blocker::no_match(accounts.connection, absence.person, why)));
                }
            },
        };
        let note = map::note(&absence_type.name, absence.id);
        let due = carried_on_at(&span);
        Ok(match map::entry(&span, kind, user, note, &accounts.settings.shape) {
            // a type that has another name by now is no reason to touch what is not edited
            Ok(entry) if retained.is_some() && stands(written, &entry) => Desired::AsItStands { due },
            Ok(entry) => Desired::Entry { entry, due },
            Err(unmappable) => Desired::Blocked(Blocker::unmappable(absence, &unmappable)),
        })
    }

    /// Whether the person is another user by now than the one whose entry there was.
    ///
    /// # Errors
    /// Where one of the accounts cannot be read.
    pub(crate) async fn has_moved(
        &self,
        accounts: &Accounts<'_>,
        person: PersonId,
        was: UserId,
    ) -> Result<bool, Fault> {
        let found = self.user(accounts, person, Some(was)).await?;
        Ok(matches!(found, Match::Not(NoMatch::Moved { .. })))
    }

    async fn absence_type(
        &self,
        accounts: &Accounts<'_>,
        absence: &AbsencePeriod,
    ) -> Result<Option<absence::AbsenceType>, Fault> {
        self.lists.absence_type(accounts, absence.absence_type, &self.clock).await.map_err(of_list)
    }

    /// Up to when an absence without an end is entered.
    fn horizon(&self, settings: &Settings) -> Date {
        let today = self.clock.now().to_zoned(TimeZone::UTC).date();
        today.saturating_add(i64::from(settings.sweeps.open_end_days).days())
    }

    /// The one user with the person's address, who must not be another than the one whose entry stands.
    async fn user(&self, accounts: &Accounts<'_>, person: PersonId, was: Option<UserId>) -> Result<Match, Fault> {
        let Some(email) = self.lists.address(accounts, person, &self.clock).await? else {
            return Ok(Match::Not(NoMatch::NoAddress));
        };
        let addresses = accounts.settings.addresses;
        let skip = accounts.settings.skip_deactivated;
        let find = |users: &[_]| find(users, &email, addresses, skip);
        let users = self.lists.users(accounts, |users| find(users).is_ok(), &self.clock).await.map_err(of_list)?;
        Ok(match (find(&users), was) {
            (Ok(now), Some(was)) if now != was => {
                self.lists.forget_address(accounts, person);
                Match::Not(NoMatch::Moved { was, now })
            }
            (Ok(user), _) => Match::User(user),
            (Err(why), _) => {
                self.lists.forget_address(accounts, person);
                Match::Not(why)
            }
        })
    }
}

fn stands(written: Option<&Written>, entry: &Entry) -> bool {
    written.is_some_and(|written| written.entry.is_but_for_the_note(entry))
}

/// What the absence alone decides, without a further question to one of the accounts.
fn at_first_sight(settings: &Settings, absence: &AbsencePeriod) -> Option<Desired> {
    match &absence.approval {
        // one whose deletion waits for approval is valid until then
        Approval::Approved | Approval::DeletionPending => {}
        Approval::Pending => return Some(Desired::Nothing { reason: "its approval is pending" }),
        Approval::SubstituteRequested => {
            return Some(Desired::Nothing { reason: "its substitute was asked and has not agreed" });
        }
        Approval::Rejected => return Some(Desired::Nothing { reason: "rejected in Personio" }),
        Approval::Other(status) => return Some(Desired::Blocked(Blocker::unknown_status(absence, status))),
    }
    ended_long_before(settings, absence).then_some(Desired::Nothing { reason: "before the start date" })
}

/// Clearly before the start date, whatever the days of the absence are in detail: no need to ask for them.
fn ended_long_before(settings: &Settings, absence: &AbsencePeriod) -> bool {
    let last = map::last_day(absence, settings.shape.end);
    let clearly = settings.sweeps.start_date.saturating_sub(2.days());
    last.is_some_and(|last| last < clearly)
}

/// What each day of the absence counts; nothing of one that is counted in hours, or has no end.
async fn read_days(accounts: &Accounts<'_>, absence: &AbsencePeriod, unit: Option<Unit>) -> Result<Days, Fault> {
    if unit == Some(Unit::Hour) || absence.ends.is_none() {
        return Ok(Days::Read(Vec::new()));
    }
    match absences::breakdowns(&accounts.personio, absence.id).await {
        Ok(days) => Ok(Days::Read(days)),
        Err(error) if matches!(error.kind, Kind::Invalid(_)) => {
            Ok(Days::Unreadable(Blocker::unreadable_days(absence, verdict::reasons(&error.into()))))
        }
        Err(error) => Err(error.into()),
    }
}

/// When an entry whose end is open is to be carried on: midnight in UTC of a day.
fn carried_on_at(span: &map::AbsenceSpan) -> Option<Timestamp> {
    let day = span.open.then(|| span.last.saturating_sub(CARRIED_ON_BEFORE.days()))?;
    day.to_zoned(TimeZone::UTC).ok().map(|midnight| midnight.timestamp())
}

/// A refused list is no business of one absence: how it is asked for does not fit the vendor. A refusal without a reason
/// may be a gateway's.
pub(crate) fn of_list(error: vendors::Error) -> Fault {
    match &error.kind {
        Kind::Invalid(reasons) if reasons.is_empty() => {
            vendors::Error::new(error.operation, Kind::Unexplained { status: 400 }).into()
        }
        Kind::Invalid(_) => Fault::Setting(format!("{error} (helloHQ: see `hellohq.query_options`)")),
        _ => error.into(),
    }
}
