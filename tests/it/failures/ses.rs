//! SES that is down, throttles or refuses: nothing is lost, and what is refused is measured.

use std::io;
use std::sync::{Arc, Mutex};

use aws_config::retry::RetryConfig;
use ledger::{Calls, Cause};
use serde_json::Value;

use super::{MINUTE, fail, failure, is_about, later, push_with};
use crate::support::house::House;
use crate::support::log::handed_to;
use crate::support::proxy::Trouble;

const MAIL: &str = "SES SendRawEmail";

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// How often a refused mail was counted, and with which codes.
    fn refused(&self) -> Vec<(u64, String)> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let counted = lines.filter_map(|line| Some((line["MailRefused"].as_u64()?, line["code"].clone())));
        counted.filter_map(|(count, code)| Some((count, code.as_str()?.to_owned()))).collect()
    }
}

/// Mails go wrong in this way; then they go right again.
async fn goes_wrong(trouble: Trouble, refused: &[(u64, String)]) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone());
    let _kept = handed_to(subscriber.finish());
    let house = House::behind_a_proxy(RetryConfig::disabled()).await;
    let failure = failure(&house, 1, Cause::Refused, "why");
    fail(&house, &failure).await;
    house.proxy().watch(move |_, kind| (kind == MAIL).then_some(trouble));
    assert!(house.mail().await, "it is announced");
    let calls = house.proxy().calls();
    assert_eq!(calls.iter().filter(|(kind, _)| kind == MAIL).count(), 1, "{calls:?}");
    assert_eq!(house.ledger.failure("careers", &failure.id).await.unwrap().unwrap().mailed, None);
    assert_eq!(house.ledger.outbox().await.unwrap().items.len(), 1, "{trouble:?}: still to be mailed");
    assert_eq!(log.refused(), refused, "{trouble:?}");

    house.proxy().change(|_, _| None);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && is_about(&mails[0], &failure), "{trouble:?}: {mails:?}");
    assert!(later(&house, 15 * MINUTE).await.is_empty(), "mailed once");
    house.close().await;
}

#[tokio::test]
async fn down() {
    goes_wrong(Trouble::CutBefore, &[]).await;
    goes_wrong(Trouble::Refused, &[]).await;
}

#[tokio::test]
async fn throttling() {
    goes_wrong(Trouble::Ses("Throttling"), &[]).await;
}

#[tokio::test]
async fn refusing() {
    for code in ["MessageRejected", "AccessDenied", "MailFromDomainNotVerifiedException"] {
        goes_wrong(Trouble::Ses(code), &[(1, code.to_owned())]).await;
    }
}

/// Until the schedule announces it once more.
#[tokio::test]
async fn down_for_hours() {
    let house = House::behind_a_proxy(RetryConfig::disabled()).await;
    let lost = failure(&house, 1, Cause::Refused, "why");
    house.ledger.store_failure(&lost).await.unwrap();
    house.poll().run().await.unwrap();
    house.proxy().watch(|_, kind| (kind == MAIL).then_some(Trouble::CutBefore));
    assert!(house.mail().await);
    house.proxy().change(|_, _| None);
    let mails = later(&house, 7 * 60 * MINUTE).await;
    assert!(mails.len() == 1 && is_about(&mails[0], &lost), "{mails:?}");
    house.close().await;
}

#[tokio::test]
async fn its_calls_are_counted_and_the_mail_has_text_and_page() {
    let house = House::new().await;
    let failure = failure(&house, 1, Cause::Refused, "why");
    house.ledger.store_failure(&failure).await.unwrap();
    let calls = Calls::default();
    assert_eq!(push_with(&house, &failure, calls.clone(), 60).await, "done");
    assert_eq!(calls.count(), 1, "SES");
    let mails = house.mails().await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    let (text, page) = mail.split_once("<!doctype html>").unwrap();
    for part in [text, page] {
        assert!(part.contains("Personio refuses its content") && part.contains(&failure.id), "{part}");
    }
    house.close().await;
}
