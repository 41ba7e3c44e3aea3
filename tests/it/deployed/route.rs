//! A connection's public route: what API Gateway makes of headers, queries, paths and bodies is part of it.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use tour::Endpoints;

/// The public route of a connection, and the secret that opens it.
pub(super) struct Route {
    client: Client,
    url: String,
    pub(super) secret: String,
}

impl Route {
    /// `path`: where `endpoints` was read; secrets.json lies beside it.
    pub(super) fn new(endpoints: &Endpoints, path: &str, connection: &str) -> Self {
        let secrets = std::path::Path::new(path).with_file_name("secrets.json");
        let secrets: Value = serde_json::from_slice(&std::fs::read(secrets).unwrap()).unwrap();
        let secret = secrets[connection]["webhook_secrets"][0]["value"].as_str().unwrap().to_owned();
        Self { client: Client::new(), url: endpoints.webhooks[connection].clone(), secret }
    }

    /// A request of the route, or of what `suffix` makes of its URL.
    pub(super) fn request(&self, method: Method, suffix: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{suffix}", self.url))
    }

    /// What every door answers to somebody who shows the secret in `header`: methods that it does not take, bodies that
    /// it cannot, a connection that is not there.
    pub(super) async fn refuses_what_no_door_takes(&self, header: &str, shut: &[Method]) {
        let shown = |method: &Method, suffix: &str| {
            self.request(method.clone(), suffix).header(header, &self.secret).header("content-type", "application/json")
        };
        for method in shut {
            assert_eq!(status(shown(method, "").body("{}")).await, 405, "{method}");
        }
        let post = Method::POST;
        for unreadable in ["", "{\"id\":", "[]"] {
            assert_eq!(status(shown(&post, "").body(unreadable)).await, 400, "{unreadable:?}");
        }
        let oversize = vec![b' '; edge::http::LARGEST_BODY + 1];
        assert_eq!(status(shown(&post, "").body(oversize)).await, 413);
        assert_eq!(status(shown(&post, "-gone").body("{}")).await, 404);
    }
}

/// Sends them all; each must be answered like this.
pub(super) async fn all(requests: impl IntoIterator<Item = RequestBuilder>, expected: u16) {
    for (number, request) in requests.into_iter().enumerate() {
        assert_eq!(status(request).await, expected, "request {number} of those to be answered {expected}");
    }
}

pub(super) async fn status(request: RequestBuilder) -> StatusCode {
    request.send().await.unwrap().status()
}
