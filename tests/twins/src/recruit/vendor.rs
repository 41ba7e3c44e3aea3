//! Which address is served by what. A wrong path and a wrong method are told with a page.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, patch, post, put};
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::{Vendor, doors, locked};

use super::account::{Account, ErrorForm, Quirks};
use super::careers;
use super::commands;
use super::openings;
use super::positions;
use super::problem::Problem;
use super::twin::{NAME, Twin};

impl Vendor for Twin {
    fn name(&self) -> &'static str {
        NAME
    }

    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn api(&self) -> Router {
        Router::new()
            .route("/positions", get(positions::list))
            .route("/positions/", post(positions::create))
            .route("/positions/{uid}", get(positions::one))
            .route("/positions/{uid}/clone", post(positions::copy))
            .route("/position/{uid}", patch(positions::update))
            .route("/openings/", post(openings::create))
            .route("/openings", get(openings::list))
            .route("/openings/{uid}", get(openings::one).patch(openings::update).delete(openings::remove))
            .route("/careers-api/2.0/company/{uid}/positions", get(careers::feed))
            .fallback(|| async { Problem::no_path().response(ErrorForm::Message) })
            .method_not_allowed_fallback(|| async { Problem::no_method().response(ErrorForm::Message) })
            .with_state(self.clone())
    }

    fn commands(&self) -> Router {
        commands::router().with_state(self.clone())
    }

    fn seeds(&self) -> Router {
        Router::new()
            .route("/accounts/{account}", put(seed))
            .route("/accounts/{account}/quirks", put(quirks))
            .with_state(self.clone())
    }

    fn state(&self) -> Map<String, Value> {
        locked(&self.store).shown()
    }

    fn reset(&self) {
        self.start_over();
    }
}

async fn seed(State(twin): State<Twin>, Path(name): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Account>(&body) {
        Ok(account) => twin.seed(&name, account),
        Err(refusal) => return *refusal,
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn quirks(State(twin): State<Twin>, Path(name): Path<String>, body: Bytes) -> Response {
    let is_known = match doors::parse::<Quirks>(&body) {
        Ok(quirks) => twin.adjust(&name, |account| account.quirks = quirks),
        Err(refusal) => return *refusal,
    };
    if is_known {
        StatusCode::NO_CONTENT.into_response()
    } else {
        doors::refused(StatusCode::CONFLICT, "there is no such account")
    }
}
