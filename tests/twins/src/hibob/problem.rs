//! Why a call is refused, in the company's form.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::company::Right;
use super::quirks::{ErrorForm, MissingRight};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    key: &'static str,
    text: String,
    /// What the `errors` form names.
    field: String,
    /// A form that does not follow the company's.
    form: Option<ErrorForm>,
    /// Seconds for `Retry-After`.
    wait: Option<i64>,
}

impl Problem {
    /// 400, for a member or a field.
    pub(super) fn bad(field: &str, text: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            key: "BAD_REQUEST",
            text: format!("{field}: {text}"),
            field: field.to_owned(),
            form: None,
            wait: None,
        }
    }

    /// A wrong JSON type is told without a body.
    pub(super) fn unreadable() -> Self {
        Self { form: Some(ErrorForm::Empty), ..Self::bad("body", "cannot be read") }
    }

    pub(super) fn media() -> Self {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self { status, form: Some(ErrorForm::Empty), ..Self::bad("body", "is not JSON") }
    }

    /// An unknown login is told without a body.
    pub(super) fn login() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::unreadable() }
    }

    pub(super) fn right(right: Right, told: MissingRight) -> Self {
        let bad = Self::bad("permission", "");
        match told {
            MissingRight::Forbidden => {
                let text = format!("Missing permission: {}", right.path());
                Self { status: StatusCode::FORBIDDEN, key: "FORBIDDEN", text, ..bad }
            }
            MissingRight::Unauthorized => {
                let (text, form) = (format!("No permissions to {}", right.subject()), Some(ErrorForm::ErrorMessage));
                Self { status: StatusCode::UNAUTHORIZED, text, form, ..bad }
            }
        }
    }

    pub(super) fn too_many(wait: Option<i64>) -> Self {
        let (status, text) = (StatusCode::TOO_MANY_REQUESTS, "Too many requests".to_owned());
        Self { status, key: "TOO_MANY_REQUESTS", text, wait, ..Self::bad("limit", "") }
    }

    pub(super) fn response(&self, form: ErrorForm) -> Response {
        let mut response = match self.form.unwrap_or(form) {
            ErrorForm::Empty => self.status.into_response(),
            form => (self.status, Json(self.body(form))).into_response(),
        };
        if let Some(wait) = self.wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }

    fn body(&self, form: ErrorForm) -> Value {
        let (key, text, field) = (self.key, &self.text, &self.field);
        match form {
            ErrorForm::KeyError => json!({"key": key, "error": text}),
            ErrorForm::ErrorMessage => json!({"errorMessage": text}),
            ErrorForm::Message => json!({"message": text}),
            ErrorForm::Errors => json!({"errors": {field: {"error": key, "message": text}}}),
            ErrorForm::Empty => Value::Null,
        }
    }
}
