//! What owners of connections that follow objects read: nothing of forms, and what stands in the target.

use super::*;

const ABSENCE: About<'_> = About {
    source: "Personio",
    target: "helloHQ",
    is_form: false,
    object: "absence",
    id: "1d8e3f7a-6b0e-4b0d-8f0a-2f6f1c7f9e11",
};

fn absence<'a>(kind: Kind, reasons: &'a [String]) -> Report<'a> {
    let records = vec![Record { name: "absence", value: ABSENCE.id }];
    Report {
        connection: "absences",
        flow: "personio-to-hellohq",
        about: ABSENCE,
        records,
        ..report(kind, reasons, &[])
    }
}

fn read(kind: Kind, reasons: &[&str]) {
    let reasons = lines(reasons);
    let (text, html) = texts(absence(kind, &reasons).render());
    for said in [&text, &html] {
        let about_forms = ["form", "response", "target system", "source system"];
        assert!(!about_forms.iter().any(|word| said.contains(word)), "{said}");
    }
    insta::assert_snapshot!(format!("absence_{}_text", word(kind)), text);
    insta::assert_snapshot!(format!("absence_{}_html", word(kind)), html);
}

#[test]
fn an_absence_whose_person_is_no_user() {
    let reason = "`hellohq.match_by`: no helloHQ user has the e-mail address of person 3004. All absences of this person wait \
        for that, and enter by themselves once it is mended.";
    read(Kind::Unmappable, &[reason]);
}

#[test]
fn an_absence_in_a_closed_month() {
    let attempted =
        "a new entry of helloHQ user 11, 2026-03-02 00:00 to 2026-03-05 00:00, was refused, so it does not stand there";
    read(Kind::Refused, &[attempted, "hellohq: start: refused"]);
}

#[test]
fn an_entry_that_was_removed_by_hand() {
    let reason = "`sync.when_removed_by_hand`: helloHQ does not hold the entry 501 of the absence any more";
    read(Kind::ByHand, &[reason]);
}

#[test]
fn removals_that_wait() {
    let reason = "Personio does not list 12 of 40 absences that are entered in helloHQ. If they are gone for good: `hrsync sweep \
        absences --confirm-deletions`.";
    read(Kind::Held, &[reason]);
}

#[test]
fn an_absence_that_was_given_up() {
    read(Kind::Dead, &["received 2026-02-20T08:00:00Z, tried until it came to the dead-letter queue"]);
}

/// Mail programs put mails of one subject together: those of another kind or object shall not be among them.
#[test]
fn each_kind_and_object_has_a_subject_of_its_own() {
    let reasons = lines(&["why"]);
    let kinds = [
        Kind::Duplicate,
        Kind::Unmappable,
        Kind::Refused,
        Kind::WithoutFile,
        Kind::Altered,
        Kind::ByHand,
        Kind::Dead,
        Kind::Unreadable,
    ];
    let mut subjects = std::collections::BTreeSet::new();
    for kind in kinds {
        for id in ["a1", "a2"] {
            let report = Report { about: About { id, ..ABSENCE }, ..absence(kind, &reasons) };
            let subject = report.render().unwrap().subject;
            assert!(subject.ends_with(&format!("(absence {id})")), "{subject}");
            subjects.insert(subject);
        }
    }
    assert_eq!(subjects.len(), 2 * kinds.len());
}

#[test]
fn only_what_a_retry_can_mend_offers_one() {
    let reasons = lines(&["why"]);
    let offers = |kind| {
        let alone = report(kind, &reasons, &[]).render().unwrap();
        let together = digest(kind, 2, &reasons, &[]).render().unwrap();
        [alone.text, alone.html, together.text, together.html].map(|said| said.contains("failures retry"))
    };
    for kind in [Kind::Unmappable, Kind::Refused, Kind::ByHand, Kind::Dead] {
        assert_eq!(offers(kind), [true; 4], "{kind:?}");
    }
    for kind in [Kind::Duplicate, Kind::WithoutFile, Kind::Altered, Kind::Unreadable] {
        assert_eq!(offers(kind), [false; 4], "{kind:?}");
    }
}

#[test]
fn code_is_marked_as_code_in_the_page_too() {
    let reasons = lines(&["`mapping`: mend it with `hrsync check`"]);
    let mail = absence(Kind::Unmappable, &reasons).render().unwrap();
    assert!(
        mail.html.contains("<li><code>mapping</code>: mend it with <code>hrsync check</code></li>"),
        "{}",
        mail.html
    );
}

/// The table of the README of `failures`: the subject's words, and whether the mail ends with a retry line.
#[test]
fn the_readme_tells_subjects_and_retry_lines_as_they_are() {
    let readme = include_str!("../../../../functions/failures/README.md");
    let rows: Vec<Vec<&str>> = readme
        .lines()
        .filter(|line| line.ends_with("| yes |") || line.ends_with("| no |"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let reasons = lines(&["why"]);
    let kinds = [
        Kind::Duplicate,
        Kind::Unmappable,
        Kind::Refused,
        Kind::WithoutFile,
        Kind::Altered,
        Kind::ByHand,
        Kind::Dead,
        Kind::Unreadable,
        Kind::Held,
        Kind::Halted,
        Kind::Resumed,
    ];
    assert_eq!(rows.len(), kinds.len());
    for kind in kinds {
        let mail = report(kind, &reasons, &[]).render().unwrap();
        let subject = mail.subject.trim_start_matches("[hrsync] careers: ").split(" (").next().unwrap();
        let row = rows.iter().find(|row| row[1] == subject).unwrap_or_else(|| panic!("{subject}: not in the README"));
        let offers = if mail.text.contains("failures retry") { "yes" } else { "no" };
        assert_eq!(row[4], offers, "{subject}");
    }
}
