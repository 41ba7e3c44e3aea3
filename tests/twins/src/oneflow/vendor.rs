//! Which address is served by what.

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post, put};
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::{Vendor, locked};

use super::contracts;
use super::doors;
use super::events;
use super::fields;
use super::files;
use super::hooks;
use super::participants;
use super::problem::Problem;
use super::templates;
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
        let served = routes().into_iter().fold(Router::new(), |router, (path, methods)| {
            // both are in the vendor's samples
            router.route(&format!("/v1{path}/"), methods.clone()).route(&format!("/v1{path}"), methods)
        });
        served.route("/v1/{*rest}", axum::routing::any(nothing)).with_state(self.clone())
    }

    fn storage(&self, base: &str) -> Option<Router> {
        base.clone_into(&mut locked(&self.storage).base);
        Some(Router::new().route("/storage/{key}", get(files::stored)).with_state(self.clone()))
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

fn routes() -> Vec<(&'static str, MethodRouter<Twin>)> {
    let participant = "/contracts/{id}/parties/{party}/participants/{participant}";
    vec![
        ("/ping", get(contracts::ping)),
        ("/users", get(users::list)),
        ("/workspaces", get(templates::workspaces)),
        ("/templates", get(templates::templates)),
        ("/templates/{id}", get(templates::one_template)),
        ("/template_types", get(templates::types)),
        ("/template_types/{id}", get(templates::one_type)),
        ("/template_types/{id}/data_fields", put(templates::replace_fields)),
        ("/helpers/contract_create_data", get(templates::usable)),
        ("/contracts", get(contracts::list)),
        ("/contracts/create", post(contracts::create)),
        ("/contracts/{id}", get(contracts::one).delete(contracts::remove)),
        ("/contracts/{id}/publish", post(contracts::publish)),
        ("/contracts/{id}/data_fields", get(fields::list)),
        ("/contracts/{id}/data_fields/{field}", get(fields::one).put(fields::update)),
        (participant, put(participants::replace)),
        ("/contracts/{id}/files", get(files::list)),
        ("/contracts/{id}/files/{file}", get(files::one)),
        ("/contracts/{id}/events", get(events::list)),
        ("/contracts/{id}/events/{event}", get(events::one)),
        ("/webhooks", get(hooks::list).post(hooks::create)),
        ("/webhooks/{id}", get(hooks::one).put(hooks::replace).delete(hooks::remove)),
    ]
}

async fn nothing(State(twin): State<Twin>, headers: HeaderMap) -> Response {
    twin.serve(&headers, |_, _| Err(Problem::unknown()))
}
