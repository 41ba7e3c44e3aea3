//! A run of sweeps: the messages between schedule, console and sweeper.

use edge::verdict::Fault;
use edge::{Message, event_id, read_body};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// How far back every run looks for removals; what ended earlier is looked at once a day.
const RECENT_DAYS: i64 = 60;
/// How many days one window holds: bounds what a slice keeps in memory, and how much is read again after a failure.
const WINDOW_DAYS: i64 = 92;
const HOUR_SECONDS: i64 = 60 * 60;

/// How often a connection is swept, and from when on its objects count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Objects that end before this day do not count. `None`: objects have no days, and one window holds them all.
    pub start: Option<Date>,
    /// How many hours lie between two schedules of the flow; divides a day.
    pub schedule_hours: u8,
    /// How many hours lie between two runs; a multiple of `schedule_hours`.
    pub every_hours: u8,
    /// Whether whole runs read the target's list as well.
    pub reads_target: bool,
}

/// Days that are read together: what ends in them is compared with the links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The first day.
    pub from: Date,
    /// The day after the last. `None`: all days to come, and what has no end.
    pub to: Option<Date>,
}

/// A part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Slice {
    /// What was updated since the cursor, and what waits or is due. Comes first and reads the links for all windows.
    Changes,
    /// One of the run's windows.
    Window(Window),
    /// The target's own list: what links hold and the list does not show. Comes last in whole runs, and in no others.
    Target,
    /// Nothing: a person has confirmed what the run found missing.
    Confirmed,
}

/// The body of a message to a sweeper. `v` is the version of this shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    v: u8,
    /// The run that the slice belongs to.
    pub run: String,
    /// All windows of the run.
    pub windows: Vec<Window>,
    /// Whether the run reads everything since the start, not just what is recent.
    pub whole: bool,
    /// What is to be read.
    pub slice: Slice,
}

/// A run that the schedule starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// The run's id: every repetition of one schedule names the same.
    pub run: String,
    /// Whether the run reads everything since the start.
    pub whole: bool,
}

impl Window {
    /// The window's name in its run.
    #[must_use]
    pub fn name(&self) -> String {
        format!("window-{}", self.from)
    }

    /// Whether what sweeps assign to `day` (`None`: to the last window) lies in this window.
    #[must_use]
    pub fn contains(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => self.from <= day && self.to.is_none_or(|to| day < to),
            None => self.to.is_none(),
        }
    }
}

impl Slice {
    /// The slice's name in its run.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Changes => "changes".to_owned(),
            Self::Window(window) => window.name(),
            Self::Target => "target".to_owned(),
            Self::Confirmed => "confirmed".to_owned(),
        }
    }

    /// The key of what is told where slices of this kind are behind.
    pub(crate) fn behind(&self) -> &'static str {
        match self {
            Self::Changes => "sweeps-behind-changes",
            Self::Window(_) => "sweeps-behind-windows",
            Self::Target => "sweeps-behind-target",
            Self::Confirmed => "sweeps-behind-confirmed",
        }
    }
}

impl Task {
    /// The version of this shape that is written and read.
    pub const VERSION: u8 = 2;

    /// Reads a message's body.
    ///
    /// # Errors
    /// [`Fault::Version`]: another version of hrsync wrote the task; the message stays for it. [`Fault::Malformed`]: the body
    /// is no task.
    pub fn read(body: &RawValue) -> Result<Self, Fault> {
        read_body(body, "task", Self::VERSION)
    }

    /// The message. A connection's slices are one group: they are read one after the other, the changes first, and another
    /// connection's are not kept waiting. The slices of a whole run are a group of their own, which does not keep the others
    /// waiting either.
    fn message(&self, flow: &'static str, connection: &str, now: Timestamp) -> Result<Message, serde_json::Error> {
        let body = serde_json::value::to_raw_value(self)?;
        let name = self.slice.name();
        let message = Message::new(flow, connection, event_id(&["task", &self.run, &name]), now, body);
        let group = if self.whole { "whole-sweep" } else { "sweep" };
        Ok(message.with_id("run", &self.run).with_id("slice", &name).about(group))
    }
}

/// The run of the schedule at `now`. `None`: it is not this connection's turn.
#[must_use]
pub fn scheduled(rhythm: Rhythm, now: Timestamp) -> Option<Scheduled> {
    let schedule_hours = i64::from(rhythm.schedule_hours.max(1));
    let number = now.as_second().div_euclid(schedule_hours * HOUR_SECONDS);
    let every = (i64::from(rhythm.every_hours) / schedule_hours).max(1);
    let begun = Timestamp::from_second(number * schedule_hours * HOUR_SECONDS).ok()?;
    let whole = number % (24 / schedule_hours).max(1) == 0;
    (number % every == 0).then(|| Scheduled { run: begun.strftime("%Y-%m-%dT%H").to_string(), whole })
}

/// The messages of one run. `whole`: everything since the start, not just what ended lately.
///
/// # Errors
/// Where a task cannot be serialized: a defect.
pub fn tasks(
    flow: &'static str,
    connection: &str,
    rhythm: Rhythm,
    scheduled: &Scheduled,
    now: Timestamp,
) -> Result<Vec<Message>, serde_json::Error> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let Scheduled { run, whole } = scheduled;
    let windows = windows(rhythm.start, today, *whole);
    let target = (*whole && rhythm.reads_target).then_some(Slice::Target);
    let slices = std::iter::once(Slice::Changes).chain(windows.iter().copied().map(Slice::Window)).chain(target);
    let task = |slice| Task { v: Task::VERSION, run: run.clone(), windows: windows.clone(), whole: *whole, slice };
    slices.map(|slice| task(slice).message(flow, connection, now)).collect()
}

/// The message that carries out what `run` found missing.
///
/// # Errors
/// Where the task cannot be serialized: a defect.
pub fn confirmation(
    flow: &'static str,
    connection: &str,
    run: &str,
    now: Timestamp,
) -> Result<Message, serde_json::Error> {
    let slice = Slice::Confirmed;
    let task = Task { v: Task::VERSION, run: run.to_owned(), windows: Vec::new(), whole: true, slice };
    task.message(flow, connection, now)
}

/// The message of a run that reads nothing but changes.
///
/// # Errors
/// Where the task cannot be serialized: a defect.
pub fn changes_only(
    flow: &'static str,
    connection: &str,
    run: &str,
    now: Timestamp,
) -> Result<Message, serde_json::Error> {
    let slice = Slice::Changes;
    let task = Task { v: Task::VERSION, run: run.to_owned(), windows: Vec::new(), whole: false, slice };
    task.message(flow, connection, now)
}

fn windows(start: Option<Date>, today: Date, whole: bool) -> Vec<Window> {
    let Some(start) = start else { return vec![Window { from: Date::ZERO, to: None }] };
    let recent = today.saturating_sub(RECENT_DAYS.days());
    let mut from = if whole { start } else { start.max(recent) };
    let last = start.max(today.saturating_add((WINDOW_DAYS - RECENT_DAYS).days()));
    let mut windows = Vec::new();
    while from < last {
        let to = from.saturating_add(WINDOW_DAYS.days()).min(last);
        windows.push(Window { from, to: Some(to) });
        from = to;
    }
    windows.push(Window { from, to: None });
    windows
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn rhythm(every_hours: u8) -> Rhythm {
        Rhythm { start: Some(date(2026, 1, 1)), schedule_hours: 2, every_hours, reads_target: true }
    }

    fn spelled(start: Date, whole: bool) -> Vec<String> {
        let spelled = |window: &Window| match window.to {
            Some(to) => format!("{}..{to}", window.from),
            None => window.name(),
        };
        windows(Some(start), date(2026, 6, 1), whole).iter().map(spelled).collect()
    }

    #[test]
    fn windows_lie_side_by_side_from_sixty_days_ago_or_the_start_to_the_future() {
        assert_eq!(spelled(date(2026, 1, 1), false), ["2026-04-02..2026-07-03", "window-2026-07-03"]);
        assert_eq!(
            spelled(date(2026, 1, 1), true),
            ["2026-01-01..2026-04-03", "2026-04-03..2026-07-03", "window-2026-07-03"]
        );
        assert_eq!(spelled(date(2026, 5, 20), false), ["2026-05-20..2026-07-03", "window-2026-07-03"]);
        assert_eq!(spelled(date(2027, 1, 1), true), ["window-2027-01-01"]);
    }

    #[test]
    fn every_day_lies_in_one_window_and_what_has_no_end_in_the_last() {
        let windows = windows(Some(date(2026, 1, 1)), date(2026, 6, 1), true);
        for day in [Some(date(2026, 1, 1)), Some(date(2026, 4, 3)), Some(date(2036, 1, 1)), None] {
            assert_eq!(windows.iter().filter(|window| window.contains(day)).count(), 1, "{day:?}");
        }
        assert!(windows.last().unwrap().contains(None));
        assert!(!windows.iter().any(|window| window.contains(Some(date(2025, 12, 31)))));
    }

    #[test]
    fn what_has_no_days_lies_in_one_window() {
        for whole in [true, false] {
            let windows = windows(None, date(2026, 6, 1), whole);
            assert_eq!(windows.len(), 1);
            assert!(windows[0].contains(None) && windows[0].contains(Some(Date::ZERO)));
        }
    }

    #[test]
    fn a_repeated_schedule_is_the_same_run_and_once_a_day_it_is_whole() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let first = Some(Scheduled { run: "2026-06-01T08".to_owned(), whole: false });
        assert_eq!(scheduled(rhythm(2), at("2026-06-01T08:00:03Z")), first);
        assert_eq!(scheduled(rhythm(2), at("2026-06-01T09:59:59Z")), first);
        assert_eq!(scheduled(rhythm(6), at("2026-06-01T08:00:03Z")), None);
        let whole = (0..24).filter(|hour| {
            let at = at(&format!("2026-06-01T{hour:02}:30:00Z"));
            scheduled(rhythm(6), at).is_some_and(|scheduled| scheduled.whole)
        });
        assert_eq!(whole.count(), 2, "two hours of one schedule");
    }

    #[test]
    fn an_hourly_schedule_has_a_run_for_each_hour_or_for_those_that_are_asked_for() {
        let runs = |every_hours| {
            let rhythm = Rhythm { schedule_hours: 1, ..rhythm(every_hours) };
            let at = |hour| format!("2026-06-01T{hour:02}:07:00Z").parse().unwrap();
            let runs: Vec<Scheduled> = (0..24).filter_map(|hour| scheduled(rhythm, at(hour))).collect();
            let whole: Vec<String> = runs.iter().filter(|run| run.whole).map(|run| run.run.clone()).collect();
            (runs.len(), whole)
        };
        let midnight = vec!["2026-06-01T00".to_owned()];
        assert_eq!(runs(1), (24, midnight.clone()));
        assert_eq!(runs(3), (8, midnight.clone()));
        assert_eq!(runs(24), (1, midnight));
    }

    #[test]
    fn a_run_is_changes_and_windows_in_one_group() {
        let scheduled = Scheduled { run: "2026-06-01T08".to_owned(), whole: false };
        let now = "2026-06-01T08:00:00Z".parse().unwrap();
        let messages = tasks("a-to-b", "things", rhythm(2), &scheduled, now).unwrap();
        assert_eq!(messages.len(), 3);
        assert!(messages.iter().all(|message| message.group() == "things.sweep"));
        insta::assert_snapshot!(messages[2].body.get(), @r#"{"v":2,"run":"2026-06-01T08","windows":[{"from":"2026-04-02","to":"2026-07-03"},{"from":"2026-07-03","to":null}],"whole":false,"slice":{"kind":"window","from":"2026-07-03","to":null}}"#);
        assert_eq!(Task::read(&messages[0].body).unwrap().slice, Slice::Changes);
    }

    #[test]
    fn only_whole_runs_read_the_targets_list_and_they_do_it_last() {
        let last = |whole, reads_target| {
            let scheduled = Scheduled { run: "r".to_owned(), whole };
            let rhythm = Rhythm { reads_target, ..rhythm(2) };
            let messages = tasks("a-to-b", "things", rhythm, &scheduled, Timestamp::UNIX_EPOCH).unwrap();
            Task::read(&messages.last().unwrap().body).unwrap().slice
        };
        assert_eq!(last(true, true), Slice::Target);
        assert!(matches!((last(false, true), last(true, false)), (Slice::Window(_), Slice::Window(_))));
    }

    #[test]
    fn a_task_of_another_version_is_not_half_read() {
        let body = RawValue::from_string(
            r#"{"v":1,"run":"r","windows":2,"whole":true,"slice":{"kind":"changes"}}"#.to_owned(),
        );
        assert!(matches!(Task::read(&body.unwrap()), Err(Fault::Version { what: "task", found: 1 })));
    }
}
