//! What the acts' doors have in common: ids in the path, and the answer.

use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::doors;

use super::refused::Refused;

/// A tenant's client id, and the id of something that it has; what cannot be one is refused as doors refuse.
pub(super) struct Named<T>(pub(super) String, pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let path = Path::<(String, T)>::from_request_parts(parts, state).await;
        let path = path.map_err(|rejection| doors::refused(StatusCode::BAD_REQUEST, &rejection.body_text()));
        path.map(|Path((client, id))| Self(client, id))
    }
}

/// The id of what was done, or 409.
pub(super) fn given(id: Result<impl Serialize, Refused>) -> Response {
    match id {
        Ok(id) => Json(json!({"id": id})).into_response(),
        Err(refused) => doors::refused(StatusCode::CONFLICT, refused.0),
    }
}
