//! The standings as a table, or, where the screen is too narrow for one, as a few lines for each connection.

use jiff::{SignedDuration, Timestamp};

use super::standing::Standing;
use crate::say;

/// As wide as the screen allows. `None`: as wide as it comes.
pub(super) fn shown(standings: &[Standing], now: Timestamp, width: Option<usize>) -> String {
    let head = [
        "CONNECTION",
        "STATE",
        "LAST EVENT",
        "SUCCESS",
        "LAG",
        "RECEIVED",
        "DONE",
        "SKIPPED",
        "REJECTED",
        "DEAD",
        "IN FLIGHT",
        "MISSING",
    ];
    let rows: Vec<_> =
        std::iter::once(head.map(str::to_owned)).chain(standings.iter().map(|it| row(it, now))).collect();
    let table = say::columns(&rows);
    let is_wide = |width| table.lines().any(|line| line.chars().count() > width);
    if width.is_some_and(is_wide) {
        return standings.iter().map(|standing| block(standing, now)).collect::<Vec<_>>().join("\n");
    }
    table
}

fn row(standing: &Standing, now: Timestamp) -> [String; 12] {
    let balance = standing.balance;
    let [event, success, lag] = times(standing, now);
    let counts = [
        balance.received,
        balance.done,
        balance.skipped,
        balance.rejected,
        balance.dead,
        standing.in_flight(),
        standing.missing(),
    ];
    let [received, done, skipped, rejected, dead, in_flight, missing] = counts.map(|count| count.to_string());
    let (name, state) = (standing.connection.name.clone(), standing.state().word().to_owned());
    [name, state, event, success, lag, received, done, skipped, rejected, dead, in_flight, missing]
}

fn block(standing: &Standing, now: Timestamp) -> String {
    let [name, state, event, success, lag, received, done, skipped, rejected, dead, in_flight, missing] =
        row(standing, now);
    format!(
        "{name}: {state}\n  last event {event}, success {success}, lag {lag}\n  {received} received = {done} done + \
         {skipped} skipped + {rejected} rejected + {dead} dead\n    + {in_flight} in flight + {missing} missing"
    )
}

/// Last event, last success, and for how long the oldest record has not ended.
fn times(standing: &Standing, now: Timestamp) -> [String; 3] {
    let ago = |time: Option<Timestamp>, none: &str| {
        time.map_or_else(|| none.to_owned(), |time| rough(now.duration_since(time)))
    };
    let before = |time| match ago(time, "-") {
        none if none == "-" => none,
        ago => format!("{ago} ago"),
    };
    [before(standing.last_event), before(standing.last_success), ago(standing.oldest, "none")]
}

/// A duration in one unit.
fn rough(time: SignedDuration) -> String {
    match time.as_secs().max(0) {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} min", seconds / 60),
        seconds @ 7_200..172_800 => format!("{} h", seconds / 3_600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::super::standing::find_lost;
    use super::super::standing::tests::{at, careers};
    use super::*;

    fn standings() -> [Standing; 2] {
        let mut interns = careers(0, "10:20");
        interns.connection.name = "interns".to_owned();
        interns.connection.paused = Some(at("11:00"));
        let mut standings = [careers(0, "11:40"), interns];
        find_lost(&mut standings);
        standings
    }

    #[test]
    fn a_wide_screen_shows_a_table() {
        insta::assert_snapshot!(shown(&standings(), at("12:00"), None), @r"
        CONNECTION  STATE   LAST EVENT  SUCCESS      LAG      RECEIVED  DONE  SKIPPED  REJECTED  DEAD  IN FLIGHT  MISSING
        careers     ok      5 min ago   109 min ago  21 min   2         1     0        0         0     1          0
        interns     paused  5 min ago   109 min ago  101 min  2         1     0        0         0     0          1
        ");
    }

    #[test]
    fn a_narrow_screen_shows_lines() {
        let narrow = shown(&standings(), at("12:00"), Some(80));
        insta::assert_snapshot!(narrow, @r"
        careers: ok
          last event 5 min ago, success 109 min ago, lag 21 min
          2 received = 1 done + 0 skipped + 0 rejected + 0 dead
            + 1 in flight + 0 missing
        interns: paused
          last event 5 min ago, success 109 min ago, lag 101 min
          2 received = 1 done + 0 skipped + 0 rejected + 0 dead
            + 0 in flight + 1 missing
        ");
        assert!(narrow.lines().all(|line| line.len() <= 80));
        assert_eq!(shown(&standings(), at("12:00"), Some(160)), shown(&standings(), at("12:00"), None));
    }

    #[test]
    fn a_duration_is_told_in_one_unit() {
        let told = [-5, 0, 119, 120, 7_199, 7_200, 172_800].map(|seconds| rough(SignedDuration::from_secs(seconds)));
        assert_eq!(told, ["0 s", "0 s", "119 s", "2 min", "119 min", "2 h", "2 d"]);
    }
}
