//! What would be different in helloHQ if the present mapping were applied to every absence, as the rule that it touches only
//! edited ones never does. Reads what that takes with the pusher's own eyes, and writes nothing anywhere.

use std::collections::HashSet;
use std::time::Duration;

use edge::verdict::Fault;
use edge::{Asked, Change, Remap, Remapped, in_words};
use ledger::Link;
use vendors::Kind;
use vendors::hellohq::model::{Entry, Period};
use vendors::personio::model::absence::AbsencePeriod;

use crate::Mapper;
use crate::acts::{mapper, settings, since_the_start};
use crate::link::{Entered, State};
use crate::wanted::{Accounts, Told, Wanted};

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
    asked: Asked<'a>,
    mapper: &'a Mapper,
    work: &'a Accounts<'a>,
    remap: Remap,
    /// The ids of all that Personio lists.
    listed: HashSet<String>,
}

/// Compares all absences since the start date with what is entered.
///
/// # Errors
/// Where it cannot be read to its end; half a comparison would look like a whole one.
pub(crate) async fn remap(asked: Asked<'_>) -> Result<Remap, Fault> {
    let (settings, mapper) = (settings(&asked)?, mapper(&asked)?);
    let work = mapper.accounts(asked.name, 0, &settings);
    let (remap, listed) = (Remap::default(), HashSet::new());
    let mut reading = Reading { asked, mapper: &mapper, work: &work, remap, listed };
    let absences = reading.absences().await?;
    for (index, absence) in absences.iter().enumerate() {
        reading.compare(absence).await?;
        if (index + 1).is_multiple_of(TOLD_AFTER) {
            (asked.progress)(&format!("{} of {} absences compared", index + 1, absences.len()));
        }
    }
    reading.count_unlisted().await?;
    Ok(reading.remap)
}

impl Reading<'_> {
    /// All of them before the first is compared: a comparison takes long, and Personio's cursors do not last.
    async fn absences(&mut self) -> Result<Vec<AbsencePeriod>, Fault> {
        let mut absences = Vec::new();
        let mut pages = self.work.personio.absences(since_the_start(self.work.settings, &self.asked), None);
        while let Some(page) = patiently(&self.asked, async || Ok(pages.next().await?)).await? {
            for unreadable in page.unreadable {
                let object = unreadable.id.map(|id| id.to_string()).unwrap_or_default();
                self.refused(object, format!("it cannot be read: `{}`", unreadable.what));
            }
            absences.extend(page.items);
            (self.asked.progress)(&format!("{} absences read", absences.len()));
        }
        Ok(absences)
    }

    async fn compare(&mut self, absence: &AbsencePeriod) -> Result<(), Fault> {
        let object = absence.id.to_string();
        let link: Option<Link<State>> = self.asked.ledger.link(self.asked.name, &object).await?;
        let entered = link.and_then(|link| link.state.entered);
        let wanted = async || self.mapper.wanted(self.work, absence, entered.as_ref(), None).await;
        let wanted = match patiently(&self.asked, wanted).await {
            Err(Fault::Vendor(error)) if matches!(error.kind, Kind::Gone | Kind::Invalid(_)) => {
                self.refused(object, in_words(&error.into()));
                return Ok(());
            }
            wanted => wanted?,
        };
        self.listed.insert(object.clone());
        match difference(entered.as_ref(), wanted) {
            Some((change, what)) => self.remap.changes.push(Remapped { object, change, what }),
            None => self.remap.unchanged += 1,
        }
        Ok(())
    }

    fn refused(&mut self, object: String, what: String) {
        self.listed.insert(object.clone());
        self.remap.changes.push(Remapped { object, change: Change::Refused, what });
    }

    /// What is entered since the start date and not listed is for a sweep to look at.
    async fn count_unlisted(&mut self) -> Result<(), Fault> {
        let (start, mut from) = (self.work.settings.sync.start_date, None);
        loop {
            let (glances, next) = self.asked.ledger.glances(self.asked.name, from).await?;
            let entered = glances.iter().filter(|glance| glance.entered && glance.last_day >= start);
            let unlisted = entered.filter(|glance| !self.listed.contains(&glance.object)).count();
            self.remap.unlisted += u64::try_from(unlisted).unwrap_or(u64::MAX);
            from = next;
            if from.is_none() {
                return Ok(());
            }
        }
    }
}

/// From what is entered to what would be. `None`: no difference.
fn difference(entered: Option<&Entered>, wanted: Result<Wanted, Told>) -> Option<(Change, String)> {
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(told) => return Some((Change::Refused, told.reasons.join("; "))),
    };
    let why = wanted.why_not.unwrap_or("nothing is to be entered");
    match (entered.map(|entered| &entered.entry), wanted.entry.as_ref()) {
        (None, None) => None,
        (Some(before), Some(after)) if before == after => None,
        (None, Some(after)) => Some((Change::Created, spelled(after))),
        (Some(before), None) => Some((Change::Removed, format!("{}: {why}", spelled(before)))),
        (Some(before), Some(after)) => Some((Change::Changed, changed(before, after))),
    }
}

fn changed(before: &Entry, after: &Entry) -> String {
    let (from, to) = (spelled(before), spelled(after));
    if from == to { format!("{from}: only its note") } else { format!("{from} -> {to}") }
}

/// Type, period and user. Times as helloHQ is told them: of days without a zone, else in UTC.
fn spelled(entry: &Entry) -> String {
    let Entry { kind, user, period, .. } = entry;
    let period = match period {
        Period::Days { start, end } => {
            let spelled = |at: &jiff::civil::DateTime| at.strftime("%Y-%m-%d %H:%M").to_string();
            format!("{} to {}", spelled(start), spelled(end))
        }
        Period::Hours { start, end } => {
            let spelled = |at: &jiff::Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
            format!("{} to {}", spelled(start), spelled(end))
        }
    };
    format!("{}, {period}, user {user}", kind.label())
}

/// Repeats a reading that a vendor puts off: thousands of calls meet a rate limit sooner or later.
async fn patiently<T>(asked: &Asked<'_>, mut read: impl AsyncFnMut() -> Result<T, Fault>) -> Result<T, Fault> {
    let mut rests = RESTS.iter();
    loop {
        let fault = match read().await {
            Ok(read) => return Ok(read),
            Err(fault) => fault,
        };
        let (Some(asked_for), Some(rest)) = (put_off(&fault), rests.next()) else { return Err(fault) };
        let rest = asked_for.max(*rest);
        (asked.progress)(&format!("{fault}; going on in {} s", rest.as_secs()));
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
    use jiff::civil::date;
    use vendors::hellohq::model::AbsenceType;

    use super::*;

    fn entry(kind: AbsenceType, day: i8, note: &str) -> Entry {
        let at = |day: i8| date(2026, 3, day).at(0, 0, 0, 0);
        let period = Period::Days { start: at(day), end: at(day + 1) };
        Entry { kind, user: "11".parse().unwrap(), period, note: note.to_owned() }
    }

    fn between(before: Option<Entry>, after: Option<Entry>) -> Option<(Change, String)> {
        let entered = before.map(|entry| Entered { id: "501".parse().unwrap(), entry });
        let why_not = after.is_none().then_some("its type is ignored");
        difference(entered.as_ref(), Ok(Wanted { entry: after, why_not, open_until: None, due: None }))
    }

    #[test]
    fn each_difference_says_from_what_to_what() {
        use AbsenceType::{SpecialLeave, Vacation};
        let before = || Some(entry(Vacation, 2, "Urlaub"));
        let (holiday, special) = (
            "Holiday, 2026-03-02 00:00 to 2026-03-03 00:00, user 11",
            "Special leave, 2026-03-02 00:00 to 2026-03-03 00:00, user 11",
        );
        assert_eq!(between(None, before()), Some((Change::Created, holiday.to_owned())));
        assert_eq!(between(before(), None), Some((Change::Removed, format!("{holiday}: its type is ignored"))));
        let changed = Some((Change::Changed, format!("{holiday} -> {special}")));
        assert_eq!(between(before(), Some(entry(SpecialLeave, 2, "Urlaub"))), changed);
        let noted = Some((Change::Changed, format!("{holiday}: only its note")));
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
        let fault = |kind| Fault::Vendor(vendors::Error::new("personio", "list absences", kind));
        let minute = Duration::from_secs(60);
        assert_eq!(put_off(&fault(Kind::RateLimited { retry_after: Some(minute) })), Some(minute));
        assert_eq!(put_off(&fault(Kind::Unavailable { retry_after: None })), Some(Duration::ZERO));
        for kind in [Kind::LoginRefused, Kind::Gone, Kind::Network, Kind::RightMissing(Vec::new())] {
            assert_eq!(put_off(&fault(kind)), None);
        }
    }
}
