//! Which address is served by what.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get, post, put};
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::{Vendor, doors, locked};

use super::account::Account;
use super::config;
use super::people;
use super::twin::{NAME, Twin};
use super::users;

impl Vendor for Twin {
    fn name(&self) -> &'static str {
        NAME
    }

    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn api(&self) -> Router {
        Router::new()
            .route("/{account}/ServiceProviderConfig", get(config::provider))
            .route("/{account}/ResourceTypes", get(config::types))
            .route("/{account}/ResourceTypes/{id}", get(config::one_type))
            .route("/{account}/Schemas", get(config::schemas))
            .route("/{account}/Schemas/{id}", get(config::one_schema))
            .route("/{account}/Users", get(users::list).post(users::create))
            .route(
                "/{account}/Users/{id}",
                get(users::one).put(users::replace).patch(users::patch).delete(users::remove),
            )
            .route("/{account}/Me", any(config::not_offered))
            .route("/{account}/Bulk", post(config::not_offered))
            .route("/{account}/.search", post(config::not_offered))
            .route("/{account}/{*rest}", any(config::nothing))
            .with_state(self.clone())
    }

    fn commands(&self) -> Router {
        people::router().with_state(self.clone())
    }

    fn seeds(&self) -> Router {
        Router::new().route("/accounts/{name}", put(seed)).with_state(self.clone())
    }

    fn state(&self) -> Map<String, Value> {
        locked(&self.store).shown()
    }

    fn reset(&self) {
        self.start_over();
    }
}

async fn seed(State(twin): State<Twin>, Path(name): Path<String>, body: Bytes) -> Response {
    let account = match doors::parse::<Account>(&body) {
        Ok(account) => account,
        Err(refusal) => return *refusal,
    };
    match twin.seed(&name, account) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => doors::refused(StatusCode::CONFLICT, &error),
    }
}
