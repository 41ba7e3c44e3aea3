//! Refusals: <https://developer.oneflow.com/docs/handling-errors-with-error-codes>.

use std::borrow::Cow;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use crate::members;

/// A refusal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problem {
    pub(super) status: u16,
    code: u32,
    title: &'static str,
    detail: Cow<'static, str>,
    parameters: Map<String, Value>,
}

type Detail = Cow<'static, str>;

impl Problem {
    fn plain(status: u16, title: &'static str, detail: impl Into<Detail>) -> Self {
        Self { status, code: u32::from(status) * 10_000, title, detail: detail.into(), parameters: Map::new() }
    }

    /// 400 with what is wrong under the parameter's path.
    pub(super) fn parameter(path: impl Into<String>, wrong: impl Into<String>) -> Self {
        let parameters = [(path.into(), json!([wrong.into()]))].into_iter().collect();
        Self { parameters, ..Self::plain(400, "Bad Request", "The request contains invalid parameters.") }
    }

    /// 400
    pub(super) fn body(detail: impl Into<Detail>) -> Self {
        Self::plain(400, "Bad Request", detail)
    }

    /// 400: two participants are one.
    pub(super) fn duplicate_participant() -> Self {
        Self { code: 4_000_003, ..Self::body("The contract has two participants with one e-mail address.") }
    }

    /// 401
    pub(super) fn login() -> Self {
        Self::plain(401, "Unauthorized", "The API token is not valid.")
    }

    /// 403
    pub(super) fn forbidden(detail: impl Into<Detail>) -> Self {
        Self::plain(403, "Forbidden", detail)
    }

    /// 404
    pub(super) fn unknown() -> Self {
        Self::plain(404, "Not Found", "The requested resource was not found.")
    }

    /// 409
    pub(super) fn conflict(detail: impl Into<Detail>) -> Self {
        Self::plain(409, "Conflict", detail)
    }

    /// 429
    pub(super) fn too_many() -> Self {
        Self::plain(429, "Too Many Requests", "The rate limit has been exceeded.")
    }

    /// What is wrong, for those who act by hand.
    pub(super) fn told(&self) -> String {
        let parameters = self.parameters.iter().map(|(path, wrong)| format!(" {path}: {wrong}"));
        format!("{}{}", self.detail, parameters.collect::<String>())
    }

    pub(super) fn response(&self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut body = json!({
            "detail": self.detail,
            "error_code": self.code,
            "parameter_problems": self.parameters,
            "status": self.status,
            "title": self.title,
        });
        let about = format!("https://developer.oneflow.com/docs/error-{}", self.code);
        // the documented body of 429 has `info` where others have `type` and a request's id
        let members = if self.status == 429 {
            vec![("info", about)]
        } else {
            vec![("type", about), ("request_id", "3f0c2a4e-twin".to_owned())]
        };
        for (name, value) in members {
            members::set(&mut body, name, json!(value));
        }
        (status, Json(body)).into_response()
    }
}
