//! What a call that is not refused is answered.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use super::account::Account;
use super::answer;

/// An answer before it has the account's form.
pub(super) struct Reply {
    status: StatusCode,
    body: Option<Value>,
    location: Option<String>,
}

impl Reply {
    /// 200 with a body.
    pub(super) fn ok(body: Value) -> Self {
        Self { status: StatusCode::OK, body: Some(body), location: None }
    }

    /// 201 with a body and the place of what was made.
    pub(super) fn created(body: Value, location: String) -> Self {
        Self { status: StatusCode::CREATED, body: Some(body), location: Some(location) }
    }

    /// 204
    pub(super) fn empty() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None, location: None }
    }

    pub(super) fn response(self, account: &Account) -> Response {
        let mut response = match &self.body {
            Some(body) => answer::body(self.status, body, account.media),
            None => self.status.into_response(),
        };
        let location = self.location.filter(|_| !account.no_location);
        if let Some(Ok(location)) = location.map(HeaderValue::try_from) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}
