//! Flaws in heyflow-to-personio.

use crate::fake::{Flaw, Flaws};
use crate::plays::wrong;

async fn seen(flaw: Flaw) -> Vec<String> {
    wrong(Flaws { careers: Some(flaw), ..Flaws::default() }).await
}

#[tokio::test]
async fn a_pushed_test_delivery_shows() {
    assert_eq!(
        seen(Flaw::PushesTests).await,
        ["Personio: 2 calls and 1 held for applications, 1 and 1 for documents; mails: 3"]
    );
}

#[tokio::test]
async fn a_hook_that_answers_202_shows() {
    let seen = seen(Flaw::Answers202).await;
    assert_eq!(seen.first().unwrap(), "202, hook not active");
    assert!(seen.get(1).unwrap().contains("409"), "{seen:?}");
}

#[tokio::test]
async fn a_response_handled_twice_shows() {
    assert_eq!(
        seen(Flaw::Forgets).await,
        ["Personio: 3 calls and 1 held for applications, 2 and 2 for documents; mails: 3"]
    );
}

#[tokio::test]
async fn a_lost_application_shows() {
    let seen = seen(Flaw::PushesNothing).await;
    assert_eq!(seen.first().unwrap(), "200, 0 application for job ");
    assert_eq!(seen.last().unwrap(), "Personio: 0 calls and 0 held for applications, 0 and 0 for documents; mails: 0");
}

#[tokio::test]
async fn a_missing_or_poor_mail_shows() {
    let silent = seen(Flaw::MailsNothing).await;
    assert_eq!(
        silent,
        [
            "200, no mail",
            "200, no mail",
            "Personio: 2 calls and 1 held for applications, 1 and 1 for documents; mails: 0"
        ]
    );
    let poor = "200, mail to people-team@example.com with response id";
    assert_eq!(seen(Flaw::MailsPoorly).await, [&format!("{poor}, reason"), poor]);
}

#[tokio::test]
async fn a_lost_file_shows() {
    let applied = "200, 1 application for job 1834171; files: ; in the message: text true, UTM true; phone: true";
    let balance = "Personio: 2 calls and 1 held for applications, 0 and 0 for documents; mails: 2";
    assert_eq!(seen(Flaw::DropsFiles).await, [applied, balance]);
}

#[tokio::test]
async fn a_lost_parameter_shows() {
    let applied = "200, 1 application for job 1834171; files: cv; in the message: text true, UTM false; phone: true";
    assert_eq!(seen(Flaw::DropsParameters).await, [applied]);
}

#[tokio::test]
async fn an_invented_address_shows() {
    assert_eq!(
        seen(Flaw::MapsBlindly).await,
        ["200, no mail", "Personio: 3 calls and 2 held for applications, 1 and 1 for documents; mails: 1"]
    );
}

#[tokio::test]
async fn an_open_door_shows() {
    assert_eq!(
        seen(Flaw::Open).await,
        ["200", "Personio: 3 calls and 2 held for applications, 1 and 1 for documents; mails: 2"]
    );
}
