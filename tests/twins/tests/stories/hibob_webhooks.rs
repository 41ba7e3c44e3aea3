//! Webhooks of HiBob: their pings, what an act fires, and how letters get there.

use reqwest::Method;
use serde_json::{Value, json};
use twins::hibob::{ApprovalFires, Modes, NewHook, NewPosition};

use crate::hibob_stage::{Bob, asked_for, cells};
use crate::receiver::Receiver;

/// The events without their common prefix.
fn names(receiver: &Receiver) -> Vec<String> {
    let name = |body: &Value| body["type"].as_str().unwrap().trim_start_matches("workforcePlanning.").to_owned();
    letters(receiver).iter().map(name).collect()
}

/// What came after the ping.
fn letters(receiver: &Receiver) -> Vec<Value> {
    let texts = receiver.texts();
    texts.iter().filter(|text| !text.contains("Ping test")).map(|text| serde_json::from_str(text).unwrap()).collect()
}

#[tokio::test]
async fn a_ping_comes_before_the_secret_is_known() {
    let (bob, receiver) = (Bob::new(), Receiver::default());
    let url = receiver.start(&[]).await;
    let hook = json!({"url": url, "events": ["workforcePlanning.position.created"]});
    let (status, connected) = bob.act(Method::POST, "/webhooks", hook).await;
    assert_eq!((status, &connected["pings"]), (200, &json!([200])));
    let (_, headers, body) = receiver.last();
    assert_eq!(body, "Ping test");
    assert!(
        headers["content-type"].to_str().unwrap().starts_with("text/plain") && !headers.contains_key("bob-signature")
    );
    let path = format!("/webhooks/{}", connected["id"]);
    receiver.answers.lock().unwrap().push(500);
    assert_eq!(bob.act(Method::POST, &format!("{path}/ping"), json!({})).await.1, json!({"pings": [500, 200]}));
    let (_, secret) = bob.act(Method::POST, &format!("{path}/secret"), json!({})).await;
    assert_ne!(secret["secret"], connected["secret"]);
}

#[tokio::test]
async fn the_second_ping_is_an_object_and_both_may_be_signed() {
    let (bob, receiver) = (Bob::with(json!({"ping": "quoted", "ping_signed": true})).await, Receiver::default());
    let url = receiver.start(&[400]).await;
    let connected = bob.office().connect(NewHook::all(&url)).await.unwrap();
    assert_eq!(connected.pings, [Some(400), Some(200)]);
    assert_eq!(receiver.texts(), ["\"Ping test\"", r#"{"text":"Ping test"}"#]);
    assert!(receiver.last().1.contains_key("bob-signature"));
    let deaf = Receiver::default();
    let url = deaf.start(&[401, 401]).await;
    assert!(bob.office().connect(NewHook::all(&url)).await.is_err());
    assert_eq!(bob.office().hooks().len(), 1);
    let unknown = json!({"url": url, "events": ["workforcePlanning.position.deleted"]});
    assert_eq!(bob.act(Method::POST, "/webhooks", unknown).await.0, 409);
}

#[tokio::test]
async fn an_event_names_an_id_and_is_signed() {
    let bob = Bob::new();
    let receiver = bob.hooked().await;
    let made = bob.office().create(NewPosition::default()).await.unwrap();
    let bodies = letters(&receiver);
    assert_eq!(names(&receiver), ["position.created", "positionOpening.created"]);
    let expected = json!({"companyId": 636_192, "type": "workforcePlanning.position.created",
        "triggeredBy": "3332883884017713938", "triggeredAt": "2026-03-01T10:00:00.000000", "version": "v2",
        "data": {"positionId": made.id}});
    assert_eq!(bodies[0], expected);
    assert_eq!(bodies[1]["data"], json!({"positionOpeningId": made.opening_ids[0]}));
    let (_, headers, _) = receiver.last();
    assert_eq!(headers["bob-signature"].len(), 88, "64 bytes in base64");
}

#[tokio::test]
async fn events_have_other_forms() {
    let bob =
        Bob::with(json!({"event_ids": "string", "event_keys": "plain", "field_updates": "strings", "times": "zulu"}))
            .await;
    let receiver = bob.hooked().await;
    let made = bob.office().create(NewPosition::default()).await.unwrap();
    bob.office().edit(made.id, cells(json!({"/position/status": "onHold", "/position/fte": 100}))).await.unwrap();
    let last = letters(&receiver).pop().unwrap();
    assert_eq!(last["data"], json!({"id": made.id.to_string(), "fieldUpdatesIds": ["/position/status"]}));
    assert_eq!(last["triggeredAt"], "2026-03-01T10:00:00.000000Z");
    bob.switch(json!({"field_updates": "absent"})).await;
    bob.office().edit(made.id, cells(json!({"/position/fte": 50}))).await.unwrap();
    assert_eq!(letters(&receiver).pop().unwrap()["data"], json!({"positionId": made.id}));
}

#[tokio::test]
async fn an_approval_fires_what_the_switch_says() {
    for (fires, expected) in [
        (ApprovalFires::Updated, vec!["position.created", "positionOpening.created", "position.updated"]),
        (ApprovalFires::Created, vec!["position.created", "positionOpening.created"]),
        (ApprovalFires::Nothing, vec!["position.created", "positionOpening.created"]),
    ] {
        let bob = Bob::new();
        bob.quirks(|quirks| quirks.approval_fires = fires);
        let receiver = bob.hooked().await;
        let made = bob.office().create(asked_for()).await.unwrap();
        assert_eq!(names(&receiver).is_empty(), fires == ApprovalFires::Created);
        bob.office().approve(made.id).await.unwrap();
        assert_eq!(names(&receiver), expected, "{fires:?}");
    }
}

#[tokio::test]
async fn cancelling_has_three_shapes() {
    let bob = Bob::new();
    let receiver = bob.hooked().await;
    let openings = vec![cells(json!({})); 3];
    let (_, made) = bob.act(Method::POST, "/positions", json!({"openings": openings})).await;
    let (position, opening) =
        (made["id"].as_u64().unwrap(), |place: usize| made["opening_ids"][place].as_u64().unwrap());
    let delete = bob.act(Method::DELETE, &format!("/openings/{}", opening(0)), json!({})).await;
    let cancel = bob.act(Method::POST, &format!("/openings/{}/cancel", opening(1)), json!({})).await;
    let soon = bob.act(Method::POST, &format!("/positions/{position}/cancel"), json!({"soon": true})).await;
    assert_eq!((delete.0, cancel.0, soon.0), (204, 204, 204));
    let expected = ["positionOpening.deleted", "positionOpening.updated", "position.updated"];
    assert_eq!(names(&receiver)[4..], expected, "the openings follow in silence");
    let status = |id: u64| bob.office().opening(id).unwrap().text("/positionOpening/status");
    assert_eq!(status(opening(2)), "cancelledSoon");
    bob.quirks(|quirks| quirks.openings_follow = true);
    bob.office().cancel(position, false).await.unwrap();
    bob.office().reopen(position).await.unwrap();
    assert_eq!(status(opening(1)), "vacant");
    bob.office().delete(position).await.unwrap();
    assert_eq!(names(&receiver)[names(&receiver).len() - 2..], ["positionOpening.deleted", "positionOpening.deleted"]);
    assert!(bob.office().position(position).is_none() && bob.office().openings_of(position).is_empty());
}

#[tokio::test]
async fn what_is_held_is_cancelled_in_two_steps() {
    let bob = Bob::new();
    let (_, made) = bob.act(Method::POST, "/positions", json!({})).await;
    let (position, opening) = (&made["id"], &made["opening_ids"][0]);
    let holder = json!({"employee": "333", "start_date": "2026-04-01"});
    assert_eq!(bob.act(Method::POST, &format!("/openings/{opening}/fill"), holder).await.0, 204);
    let cancel = async |soon: bool| {
        bob.act(Method::POST, &format!("/positions/{position}/cancel"), json!({"soon": soon})).await.0
    };
    assert_eq!((cancel(false).await, cancel(true).await, cancel(false).await), (409, 204, 204));
    assert_eq!(bob.office().position(position.as_u64().unwrap()).unwrap().text("/position/filledBy"), "");
    let last = bob.act(Method::DELETE, &format!("/openings/{opening}"), json!({})).await;
    assert_eq!(last.0, 409, "a position has one opening or more");
}

#[tokio::test]
async fn a_refused_letter_holds_up_the_others_until_it_is_taken() {
    let bob = Bob::new();
    let receiver = bob.hooked().await;
    *receiver.answers.lock().unwrap() = vec![202, 503];
    let made = bob.office().create(NewPosition::default()).await.unwrap();
    assert_eq!(names(&receiver), ["position.created"], "only exactly 200 counts");
    bob.later(60);
    bob.office().edit(made.id, cells(json!({"/position/fte": 50}))).await.unwrap();
    assert_eq!(names(&receiver), ["position.created"; 2]);
    bob.later(119);
    bob.office().resume().await;
    assert_eq!(names(&receiver).len(), 2, "twice as long");
    bob.later(1);
    assert_eq!(bob.act(Method::POST, "/deliveries/resume", json!({})).await.0, 204);
    let expected = ["position.created", "positionOpening.created", "position.updated"];
    assert_eq!(names(&receiver)[2..], expected);
    let statuses: Vec<_> = bob.office().deliveries().iter().map(|delivery| delivery.status.unwrap()).collect();
    assert_eq!(statuses, [202, 503, 200, 200, 200]);
}

#[tokio::test]
async fn after_three_days_a_letter_is_given_up() {
    let bob = Bob::new();
    let receiver = bob.hooked().await;
    *receiver.answers.lock().unwrap() = vec![500; 2];
    bob.office().create(NewPosition::default()).await.unwrap();
    bob.later(72 * 3600);
    bob.office().resume().await;
    assert_eq!(names(&receiver), ["position.created", "position.created", "positionOpening.created"]);
    assert_eq!(bob.office().hooks()[0].waiting, 0);
}

#[tokio::test]
async fn letters_are_lost_doubled_or_released_in_another_order() {
    let bob = Bob::new();
    let receiver = bob.hooked().await;
    let lost = Modes { lost: true, ..Modes::default() };
    bob.office().with(lost).create(NewPosition::default()).await.unwrap();
    assert!(names(&receiver).is_empty());
    assert_eq!(bob.office().events().len(), 2);
    bob.office().set_modes(Modes { hold: true, ..Modes::default() }).unwrap();
    bob.office().create(NewPosition::default()).await.unwrap();
    let numbers: Vec<_> = bob.office().held().iter().map(|letter| letter.number).collect();
    let order = json!({"order": [numbers[1], numbers[0], numbers[0]]});
    assert_eq!(bob.act(Method::POST, "/deliveries/release", order.clone()).await.0, 204);
    assert_eq!(names(&receiver), ["positionOpening.created", "position.created", "position.created"]);
    assert_eq!(bob.act(Method::POST, "/deliveries/release", order).await.0, 409);
    let doubled = Modes { deliveries: 2, ..Modes::default() };
    let made = bob.office().with(doubled).create(NewPosition::default()).await.unwrap();
    assert_eq!(names(&receiver).len(), 7);
    assert_eq!(bob.office().openings_of(made.id).len(), 1);
}

#[tokio::test]
async fn an_opening_is_added_changed_and_moved() {
    let bob = Bob::new();
    let receiver = bob.hooked().await;
    let one = bob.office().create(NewPosition::default()).await.unwrap();
    let two = bob.office().create(NewPosition::default()).await.unwrap();
    let path = format!("/positions/{}/openings", one.id);
    let (_, added) = bob.act(Method::POST, &path, json!({"/positionOpening/expectedStartDate": "2026-05-01"})).await;
    let id = added["id"].as_u64().unwrap();
    let path = format!("/openings/{id}");
    assert_eq!(bob.act(Method::PATCH, &path, json!({"/positionOpening/positionId": two.id})).await.0, 204);
    assert_eq!(bob.office().openings_of(two.id).len(), 2);
    assert_eq!(names(&receiver)[4..], ["positionOpening.created", "positionOpening.updated"]);
    for wrong in
        [json!({"/positionOpening/positionId": 1}), json!({"/positionOpening/id": 1}), json!({"/position/fte": 1})]
    {
        assert_eq!(bob.act(Method::PATCH, &path, wrong.clone()).await.0, 409, "{wrong}");
    }
    assert_eq!(bob.act(Method::PATCH, &path, json!({"/positionOpening/status": {"label": "x"}})).await.0, 400);
}
