//! What would be different in helloHQ if the present mapping were applied to every absence, as the rule that it touches only
//! edited ones never does. Reads what that takes as the pusher does, and cannot write.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use admin::{Change, ChangeKind, Error, Preview, ReadingContext};
use edge::verdict::Fault;
use jiff::civil::Date;
use ledger::{Link, Subject};
use reconcile::Memory;
use vendors::Kind;
use vendors::hellohq::model::{AbsenceType, Entry, Period, UserId};
use vendors::personio::absences;
use vendors::personio::model::absence::AbsencePeriod;
use vendors::personio::model::id::PersonId;
use vendors::value::Personal;

use super::context::{only_reading, settings, since_day};
use crate::Mapper;
use crate::desired::{Accounts, Desired};
use crate::link::{KIND, Remembered, State, Written};

/// How long a reading that a vendor puts off rests before each repetition.
const RESTS: &[Duration] = &[
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(32),
];
/// After how many absences it is said how far it is.
const TOLD_AFTER: usize = 100;

struct Reading<'a> {
    context: ReadingContext<'a>,
    mapper: &'a Mapper,
    accounts: &'a Accounts<'a>,
    preview: Preview,
    /// The ids of all that Personio lists.
    listed: HashSet<String>,
    /// Absences before that day are left out.
    from: Date,
    /// The persons without one user of helloHQ, with how many absences wait for each.
    unmatched: BTreeMap<PersonId, Unmatched>,
}

/// What waits for a person's user.
struct Unmatched {
    why: String,
    absences: usize,
}

/// Compares all absences since the start date with what is entered.
///
/// # Errors
/// Where it cannot be read to its end; half a comparison would look like a whole one.
pub(super) async fn preview(context: ReadingContext<'_>) -> Result<Preview, Error> {
    since(context, Date::MIN).await
}

/// Compares the absences that overlap that day or a later one.
///
/// # Errors
/// As for all.
pub(super) async fn since(context: ReadingContext<'_>, from: Date) -> Result<Preview, Error> {
    let settings = settings(&context)?;
    let from = from.max(settings.sweeps.start_date);
    let mapper = only_reading(&context)?;
    let accounts = mapper.accounts(context.name, 0, &settings);
    let mut reading = Reading {
        context,
        mapper: &mapper,
        accounts: &accounts,
        preview: Preview::default(),
        listed: HashSet::new(),
        from,
        unmatched: BTreeMap::new(),
    };
    let absences = reading.absences().await?;
    for (index, absence) in absences.iter().enumerate() {
        reading.compare(absence).await?;
        if (index + 1).is_multiple_of(TOLD_AFTER) {
            (context.progress)(&format!("{} of {} absences compared", index + 1, absences.len()));
        }
    }
    reading.count_unlisted().await?;
    reading.name_unmatched();
    Ok(reading.preview)
}

impl Reading<'_> {
    /// All of them before the first is compared: a comparison takes long, and Personio's cursors do not last.
    async fn absences(&mut self) -> Result<Vec<AbsencePeriod>, Error> {
        let mut absences = Vec::new();
        let query = since_day(self.from, &self.context);
        let mut pages = absences::list(&self.accounts.personio, query, None);
        while let Some(page) = patiently(&self.context, async || Ok(pages.next().await?)).await? {
            for unreadable in page.unreadable {
                let object = unreadable.id.map(|id| id.to_string()).unwrap_or_default();
                self.refused(object, format!("it cannot be read: `{}`", unreadable.what));
            }
            absences.extend(page.items);
            (self.context.progress)(&format!("{} absences read", absences.len()));
        }
        Ok(absences)
    }

    async fn compare(&mut self, absence: &AbsencePeriod) -> Result<(), Error> {
        let object = absence.id.to_string();
        let subject = Subject::new(KIND, &object);
        let link: Option<Link<Memory<State, Remembered>>> =
            self.context.ledger.link(self.context.name, &subject).await?;
        let written = link.and_then(|link| link.state.state.written);
        let desired = async || self.mapper.desired(self.accounts, absence, written.as_ref(), None).await;
        let desired = match patiently(&self.context, desired).await {
            Err(Fault::Vendor(error)) if matches!(error.kind, Kind::Gone | Kind::Invalid(_)) => {
                self.refused(object, Error::from(error).to_string());
                return Ok(());
            }
            desired => desired?,
        };
        self.listed.insert(object.clone());
        if let Desired::Blocked(blocker) = &desired
            && blocker.is_about_the_user()
        {
            let why = || Unmatched { why: blocker.notice.reasons.join("; "), absences: 0 };
            self.unmatched.entry(absence.person).or_insert_with(why).absences += 1;
            return Ok(());
        }
        let value = note_of(&desired);
        match difference(written.as_ref(), desired) {
            Some((kind, what)) => self.preview.changes.push(Change { object, kind, what, value }),
            None => self.preview.unchanged += 1,
        }
        Ok(())
    }

    /// Each person once, whatever waits for them.
    fn name_unmatched(&mut self) {
        let named =
            std::mem::take(&mut self.unmatched).into_iter().map(|(person, Unmatched { why, absences })| Change {
                object: format!("person {person}"),
                kind: ChangeKind::Unmatched,
                what: format!("{why} {absences} wait."),
                value: None,
            });
        self.preview.changes.extend(named);
    }

    fn refused(&mut self, object: String, what: String) {
        self.listed.insert(object.clone());
        self.preview.changes.push(Change { object, kind: ChangeKind::Refused, what, value: None });
    }

    /// What is entered since the start date and not listed is for a sweep to look at.
    async fn count_unlisted(&mut self) -> Result<(), Error> {
        let start = self.from;
        let mut from = None;
        loop {
            let (links, next) = self.context.ledger.link_summaries(self.context.name, from).await?;
            let held = links.iter().filter(|link| link.holds && link.window.is_none_or(|last_day| last_day >= start));
            let unlisted = held.filter(|link| !self.listed.contains(link.subject.id.as_str())).count();
            self.preview.unlisted += u64::try_from(unlisted).unwrap_or(u64::MAX);
            from = next;
            if from.is_none() {
                return Ok(());
            }
        }
    }
}

/// What an entry's note would say.
fn note_of(desired: &Desired) -> Option<Personal<String>> {
    match desired {
        Desired::Entry { entry, .. } if !entry.note.is_empty() => Some(Personal::new(format!("note: {}", entry.note))),
        _ => None,
    }
}

/// From what is entered to what would be. `None`: no difference.
fn difference(written: Option<&Written>, desired: Desired) -> Option<(ChangeKind, String)> {
    let before = written.map(|written| &written.entry);
    let after = match desired {
        Desired::Entry { entry, .. } => entry,
        Desired::AsItStands { .. } => return None,
        Desired::Nothing { reason } => {
            return before.map(|before| (ChangeKind::Removed, format!("{}: {reason}", spelled_before(before))));
        }
        Desired::Blocked(blocker) => return Some((ChangeKind::Refused, blocker.notice.reasons.join("; "))),
    };
    match before {
        None => Some((ChangeKind::Created, spelled(&after))),
        Some(before) if before.is(&after) => None,
        Some(before) => Some((ChangeKind::Changed, changed(before, &after))),
    }
}

fn changed(before: &Remembered, after: &Entry) -> String {
    let from = spelled_before(before);
    let to = spelled(after);
    if from == to { format!("{from}: only its note") } else { format!("{from} -> {to}") }
}

pub(super) fn spelled_before(before: &Remembered) -> String {
    spelled_as(before.kind, before.period, before.user)
}

pub(super) fn spelled(entry: &Entry) -> String {
    spelled_as(entry.kind, entry.period, entry.user)
}

/// Type, period and user.
fn spelled_as(kind: AbsenceType, period: Period, user: UserId) -> String {
    format!("{}, {period}, user {user}", kind.label())
}

/// Repeats a reading that a vendor puts off: thousands of calls meet a rate limit sooner or later.
async fn patiently<T>(
    context: &ReadingContext<'_>,
    mut read: impl AsyncFnMut() -> Result<T, Fault>,
) -> Result<T, Fault> {
    let mut rests = RESTS.iter();
    loop {
        let fault = match read().await {
            Ok(read) => return Ok(read),
            Err(fault) => fault,
        };
        let (Some(asked_for), Some(rest)) = (put_off(&fault), rests.next()) else { return Err(fault) };
        let rest = asked_for.max(*rest);
        (context.progress)(&format!("{fault}; going on in {} s", rest.as_secs()));
        tokio::time::sleep(rest).await;
    }
}

/// How long the vendor asks to wait; `None`: waiting helps nothing.
fn put_off(fault: &Fault) -> Option<Duration> {
    let Fault::Vendor(error) = fault else { return None };
    match error.kind {
        Kind::RateLimited { retry_after } | Kind::Unavailable { retry_after } => Some(retry_after.unwrap_or_default()),
        Kind::Unanswered => Some(Duration::ZERO),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use jiff::civil::date;

    fn entry(kind: AbsenceType, day: i8, note: &str) -> Entry {
        let at = |day: i8| date(2026, 3, day).at(0, 0, 0, 0);
        let period = Period::Days { start: at(day), end: at(day + 1) };
        Entry { kind, user: "11".parse().unwrap(), period, note: note.to_owned() }
    }

    fn between(before: Option<Entry>, after: Option<Entry>) -> Option<(ChangeKind, String)> {
        let id = "501".parse().unwrap();
        let at = Timestamp::UNIX_EPOCH;
        let written = before.map(|entry| Written { id, entry: Remembered::of(&entry), at });
        let desired = match after {
            Some(entry) => Desired::Entry { entry, due: None },
            None => Desired::Nothing { reason: "its type is ignored" },
        };
        difference(written.as_ref(), desired)
    }

    #[test]
    fn each_difference_says_from_what_to_what() {
        use AbsenceType::{SpecialLeave, Vacation};
        let before = || Some(entry(Vacation, 2, "Urlaub"));
        let holiday = "Holiday, 2026-03-02 00:00 to 2026-03-03 00:00, user 11";
        let special = "Special leave, 2026-03-02 00:00 to 2026-03-03 00:00, user 11";
        assert_eq!(between(None, before()), Some((ChangeKind::Created, holiday.to_owned())));
        assert_eq!(between(before(), None), Some((ChangeKind::Removed, format!("{holiday}: its type is ignored"))));
        let changed = Some((ChangeKind::Changed, format!("{holiday} -> {special}")));
        assert_eq!(between(before(), Some(entry(SpecialLeave, 2, "Urlaub"))), changed);
        let noted = Some((ChangeKind::Changed, format!("{holiday}: only its note")));
        assert_eq!(between(before(), Some(entry(Vacation, 2, "Erholung"))), noted);
    }

    #[test]
    fn what_stays_is_no_difference() {
        let holiday = || Some(entry(AbsenceType::Vacation, 2, "Urlaub"));
        assert_eq!(between(holiday(), holiday()), None);
        assert_eq!(between(None, None), None);
    }

    #[test]
    fn hours_are_told_in_utc() {
        let start = "2026-03-02T08:00:00Z".parse().unwrap();
        let period = Period::Hours { start, end: "2026-03-02T16:00:00Z".parse().unwrap() };
        let entry = Entry { period, ..entry(AbsenceType::PrivateAbsence, 2, "") };
        assert_eq!(spelled(&entry), "Personal reasons, 2026-03-02 08:00 UTC to 2026-03-02 16:00 UTC, user 11");
    }

    #[test]
    fn only_what_passes_is_waited_out() {
        let fault = |kind| Fault::Vendor(vendors::Error::new(vendors::personio::operations::LIST_ABSENCES, kind));
        let minute = Duration::from_secs(60);
        assert_eq!(put_off(&fault(Kind::RateLimited { retry_after: Some(minute) })), Some(minute));
        assert_eq!(put_off(&fault(Kind::Unavailable { retry_after: None })), Some(Duration::ZERO));
        for kind in [Kind::LoginRefused, Kind::Gone, Kind::Network, Kind::RightMissing(Vec::new())] {
            assert_eq!(put_off(&fault(kind)), None);
        }
    }
}
