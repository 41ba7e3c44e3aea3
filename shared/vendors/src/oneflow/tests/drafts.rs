//! Creating and publishing contracts.

use super::super::drafts::{self, Created, Published};
use super::super::model::{Invitation, NewContract, NewParticipant, NewParty};
use super::*;
use crate::Kind;

fn draft() -> NewContract {
    let person = |name: &str, phone: Option<&str>| NewParticipant {
        name: personal(name),
        email: format!("{}@example.com", name.to_lowercase()).parse().unwrap(),
        phone: phone.map(personal),
        is_signatory: true,
    };
    NewContract {
        workspace: "12345".parse().unwrap(),
        template: "11111".parse().unwrap(),
        name: Some(personal("Employment Dora")),
        data_fields: [("oneflow-start".parse().unwrap(), personal("2026-04-01"))].into(),
        parties: vec![NewParty { country: Some("DE".to_owned()), participant: person("Dora", Some("+49 151 1")) }],
        own: vec![person("Jan", None)],
    }
}

fn invitation() -> Invitation {
    Invitation { subject: personal("Your contract"), message: personal("Please sign.") }
}

async fn create(template: ResponseTemplate) -> Result<Created, Kind> {
    drafts::create(&oneflow(&answering(template).await), &draft()).await.map_err(|error| error.kind)
}

async fn publish(template: ResponseTemplate) -> Result<Published, Kind> {
    let server = answering(template).await;
    let published = drafts::publish(&oneflow(&server), "51874".parse().unwrap(), &invitation()).await;
    published.map_err(|error| error.kind)
}

#[tokio::test]
async fn a_draft_is_sent_with_exactly_the_documented_members() {
    let server = answering(ok(contract())).await;
    let created = drafts::create(&oneflow(&server), &draft()).await.unwrap();
    assert!(matches!(created, Created::Made(made) if made.id == "51874".parse().unwrap()));
    let request = request(&server).await;
    assert_eq!(line(&request), "POST /v1/contracts/create");
    assert_eq!(header(&request, "x-oneflow-user-email"), Some("jan@example.com"));
    let permissions = json!({"contract:update": true});
    let wanted = json!({
        "workspace_id": 12345, "template_id": 11111, "name": "Employment Dora",
        "data_fields": [{"custom_id": "oneflow-start", "value": "2026-04-01"}],
        "parties": [{"type": "individual", "country_code": "DE", "participant": {"name": "Dora", "email": "dora@example.com",
            "phone_number": "+49 151 1", "signatory": true, "delivery_channel": "email", "_permissions": permissions}}],
        "my_party": {"participants": [{"name": "Jan", "email": "jan@example.com", "signatory": true,
            "delivery_channel": "email", "_permissions": permissions}]}});
    assert_eq!(request.body_json::<Value>().unwrap(), wanted);
}

#[tokio::test]
async fn what_is_not_given_is_left_out() {
    let server = answering(ok(contract())).await;
    let bare = NewContract { name: None, data_fields: [].into(), parties: Vec::new(), own: Vec::new(), ..draft() };
    drafts::create(&oneflow(&server), &bare).await.unwrap();
    let wanted = json!({"workspace_id": 12345, "template_id": 11111, "data_fields": [], "parties": []});
    assert_eq!(request(&server).await.body_json::<Value>().unwrap(), wanted);
}

#[tokio::test]
async fn a_creation_is_made_refused_or_open() {
    assert!(matches!(create(ResponseTemplate::new(201).set_body_json(contract())).await, Ok(Created::Made(_))));
    for (status, code) in [(400, 4_000_000), (404, 4_040_000), (409, 4_090_000)] {
        let refused = create(refusal(status, code)).await;
        assert!(matches!(refused, Ok(Created::Refused(reasons)) if reasons[0].code == code.to_string()), "{status}");
    }
    let odd = create(ok(json!({"state": "draft"}))).await.unwrap_err();
    assert_eq!((odd.clone(), odd.certainly_not_done()), (Kind::Unexplained { status: 200 }, false));
    assert!(matches!(create(ResponseTemplate::new(502)).await, Err(Kind::Unavailable { .. })));
}

#[tokio::test]
async fn a_publication_carries_subject_and_message() {
    let server = answering(ok(contract())).await;
    let published = drafts::publish(&oneflow(&server), "51874".parse().unwrap(), &invitation()).await.unwrap();
    assert_eq!(published, Published::Done);
    let request = request(&server).await;
    assert_eq!(line(&request), "POST /v1/contracts/51874/publish");
    let wanted = json!({"subject": "Your contract", "message": "Please sign."});
    assert_eq!(request.body_json::<Value>().unwrap(), wanted);
}

#[tokio::test]
async fn a_publication_may_be_late_refused_or_not_covered() {
    assert!(matches!(publish(refusal(409, 4_090_000)).await, Ok(Published::NotInThisState(_))));
    assert!(matches!(publish(refusal(400, 4_000_000)).await, Ok(Published::Refused(_))));
    let unpaid = publish(refusal(402, 4_020_000)).await.unwrap_err();
    assert!(matches!(unpaid, Kind::RightMissing(reasons) if reasons[0].meaning.is_some()));
    assert_eq!(publish(refusal(404, 4_040_000)).await, Ok(Published::Gone));
}
