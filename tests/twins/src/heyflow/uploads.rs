//! Visitors' files behind links. A link answers the file itself only if "Public Link access" is on
//! (<https://www.heyflow.help/en/articles/5469495-webhook-api>); what it answers otherwise is not documented, so a test chooses. A
//! redirect, a slow answer or none is set with the fault switches.

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{doors, locked};

use super::Twin;

/// All but RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A visitor's file behind its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Sent as `Content-Type`.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// What the link answers instead of the file; `None`: the link is public.
    pub refusal: Option<Refusal>,
}

impl Upload {
    /// A file behind a public link.
    #[must_use]
    pub fn new(content_type: &str, bytes: &[u8]) -> Self {
        Self { content_type: content_type.to_owned(), bytes: bytes.to_owned(), refusal: None }
    }

    /// The same file behind a link that is not public.
    #[must_use]
    pub fn private(self, refusal: Refusal) -> Self {
        Self { refusal: Some(refusal), ..self }
    }
}

/// What a link answers that is not public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum Refusal {
    /// A page to log in at, with status 200.
    #[default]
    #[serde(rename = "login_page")]
    LoginPage,
    /// 401 without a body.
    #[serde(rename = "401")]
    Unauthorized,
    /// 403 without a body.
    #[serde(rename = "403")]
    Forbidden,
}

impl Refusal {
    fn response(self) -> Response {
        match self {
            Self::LoginPage => Html("<!DOCTYPE html><html><body><h1>Log in</h1></body></html>").into_response(),
            Self::Unauthorized => StatusCode::UNAUTHORIZED.into_response(),
            Self::Forbidden => StatusCode::FORBIDDEN.into_response(),
        }
    }
}

/// `?public=false&refusal=403`
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Access {
    public: Option<bool>,
    refusal: Option<Refusal>,
}

impl Access {
    /// `None` for a public link; the error is a contradiction.
    fn refusal(&self) -> Result<Option<Refusal>, &'static str> {
        match (self.public, self.refusal) {
            (Some(false), refusal) => Ok(Some(refusal.unwrap_or_default())),
            (_, None) => Ok(None),
            (_, Some(_)) => Err("refusal needs public=false"),
        }
    }
}

/// The path of a link, percent-encoded.
pub(super) fn link(id: &str, name: &str) -> String {
    format!("/uploads/{}/{}", utf8_percent_encode(id, ENCODED), utf8_percent_encode(name, ENCODED))
}

/// `GET /heyflow/uploads/{id}/{name}`
pub(super) async fn download(State(twin): State<Twin>, Path((id, name)): Path<(String, String)>) -> Response {
    match locked(&twin.store).uploads.get(&link(&id, &name)) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(Upload { refusal: Some(refusal), .. }) => refusal.response(),
        Some(upload) => ([(header::CONTENT_TYPE, upload.content_type.clone())], upload.bytes.clone()).into_response(),
    }
}

/// `PUT /_twin/heyflow/uploads/{id}/{name}`: the body is the file.
pub(super) async fn seed(
    State(twin): State<Twin>,
    Path((id, name)): Path<(String, String)>,
    access: Result<Query<Access>, QueryRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let access = access.map_err(|rejection| rejection.body_text());
    let refusal = access.and_then(|Query(access)| access.refusal().map_err(str::to_owned));
    let refusal = match refusal {
        Ok(refusal) => refusal,
        Err(error) => return doors::refused(StatusCode::BAD_REQUEST, &error),
    };
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or("application/octet-stream");
    twin.upload(&id, &name, Upload { refusal, ..Upload::new(content_type, &body) });
    StatusCode::NO_CONTENT.into_response()
}

/// As the door shows it: all but the content.
pub(super) fn shown(path: &str, upload: &Upload) -> Value {
    json!({
        "path": path,
        "content_type": upload.content_type,
        "size": upload.bytes.len(),
        "public": upload.refusal.is_none(),
        "refusal": upload.refusal,
    })
}
