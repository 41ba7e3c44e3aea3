//! One webhook request, as every vendor sends it: a body by POST, some patience, and no redirect is followed.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, redirect};

/// Sends JSON with these headers and gives the status; none where no answer came in time.
pub(crate) async fn send(url: &str, headers: &[(String, String)], body: &str, patience: Duration) -> Option<u16> {
    let request = client(patience).ok()?.post(url).headers(sendable(headers)).body(body.to_owned());
    Some(request.send().await.ok()?.status().as_u16())
}

fn sendable(headers: &[(String, String)]) -> HeaderMap {
    let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let own = headers.iter().filter_map(|(name, value)| Some((name.parse::<HeaderName>().ok()?, value.parse().ok()?)));
    own.chain([json]).collect()
}

/// A client per delivery: a pooled connection could be stale, and then the sender's fault would look like the receiver's.
pub(crate) fn client(patience: Duration) -> reqwest::Result<Client> {
    let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).timeout(patience);
    // receivers are on this machine: reading the root certificates of the system would take longer than a delivery
    client.tls_certs_only([]).build()
}
