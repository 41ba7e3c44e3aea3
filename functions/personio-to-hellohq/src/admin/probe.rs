//! Enters one half day for a test user of helloHQ, reads it back and removes it again: whether the token may write and
//! delete, and which `half_day_end` the account wants. The vendor's example and its text differ.

use std::fmt;

use admin::{Context, Error, Verification};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::TimeZone;
use mapping::personio_to_hellohq::HalfDayEnd;
use vendors::Kind;
use vendors::hellohq::client::HelloHq;
use vendors::hellohq::model::{AbsenceType, Entry, EntryId, Period, User, UserId};
use vendors::value::Email;

use super::context::{mapper, settings};

/// How far ahead the half day lies: nobody has planned for it yet.
const WEEKS_AHEAD: i64 = 26;

/// What the half day says of itself, should it be left standing.
const NOTE: &str = "hrsync probe: may be removed";

/// How much one way of writing a half day came to.
#[derive(Debug, PartialEq)]
enum Entered {
    /// helloHQ counts so many days.
    Days(f64),
    /// helloHQ took it and does not say how much it counts.
    Untold,
    /// helloHQ refuses it.
    Refused(String),
}

/// Enters, reads back and removes.
///
/// # Errors
/// Where file or secret cannot be used, or `user` is no user's address; what helloHQ refuses is a problem of the list.
pub(super) async fn probe(context: Context<'_>, user: &str) -> Result<Verification, Error> {
    let settings = settings(&context)?;
    let mapper = mapper(&context)?;
    let hellohq = mapper.accounts(context.name, 0, &settings).hellohq;
    let user = find(&hellohq.users().await?, user)?;
    let day = probe_day(context.now.to_zoned(TimeZone::UTC).date());
    let set = settings.shape.half_day_end;
    let mut found = Verification::default();
    for end in [set, other(set)] {
        let entered = enter(&hellohq, user, day, end, &mut found.problems).await?;
        found.seen.push(format!("hellohq: a half day with `half_day_end = \"{}\"` {entered}", word(end)));
        match entered {
            Entered::Days(days) if (days - 0.5).abs() < f64::EPSILON => {
                judge(&mut found, end, set);
                return Ok(found);
            }
            Entered::Untold => {
                let what =
                    "`hellohq.half_day_end`: helloHQ does not say how much it counts; look at a half day in helloHQ";
                found.problems.push(what.to_owned());
                return Ok(found);
            }
            Entered::Days(_) | Entered::Refused(_) => {}
        }
    }
    found.problems.push("`hellohq.half_day_end`: neither way of writing a half day counts as one".to_owned());
    Ok(found)
}

fn judge(found: &mut Verification, wanted: HalfDayEnd, set: HalfDayEnd) {
    let what = format!("the account wants `half_day_end = \"{}\"`", word(wanted));
    if wanted == set {
        found.seen.push(format!("hellohq: {what}"));
    } else {
        found.problems.push(format!("`hellohq.half_day_end`: {what}"));
    }
}

/// What helloHQ makes of the morning of `day`. Nothing is left of it; what could not be removed is a problem.
async fn enter(
    hellohq: &HelloHq,
    user: UserId,
    day: Date,
    end: HalfDayEnd,
    problems: &mut Vec<String>,
) -> Result<Entered, Error> {
    let id = match hellohq.create(&half_day(user, day, end)).await {
        Ok(id) => id,
        Err(error) if matches!(error.kind, Kind::Invalid(_) | Kind::Conflict(_)) => {
            return Ok(Entered::Refused(error.kind.to_string()));
        }
        Err(error) if error.kind.certainly_not_done() => return Err(error.into()),
        Err(error) => {
            let what = format!("{error}; if helloHQ shows an entry on {day} with the note `{NOTE}`, remove it by hand");
            return Err(Error::Refused(what));
        }
    };
    let days = hellohq.missed_days(id).await;
    problems.extend(remove(hellohq, id).await);
    Ok(days?.map_or(Entered::Untold, Entered::Days))
}

async fn remove(hellohq: &HelloHq, id: EntryId) -> Option<String> {
    let error = hellohq.delete(id).await.err()?;
    Some(format!("{}; entry {id} is left in helloHQ: remove it by hand", Error::from(error)))
}

fn half_day(user: UserId, day: Date, end: HalfDayEnd) -> Entry {
    let last = match end {
        HalfDayEnd::SameDayNoon => day,
        HalfDayEnd::NextDayNoon => day.saturating_add(1.day()),
    };
    let period = Period::Days { start: day.to_datetime(Time::midnight()), end: last.to_datetime(time(12, 0, 0, 0)) };
    Entry { kind: AbsenceType::Vacation, user, period, note: NOTE.to_owned() }
}

/// A Tuesday: it and the day after are worked.
fn probe_day(today: Date) -> Date {
    let ahead = today.saturating_add(WEEKS_AHEAD.weeks());
    ahead.nth_weekday(1, Weekday::Tuesday).unwrap_or(ahead)
}

/// The one user with this address, at work or private.
fn find(users: &[User], address: &str) -> Result<UserId, Error> {
    let refused = |what: &str| Error::Refused(format!("`--probe`: {what}"));
    let wanted: Email = address.parse().map_err(|_| refused("this is no e-mail address"))?;
    let has = |user: &&User| [&user.work, &user.private].into_iter().flatten().any(|it| it.folded() == wanted.folded());
    let mut fitting = users.iter().filter(has);
    match (fitting.next(), fitting.next()) {
        (Some(user), None) => Ok(user.id),
        (None, _) => Err(refused("no helloHQ user has this e-mail address")),
        (Some(_), Some(_)) => Err(refused("several helloHQ users have this e-mail address")),
    }
}

fn other(end: HalfDayEnd) -> HalfDayEnd {
    match end {
        HalfDayEnd::SameDayNoon => HalfDayEnd::NextDayNoon,
        HalfDayEnd::NextDayNoon => HalfDayEnd::SameDayNoon,
    }
}

/// The word of the connection file.
fn word(end: HalfDayEnd) -> &'static str {
    match end {
        HalfDayEnd::SameDayNoon => "same-day-noon",
        HalfDayEnd::NextDayNoon => "next-day-noon",
    }
}

impl fmt::Display for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => write!(f, "counts as {days} days"),
            Self::Untold => f.write_str("is taken"),
            Self::Refused(why) => write!(f, "is refused ({why})"),
        }
    }
}
