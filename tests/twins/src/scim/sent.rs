//! What a call brings beside its path.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};

/// Headers, address and the whole body.
pub(super) struct Sent {
    pub(super) headers: HeaderMap,
    pub(super) uri: Uri,
    pub(super) body: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await;
        let body = body.map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
        Ok(Self { headers: parts.headers, uri: parts.uri, body })
    }
}
