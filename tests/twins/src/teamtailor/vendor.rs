//! Which address is served by what.

use axum::Router;
use axum::routing::{get, post};
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::{Vendor, locked};

use super::doors;
use super::reads;
use super::twin::{NAME, Twin};
use super::uploads;
use super::writes;

impl Vendor for Twin {
    fn name(&self) -> &'static str {
        NAME
    }

    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn api(&self) -> Router {
        Router::new()
            .route("/{region}/v1/company", get(reads::company))
            .route("/{region}/v1/files", post(uploads::files))
            .route("/{region}/v1/{kind}", get(reads::list).post(writes::create))
            .route("/{region}/v1/{kind}/{id}", get(reads::one).patch(writes::update))
            .route("/{region}/v1/{kind}/{id}/{relation}", get(reads::related))
            .with_state(self.clone())
    }

    fn commands(&self) -> Router {
        doors::router().with_state(self.clone())
    }

    fn seeds(&self) -> Router {
        doors::seeds().with_state(self.clone())
    }

    fn state(&self) -> Map<String, Value> {
        locked(&self.store).shown()
    }

    fn reset(&self) {
        self.start_over();
    }
}
