//! A line of the history: when, which function, what became of it, of what, and why.

use logs::Line;
use serde_json::{Value, json};

/// A line for people.
pub(super) fn text(line: &Line) -> String {
    let Line { at, object, said, replay, .. } = line;
    let what = [object.clone(), if *replay > 0 { format!("replay {replay}") } else { String::new() }, why(line)];
    let what: Vec<_> = what.into_iter().filter(|part| !part.is_empty()).collect();
    let (at, function, outcome) = (at.strftime("%Y-%m-%d %H:%M:%S"), short(line), said.word());
    format!("{at}  {function:<13}  {outcome:<11}  {}", what.join("  ")).trim_end().to_owned()
}

/// The reason, how often it was tried, and when it comes back.
fn why(line: &Line) -> String {
    let reason = (!line.reason.is_empty()).then(|| line.reason.clone());
    let tried = (line.receive > 1).then(|| format!("attempt {}", line.receive));
    let again = line.again.map(|again| format!("again in {} s", again.as_secs()));
    reason.into_iter().chain(tried).chain(again).collect::<Vec<_>>().join("; ")
}

/// The function's name without its flow's.
fn short(line: &Line) -> &str {
    line.function.strip_prefix(&format!("{}-", line.flow)).unwrap_or(&line.function)
}

/// A line for scripts.
pub(super) fn json(line: &Line) -> Value {
    let Line { at, function, object, event, replay, receive, said, reason, again, .. } = line;
    json!({
        "at": at, "function": function, "outcome": said.word(), "object": object, "event": event, "replay": replay,
        "attempt": receive, "reason": reason, "again_in_s": again.map(|again| again.as_secs()),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use edge::{Outcome, Received};
    use logs::Said;

    use super::*;

    /// An attempt at an absence.
    pub(in crate::history) fn line(event: &str) -> Line {
        Line {
            at: "2026-03-01T10:00:30.5Z".parse().unwrap(),
            function: "personio-to-hellohq-push".to_owned(),
            flow: "personio-to-hellohq".to_owned(),
            connection: "absences".to_owned(),
            object: "absence=1d8e".to_owned(),
            event: Some(event.to_owned()),
            replay: 0,
            receive: 1,
            said: Said::Record(Outcome::Done),
            reason: String::new(),
            again: None,
            age: None,
        }
    }

    #[test]
    fn each_line_says_when_where_what_and_why() {
        let delivery = Line {
            function: "personio-to-hellohq-webhook".to_owned(),
            object: String::new(),
            receive: 0,
            said: Said::Request(Received::Queued),
            ..line("e1")
        };
        let retry = Line {
            said: Said::Record(Outcome::Retry),
            reason: "hellohq: start: unavailable".to_owned(),
            receive: 2,
            again: Some(Duration::from_secs(60)),
            ..line("e1")
        };
        let dead = Line { function: "failures-poll".to_owned(), said: Said::Record(Outcome::Dead), ..line("e1") };
        let replayed = Line { replay: 1, ..line("e1") };
        let told = [delivery, retry.clone(), dead, replayed].map(|line| text(&line)).join("\n");
        insta::assert_snapshot!(told, @r"
        2026-03-01 10:00:30  webhook        queued
        2026-03-01 10:00:30  push           retry        absence=1d8e  hellohq: start: unavailable; attempt 2; again in 60 s
        2026-03-01 10:00:30  failures-poll  dead         absence=1d8e
        2026-03-01 10:00:30  push           done         absence=1d8e  replay 1
        ");
        let expected = json!({
            "at": "2026-03-01T10:00:30.5Z", "function": "personio-to-hellohq-push", "outcome": "retry",
            "object": "absence=1d8e", "event": "e1", "replay": 0, "attempt": 2,
            "reason": "hellohq: start: unavailable", "again_in_s": 60,
        });
        assert_eq!(json(&retry), expected);
    }
}
