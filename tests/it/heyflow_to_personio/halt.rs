//! A refused login: the connection stands still, the owner is told once (then daily), and once when it is mended.

use std::time::Duration;

use serde_json::json;

use super::answers;
use crate::support::house::{House, rest};
use twins::Vendor as _;
use twins::faults::{Effect, Faults, Rule};
use twins::personio::{Account, ForbiddenForm};

#[tokio::test]
async fn a_refused_login_halts_the_connection_until_it_is_mended() {
    let house = House::new().await;
    house.set_secret(&house.secret("a-token-that-was-revoked")).await;
    for number in 0..3 {
        house.deliver(&format!("r{number}"), answers(&format!("sample-{number}@applicant.example"))).await;
    }
    let records = house.take().await;
    let ended = house.push(&records).await;
    assert!(ended.iter().all(|ended| ended.outcome.word() == "halted"), "{ended:?}");
    assert_eq!(house.twins.personio().desk().calls().len(), 1, "the others wait without calling");
    assert!(ended.iter().filter_map(rest).all(|rest| rest <= Duration::from_secs(15 * 60)));
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("stands still") && mails[0].contains("login-refused"), "{mails:?}");

    // a day later: probes went at growing intervals, and the owner is reminded once, however often the schedule runs
    house.pass(Duration::from_secs(25 * 60 * 60));
    let records = house.take().await;
    house.push(&records).await;
    assert_eq!(house.twins.personio().desk().calls().len(), 2, "one probe for all three");
    for _ in 0..2 {
        house.poll().run().await.unwrap();
    }
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("stands still"), "{mails:?}");

    house.set_secret(&house.secret("twin-recruiting-token")).await;
    house.pass(Duration::from_secs(15 * 60));
    let ended = house.until_quiet().await;
    assert_eq!(ended.iter().filter(|ended| ended.outcome.word() == "done").count(), 3, "{ended:?}");
    assert_eq!(house.twins.personio().applications().len(), 3);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("works again"), "{mails:?}");
    assert_eq!(house.ledger.connection("careers").await.unwrap().unwrap().breaker, None);
    house.close().await;
}

/// The receiver needs the secret as well: what comes meanwhile does not wait in the queue, and the mail says so.
#[tokio::test]
async fn a_secret_that_cannot_be_used_halts_the_receiver_too_and_the_mail_says_so() {
    let house = House::new().await;
    house.deliver("r1", answers("sample@applicant.example")).await;
    house.set_secret(&json!({"tokn": "t"})).await;
    assert_eq!(house.round().await[0].outcome.word(), "halted");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("stands still"), "{mails:?}");
    assert!(mails[0].contains("503") && mails[0].contains("may be lost"), "{mails:?}");
    assert!(!mails[0].contains("Nothing is lost"), "{mails:?}");
    house.pass(Duration::from_secs(16 * 60));
    assert_eq!(house.deliver("r2", answers("other@applicant.example")).await.status, 503);

    house.set_secret(&house.secret("twin-recruiting-token")).await;
    house.ledger.probe_now("careers", house.hands.now()).await.unwrap();
    house.pass(Duration::from_secs(60));
    assert_eq!(house.until_quiet().await.last().unwrap().outcome.word(), "done");
    assert_eq!(house.mails().await.len(), 1, "it works again");
    house.close().await;
}

#[tokio::test]
async fn settings_that_cannot_be_used_halt_the_connection() {
    let house = House::new().await;
    house.deliver("r1", answers("sample@applicant.example")).await;
    house.configure(&house.document().replace("company_id", "company")).await;
    let ended = house.round().await;
    assert_eq!(ended[0].outcome.word(), "halted");
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("unknown key `company`; did you mean `company_id`?"), "{mails:?}");

    house.configure(&house.document()).await;
    house.ledger.probe_now("careers", house.hands.now()).await.unwrap();
    house.pass(Duration::from_secs(60));
    assert_eq!(house.until_quiet().await.last().unwrap().outcome.word(), "done");
    assert_eq!(house.mails().await.len(), 1, "the mended mail");
    house.close().await;
}

/// The application's own call is answered so, so many times.
fn odd(status: u16, times: u32) -> Faults {
    Faults::one(Rule::new("POST /v1/recruiting/applications", Effect::status(status)).unwrap().times(times))
}

#[tokio::test]
async fn a_gateways_page_is_tried_again_and_halts_the_connection_only_where_it_stays() {
    let house = House::new().await;
    for (response, status) in [("r1", 403), ("r2", 404)] {
        house.twins.personio().desk().set_faults(odd(status, 1));
        house.pass(Duration::from_secs(60));
        house.deliver(response, answers(&format!("{response}@applicant.example"))).await;
        let ended = house.until_quiet().await;
        let outcomes: Vec<_> = ended.iter().map(|ended| ended.outcome.word()).collect();
        assert_eq!(outcomes, ["retry", "done"], "{status}");
    }
    assert_eq!(house.mails().await, Vec::<String>::new());

    house.twins.personio().desk().set_faults(odd(404, 100));
    house.pass(Duration::from_secs(60));
    house.deliver("r3", answers("r3@applicant.example")).await;
    let mut outcomes = Vec::new();
    for _ in 0..4 {
        outcomes.extend(house.round().await.iter().map(|ended| ended.outcome.word()));
    }
    assert_eq!(outcomes, ["retry", "retry", "retry", "halted"]);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("stands still") && mails[0].contains("wrong-address"), "{mails:?}");

    house.twins.personio().desk().set_faults(Faults::default());
    assert_eq!(house.until_quiet().await.last().unwrap().outcome.word(), "done");
    assert_eq!(house.twins.personio().applications().len(), 3);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("works again"), "{mails:?}");
    house.close().await;
}

/// Each response is its own only copy.
#[tokio::test]
async fn a_response_that_waits_when_its_connection_is_removed_is_kept_and_told() {
    let house = House::new().await;
    house.deliver("r1", answers("sample@applicant.example")).await;
    let applied = house.ledger.connection("careers").await.unwrap().unwrap();
    assert!(house.ledger.remove_connection(&applied, house.hands.now()).await.unwrap());
    house.pass(Duration::from_secs(65));
    assert_eq!(house.round().await[0].outcome.word(), "dead");
    // nobody owns the connection any more, so the mail goes to the stack's sender
    assert!(house.mails().await.is_empty());
    let [kept] = house.ledger.failures(Some("careers")).await.unwrap().items.try_into().unwrap();
    assert!(kept.failure.mailed.is_some());
    let kept = house.ledger.failure("careers", &kept.failure.id).await.unwrap().unwrap();
    assert!(kept.message.unwrap().reveal().contains("sample@applicant.example"));
    house.close().await;
}

#[tokio::test]
async fn a_feature_that_is_not_booked_halts_in_whatever_form_it_is_told() {
    for forbidden_form in [ForbiddenForm::Field, ForbiddenForm::Reason, ForbiddenForm::Generic] {
        let house = House::new().await;
        let disabled = Some("feature.recruiting.disabled".to_owned());
        house.twins.personio().seed("48151", Account { disabled, forbidden_form, ..Account::seed() });
        house.deliver("r1", answers("sample@applicant.example")).await;
        assert_eq!(house.round().await[0].outcome.word(), "halted", "{forbidden_form:?}");
        let mails = house.mails().await;
        assert!(mails.len() == 1 && mails[0].contains("feature.recruiting.disabled"), "{forbidden_form:?} {mails:?}");
        house.twins.personio().seed("48151", Account::seed());
        house.pass(Duration::from_secs(15 * 60));
        assert_eq!(house.until_quiet().await.last().unwrap().outcome.word(), "done");
        assert_eq!(house.mails().await.len(), 1, "it works again");
        house.close().await;
    }
}
