//! The error body of v2: <https://developer.personio.de/reference/errors>. Sent as `application/problem+json`.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::quirks::{ErrorForm, MissingRight};

const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
const PLAIN: HeaderValue = HeaderValue::from_static("application/json");

/// An answer other than success. The texts of 400 and 404 are documented, those of 401 and of a wrong `limit` were seen live; the
/// rest is invented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    status: StatusCode,
    title: &'static str,
    detail: Cow<'static, str>,
    /// Behind `https://developer.personio.de/reference/errors#`.
    kind: &'static str,
    path: Option<String>,
}

impl Problem {
    const fn new(status: StatusCode, title: &'static str, detail: &'static str, kind: &'static str) -> Self {
        Self { status, title, detail: Cow::Borrowed(detail), kind, path: None }
    }

    pub(super) const PARAMETERS: Self = Self::bad("Provided request parameters are invalid.");
    pub(super) const FILTER: Self = Self::bad("Provided filter encoding is invalid.");
    pub(super) const LIMIT: Self = Self::bad("Provided value for limit is not valid");
    pub(super) const CURSOR: Self = Self::bad("Provided value for cursor is not valid");
    pub(super) const NOT_FOUND: Self = Self::new(
        StatusCode::NOT_FOUND,
        "Resource not found",
        "There is no resource for the specified id.",
        "common.resource_not_found",
    );
    pub(super) const UNAUTHORIZED: Self =
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized", "Unauthorized Request", "common.unauthorized");
    pub(super) const TOO_MANY: Self = Self::new(
        StatusCode::TOO_MANY_REQUESTS,
        "Too many requests",
        "The rate limit of this endpoint is used up.",
        "common.too_many_requests",
    );

    const fn bad(detail: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Bad request", detail, "common.bad_request")
    }

    /// The body of a request is refused.
    pub(super) fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: detail.into(), ..Self::PARAMETERS }
    }

    /// The body is well-formed, but cannot be.
    pub(super) fn unprocessable(detail: impl Into<Cow<'static, str>>) -> Self {
        let bare = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Unprocessable", "", "common.unprocessable_entity");
        Self { detail: detail.into(), ..bare }
    }

    pub(super) fn conflict(detail: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, "Conflict", detail, "common.conflict")
    }

    /// The credential lacks the scope.
    pub(super) fn missing(right: MissingRight) -> Self {
        match right {
            MissingRight::Unauthorized => Self::UNAUTHORIZED,
            MissingRight::Forbidden => Self::new(
                StatusCode::FORBIDDEN,
                "Forbidden",
                "The credential has no access to this resource.",
                "common.forbidden",
            ),
        }
    }

    /// No such endpoint.
    pub(super) fn no_route(path: &str) -> Self {
        let bare = Self::new(StatusCode::NOT_FOUND, "Not Found", "There is no such endpoint.", "common.not_found");
        Self { path: Some(path.to_owned()), ..bare }
    }

    /// The answer.
    pub(super) fn response(&self, now: Timestamp, form: ErrorForm) -> Response {
        let time = format!("{now:.3}");
        let (content_type, error, timestamp) = match form {
            ErrorForm::Documented => (PROBLEM, self.documented(), time),
            ErrorForm::Sparse => (PLAIN, self.sparse(), time.replace('Z', "+00:00")),
        };
        let body = json!({"personio_trace_id": Uuid::new_v4(), "timestamp": timestamp, "errors": [error]});
        (self.status, [(header::CONTENT_TYPE, content_type)], body.to_string()).into_response()
    }

    fn documented(&self) -> Value {
        let kind = format!("https://developer.personio.de/reference/errors#{}", self.kind);
        let meta = self.path.as_ref().map_or_else(|| json!({}), |path| json!({"path": path}));
        json!({"title": self.title, "detail": self.detail, "type": kind, "_meta": meta})
    }

    fn sparse(&self) -> Value {
        json!({"title": self.title, "detail": self.detail, "type": null})
    }
}
