//! Why a call is refused.

use std::borrow::Cow;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use serde_json::json;

use super::account::{ErrorForm, LimitForm, Right};

type Text = Cow<'static, str>;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    status: StatusCode,
    text: Text,
    /// A form that does not follow the account's.
    form: Option<ErrorForm>,
    /// Seconds for `Retry-After`.
    wait: Option<i64>,
    /// The path is wrong: a page instead of an answer.
    is_page: bool,
}

impl Problem {
    fn new(status: StatusCode, text: impl Into<Text>) -> Self {
        Self { status, text: text.into(), form: None, wait: None, is_page: false }
    }

    pub(super) fn bad(text: impl Into<Text>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, text)
    }

    pub(super) fn media() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json")
    }

    pub(super) fn login(text: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, text)
    }

    pub(super) fn right(right: Right) -> Self {
        Self::new(StatusCode::FORBIDDEN, format!("The app has no permission for {}", right.name()))
    }

    /// Reported: a 404 is plain text.
    pub(super) fn missing(what: &str) -> Self {
        Self { form: Some(ErrorForm::Text), ..Self::new(StatusCode::NOT_FOUND, format!("{what} not found")) }
    }

    pub(super) fn no_path() -> Self {
        Self { is_page: true, ..Self::new(StatusCode::NOT_FOUND, "Not Found") }
    }

    pub(super) fn no_method() -> Self {
        Self { is_page: true, ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed") }
    }

    pub(super) fn too_many(told: LimitForm, wait: Option<i64>) -> Self {
        let problem = match told {
            LimitForm::TooMany => Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
            LimitForm::Bandwidth => Self::new(StatusCode::FORBIDDEN, "Bandwidth quota exceeded"),
        };
        Self { wait, form: Some(ErrorForm::Text), ..problem }
    }

    pub(super) fn response(&self, form: ErrorForm) -> Response {
        if self.is_page {
            let title = &self.text;
            let page = Html(format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"));
            return (self.status, page).into_response();
        }
        let text = &self.text;
        let mut response = match self.form.unwrap_or(form) {
            ErrorForm::Message => (self.status, Json(json!({"message": text}))).into_response(),
            ErrorForm::Error => (self.status, Json(json!({"error": text}))).into_response(),
            ErrorForm::Detail => (self.status, Json(json!({"detail": text}))).into_response(),
            ErrorForm::Errors => (self.status, Json(json!({"errors": [text]}))).into_response(),
            ErrorForm::Text => (self.status, text.to_string()).into_response(),
        };
        if let Some(wait) = self.wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }
}
