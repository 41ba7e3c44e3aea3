//! Users are listed: filters, pages, and what is told of each.

use serde_json::json;

use crate::scim_stage::{ENTERPRISE, Partner, bare, dora, kind};

async fn three() -> Partner {
    let partner = Partner::new();
    partner.made(&dora()).await;
    partner.made(&bare("Emil@agency.example")).await;
    partner
}

#[tokio::test]
async fn filters_find_who_is_meant() {
    let partner = three().await;
    let (dora, emil, admin) = ("dora.klein@agency.example", "Emil@agency.example", "admin@partner.example");
    let id = partner.twin().user("partner", emil).unwrap().id;
    let department = format!("{ENTERPRISE}:department eq \"design\"");
    for (filter, expected) in [
        ("userName eq \"DORA.KLEIN@agency.example\"", vec![dora]),
        ("username EQ \"emil@agency.example\"", vec![emil]),
        ("externalId eq \"3003\"", vec![dora]),
        ("externalId eq \"300\"", vec![]),
        ("emails.value eq \"dora.klein@agency.example\"", vec![dora]),
        ("emails eq \"dora.klein@agency.example\"", vec![dora]),
        ("emails[type eq \"work\" and value sw \"dora\"]", vec![dora]),
        ("emails[type eq \"home\"]", vec![]),
        ("active eq true", vec![admin, dora]),
        ("active eq false", vec![]),
        ("not (active eq true)", vec![emil]),
        (&format!("id eq \"{id}\""), vec![emil]),
        (&format!("id eq \"{}\"", id.to_uppercase()), vec![]),
        ("title eq \"art director\" and userName co \"klein\"", vec![dora]),
        ("title eq \"x\" or userName ew \"partner.example\"", vec![admin]),
        ("name.familyName pr", vec![dora]),
        ("externalId ne \"3003\"", vec![admin, emil]),
        ("userName eq \"a\\\"b\"", vec![]),
        ("urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"emil@agency.example\"", vec![emil]),
        (&department, vec![dora]),
        ("meta.lastModified ge \"2026-03-01T10:00:00.000Z\" and not (userName sw \"admin\")", vec![dora, emil]),
    ] {
        assert_eq!(partner.names(filter).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn unreadable_filters_are_refused() {
    let partner = three().await;
    for filter in [
        "",
        "userName",
        "userName eq",
        "userName eq dora",
        "userName eq 'dora'",
        "userName is \"dora\"",
        "shoeSize eq \"42\"",
        "active eq \"true\"",
        "active gt true",
        "userName eq true",
        "name eq \"Dora\"",
        "(userName eq \"a\"",
        "userName eq \"a\" userName eq \"b\"",
        "userName eq \"a",
        "not userName eq \"a\"",
        "emails[type eq \"work\"",
    ] {
        assert_eq!(kind(&partner.listed(&[("filter", filter)]).await), (400, "invalidFilter"), "{filter}");
    }
    assert_eq!(kind(&partner.listed(&[("filters", "userName eq \"a\"")]).await), (400, "invalidSyntax"));
}

#[tokio::test]
async fn pages_start_at_one() {
    let partner = three().await;
    let page = async |options: &[(&str, &str)]| {
        let (status, body) = partner.listed(options).await;
        assert_eq!((status, &body["totalResults"]), (200, &json!(3)), "{options:?}");
        assert_eq!(body["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:ListResponse"]));
        let users = body["Resources"].as_array().unwrap();
        assert_eq!(body["itemsPerPage"], json!(users.len()));
        let names: Vec<_> = users.iter().map(|user| user["userName"].as_str().unwrap().to_owned()).collect();
        (body["startIndex"].as_u64().unwrap(), names.concat())
    };
    let (admin, dora, emil) = ("admin@partner.example", "dora.klein@agency.example", "Emil@agency.example");
    assert_eq!(page(&[]).await, (1, [admin, dora, emil].concat()));
    assert_eq!(page(&[("startIndex", "2"), ("count", "1")]).await, (2, dora.to_owned()));
    assert_eq!(page(&[("startIndex", "0"), ("count", "2")]).await, (1, [admin, dora].concat()));
    assert_eq!(page(&[("startIndex", "4")]).await, (4, String::new()));
    assert_eq!(page(&[("count", "0")]).await, (1, String::new()));
    assert_eq!(page(&[("count", "-1")]).await, (1, String::new()));
    assert_eq!(kind(&partner.listed(&[("count", "many")]).await), (400, "invalidValue"));
    partner.switch(json!({"page_cap": 2})).await;
    assert_eq!(page(&[("count", "50")]).await, (1, [admin, dora].concat()), "a server may give fewer");
}

#[tokio::test]
async fn callers_choose_what_they_are_told() {
    let partner = three().await;
    let read =
        async |query: &str| partner.get(&format!("/Users/{}?{query}", partner.twin().users("partner")[1].id)).await;
    let (_, shown) = read(&format!("attributes=userName,name.givenName,{ENTERPRISE}:department")).await;
    let mut expected = json!({"userName": "dora.klein@agency.example", "name": {"givenName": "Dora"}});
    expected[ENTERPRISE] = json!({"department": "Design"});
    expected["id"] = shown["id"].clone();
    expected["schemas"] = shown["schemas"].clone();
    assert_eq!(shown, expected);
    let (_, shown) = read("excludedAttributes=emails,name.givenName,meta,id").await;
    assert!(shown.get("emails").is_none() && shown.get("meta").is_none() && shown["id"].is_string());
    assert_eq!(shown["name"], json!({"familyName": "Klein"}));
    assert_eq!(kind(&read("attributes=shoeSize").await), (400, "invalidValue"));
    assert_eq!(kind(&read("attributes=userName&excludedAttributes=name").await), (400, "invalidValue"));
}
