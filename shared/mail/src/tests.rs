//! What owners read.

use jiff::Timestamp;

use super::*;

mod objects;

/// A response that goes to Personio.
const RESPONSE: About<'_> = About {
    source: "Heyflow",
    target: "Personio",
    is_form: true,
    object: "response",
    id: "8f14e45f-ceea-4c37-8f1e-0c5d5b8c2a11",
};

const JOB: &str = "personio: job_position_id: errors.job-position.not-published (the job is not published)";
const PUBLISH: &str = "Publish the job in Personio, or change `application.job_position_id` of the connection file.";

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn records() -> Vec<Record<'static>> {
    vec![
        Record { name: "flow", value: "Vho2vAPoENipbDaRusGU" },
        Record { name: "response", value: "8f14e45f-ceea-4c37-8f1e-0c5d5b8c2a11" },
    ]
}

fn report<'a>(kind: Kind, reasons: &'a [String], advice: &'a [String]) -> Report<'a> {
    let failure = "e9b3a731f54cfed559c4cbfb76a55ace-0";
    Report {
        kind,
        connection: "careers",
        flow: "heyflow-to-personio",
        about: RESPONSE,
        failure,
        thread: failure,
        stack: "hrsync",
        records: records(),
        links: Vec::new(),
        reasons,
        advice,
        at: "2026-03-01 11:00:00 CET (10:00:00 UTC)".to_owned(),
        kept_days: 30,
        digest_minutes: 60,
        replayable: true,
        deliveries_refused: false,
        digest_next: false,
    }
}

fn digest<'a>(kind: Kind, count: usize, reasons: &'a [String], advice: &'a [String]) -> Digest<'a> {
    let listed = Listed { failure: "e9b3a731f54cfed559c4cbfb76a55ace-0", records: records(), links: Vec::new() };
    Digest {
        kind,
        connection: "careers",
        flow: "heyflow-to-personio",
        about: RESPONSE,
        id: "digest-5f2b-1772359200000",
        thread: "digest-5f2b",
        stack: "hrsync",
        count,
        first: "2026-03-01 11:00:00 CET (10:00:00 UTC)".to_owned(),
        last: "2026-03-01 11:47:12 CET (10:47:12 UTC)".to_owned(),
        listed: vec![listed; count.min(2)],
        unlisted: count.saturating_sub(2),
        reasons,
        advice,
        kept_days: 30,
        digest_minutes: 60,
    }
}

/// Both texts, each for a snapshot of its own.
fn texts(mail: Result<Mail, BadTemplate>) -> (String, String) {
    let mail = mail.unwrap();
    (format!("Subject: {}\n\n{}", mail.subject, mail.text), mail.html)
}

/// Snapshots of both texts of a report.
fn read(kind: Kind, reasons: &[&str], advice: &[&str]) {
    let name = word(kind);
    let (reasons, advice) = (lines(reasons), lines(advice));
    let (text, html) = texts(report(kind, &reasons, &advice).render());
    insta::assert_snapshot!(format!("{name}_text"), text);
    insta::assert_snapshot!(format!("{name}_html"), html);
}

fn word(kind: Kind) -> String {
    format!("{kind:?}").to_lowercase()
}

#[test]
fn a_duplicate() {
    let reason = "personio: email: errors.applicant-already-exists (this address has applied for this job before)";
    read(Kind::Duplicate, &[reason], &["Look the earlier application up in Personio."]);
}

#[test]
fn an_unmappable_record() {
    let reasons =
        ["`application.email`: the input `E-mail` is empty", "`application.last_name`: the input `Name` is empty"];
    read(Kind::Unmappable, &reasons, &[]);
}

#[test]
fn a_refused_record() {
    read(Kind::Refused, &[JOB], &[PUBLISH]);
}

#[test]
fn a_record_that_went_in_without_a_file() {
    read(Kind::WithoutFile, &["`application.files`, category cv, input `CV`: the link answers 404"], &[]);
}

#[test]
fn a_record_that_did_not_go_in_as_it_came() {
    let value = "`application.attributes.birthday`: the input `Born` holds a text that is not a date (YYYY-MM-DD)";
    let file = "`application.files`, category cv, input `CV`: its name ends in .pages, its content in .zip; it is attached as .zip";
    read(Kind::Altered, &[value, file], &[]);
}

#[test]
fn a_record_that_was_changed_by_hand() {
    let reason = "`sync.when_removed_by_hand`: helloHQ does not hold the entry 501 of the absence any more";
    read(Kind::ByHand, &[reason], &[]);
}

#[test]
fn a_dead_record() {
    read(Kind::Dead, &["received 2026-02-20T08:00:00Z, tried until it came to the dead-letter queue"], &[]);
}

#[test]
fn a_delivery_that_cannot_be_read() {
    let advice = "Add the application by hand: Heyflow shows the response under the ids above.";
    read(Kind::Unreadable, &["unreadable at line 2, column 1: the body is not JSON"], &[advice]);
}

#[test]
fn a_digest_of_deliveries_offers_no_retry() {
    let mail = digest(Kind::Unreadable, 3, &lines(&["why"]), &[]).render().unwrap();
    for text in [&mail.text, &mail.html] {
        let show = "failures show 'careers' e9b3a731f54cfed559c4cbfb76a55ace-0 --message";
        assert!(text.contains(show) && !text.contains("failures retry"), "{text}");
    }
}

#[test]
fn a_sweep_that_waits() {
    read(Kind::Held, &["Personio does not list 12 of 40 absences that are entered in helloHQ"], &[]);
}

#[test]
fn a_halted_and_a_resumed_connection() {
    read(Kind::Halted, &["personio create application: login-refused"], &[]);
    read(Kind::Resumed, &[], &[]);
}

#[test]
fn a_halt_whose_receiver_takes_nothing_says_so() {
    let reasons = lines(&["the connection has no secret; set it with `hrsync secrets set`"]);
    let mail = Report { deliveries_refused: true, ..report(Kind::Halted, &reasons, &[]) }.render().unwrap();
    for text in [&mail.text, &mail.html] {
        assert!(text.contains("503") && text.contains("may be lost") && !text.contains("Nothing is lost"), "{text}");
    }
    let mail = report(Kind::Halted, &reasons, &[]).render().unwrap();
    assert!(mail.text.contains("Nothing is lost") && !mail.text.contains("503"), "{}", mail.text);
}

#[test]
fn a_digest() {
    let (reasons, advice) = (lines(&[JOB]), lines(&[PUBLISH]));
    let (text, html) = texts(digest(Kind::Refused, 47, &reasons, &advice).render());
    insta::assert_snapshot!("digest_text", text);
    insta::assert_snapshot!("digest_html", html);
}

#[test]
fn a_digest_of_each_kind_says_what_happened_and_how_to_retry() {
    let reasons = lines(&["why"]);
    let mut said = Vec::new();
    for kind in
        [Kind::Duplicate, Kind::Unmappable, Kind::Refused, Kind::WithoutFile, Kind::Altered, Kind::ByHand, Kind::Dead]
    {
        let mail = digest(kind, 1, &reasons, &[]).render().unwrap();
        let first = mail.text.lines().next().unwrap();
        let retry = mail.text.lines().find(|line| line.contains("--all-of")).unwrap_or("no retry");
        assert!(mail.html.contains("--all-of") == (retry != "no retry"), "{}", mail.html);
        said.push(format!("{}\n{first}\n{}", mail.subject, retry.trim()));
    }
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn what_is_vendors_words_or_ids_stays_text_in_the_page() {
    let reasons = lines(&["<b onclick=\"x\">bold</b> & 'quoted'"]);
    let mail = report(Kind::Refused, &reasons, &[]).render().unwrap();
    assert!(mail.text.contains("<b onclick=\"x\">bold</b> & 'quoted'"));
    assert!(
        mail.html.contains("&lt;b onclick=&quot;x&quot;&gt;bold&lt;") && !mail.html.contains("<b "),
        "{}",
        mail.html
    );
}

#[test]
fn a_vendors_page_is_linked() {
    let links = vec![Link { label: "contract page".to_owned(), url: "https://vendor.example/contracts/7?a=1&b=2" }];
    let reasons = lines(&["why"]);
    let mail = Report { links, ..report(Kind::Refused, &reasons, &[]) }.render().unwrap();
    assert!(mail.text.contains("  contract page: https://vendor.example/contracts/7?a=1&b=2\n"), "{}", mail.text);
    let link = "<a href=\"https:&#x2f;&#x2f;vendor.example&#x2f;contracts&#x2f;7?a=1&amp;b=2\">";
    assert!(mail.html.contains(link), "{}", mail.html);
}

#[test]
fn what_cannot_be_retried_is_not_offered_for_it() {
    let reasons = lines(&["a message of version 7, this hrsync reads version 1"]);
    let unreadable = Report { connection: "(unreadable)", replayable: false, ..report(Kind::Dead, &reasons, &[]) };
    let mail = unreadable.render().unwrap();
    for text in [&mail.text, &mail.html] {
        assert!(
            !text.contains("failures retry") && text.contains("It cannot be handed over again from here"),
            "{text}"
        );
    }
}

#[test]
fn the_last_mail_before_a_digest_says_so_and_days_are_those_that_are_set() {
    let reasons = lines(&["why"]);
    let report = Report { digest_next: true, kept_days: 7, ..report(Kind::Refused, &reasons, &[]) };
    let mail = report.render().unwrap();
    for text in [&mail.text, &mail.html] {
        assert!(text.contains("told together from now on") && text.contains("kept here for 7 days"), "{text}");
    }
}

fn message(mail: &Mail) -> String {
    let at: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
    String::from_utf8(mail.message("hrsync@example.com", "owner@example.com", at)).unwrap()
}

fn headers(mail: &Mail) -> String {
    let message = message(mail);
    assert!(message.split("\r\n").all(|line| line.len() <= 998 && line.is_ascii()), "{message}");
    message.split("\r\n\r\n").next().unwrap().replace("\r\n", "\n")
}

#[test]
fn the_message_is_text_and_html_with_proper_headers() {
    let reasons = lines(&["why"]);
    let mail = report(Kind::Resumed, &reasons, &[]).render().unwrap();
    insta::assert_snapshot!("message", message(&mail).replace("\r\n", "\n"));
}

#[test]
fn a_subject_beyond_ascii_is_encoded() {
    let reasons = lines(&["why"]);
    let mail = Report { connection: "grün", ..report(Kind::Resumed, &reasons, &[]) }.render().unwrap();
    let headers = headers(&mail);
    let subject = headers.lines().find(|line| line.starts_with("Subject: ")).unwrap();
    assert_eq!(subject, "Subject: =?utf-8?Q?[hrsync]_gr=C3=BCn:_works_again?=");
}

/// The references of a mail, and its own id.
fn thread(mail: &Mail) -> (String, String) {
    let headers = headers(mail);
    let value = |name: &str| headers.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    assert_eq!(value("In-Reply-To: "), value("References: "));
    (value("References: "), value("Message-ID: "))
}

#[test]
fn a_halts_mails_are_one_thread_and_a_mail_that_is_repeated_is_the_same() {
    let reasons = lines(&["login-refused"]);
    let notice = |kind, failure| {
        let report = Report { failure, thread: "halted-1772359200000", ..report(kind, &reasons, &[]) };
        thread(&report.render().unwrap())
    };
    let first = notice(Kind::Halted, "halted-1772359200000-0");
    let later = notice(Kind::Halted, "halted-1772359200000-1");
    let resumed = notice(Kind::Resumed, "mended-1772359200000");
    assert_eq!((&first.0, &first.0), (&later.0, &resumed.0));
    assert_eq!(
        [&first, &later, &resumed].map(|it| it.1.clone()).into_iter().collect::<std::collections::BTreeSet<_>>().len(),
        3
    );
    assert_eq!(first, notice(Kind::Halted, "halted-1772359200000-0"));
    assert_eq!(first.0, "<halted-1772359200000.thread.careers.hrsync@example.com>");
    assert_eq!(first.1, "<halted-1772359200000-0.careers.hrsync@example.com>");
    let other = Report { stack: "other", failure: "halted-1772359200000-0", ..report(Kind::Halted, &reasons, &[]) };
    assert_ne!(thread(&other.render().unwrap()).1, first.1, "another stack's");
}

#[test]
fn a_name_that_is_none_makes_no_header() {
    let reasons = lines(&["why"]);
    let odd = Report { connection: "(unreadable)", failure: "a\r\nBcc: b", ..report(Kind::Dead, &reasons, &[]) };
    let headers = headers(&odd.render().unwrap());
    assert!(headers.contains("Message-ID: <a__Bcc__b._unreadable_.hrsync@example.com>"), "{headers}");
    assert!(!headers.contains("\nBcc"), "{headers}");
}
