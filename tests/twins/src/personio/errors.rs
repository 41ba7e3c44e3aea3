//! Personio's three error bodies: field errors, the generic form, and a refusal of the whole body.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::{Account, ErrorSpelling, ForbiddenForm};

/// Codes by field. A field appears once, as the specification guarantees.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FieldErrors(BTreeMap<String, Vec<Cow<'static, str>>>);

impl FieldErrors {
    /// Adds a code of the specification's list.
    pub(super) fn add(&mut self, field: impl Into<String>, reason: impl Into<Cow<'static, str>>) {
        self.0.entry(field.into()).or_default().push(reason.into());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The answer, e.g. `{"errors":[{"field":"email","errors":[{"reason":"errors.applicant-already-exists"}]}]}`.
    pub(super) fn response(&self, status: StatusCode, spelling: ErrorSpelling) -> Response {
        let errors: Vec<_> = self.0.iter().map(|(field, reasons)| field_error(field, reasons, spelling)).collect();
        (status, Json(json!({"errors": errors}))).into_response()
    }
}

fn field_error(field: &str, reasons: &[Cow<'_, str>], spelling: ErrorSpelling) -> Value {
    match spelling {
        ErrorSpelling::Live => json!({
            "type": "com.personio.recruiting.api.http.FieldError",
            "field": field,
            "errors": reasons.iter().map(|reason| json!({"reason": reason})).collect::<Vec<_>>(),
        }),
        ErrorSpelling::Documented => json!({
            "field": field,
            "errors": reasons.iter().map(|reason| json!({"reason": reason, "context": {}})).collect::<Vec<_>>(),
        }),
    }
}

/// The generic form: `{"errors":[{"id","status","title","detail"}]}` with the status as a string.
pub(super) fn generic(status: StatusCode, title: &str, detail: &str) -> Response {
    let error = json!({"id": Uuid::new_v4().to_string(), "status": status.as_str(), "title": title, "detail": detail});
    (status, Json(json!({"errors": [error]}))).into_response()
}

/// The refusal of a whole body, which the specification does not mention: `{"error":{"reason":"..."}}`.
pub(super) fn body_refused(reason: &str) -> Response {
    refused(StatusCode::BAD_REQUEST, reason)
}

fn refused(status: StatusCode, reason: &str) -> Response {
    (status, Json(json!({"error": {"reason": reason}}))).into_response()
}

/// A feature (`feature.*.disabled`) that this account has not booked.
pub(super) fn forbidden(feature: &str, account: &Account) -> Response {
    match account.forbidden_form {
        ForbiddenForm::Field => {
            let mut errors = FieldErrors::default();
            errors.add("company_id", feature.to_owned());
            errors.response(StatusCode::FORBIDDEN, account.error_spelling)
        }
        ForbiddenForm::Reason => refused(StatusCode::FORBIDDEN, feature),
        ForbiddenForm::Generic => generic(StatusCode::FORBIDDEN, "Forbidden", feature),
    }
}
