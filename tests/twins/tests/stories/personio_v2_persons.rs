//! Persons of the HR API.

use serde_json::{Value, json};
use twins::personio::v2::{Person, PersonField, Quirks, SEED_CLIENT, SEED_SECRET, Tenant};

use crate::personio_v2_stage::{Hr, detail, token};

const PERSONS: &str = "/v2/persons";

#[tokio::test]
async fn a_person_is_bare_alone_and_the_same_in_the_list() {
    let hr = Hr::new().await;
    let mut shown = hr.read("/v2/persons/3001").await;
    assert_eq!(hr.read(PERSONS).await["_data"][0], shown);
    assert!(shown["employments"][0]["id"].is_string());
    shown["employments"] = Value::Null;
    let expected = json!({
        "id": "3001",
        "email": "person-3001@agency.example",
        "first_name": "Sample",
        "last_name": "Person 3001",
        "preferred_name": "Sample",
        "gender": "UNSPECIFIED",
        "profile_picture": {"url": hr.stage.url("/personio/v1/company/employees/3001/profile-picture")},
        "status": "ACTIVE",
        "custom_attributes": [],
        "employments": null,
        "created_at": "2024-01-01T00:00:00.000",
        "updated_at": "2024-01-01T00:00:00.000Z",
        "_meta": {"links": {"employments": {"href": hr.stage.url("/personio/v2/persons/3001/employments")}}},
    });
    assert_eq!(shown, expected);
    for id in ["3999", "Dora"] {
        let (status, body) = hr.get(&format!("{PERSONS}/{id}")).await;
        assert_eq!((status, detail(&body)), (404, "There is no resource for the specified id."));
    }
}

#[tokio::test]
async fn ten_persons_make_a_page_unless_told() {
    let mut hr = Hr::new().await;
    let tenant = Tenant { persons: (1..=60).map(Person::new).collect(), ..Tenant::seed() };
    hr.stage.twins.personio().seed_tenant(SEED_CLIENT, tenant).unwrap();
    hr.token = token(&hr.stage, SEED_CLIENT, SEED_SECRET).await;
    assert_eq!(hr.ids(PERSONS).await, (1..=10).map(|id| id.to_string()).collect::<Vec<_>>());
    let page = hr.read("/v2/persons?limit=50").await;
    let next = page["_meta"]["links"]["next"]["href"].as_str().unwrap();
    let rest = hr.ids(next.strip_prefix(&hr.stage.url("/personio")).unwrap()).await;
    assert_eq!(rest, (51..=60).map(|id| id.to_string()).collect::<Vec<_>>());
    let (status, body) = hr.get("/v2/persons?limit=100").await;
    assert_eq!((status, detail(&body)), (400, "Provided value for limit is not valid"));
}

#[tokio::test]
async fn filters_take_lists_and_plain_dates() {
    let hr = Hr::new().await;
    hr.office().change_email(3002, "someone.else@agency.example").await.unwrap();
    for (query, expected) in [
        ("id=3001,3005", vec!["3001", "3005"]),
        ("email=Person-3003@agency.example,person-3004@agency.example", vec!["3003", "3004"]),
        ("email=person-3002@agency.example", vec![]),
        ("last_name=Person%203004", vec!["3004"]),
        ("first_name=Nobody", vec![]),
        ("status=INACTIVE", vec![]),
        ("id=3001&status=ACTIVE", vec!["3001"]),
        ("updated_at.gt=2026-03-01", vec!["3002"]),
        ("updated_at.lt=2026-03-01", vec!["3001", "3003", "3004", "3005"]),
        ("updated_at=2026-03-01", vec!["3002"]),
        ("created_at.gt=2024-01-01", vec![]),
    ] {
        assert_eq!(hr.ids(&format!("{PERSONS}?{query}")).await, expected, "{query}");
    }
    for wrong in
        ["updated_at.gt=2026-03-01T00:00:00Z", "updated_at.gte=2026-03-01", "id=Dora", "email=", "dynamic_305=1"]
    {
        assert_eq!(hr.get(&format!("{PERSONS}?{wrong}")).await.0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn what_may_not_be_read_is_left_out() {
    let hr = Hr::with(Quirks { unreadable: [PersonField::Email].into(), ..Quirks::default() }).await;
    let shown = hr.read("/v2/persons/3001").await;
    assert!(shown.get("email").is_none() && shown["first_name"] == "Sample", "{shown}");
    assert_eq!(hr.ids("/v2/persons?email=person-3001@agency.example").await, [""; 0]);
    assert_eq!(hr.ids("/v2/persons?id=3001").await, ["3001"]);
}

#[tokio::test]
async fn another_address_is_a_later_update() {
    let hr = Hr::new().await;
    hr.later(5);
    hr.office().change_email(3001, "new@agency.example").await.unwrap();
    let shown = hr.read("/v2/persons/3001").await;
    assert_eq!(
        (&shown["email"], &shown["updated_at"]),
        (&json!("new@agency.example"), &json!("2026-03-01T10:00:05.000Z"))
    );
    let taken = hr.office().change_email(3002, "NEW@agency.example").await.unwrap_err();
    assert_eq!(taken.to_string(), "another person has this e-mail address");
}
