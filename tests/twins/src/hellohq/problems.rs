//! How the HQ says no. The description knows only 200, so the bodies are those of the framework it is built with, as a
//! live client has met them: `{"errors": {"<field>": ["<message>"]}}`.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::ProblemForm;

/// Messages by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FieldErrors(BTreeMap<String, Vec<String>>);

impl FieldErrors {
    /// One message about one field.
    pub(super) fn one(field: &str, message: &str) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    pub(super) fn add(&mut self, field: &str, message: &str) {
        self.0.entry(field.to_owned()).or_default().push(message.to_owned());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All in one line: `end: ...; type: ...`.
    pub(super) fn line(&self) -> String {
        let lines: Vec<_> = self.0.iter().map(|(field, messages)| format!("{field}: {}", messages.join(" "))).collect();
        lines.join("; ")
    }
}

/// A refusal.
#[derive(Debug)]
pub(super) enum Problem {
    /// No token, or one that nobody has: 401 without a body.
    Login,
    /// Nothing there, or deleted.
    NotFound,
    /// A body that is not JSON by its `Content-Type`.
    MediaType,
    /// Too many calls; with the seconds to wait, where they are told. No body.
    TooMany(Option<i64>),
    /// Something is wrong with these fields.
    Invalid(FieldErrors),
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl Problem {
    pub(super) fn response(self, form: ProblemForm) -> Response {
        match self {
            Self::Login => (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response(),
            Self::TooMany(None) => StatusCode::TOO_MANY_REQUESTS.into_response(),
            Self::TooMany(Some(seconds)) => {
                (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds.to_string())]).into_response()
            }
            Self::NotFound => told(StatusCode::NOT_FOUND, "Not Found", None, form),
            Self::MediaType => told(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type", None, form),
            Self::Invalid(errors) => {
                told(StatusCode::BAD_REQUEST, "One or more validation errors occurred.", Some(&errors), form)
            }
        }
    }
}

fn told(status: StatusCode, title: &str, errors: Option<&FieldErrors>, form: ProblemForm) -> Response {
    match (form, errors) {
        (ProblemForm::Full, _) => (status, Json(full(status, title, errors))).into_response(),
        (ProblemForm::Errors, Some(errors)) => (status, Json(json!({"errors": errors.0}))).into_response(),
        (ProblemForm::Errors, None) => status.into_response(),
        (ProblemForm::Text, Some(errors)) => (status, errors.line()).into_response(),
        (ProblemForm::Text, None) => (status, title.to_owned()).into_response(),
    }
}

fn full(status: StatusCode, title: &str, errors: Option<&FieldErrors>) -> Value {
    let trace = Uuid::new_v4().simple().to_string();
    let mut body = json!({
        "type": "https://tools.ietf.org/html/rfc9110#section-15.5",
        "title": title,
        "status": status.as_u16(),
        "traceId": format!("00-{trace}-0000000000000001-00"),
    });
    if let (Some(errors), Some(members)) = (errors, body.as_object_mut()) {
        members.insert("errors".to_owned(), json!(errors.0));
    }
    body
}
