//! Files: fetched from the form's links, uploaded once, attached; and what happens when one cannot be had.

use std::time::Duration;

use edge::batch::Handled;
use serde_json::{Value, json};
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::heyflow::{Refusal, Upload};

use super::answers;
use crate::support::house::{House, rest};

const CREATE: &str = "POST /v1/recruiting/applications";
const UPLOAD: &str = "POST /v1/recruiting/applications/documents";
const PDF: &[u8] = b"%PDF-1.7\na sample curriculum vitae";

fn outcomes(ended: &[Handled]) -> Vec<&'static str> {
    ended.iter().map(|ended| ended.outcome.word()).collect()
}

/// Answers with a CV under a link of the form.
fn with_cv(house: &House, upload: Upload) -> Value {
    let path = house.twins.heyflow().upload("u1", "Sample CV.pdf", upload);
    let mut answers = answers("sample@applicant.example");
    answers["CV"] = json!(link(house, &path));
    answers
}

fn link(house: &House, path: &str) -> String {
    format!("{}/heyflow{path}", house.twins.url())
}

fn pdf() -> Upload {
    Upload::new("application/pdf", PDF)
}

#[tokio::test]
async fn a_cv_is_uploaded_and_attached() {
    let house = House::new().await;
    house.deliver("r1", with_cv(&house, pdf())).await;
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    let applications = house.twins.personio().applications();
    assert_eq!(applications.len(), 1);
    assert_eq!(applications[0].files.len(), 1);
    assert_eq!(applications[0].files[0].category, "cv");
    assert_eq!(house.twins.personio().documents().len(), 1);
    house.close().await;
}

/// The answer to the creation is lost: the next attempt uploads nothing again.
#[tokio::test]
async fn an_upload_is_not_repeated() {
    let house = House::new().await;
    let faults = [(CREATE, Effect::status(503), 2), (UPLOAD, Effect::status(503), 1)];
    let rules = faults.map(|(on, effect, times)| Rule::new(on, effect).unwrap().times(times));
    house.twins.personio().desk().set_faults(Faults { rules: rules.into(), ..Faults::default() });
    house.deliver("r1", with_cv(&house, pdf())).await;
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    assert_eq!(house.twins.personio().documents().len(), 1);
    assert_eq!(house.twins.personio().applications().len(), 1);
    house.close().await;
}

/// The link gives nothing any more when the answer to the creation is lost: the file is there, under the name that is left.
#[tokio::test]
async fn a_link_that_expires_between_two_attempts_costs_no_file() {
    for (name, expected) in [("Sample CV.pdf", "Sample CV.pdf"), ("8c1f2e", "cv.pdf")] {
        let house = House::new().await;
        house.twins.personio().desk().set_faults(Faults::one(Rule::new(CREATE, Effect::status(503)).unwrap()));
        let path = house.twins.heyflow().upload("u1", name, pdf());
        let mut answers = answers("sample@applicant.example");
        answers["CV"] = json!(link(&house, &path));
        house.deliver("r1", answers).await;
        assert_eq!(outcomes(&house.round().await), ["retry"]);
        house.twins.heyflow().upload("u1", name, pdf().private(Refusal::Forbidden));
        assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
        let applications = house.twins.personio().applications();
        let files: Vec<&str> = applications[0].files.iter().map(|file| file.original_filename.as_str()).collect();
        assert_eq!((files, house.twins.personio().documents().len()), (vec![expected], 1));
        house.close().await;
    }
}

/// Another link in the same place of the list is another file.
#[tokio::test]
async fn a_file_is_known_by_its_link_and_not_by_its_place() {
    let house = House::new().await;
    house.twins.personio().desk().set_faults(Faults::one(Rule::new(CREATE, Effect::status(503)).unwrap()));
    let mut answers = with_cv(&house, pdf());
    let letter = house.twins.heyflow().upload("u2", "Letter.pdf", pdf());
    answers["Letter"] = json!(link(&house, &letter));
    house.deliver("r1", answers).await;
    assert_eq!(outcomes(&house.round().await), ["retry"]);
    house.configure(&house.document().replace("input = \"CV\"", "input = \"Letter\"")).await;
    house.pass(Duration::from_secs(60));
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    let files = &house.twins.personio().applications()[0].files;
    assert_eq!((files.len(), files[0].original_filename.as_str()), (1, "Letter.pdf"));
    house.close().await;
}

#[tokio::test]
async fn at_most_twenty_files_are_attached_and_more_are_told() {
    for (policy, outcome, attached) in [("tell", "done", 20), ("ignore", "done", 20), ("reject", "rejected", 0)] {
        let house = House::new().await;
        let policy = format!("unavailable = \"{policy}\"");
        house.configure(&house.document().replace("unavailable = \"tell\"", &policy)).await;
        let path = |number: u32| house.twins.heyflow().upload(&format!("u{number}"), "Sample CV.pdf", pdf());
        let links: Vec<String> = (0..22).map(|number| link(&house, &path(number))).collect();
        let mut answers = answers("sample@applicant.example");
        answers["CV"] = json!(links);
        house.deliver("r1", answers).await;
        assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&outcome));
        assert_eq!(house.twins.personio().documents().len(), attached);
        let files = house.twins.personio().applications().first().map_or(0, |application| application.files.len());
        assert_eq!(files, attached);
        let mails = house.mails().await;
        assert!(
            mails.len() == 1 && mails[0].contains("the response has 22 files; the first 20 are attached"),
            "{mails:?}"
        );
        house.close().await;
    }
}

#[tokio::test]
async fn an_upload_that_personio_has_forgotten_is_made_again() {
    let house = House::new().await;
    let mut account = twins::personio::Account::seed();
    account.document_seconds = Some(3600);
    house.twins.personio().seed("48151", account);
    house.twins.personio().desk().set_faults(Faults::one(Rule::new(CREATE, Effect::status(503)).unwrap()));
    house.deliver("r1", with_cv(&house, pdf())).await;
    house.round().await;
    house.pass(Duration::from_secs(2 * 3600));
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    let applications = house.twins.personio().applications();
    assert_eq!((applications.len(), applications[0].files.len()), (1, 1));
    house.close().await;
}

#[tokio::test]
async fn a_file_that_personio_finds_too_large_is_one_that_cannot_be_had() {
    let house = House::new().await;
    let account = twins::personio::Account { document_bytes: PDF.len() - 1, ..twins::personio::Account::seed() };
    house.twins.personio().seed("48151", account);
    house.deliver("r1", with_cv(&house, pdf())).await;
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    let applications = house.twins.personio().applications();
    assert_eq!((applications.len(), applications[0].files.len()), (1, 0));
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("without a file"), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn by_default_the_application_goes_in_without_a_file_that_cannot_be_had_and_the_owner_is_told() {
    let house = House::new().await;
    house.deliver("r1", with_cv(&house, pdf().private(Refusal::LoginPage))).await;
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    let applications = house.twins.personio().applications();
    assert_eq!((applications.len(), applications[0].files.len()), (1, 0));
    let mails = house.mails().await;
    assert_eq!(mails.len(), 1);
    for told in ["response id: r1", "without a file", "category cv, input `CV`"] {
        assert!(mails[0].contains(told), "{told} is not in {}", mails[0]);
    }
    assert!(!mails[0].contains("Sample CV") && !mails[0].contains("/uploads/"), "{}", mails[0]);
    house.close().await;
}

#[tokio::test]
async fn a_connection_may_ignore_missing_files_or_reject_the_response() {
    for (policy, outcome, applications, mails) in [("ignore", "done", 1, 0), ("reject", "rejected", 0, 1)] {
        let house = House::new().await;
        let policy = format!("unavailable = \"{policy}\"");
        house.configure(&house.document().replace("unavailable = \"tell\"", &policy)).await;
        house.deliver("r1", with_cv(&house, pdf().private(Refusal::Forbidden))).await;
        assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&outcome));
        assert_eq!(house.twins.personio().applications().len(), applications);
        assert_eq!(house.mails().await.len(), mails);
        house.close().await;
    }
}

/// What two rows of a table expect: the applications made, their files' names, and words of the mails.
async fn told(answers: Value, house: &House, expected: &[&str], words: &[&str]) {
    house.deliver("r1", answers).await;
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    let applications = house.twins.personio().applications();
    let names: Vec<&str> = applications[0].files.iter().map(|file| file.original_filename.as_str()).collect();
    assert_eq!((applications.len(), names.as_slice()), (1, expected));
    let mails = house.mails().await;
    assert_eq!(mails.len(), usize::from(!words.is_empty()), "{mails:?}");
    for word in words {
        assert!(mails[0].contains(word), "{word} is not in {}", mails[0]);
    }
}

#[tokio::test]
async fn an_answer_that_is_no_link_costs_no_application() {
    for policy in ["tell", "ignore", "reject"] {
        let house = House::new().await;
        house
            .configure(&house.document().replace("unavailable = \"tell\"", &format!("unavailable = \"{policy}\"")))
            .await;
        let path = house.twins.heyflow().upload("u1", "Sample CV.pdf", pdf());
        let mut answers = answers("sample@applicant.example");
        answers["CV"] = json!(format!("lebenslauf.pdf\n{}", link(&house, &path).replace("%20", " ")));
        let what = "`application.files`: the input `CV` holds a text that is no http or https link";
        match policy {
            "tell" => told(answers, &house, &["Sample CV.pdf"], &["without a file", what]).await,
            "ignore" => told(answers, &house, &["Sample CV.pdf"], &[]).await,
            _ => {
                house.deliver("r1", answers).await;
                assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"rejected"));
                let mails = house.mails().await;
                assert!(mails.len() == 1 && mails[0].contains(what), "{mails:?}");
            }
        }
        house.close().await;
    }
}

#[tokio::test]
async fn an_object_with_a_name_and_a_link_is_a_file() {
    let house = House::new().await;
    let path = house.twins.heyflow().upload("u1", "8c1f2e", pdf());
    let mut answers = answers("sample@applicant.example");
    answers["CV"] = json!({"name": "Lebenslauf.pdf", "url": link(&house, &path)});
    told(answers, &house, &["Lebenslauf.pdf"], &[]).await;
    house.close().await;
}

/// The application's creation fails once, so that the second attempt has to remember what the first one found.
#[tokio::test]
async fn a_file_goes_by_the_ending_of_its_content_and_a_foreign_ending_is_told() {
    const EMPTY_ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    for (name, bytes, expected, words) in [
        ("Sample.jpg", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "Sample.png", &[][..]),
        (
            "Sample.pages",
            EMPTY_ZIP,
            "Sample.zip",
            &["not just as it came", "its name ended in .pages, its content is .zip"],
        ),
    ] {
        let house = House::new().await;
        house.twins.personio().desk().set_faults(Faults::one(Rule::new(CREATE, Effect::status(503)).unwrap()));
        let upload = Upload::new("application/octet-stream", bytes);
        let path = house.twins.heyflow().upload("u1", name, upload);
        let mut answers = answers("sample@applicant.example");
        answers["CV"] = json!(link(&house, &path));
        told(answers, &house, &[expected], words).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_form_that_is_away_is_waited_for_but_not_for_ever() {
    let house = House::new().await;
    let away = Rule::new("GET /uploads/*/*", Effect::status(503)).unwrap().times(100);
    house.twins.heyflow().desk().set_faults(Faults::one(away));
    house.deliver("r1", with_cv(&house, pdf())).await;
    let first = house.round().await;
    assert_eq!((outcomes(&first), rest(&first[0])), (vec!["retry"], Some(Duration::from_secs(30))));
    assert!(house.twins.personio().applications().is_empty());
    house.pass(Duration::from_secs(7 * 3600));
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    assert_eq!(house.twins.personio().applications()[0].files.len(), 0);
    assert_eq!(house.mails().await.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn a_link_to_another_place_is_not_followed() {
    let house = House::new().await;
    let mut answers = answers("sample@applicant.example");
    answers["CV"] = json!("http://169.254.169.254/latest/meta-data/cv.pdf");
    house.deliver("r1", answers).await;
    assert_eq!(outcomes(&house.until_quiet().await).last(), Some(&"done"));
    let mails = house.mails().await;
    assert!(mails.len() == 1 && !mails[0].contains("169.254"), "{mails:?}");
    house.close().await;
}
