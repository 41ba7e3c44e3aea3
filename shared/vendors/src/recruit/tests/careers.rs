//! The public careers feed.

use super::super::careers::{self, Feed, Location};
use super::*;
use crate::{Error, Kind};

async fn locations(server: &MockServer) -> Result<Vec<Location>, Error> {
    let base_url = BaseUrl::parse(&format!("{}/careers-api/2.0", server.uri()), true).unwrap();
    let feed = Feed { base_url, company: "30.005".parse().unwrap(), token: "a+b".into() };
    careers::locations(&Http::new().unwrap(), &feed).await
}

#[tokio::test]
async fn each_location_is_named_once() {
    let at = |uid: &str, name: Value| json!({"uid": "1.1", "location": {"location_uid": uid, "name": name}});
    let body = json!([at("2.2", json!("Berlin")), at("1.1", json!("Paris")), at("2.2", json!("Berlin")), at("3.3", json!(null)),
        {"location": null}, {"location": {"uid": "4.4", "name": "Rome"}}, {"location": {"name": "Oslo"}}, 7]);
    let server = answering(ok(body)).await;
    let found = locations(&server).await.unwrap();
    let shown: Vec<_> = found.iter().map(|location| format!("{} {}", location.uid, location.name)).collect();
    assert_eq!(shown, ["1.1 Paris", "2.2 Berlin", "3.3 ", "4.4 Rome"]);
    let request = server.received_requests().await.unwrap().remove(0);
    assert_eq!(request.url.path(), "/careers-api/2.0/company/30.005/positions");
    assert_eq!(request.url.query(), Some("token=a%2Bb"));
    assert!(!request.headers.contains_key("authorization"), "no token of ours goes there");
}

#[tokio::test]
async fn what_is_no_feed_is_told() {
    for answer in [page_of_html(404), page_of_html(200), ResponseTemplate::new(404)] {
        assert_eq!(locations(&answering(answer).await).await.unwrap_err().kind, Kind::WrongAddress);
    }
    let odd = answering(ok(json!({}))).await;
    assert_eq!(locations(&odd).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
}
