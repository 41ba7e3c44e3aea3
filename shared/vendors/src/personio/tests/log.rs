//! What a webhook was to be told.

use super::super::people_webhook::PeopleDelivery;
use super::super::webhook_log;
use super::*;
use crate::Kind;

const SINCE: &str = "2026-02-01T08:00:00Z";

#[tokio::test]
async fn the_log_is_read_from_a_moment_on() {
    let entry = |name: &str, payload: Value| json!({"id": "ev-1", "event_name": name, "occurred_at": "2026-02-04T09:12:33.123Z", "payload": payload});
    let person = entry("person.updated", json!({"person": {"id": "3003"}}));
    let absence = entry("absence-period.created", json!({"absence_period": {"id": ID}}));
    let timeless = json!({"id": "ev-2", "event_name": "person.updated"});
    let body = json!({"_data": [person, absence, entry("ping", json!({})), timeless, {"id": 7}]});
    let server = answering(ok(body)).await;
    let hr = hr(&server);
    let mut pages = webhook_log::list(&hr, "h-1", SINCE.parse().unwrap(), None).unwrap();
    let page = pages.next().await.unwrap().unwrap();
    let [person, absence, ping] = page.items.as_slice() else { panic!("{page:?}") };
    assert_eq!(person.id.as_deref(), Some("ev-1"));
    assert!(matches!(&person.delivery, PeopleDelivery::Person(event) if event.person.to_string() == "3003"));
    assert!(matches!(&absence.delivery, PeopleDelivery::Absence(event) if event.absence == id()));
    assert_eq!(ping.delivery, PeopleDelivery::Other("ping".to_owned()));
    let told: Vec<_> = page.unreadable.iter().map(|item| (item.id.as_deref(), item.what.as_str())).collect();
    assert_eq!(told, [(Some("ev-2"), "occurred_at"), (Some("7"), "event_name")]);
    let wanted = ["GET /v2/webhooks/h-1/events?occurred_at.gte=2026-02-01T08%3A00%3A00.000Z"];
    assert_eq!(requests(&server).await, wanted);
}

#[tokio::test]
async fn each_failure_has_its_cause() {
    for (status, kind) in [
        (400, Kind::Invalid(Vec::new())),
        (401, Kind::RightMissing(Vec::new())),
        (404, Kind::Gone),
        (503, Kind::Unavailable { retry_after: None }),
    ] {
        let server = answering(ResponseTemplate::new(status)).await;
        let hr = hr(&server);
        let mut pages = webhook_log::list(&hr, "h-1", SINCE.parse().unwrap(), None).unwrap();
        assert_eq!(pages.next().await.unwrap_err().kind, kind);
    }
    let server = stand_in().await;
    let hr = hr(&server);
    let other_path = webhook_log::list(&hr, "../persons", SINCE.parse().unwrap(), None);
    assert!(matches!(other_path.unwrap_err().kind, Kind::Invalid(_)));
}
