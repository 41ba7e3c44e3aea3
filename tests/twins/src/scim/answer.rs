//! Bodies in the account's form and content type.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::account::{ErrorForm, Media};
use super::problem::Problem;

const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

impl Media {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Scim => "application/scim+json",
            Self::Html => "text/html; charset=utf-8",
        })
    }
}

/// A JSON body.
pub(super) fn body(status: StatusCode, body: &Value, media: Media) -> Response {
    (status, [(header::CONTENT_TYPE, media.header())], Body::from(body.to_string())).into_response()
}

/// A refusal.
pub(super) fn refusal(problem: &Problem, form: ErrorForm, media: Media) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = body(status, &told(problem, form), media);
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(wait) = problem.wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    response
}

fn told(problem: &Problem, form: ErrorForm) -> Value {
    let status = problem.status.to_string();
    match (form, problem.kind) {
        (ErrorForm::Full, Some(kind)) => {
            json!({"schemas": [ERROR], "status": status, "scimType": kind, "detail": problem.detail})
        }
        (ErrorForm::Full, None) => json!({"schemas": [ERROR], "status": status, "detail": problem.detail}),
        (ErrorForm::IntegerStatus, _) => {
            json!({"schemas": [ERROR], "status": problem.status, "detail": problem.detail})
        }
        (ErrorForm::NoStatus, _) => json!({"schemas": [ERROR], "detail": problem.detail}),
    }
}
