//! What helloHQ should hold for an absence: at most one entry, or what stands in its way. Reads of both accounts what that
//! takes, and writes nothing.

mod known;
mod obstacle;
mod user;

use edge::Clock;
use edge::verdict::{self, Fault};
use jiff::ToSpan;
use jiff::civil::Date;
use mapping::personio_to_hellohq::{self as map, Home, Source};
use vendors::hellohq::client::HelloHq;
use vendors::hellohq::model::{AbsenceType, Entry, UserId};
use vendors::personio::hr::{Hr, Tokens};
use vendors::personio::model::absence::{self, AbsencePeriod, Approval, DayShare, Unit};
use vendors::personio::model::id::PersonId;
use vendors::{Http, Kind};

use crate::connection::Settings;
use crate::link::Entered;
use known::Known;
use obstacle::Matches;
pub(crate) use obstacle::Told;

/// How many days before its entered end an absence without an end is carried on.
const CARRIED_ON_BEFORE: i64 = 30;

/// What should be there.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// `None`: nothing.
    pub(crate) entry: Option<Entry>,
    /// Why nothing.
    pub(crate) why_not: Option<&'static str>,
    /// The last day that an open end is entered up to.
    pub(crate) open_until: Option<Date>,
    /// The day on which the open end is carried on.
    pub(crate) due: Option<Date>,
}

/// The type, user and note that an entry keeps while its absence is not edited.
#[derive(Clone)]
pub(crate) struct Kept {
    kind: AbsenceType,
    user: UserId,
    note: String,
}

impl Kept {
    pub(crate) fn of(entry: &Entry) -> Self {
        Self { kind: entry.kind, user: entry.user, note: entry.note.clone() }
    }
}

impl Wanted {
    fn nothing(why_not: &'static str) -> Self {
        Self { entry: None, why_not: Some(why_not), open_until: None, due: None }
    }
}

/// The two accounts of a connection.
#[derive(Debug)]
pub(crate) struct Accounts<'a> {
    pub(crate) connection: &'a str,
    pub(crate) revision: u64,
    pub(crate) settings: &'a Settings,
    pub(crate) personio: Hr,
    pub(crate) hellohq: HelloHq,
}

/// Works out what should be there. Remembers for a few minutes what is known of accounts.
#[derive(Debug)]
pub struct Mapper {
    http: Http,
    tokens: Tokens,
    known: Known,
    clock: Clock,
}

impl Mapper {
    /// A mapper that calls through `http`.
    #[must_use]
    pub fn new(http: Http, clock: Clock) -> Self {
        Self { http, tokens: Tokens::default(), known: Known::default(), clock }
    }

    /// Clients for a connection's accounts.
    pub(crate) fn accounts<'a>(&self, connection: &'a str, revision: u64, settings: &'a Settings) -> Accounts<'a> {
        let (http, tokens, now) = (self.http.clone(), self.tokens.clone(), self.clock.now());
        let personio = Hr::new(http.clone(), settings.personio.clone(), tokens, now);
        let hellohq = HelloHq::new(http, settings.hellohq.clone());
        Accounts { connection, revision, settings, personio, hellohq }
    }

    /// What should be there. `entered`: what stands. `kept`: what an entry keeps although the mapping may have changed.
    ///
    /// # Errors
    /// The inner one: what stands in its way.
    pub(crate) async fn wanted(
        &self,
        work: &Accounts<'_>,
        absence: &AbsencePeriod,
        entered: Option<&Entered>,
        kept: Option<Kept>,
    ) -> Result<Result<Wanted, Told>, Fault> {
        match &absence.approval {
            // one whose deletion waits for approval is valid until then
            Approval::Approved | Approval::DeletionPending => {}
            Approval::Pending | Approval::SubstituteRequested | Approval::Rejected => {
                return Ok(Ok(Wanted::nothing("not approved")));
            }
            Approval::Other(status) => return Ok(Err(Told::unknown_status(absence, status))),
        }
        if self.ended_long_before(work, absence) {
            return Ok(Ok(Wanted::nothing("before the start date")));
        }
        let Some(of) = self.known_type(work, absence).await? else {
            return Ok(Err(Told::unknown_type(absence.absence_type)));
        };
        let kind = match (&kept, work.settings.rules.home(&of)) {
            (Some(kept), _) => kept.kind,
            (None, Home::Type(kind)) => kind,
            (None, Home::Ignored) => return Ok(Ok(Wanted::nothing("its type is ignored"))),
            (None, Home::None) => return Ok(Err(Told::no_home(of.id, entered.is_some()))),
        };
        let days = match days(work, absence, of.unit).await? {
            Ok(days) => days,
            Err(told) => return Ok(Err(told)),
        };
        let source = Source { absence, absence_type: &of, days: &days };
        let span = match map::span(source, &work.settings.shape, self.horizon(work)) {
            Ok(span) => span,
            Err(unmappable) => return Ok(Err(Told::unmappable(absence, &unmappable))),
        };
        if span.last < work.settings.sync.start_date {
            return Ok(Ok(Wanted::nothing("before the start date")));
        }
        let Kept { user, note, .. } = match kept {
            Some(kept) => kept,
            None => match self.user(work, absence.person, entered.map(|it| it.entry.user)).await? {
                Ok(user) => Kept { kind, user, note: map::note(&of.name, absence.id) },
                Err(matches) => return Ok(Err(Told::no_user(absence.person, matches))),
            },
        };
        Ok(match map::entry(&span, kind, user, note, &work.settings.shape) {
            Ok(entry) => Ok(wanted(entry, &span)),
            Err(unmappable) => Err(Told::unmappable(absence, &unmappable)),
        })
    }

    /// Clearly before the start date, whatever its days are in detail: no need to ask for them.
    fn ended_long_before(&self, work: &Accounts<'_>, absence: &AbsencePeriod) -> bool {
        let last = map::last_day(absence, work.settings.shape.end);
        let clearly = work.settings.sync.start_date.saturating_sub(2.days());
        last.is_some_and(|last| last < clearly)
    }

    async fn known_type(
        &self,
        work: &Accounts<'_>,
        absence: &AbsencePeriod,
    ) -> Result<Option<absence::AbsenceType>, Fault> {
        self.known.absence_type(work, absence.absence_type, &self.clock).await.map_err(of_list)
    }

    /// Up to when an absence without an end is entered.
    fn horizon(&self, work: &Accounts<'_>) -> Date {
        let today = self.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        today.saturating_add(i64::from(work.settings.sync.open_end_days).days())
    }

    /// The one user with the person's address, who must not be another than the one whose entry stands.
    async fn user(
        &self,
        work: &Accounts<'_>,
        person: PersonId,
        entered: Option<UserId>,
    ) -> Result<Result<UserId, Matches>, Fault> {
        let email = match work.personio.person(person).await {
            Ok(person) => person.email,
            Err(error) if error.kind == Kind::Gone => None,
            Err(error) => return Err(error.into()),
        };
        let Some(email) = email else { return Ok(Err(Matches::NoAddress)) };
        let (addresses, skip) = (work.settings.addresses, work.settings.skip_deactivated);
        let find = |users: &[_]| user::find(users, &email, addresses, skip);
        let users = self.known.users(work, |users| find(users).is_ok(), &self.clock).await.map_err(of_list)?;
        Ok(match (find(&users), entered) {
            (Ok(now), Some(was)) if now != was => Err(Matches::Another { was, now }),
            (found, _) => found,
        })
    }
}

/// What each day of the absence counts; nothing of one that is counted in hours, or has no end.
async fn days(work: &Accounts<'_>, absence: &AbsencePeriod, unit: Unit) -> Result<Result<Vec<DayShare>, Told>, Fault> {
    if unit != Unit::Day || absence.ends.is_none() {
        return Ok(Ok(Vec::new()));
    }
    match work.personio.breakdowns(absence.id).await {
        Ok(days) => Ok(Ok(days)),
        Err(error) if matches!(error.kind, Kind::Invalid(_)) => {
            Ok(Err(Told::unreadable_days(absence, verdict::reasons(&error.into()))))
        }
        Err(error) => Err(error.into()),
    }
}

/// A refused list is no business of one absence: how it is asked for does not fit the vendor.
pub(crate) fn of_list(error: vendors::Error) -> Fault {
    match error.kind {
        Kind::Invalid(_) => Fault::Setting(format!("{error} (helloHQ: see `hellohq.query_options`)")),
        _ => error.into(),
    }
}

fn wanted(entry: Entry, span: &map::Span) -> Wanted {
    let open_until = span.open.then_some(span.last);
    let due = open_until.map(|until| until.saturating_sub(CARRIED_ON_BEFORE.days()));
    Wanted { entry: Some(entry), why_not: None, open_until, due }
}
