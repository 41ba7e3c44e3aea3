//! The six situations. They assert outcomes: which applications Personio holds, and which mails went out.

use std::time::Duration;

use serde_json::json;
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::heyflow::Upload;

use super::scene::Scene;
use super::sender;
use super::table::Unavailable;
use crate::support::house::FLOW;

const EMAIL: &str = "sample@applicant.example";

fn on_create(effect: Effect, times: u32) -> Faults {
    Faults::one(Rule::new("POST /v1/recruiting/applications", effect).unwrap().times(times))
}

fn pdf() -> Upload {
    Upload::new("application/pdf", b"%PDF-1.7\na sample curriculum vitae")
}

/// The one application is there, with everything that was answered.
fn assert_applied(scene: &Scene) {
    let applications = scene.house.twins.personio().applications();
    assert_eq!(applications.len(), 1);
    let application = &applications[0];
    assert_eq!((application.first_name.as_str(), application.last_name.as_str()), ("Sample", "Applicant"));
    assert_eq!((application.email.as_str(), application.job_position_id), (EMAIL, 1_834_171));
    assert_eq!(application.tags, ["Drawing", "Writing"]);
    let attributes: Vec<_> = application.attributes.iter().map(|attribute| attribute.value.as_str()).collect();
    assert_eq!(attributes, ["Sample City"]);
    let categories: Vec<_> = application.files.iter().map(|file| file.category.as_str()).collect();
    assert_eq!(categories, ["cv"]);
}

pub(super) async fn happy(scene: &Scene) {
    scene.submit("r1", scene.answers(EMAIL, pdf())).await;
    scene.house.until_quiet().await;
    assert_applied(scene);
    assert_eq!(scene.house.twins.heyflow().mailbox(), [], "the form's owner is told of no error");
}

pub(super) async fn twice(scene: &Scene) {
    let house = &scene.house;
    scene.submit("r1", scene.answers(EMAIL, pdf())).await;
    let records = house.take().await;
    house.push(&records).await;
    // SQS hands the same record out again, as it may
    house.push(&records).await;
    // Heyflow delivers the same response again
    scene.submit("r1", scene.answers(EMAIL, pdf())).await;
    house.until_quiet().await;
    assert_applied(scene);
    assert_eq!(house.twins.personio().documents().len(), 1);
}

pub(super) async fn out_of_order(scene: &Scene) {
    let house = &scene.house;
    scene.submit("first", scene.answers(EMAIL, pdf())).await;
    let first = house.take().await;
    scene.submit("second", scene.answers(EMAIL, pdf())).await;
    let second = house.take().await;
    // the second response overtakes the first
    house.push(&second).await;
    house.pass(Duration::from_secs(70));
    house.push(&first).await;
    house.until_quiet().await;
    assert_applied(scene);
    let mails = house.mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    for told in [FLOW, "response id: first", "errors.applicant-already-exists", "What to do"] {
        assert!(mails[0].contains(told), "{told} is not in {}", mails[0]);
    }
    assert!(!mails[0].contains("applicant.example"));
}

pub(super) async fn vendor_down(scene: &Scene) {
    scene.house.twins.personio().desk().set_faults(on_create(Effect::status(503), 3));
    scene.submit("r1", scene.answers(EMAIL, pdf())).await;
    assert!(scene.house.until_quiet().await.len() > 3);
    assert_applied(scene);
}

pub(super) async fn bad_record(scene: &Scene) {
    let house = &scene.house;
    scene.submit("r1", json!({"First name": "Sample", "E-mail": "no address"})).await;
    house.until_quiet().await;
    assert_eq!(house.twins.personio().desk().calls().len(), 0);
    let mails = house.mails().await;
    assert_eq!(mails.len(), 1);
    for told in ["response id: r1", "`application.last_name`", "`application.email`", "What to do"] {
        assert!(mails[0].contains(told), "{told} is not in {}", mails[0]);
    }
    assert!(!mails[0].contains("no address"));

    assert_eq!(scene.submit_broken("r2").await.status, Some(400));
    let mails = house.mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert!(mails[0].contains("a delivery could not be read") && mails[0].contains("response id: r2"), "{}", mails[0]);
    assert_eq!(house.twins.heyflow().mailbox().len(), 1, "Heyflow tells the form's owner, too");

    scene.submit("r3", scene.answers(EMAIL, pdf().private(sender::refusal(&scene.row)))).await;
    house.until_quiet().await;
    let (applications, mails) = match scene.row.unavailable {
        Unavailable::Tell => (1, 1),
        Unavailable::Ignore => (1, 0),
        Unavailable::Reject => (0, 1),
    };
    assert_eq!(house.twins.personio().applications().len(), applications);
    assert_eq!(house.mails().await.len(), mails);
}

pub(super) async fn lost_answer(scene: &Scene) {
    scene.house.twins.personio().desk().set_faults(on_create(Effect::DropAnswer, 1));
    scene.submit("r1", scene.answers(EMAIL, pdf())).await;
    let ended = scene.house.until_quiet().await;
    assert_eq!(ended.last().unwrap().reason, "an earlier attempt had arrived, its answer was lost");
    assert_applied(scene);
}
