//! The token that a call carries.

use jiff::{SignedDuration, ToSpan};
use wiremock::matchers::method;

use super::super::positions;
use super::*;
use crate::Kind;

/// The sheet's vector: the end is ten minutes after `now`.
const VECTOR: &str = "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJ0ZXN0LWtleSIsImV4cCI6MTc2NzIyNTYwMH0.\
                      Ig4SR4SWAvx66WTwTrobwisz1gv1NcksqmEIdMA-V6A";

fn client(server: &MockServer, tokens: &Tokens, now: Timestamp) -> Recruit {
    Recruit::new(Http::new().unwrap(), account_at(&server.uri()), tokens.clone(), Ways::default(), now)
}

/// The `Authorization` of every request.
async fn presented(server: &MockServer) -> Vec<String> {
    let all = server.received_requests().await.unwrap();
    all.iter().map(|request| request.headers["authorization"].to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_call_carries_a_token_of_ten_minutes() {
    let server = answering(ok(json!([]))).await;
    positions::page(&recruit(&server), None).await.unwrap();
    assert_eq!(presented(&server).await, [VECTOR]);
}

#[tokio::test]
async fn calls_share_a_token_until_a_minute_before_its_end() {
    let server = answering(ok(json!([]))).await;
    let tokens = Tokens::default();
    for seconds in [0, 539, 540] {
        let at = now() + SignedDuration::from_secs(seconds);
        positions::page(&client(&server, &tokens, at), None).await.unwrap();
    }
    let presented = presented(&server).await;
    assert_eq!(presented[0], presented[1]);
    assert_ne!(presented[1], presented[2]);
}

#[tokio::test]
async fn a_refused_token_is_made_anew_once() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(401)).up_to_n_times(1).mount(&server).await;
    Mock::given(method("POST")).respond_with(ok(json!({"uid": "3A.93C"}))).mount(&server).await;
    let tokens = Tokens::default();
    tokens.get(&account_at(&server.uri()), now() - 1.minute()).unwrap();
    positions::create(&client(&server, &tokens, now()), &new_position()).await.unwrap();
    let presented = presented(&server).await;
    assert_eq!((presented.len(), presented[1].as_str()), (2, VECTOR));
    assert_ne!(presented[0], presented[1]);
}

#[tokio::test]
async fn a_second_refusal_is_a_refused_login() {
    let server = answering(ResponseTemplate::new(401)).await;
    let error = positions::page(&recruit(&server), None).await.unwrap_err();
    assert_eq!(error.kind, Kind::LoginRefused);
    assert!(error.to_string().contains("hrsync secrets set"), "{error}");
    assert_eq!(presented(&server).await.len(), 2);
}
