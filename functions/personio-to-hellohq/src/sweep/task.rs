//! What a sweep is asked to do: the messages between schedule, console and sweeper.

use edge::{Message, event_id};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::NAME;
use crate::connection::Sync;

/// How far back every sweep looks for deletions; what ended earlier is looked at once a day.
const RECENT_DAYS: i64 = 60;
/// How many days one window holds: bounds what a slice keeps in memory, and how much is read again after a failure.
const WINDOW_DAYS: i64 = 92;
/// Schedules come every two hours.
const SCHEDULE_SECONDS: i64 = 2 * 60 * 60;
const SCHEDULES_A_DAY: i64 = 12;

/// The body of a message to the sweeper. `v` is the version of this shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    v: u8,
    /// The run that the slice belongs to.
    pub run: String,
    /// How many windows the run has.
    pub windows: u32,
    /// Whether the run reads everything since the start date.
    pub whole: bool,
    /// What is to be read.
    pub slice: Slice,
}

/// A part of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Slice {
    /// What was updated since the cursor, and what waits.
    Changes,
    /// What ends in these days.
    Window {
        /// The first.
        from: Date,
        /// The day after the last; `None`: all days to come, and open ends.
        to: Option<Date>,
    },
    /// Nothing: a person has confirmed what the run found missing.
    Confirmed,
}

impl Slice {
    /// Its name in its run.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Changes => "changes".to_owned(),
            Self::Window { from, .. } => format!("window-{from}"),
            Self::Confirmed => "confirmed".to_owned(),
        }
    }
}

impl Task {
    /// The version of this shape that is written and read.
    pub const VERSION: u8 = 1;

    /// Reads a message's body.
    ///
    /// # Errors
    /// Where it is of another version, or no task.
    pub fn read(body: &RawValue) -> Result<Self, String> {
        let task: Self = serde_json::from_str(body.get()).map_err(|error| error.to_string())?;
        if task.v == Self::VERSION {
            Ok(task)
        } else {
            Err(format!("a task of version {}, this hrsync reads version {}", task.v, Self::VERSION))
        }
    }

    /// The message. A connection's slices are one group: they are read one after the other, the changes first, and another
    /// connection's are not kept waiting. Those of a whole reading are a group of their own, which does not keep the others
    /// waiting either.
    fn message(&self, connection: &str, now: Timestamp) -> Result<Message, serde_json::Error> {
        let body = serde_json::value::to_raw_value(self)?;
        let name = self.slice.name();
        let message = Message::new(NAME, connection, event_id(&["task", &self.run, &name]), now, body);
        let group = if self.whole { "whole-sweep" } else { "sweep" };
        Ok(message.with_id("run", &self.run).with_id("slice", &name).about(group))
    }
}

/// The run of the schedule at `now`: every repetition of one schedule names the same. `None`: it is not this connection's
/// turn.
#[must_use]
pub fn run_of(sync: &Sync, now: Timestamp) -> Option<(String, bool)> {
    let number = now.as_second().div_euclid(SCHEDULE_SECONDS);
    let every = i64::from(sync.every_hours / 2).max(1);
    let begun = Timestamp::from_second(number * SCHEDULE_SECONDS).ok()?;
    (number % every == 0).then(|| (begun.strftime("%Y-%m-%dT%H").to_string(), number % SCHEDULES_A_DAY == 0))
}

/// The messages of one run. `whole`: everything since the start date, not just what ended lately.
///
/// # Errors
/// Never in practice: tasks are JSON.
pub fn tasks(
    connection: &str,
    sync: &Sync,
    run: &str,
    whole: bool,
    now: Timestamp,
) -> Result<Vec<Message>, serde_json::Error> {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let windows = windows(sync.start_date, today, whole);
    let count = u32::try_from(windows.len()).unwrap_or(u32::MAX);
    let slices = std::iter::once(Slice::Changes).chain(windows);
    let task = |slice| Task { v: Task::VERSION, run: run.to_owned(), windows: count, whole, slice };
    slices.map(|slice| task(slice).message(connection, now)).collect()
}

/// The message that carries out what `run` found missing.
///
/// # Errors
/// Never in practice: tasks are JSON.
pub fn confirmation(connection: &str, run: &str, now: Timestamp) -> Result<Message, serde_json::Error> {
    let task = Task { v: Task::VERSION, run: run.to_owned(), windows: 0, whole: true, slice: Slice::Confirmed };
    task.message(connection, now)
}

/// The message of a run that reads nothing but changes.
///
/// # Errors
/// Never in practice: tasks are JSON.
pub fn changes_only(connection: &str, run: &str, now: Timestamp) -> Result<Message, serde_json::Error> {
    let task = Task { v: Task::VERSION, run: run.to_owned(), windows: 0, whole: false, slice: Slice::Changes };
    task.message(connection, now)
}

fn windows(start: Date, today: Date, whole: bool) -> Vec<Slice> {
    let recent = today.saturating_sub(RECENT_DAYS.days());
    let mut from = if whole { start } else { start.max(recent) };
    let last = start.max(today.saturating_add((WINDOW_DAYS - RECENT_DAYS).days()));
    let mut windows = Vec::new();
    while from < last {
        let to = from.saturating_add(WINDOW_DAYS.days()).min(last);
        windows.push(Slice::Window { from, to: Some(to) });
        from = to;
    }
    windows.push(Slice::Window { from, to: None });
    windows
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sync(every_hours: u8) -> Sync {
        Sync { start_date: date(2026, 1, 1), every_hours, open_end_days: 90, hold_above_percent: 20, hold_above: 10 }
    }

    fn names(start: Date, whole: bool) -> Vec<String> {
        let spelt = |slice: &Slice| match slice {
            Slice::Window { from, to: Some(to) } => format!("{from}..{to}"),
            other => other.name(),
        };
        windows(start, date(2026, 6, 1), whole).iter().map(spelt).collect()
    }

    #[test]
    fn windows_lie_side_by_side_from_sixty_days_ago_or_the_start_to_the_future() {
        assert_eq!(names(date(2026, 1, 1), false), ["2026-04-02..2026-07-03", "window-2026-07-03"]);
        assert_eq!(
            names(date(2026, 1, 1), true),
            ["2026-01-01..2026-04-03", "2026-04-03..2026-07-03", "window-2026-07-03"]
        );
        assert_eq!(names(date(2026, 5, 20), false), ["2026-05-20..2026-07-03", "window-2026-07-03"]);
        assert_eq!(names(date(2027, 1, 1), true), ["window-2027-01-01"]);
    }

    #[test]
    fn a_repeated_schedule_is_the_same_run_and_once_a_day_it_is_whole() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(run_of(&sync(2), at("2026-06-01T08:00:03Z")), Some(("2026-06-01T08".to_owned(), false)));
        assert_eq!(run_of(&sync(2), at("2026-06-01T09:59:59Z")), Some(("2026-06-01T08".to_owned(), false)));
        assert_eq!(run_of(&sync(6), at("2026-06-01T08:00:03Z")), None);
        let whole = (0..24).filter(|hour| {
            let at = at(&format!("2026-06-01T{hour:02}:30:00Z"));
            run_of(&sync(6), at).is_some_and(|(_, whole)| whole)
        });
        assert_eq!(whole.count(), 2, "two hours of one schedule");
    }

    #[test]
    fn a_run_is_changes_and_windows_in_one_group() {
        let messages = tasks("absences", &sync(2), "2026-06-01T08", false, "2026-06-01T08:00:00Z".parse().unwrap());
        let messages = messages.unwrap();
        assert_eq!(messages.len(), 3);
        assert!(messages.iter().all(|message| message.group() == "absences.sweep"));
        insta::assert_snapshot!(messages[1].body.get(), @r#"{"v":1,"run":"2026-06-01T08","windows":2,"whole":false,"slice":{"kind":"window","from":"2026-04-02","to":"2026-07-03"}}"#);
        assert_eq!(Task::read(&messages[0].body).unwrap().slice, Slice::Changes);
    }
}
