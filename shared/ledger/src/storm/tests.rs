//! Which failures are told alone and which together.

use super::*;

const HOUR: Duration = Duration::from_secs(60 * 60);

fn failure(cause: Cause, reason: &str) -> Failure {
    Failure {
        id: "e-0".to_owned(),
        connection: "careers".to_owned(),
        flow: "heyflow-to-personio".to_owned(),
        cause,
        ids: Vec::new(),
        reasons: vec![reason.to_owned()],
        advice: Vec::new(),
        message: None,
        failed: Timestamp::UNIX_EPOCH,
        mailed: None,
    }
}

fn storm(cause: Cause, reason: &str) -> Option<String> {
    Storm::of(&failure(cause, reason)).map(|storm| storm.as_str().to_owned())
}

fn at(minutes: u64) -> Timestamp {
    Timestamp::UNIX_EPOCH + Duration::from_secs(60 * minutes)
}

fn key() -> Storm {
    Storm("careers/refused/why".to_owned())
}

/// The windows that failures meet one after the other, each at its minute; whether each is told alone.
fn told(failures: &[(&str, u64)]) -> (Option<Window>, Vec<bool>) {
    let mut known: Option<Window> = None;
    let mut alone = Vec::new();
    for (id, minute) in failures {
        match Window::step(known.as_ref(), &key(), id, HOUR, at(*minute)) {
            Step::Stands(_) => alone.push(true),
            Step::Write(window) => {
                known = Some(window);
                alone.push(true);
            }
            Step::Fold(since) => {
                let window = known.as_mut().unwrap();
                assert_eq!(since, window.since);
                window.folds = true;
                alone.push(false);
            }
        }
    }
    (known, alone)
}

#[test]
fn what_differs_from_record_to_record_makes_no_storm_of_its_own() {
    for (reason, code) in [
        (
            "personio: email: errors.applicant-already-exists (known)",
            "personio: email: errors.applicant-already-exists",
        ),
        ("received 2026-02-20T08:00:00Z, tried until it came", "received # tried until it came"),
        ("`application.email`: the input `E-mail` is empty", "`application.email`: the input `E-mail` is empty"),
        ("", ""),
    ] {
        assert_eq!(storm(Cause::Refused, reason), Some(format!("careers/refused/{code}")));
    }
    assert_eq!(storm(Cause::Dead, &"x".repeat(1000)).unwrap().len(), "careers/dead/".len() + LONGEST_CODE);
    assert_ne!(storm(Cause::Refused, "why"), storm(Cause::Duplicate, "why"));
}

#[test]
fn notices_of_whole_connections_are_never_folded() {
    assert_eq!(storm(Cause::Halted, "why"), None);
    assert_eq!(storm(Cause::Mended, "why"), None);
}

#[test]
fn three_an_hour_are_told_alone() {
    assert_eq!(told(&[("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 59)]).1, [true, true, true, false, false]);
    assert_eq!(told(&[("a", 0), ("b", 50), ("c", 61), ("d", 62), ("e", 63)]).1, [true; 5], "another hour began");
}

#[test]
fn a_failure_that_is_tried_again_keeps_its_mail() {
    assert_eq!(
        told(&[("a", 0), ("a", 1), ("b", 2), ("c", 3), ("a", 4), ("d", 5)]).1,
        [true, true, true, true, true, false]
    );
    assert_eq!(told(&[("a", 0), ("b", 0), ("c", 0), ("d", 0), ("c", 500)]).1, [true, true, true, false, true]);
}

#[test]
fn nothing_is_told_alone_while_a_summary_is_to_go_and_an_hour_after_it() {
    let (window, alone) = told(&[("a", 0), ("b", 0), ("c", 0), ("d", 0), ("e", 61)]);
    assert_eq!(alone, [true, true, true, false, false], "the summary comes first");
    let after = window.unwrap().next(at(75), true);
    assert_eq!((after.since, after.mailed), (at(75), at(75)));
    let step = |minute| Window::step(Some(&after), &key(), "f", HOUR, at(minute));
    assert_eq!(step(80), Step::Fold(at(75)), "an hourly summary, not three mails more");
    let Step::Write(calm) = step(135) else { panic!("the storm is over") };
    assert_eq!((calm.since, calm.singles.as_slice()), (at(135), ["f".to_owned()].as_slice()));
}

#[test]
fn windows_have_different_names_also_where_clocks_do_not() {
    let window = Window::begin(&key(), at(5));
    assert!(window.next(at(5), true).since > window.since);
    assert!(window.next(at(4), true).since > window.since);
}

#[test]
fn the_last_of_a_window_is_known_as_such() {
    let (window, _) = told(&[("a", 0), ("b", 0)]);
    assert_eq!(window.as_ref().unwrap().admission(), Admission::Single { last: false });
    assert_eq!(window.unwrap().with("c", at(0)).admission(), Admission::Single { last: true });
}

#[test]
fn a_summary_is_due_an_hour_after_the_last_mail_and_what_was_begun_at_once() {
    let other = Storm("careers/refused/other".to_owned());
    let pointer = |id: &str| Unmailed::of(&Failure { id: id.to_owned(), ..failure(Cause::Refused, "why") }, 0);
    let unmailed = [
        pointer("alone"),
        pointer("a").folded_into(&key(), at(0)),
        pointer("b").folded_into(&key(), at(90)),
        pointer("c").folded_into(&other, at(20)),
    ];
    let window = |storm: &Storm, since| Window { since: at(since), ..Window::begin(storm, at(since + 2)) };
    let windows = [window(&key(), 90), window(&other, 20)];
    let due = |minute| {
        let due = due(&unmailed, &windows, HOUR, at(minute));
        due.iter().map(|it| (it.storm.clone(), it.window, it.first.failure.clone())).collect::<Vec<_>>()
    };
    let begun = (key(), at(0), "a".to_owned());
    let others = (other.clone(), at(20), "c".to_owned());
    assert_eq!(due(81), std::slice::from_ref(&begun), "another window has followed it");
    assert_eq!(due(82), [others.clone(), begun]);
    assert_eq!(due(152), [others, (key(), at(90), "a".to_owned())], "one summary for both windows");
}
