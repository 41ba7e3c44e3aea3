//! Refusals, as JSON:API has them.

use std::borrow::Cow;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::members;

/// What is sent and taken.
pub(super) const JSON_API: &str = "application/vnd.api+json";

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) status: u16,
    title: Cow<'static, str>,
    detail: Cow<'static, str>,
    pointer: Option<String>,
    /// Seconds until a call would pass.
    pub(super) wait: Option<i64>,
}

type Text = Cow<'static, str>;

impl Problem {
    fn plain(status: u16, title: impl Into<Text>, detail: impl Into<Text>) -> Self {
        Self { status, title: title.into(), detail: detail.into(), pointer: None, wait: None }
    }

    /// 400
    pub(super) fn query(detail: impl Into<Text>) -> Self {
        Self::plain(400, "Invalid parameter", detail)
    }

    /// 400
    pub(super) fn body(detail: impl Into<Text>) -> Self {
        Self::plain(400, "Bad Request", detail)
    }

    /// 401, whose body is empty.
    pub(super) fn login() -> Self {
        Self::plain(401, "", "")
    }

    /// 404
    pub(super) fn unknown() -> Self {
        Self::plain(404, "Record not found", "The record could not be found.")
    }

    /// 405
    pub(super) fn method() -> Self {
        Self::plain(405, "Method not allowed", "This is not offered.")
    }

    /// 406
    pub(super) fn version(current: &str) -> Self {
        Self::plain(406, "Invalid/Missing API Version", format!("The current version is {current}."))
    }

    /// 415
    pub(super) fn media() -> Self {
        Self::plain(415, "Unsupported media type", format!("The content type must be {JSON_API}."))
    }

    /// 422 about a member of the body.
    pub(super) fn invalid(pointer: impl Into<String>, title: impl Into<Text>) -> Self {
        let title = title.into();
        Self { pointer: Some(pointer.into()), ..Self::plain(422, title.clone(), title) }
    }

    /// 429
    pub(super) fn too_many(wait: i64) -> Self {
        Self { wait: Some(wait), ..Self::plain(429, "Too many requests", "The rate limit is exceeded.") }
    }

    /// What is wrong, for those who act by hand.
    pub(super) fn told(&self) -> String {
        format!("{} {}", self.pointer.as_deref().unwrap_or_default(), self.detail)
    }

    pub(super) fn response(&self, integer_status: bool) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status == StatusCode::UNAUTHORIZED {
            return status.into_response();
        }
        // 406 has a number in the documentation, whatever others have
        let numeric = integer_status || status == StatusCode::NOT_ACCEPTABLE;
        let told = if numeric { json!(self.status) } else { json!(self.status.to_string()) };
        let mut error = json!({"title": self.title, "detail": self.detail, "code": "100", "status": told});
        if let Some(pointer) = &self.pointer {
            members::set(&mut error, "source", json!({"pointer": pointer}));
        }
        let body: Value = json!({"errors": [error]});
        (status, [(header::CONTENT_TYPE, JSON_API)], body.to_string()).into_response()
    }
}
