//! What a call that is not refused is answered.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

/// An answer.
pub(super) enum Reply {
    /// 200 with a body.
    Ok(Value),
    /// 201 with a body.
    Created(Value),
    /// 204.
    Empty,
}

impl Reply {
    pub(super) fn response(self) -> Response {
        match self {
            Self::Ok(body) => Json(body).into_response(),
            Self::Created(body) => (StatusCode::CREATED, Json(body)).into_response(),
            Self::Empty => StatusCode::NO_CONTENT.into_response(),
        }
    }
}
