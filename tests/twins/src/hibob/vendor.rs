//! Which address is served by what.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::{Vendor, doors, locked};

use super::commands;
use super::company::Company;
use super::modes::Modes;
use super::people;
use super::planning;
use super::quirks::Quirks;
use super::shown;
use super::twin::Twin;

impl Vendor for Twin {
    fn name(&self) -> &'static str {
        "hibob"
    }

    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn api(&self) -> Router {
        Router::new()
            .route("/v1/objects/position/search", post(planning::positions))
            .route("/v1/positions/position-openings/search", post(planning::openings))
            .route("/v1/metadata/objects/position", get(planning::position_fields))
            .route("/v1/positions/position-openings/metadata", get(planning::opening_fields))
            .route("/v1/people/search", post(people::search))
            .fallback(|| async { StatusCode::NOT_FOUND })
            .with_state(self.clone())
    }

    fn commands(&self) -> Router {
        commands::router().with_state(self.clone())
    }

    fn seeds(&self) -> Router {
        Router::new()
            .route("/companies/{company}", put(seed))
            .route("/companies/{company}/quirks", put(quirks))
            .route("/companies/{company}/modes", put(modes))
            .with_state(self.clone())
    }

    fn state(&self) -> Map<String, Value> {
        shown::all(&locked(&self.store))
    }

    fn reset(&self) {
        self.start_over();
    }
}

async fn seed(State(twin): State<Twin>, Path(id): Path<u64>, body: Bytes) -> Response {
    set::<Company>(&body, |company| {
        twin.seed(id, company);
        true
    })
}

async fn quirks(State(twin): State<Twin>, Path(id): Path<u64>, body: Bytes) -> Response {
    set::<Quirks>(&body, |quirks| twin.adjust(id, |company| company.quirks = quirks))
}

async fn modes(State(twin): State<Twin>, Path(id): Path<u64>, body: Bytes) -> Response {
    set::<Modes>(&body, |modes| twin.adjust(id, |company| company.modes = modes))
}

fn set<T: DeserializeOwned>(body: &[u8], set: impl FnOnce(T) -> bool) -> Response {
    let is_known = match doors::parse(body) {
        Ok(value) => set(value),
        Err(refusal) => return *refusal,
    };
    if is_known {
        StatusCode::NO_CONTENT.into_response()
    } else {
        doors::refused(StatusCode::CONFLICT, "there is no such company")
    }
}
