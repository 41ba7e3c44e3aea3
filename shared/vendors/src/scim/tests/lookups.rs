//! Looking users up.

use super::super::lookup::{self, UserMatch};
use super::*;
use crate::{Error, Kind};

async fn by_name(template: ResponseTemplate) -> Result<UserMatch, Error> {
    lookup::by_user_name(&scim(&answering(template).await), &name()).await
}

async fn by_external_id(template: ResponseTemplate) -> UserMatch {
    lookup::by_external_id(&scim(&answering(template).await), &external_id()).await.unwrap()
}

fn is_dora(found: &UserMatch) -> bool {
    matches!(found, UserMatch::One(user) if user.id == id())
}

/// The filter as the server reads it.
async fn filter_of(server: &MockServer) -> String {
    let request = server.received_requests().await.unwrap().remove(0);
    assert_eq!(request.url.path(), "/scim/v2/Users");
    assert!(!request.url.query().unwrap().contains('+'), "a plus sign is no blank everywhere");
    let pairs: Vec<_> = request.url.query_pairs().map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    assert_eq!((pairs.len(), pairs[0].0.as_str()), (1, "filter"));
    pairs[0].1.clone()
}

#[tokio::test]
async fn filters_are_quoted_and_encoded() {
    let none = || answering(listing(0, &[]));
    let server = none().await;
    let odd = r#"d"o\r+a & ä@example.com"#.parse().unwrap();
    assert_eq!(lookup::by_user_name(&scim(&server), &odd).await.unwrap(), UserMatch::Nobody);
    assert_eq!(filter_of(&server).await, r#"userName eq "d\"o\\r+a & ä@example.com""#);

    let server = none().await;
    lookup::by_lower_case_user_name(&scim(&server), &"Dora@Example.COM".parse().unwrap()).await.unwrap();
    assert_eq!(filter_of(&server).await, r#"userName eq "dora@example.com""#);

    let server = none().await;
    lookup::by_external_id(&scim(&server), &external_id()).await.unwrap();
    assert_eq!(filter_of(&server).await, r#"externalId eq "3003""#);

    let server = none().await;
    lookup::by_email(&scim(&server), &"dora@example.com".parse().unwrap()).await.unwrap();
    assert_eq!(filter_of(&server).await, r#"emails.value eq "dora@example.com""#);

    let server = none().await;
    lookup::on_first_page(&scim(&server), &name(), &external_id()).await.unwrap();
    assert_eq!(requests(&server).await, ["GET /scim/v2/Users?startIndex=1&count=100"]);
}

#[tokio::test]
async fn every_user_who_comes_is_compared_with_what_was_asked() {
    let everybody = listing(3, &[other(1), dora(), other(2)]);
    assert!(is_dora(&by_name(everybody.clone()).await.unwrap()));
    assert!(is_dora(&by_external_id(everybody).await));
    let others = listing(2, &[other(1), other(2)]);
    assert_eq!(by_name(others.clone()).await.unwrap(), UserMatch::Nobody);
    assert_eq!(by_external_id(others).await, UserMatch::Nobody);
}

#[tokio::test]
async fn a_login_is_compared_in_any_case_and_an_id_exactly() {
    let mut upper = dora();
    upper["userName"] = json!("DORA@Example.com");
    upper["externalId"] = json!("3003A");
    assert!(is_dora(&by_name(listing(1, &[upper.clone()])).await.unwrap()));
    assert_eq!(by_external_id(listing(1, &[upper])).await, UserMatch::Nobody);
    let email = "DORA@EXAMPLE.com".parse().unwrap();
    let server = answering(listing(1, &[dora()])).await;
    assert!(is_dora(&lookup::by_email(&scim(&server), &email).await.unwrap()));
}

#[tokio::test]
async fn of_several_none_is_taken() {
    let mut second = dora();
    second["id"] = json!("2");
    assert_eq!(by_external_id(listing(3, &[dora(), other(1), second])).await, UserMatch::Several(2));
}

/// A server that passes over the filter gives a page of everybody: who is not on it may be on the next.
#[tokio::test]
async fn a_part_of_everybody_says_nothing() {
    let unclear = UserMatch::Unclear(Vec::new());
    assert_eq!(by_name(listing(300, &[other(1), other(2)])).await.unwrap(), unclear);
    assert_eq!(by_external_id(listing(300, &[other(1), dora()])).await, unclear, "there may be a second");
    assert_eq!(by_name(listing(300, &[])).await.unwrap(), unclear);
    assert!(is_dora(&by_name(listing(300, &[dora()])).await.unwrap()), "filtered, and counted before that");
    let server = answering(listing(300, &[other(1)])).await;
    let first_page = lookup::on_first_page(&scim(&server), &name(), &external_id()).await.unwrap();
    assert_eq!(first_page, unclear);
}

#[tokio::test]
async fn a_filter_that_is_refused_says_nothing() {
    let refused = by_name(refusal(400, "invalidFilter")).await.unwrap();
    assert!(matches!(refused, UserMatch::Unclear(reasons) if reasons[0].code == "invalidFilter"));
    assert_eq!(by_name(ResponseTemplate::new(501)).await.unwrap(), UserMatch::Unclear(Vec::new()));
}

#[tokio::test]
async fn somebody_who_cannot_be_read_may_be_the_one() {
    let mut odd = other(1);
    odd["userName"] = json!({"x": 1});
    let unclear = by_name(listing(2, &[dora(), odd])).await.unwrap();
    assert!(matches!(unclear, UserMatch::Unclear(reasons) if reasons[0].field.as_deref() == Some("userName")));
}

#[tokio::test]
async fn lists_come_in_odd_forms() {
    assert_eq!(by_name(ok(json!({"totalResults": 0}))).await.unwrap(), UserMatch::Nobody);
    assert!(is_dora(&by_name(ok(json!({"resources": [dora()]}))).await.unwrap()));
    for body in [json!({}), json!([]), dora(), json!({"totalResults": 1})] {
        assert_eq!(by_name(ok(body)).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
    }
    let html = ResponseTemplate::new(200).set_body_string("<html>");
    assert_eq!(by_name(html).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
}
