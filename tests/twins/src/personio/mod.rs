//! Personio's recruiting API v1: creating applications and uploading their documents. The HR API v2 is [`v2`]'s.
//!
//! Follows Personio's published OpenAPI (`personio-recruiting-api.yaml`) and <https://developer.personio.de/reference/introduction-1>.
//! Where they are silent, the strictest behaviour seen in users' reports or the least comfortable reading is taken; README.md lists it.

mod account;
mod applications;
mod body;
mod checks;
mod content;
mod documents;
mod errors;
mod limits;
mod state;
pub mod v2;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{post, put};
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::{Twins, Vendor, doors, locked};

pub use self::account::{Account, AttributeKind, Channel, ErrorSpelling, ForbiddenForm};
use self::limits::Endpoint;
use self::state::Store;
pub use self::state::{Application, Attribute, Document, FileReference};

/// The company of the seed account.
pub const SEED_COMPANY: &str = "48151";
/// The recruiting token of the seed account.
pub const SEED_TOKEN: &str = "twin-recruiting-token";

/// Personio's twin. Clones share everything.
#[derive(Clone, Default)]
pub struct Twin {
    desk: Desk,
    store: Arc<Mutex<Store>>,
    tenants: v2::Tenants,
}

impl Twins {
    /// Personio's twin.
    #[must_use]
    pub fn personio(&self) -> &Twin {
        self.vendor()
    }
}

impl Twin {
    /// Adds or replaces an account. What it already received stays.
    pub fn seed(&self, company_id: &str, account: Account) {
        locked(&self.store).accounts.insert(company_id.to_owned(), account);
    }

    /// All applications, oldest first.
    #[must_use]
    pub fn applications(&self) -> Vec<Application> {
        locked(&self.store).applications.clone()
    }

    /// All uploaded documents, oldest first.
    #[must_use]
    pub fn documents(&self) -> Vec<Document> {
        locked(&self.store).documents.clone()
    }

    /// 429 where the company used up its share of this endpoint. Every call counts, whatever becomes of it; a company that does not
    /// exist has no limit of its own.
    fn limited(&self, headers: &HeaderMap, endpoint: Endpoint) -> Option<Response> {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let company = company(headers).to_owned();
        let account = store.accounts.get(&company)?;
        let (limit, window) = (account.limit, account.window_seconds);
        let admitted = store.windows.entry((company, endpoint)).or_default().admits(now, limit, window);
        (!admitted).then(|| StatusCode::TOO_MANY_REQUESTS.into_response())
    }
}

/// The `X-Company-ID` of a call; empty where there is none.
fn company(headers: &HeaderMap) -> &str {
    headers.get("x-company-id").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The token after `Bearer`; empty where there is none.
fn token(headers: &HeaderMap) -> &str {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    authorization.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
}

impl Vendor for Twin {
    fn name(&self) -> &'static str {
        "personio"
    }

    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn api(&self) -> Router {
        Router::new()
            .route("/v1/recruiting/applications", post(applications::create))
            .route("/v1/recruiting/applications/documents", post(documents::upload))
            .nest("/v2", v2::api(self))
            .fallback(|| async { errors::generic(StatusCode::NOT_FOUND, "Not Found", "There is no such endpoint.") })
            .with_state(self.clone())
    }

    fn commands(&self) -> Router {
        v2::commands().with_state(self.clone())
    }

    fn seeds(&self) -> Router {
        Router::new().route("/accounts/{company_id}", put(seed)).merge(v2::seeds()).with_state(self.clone())
    }

    fn state(&self) -> Map<String, Value> {
        locked(&self.store).shown().into_iter().chain(self.tenants.shown()).collect()
    }

    fn reset(&self) {
        *locked(&self.store) = Store::default();
        self.tenants.reset();
    }
}

async fn seed(State(twin): State<Twin>, Path(company_id): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Account>(&body) {
        Ok(account) => twin.seed(&company_id, account),
        Err(refusal) => return *refusal,
    }
    StatusCode::NO_CONTENT.into_response()
}
