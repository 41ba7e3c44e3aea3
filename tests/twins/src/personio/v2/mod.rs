//! Personio's HR API v2: tokens, absence periods with breakdowns and types, persons with employments, names of the company's parts, and
//! webhooks.
//!
//! Follows Personio's reference pages, named in each module, and where they are silent what users saw live. Everything belongs to a
//! [`Tenant`]: a credential with the account behind it. Its [`Quirks`] decide where documents and reports leave a choice, its [`Modes`]
//! how webhooks are delivered. In the same process an [`Office`] looks and acts; README.md lists what is assumed.

mod absence;
mod absences;
mod access;
mod acts;
mod books;
mod breakdowns;
mod commands;
mod company;
mod company_reads;
mod dates;
mod deliver;
mod employee;
mod employment;
mod employments;
mod errors;
mod events;
mod filter;
mod hook;
pub mod kinds;
mod limits;
mod lists;
mod named;
mod office;
mod persons;
mod query;
mod quirks;
mod refused;
mod rights;
mod shown;
mod span;
mod staff;
mod staff_acts;
mod staff_doors;
mod staff_quirks;
mod tenant;
mod token;
mod types;
mod view;
mod webhook_log;
mod webhooks;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::Uri;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;

use crate::locked;

pub use self::absence::{Absence, Edit, NewAbsence, Status};
use self::books::Books;
pub(super) use self::commands::{commands, seeds};
pub use self::company::{LegalEntity, OrgUnit, OrgUnitType, Workplace};
pub use self::deliver::Delivery;
pub use self::employment::{Employment, EmploymentStatus, EmploymentType, Termination, TerminationType, Terms};
use self::errors::Problem;
pub use self::events::{Event, Letter};
pub use self::hook::{AuthType, Hook, HookStatus};
pub use self::office::Office;
pub use self::quirks::{
    Ends, ErrorForm, FreeDays, HalfDayEnd, Halves, LastPage, Limits, MissingRight, NextLink, PayloadKey, Quirks,
    WebhookAnswers,
};
pub use self::refused::Refused;
pub use self::rights::{EmploymentField, PersonField};
pub use self::span::{Days, Half, Hours, Span};
pub use self::staff::Staff;
pub use self::staff_acts::{NewPerson, PersonEdit};
pub use self::staff_quirks::{EmploymentEvents, EmploymentPayload, LastWorking, NoTermination, PayloadUnder};
pub use self::tenant::{AbsenceType, Person, Tenant, Unit};
use super::Twin;
pub use crate::outbox::Modes;

/// The client id of the seed tenant.
pub const SEED_CLIENT: &str = "twin-client";
/// The client secret of the seed tenant.
pub const SEED_SECRET: &str = "twin-client-secret";

/// When the seed tenant's persons were created: 2024-01-01T00:00:00Z.
const SEEDED_AT: Timestamp = Timestamp::constant(1_704_067_200, 0);

/// All tenants by client id. Clones share them.
#[derive(Clone)]
pub(super) struct Tenants(Arc<Mutex<BTreeMap<String, Books>>>);

impl Default for Tenants {
    fn default() -> Self {
        let tenants = Self(Arc::default());
        tenants.reset();
        tenants
    }
}

impl Tenants {
    /// Back to the seed.
    pub(super) fn reset(&self) {
        let seed = Books::open(SEED_CLIENT, Tenant::seed(), SEEDED_AT);
        *locked(&self.0) = seed.into_iter().map(|books| (SEED_CLIENT.to_owned(), books)).collect();
    }
}

impl Twin {
    /// Adds or replaces a tenant of the HR API, with everything that came of the former one.
    ///
    /// # Errors
    /// Its absences do not fit its persons and types, or two persons share an e-mail address.
    pub fn seed_tenant(&self, client_id: &str, tenant: Tenant) -> Result<(), Refused> {
        let books = Books::open(client_id, tenant, self.desk.clock().now())?;
        locked(&self.tenants.0).insert(client_id.to_owned(), books);
        Ok(())
    }

    /// One tenant of the HR API, to look and to act.
    #[must_use]
    pub fn v2(&self, client_id: &str) -> Office {
        Office::new(self, client_id)
    }

    /// The acts of one tenant's HR people on persons and employments.
    #[must_use]
    pub fn staff(&self, client_id: &str) -> Staff {
        Staff::new(self.v2(client_id))
    }

    /// A tenant's absence periods as they are now, oldest first.
    #[must_use]
    pub fn absences(&self, client_id: &str) -> Vec<Absence> {
        self.v2(client_id).absences()
    }
}

/// What is served below `/v2`.
pub(super) fn api(twin: &Twin) -> Router<Twin> {
    Router::new()
        .route("/auth/token", post(token::issue))
        .route("/auth/revoke", post(token::revoke))
        .route("/absence-types", get(types::list))
        .route("/absence-types/{id}", get(types::one))
        .route("/absence-periods", get(absences::list))
        .route("/absence-periods/{id}", get(absences::one))
        .route("/absence-periods/{id}/breakdowns", get(absences::days))
        .route("/persons", get(persons::list))
        .route("/persons/{id}", get(persons::one))
        .route("/persons/{id}/employments", get(employments::list))
        .route("/persons/{id}/employments/{employment}", get(employments::one))
        .route("/org-units", get(company_reads::org_units))
        .route("/org-units/{id}", get(company_reads::org_unit))
        .route("/workplaces", get(company_reads::workplaces))
        .route("/legal-entities", get(company_reads::legal_entities))
        .route("/legal-entities/{id}", get(company_reads::legal_entity))
        .route("/webhooks", get(webhooks::list).post(webhooks::create))
        .route("/webhooks/{id}", get(webhooks::one).patch(webhooks::change).delete(webhooks::remove))
        .route("/webhooks/{id}/ping", post(webhooks::ping))
        .route("/webhooks/{id}/test-event", post(webhooks::test_event))
        .route("/webhooks/{id}/events", get(webhook_log::events))
        .route("/webhooks/{id}/activity", get(webhook_log::activity))
        .route("/webhooks/{id}/redelivery", post(webhook_log::redelivery))
        .fallback(unknown)
        .layer(from_fn_with_state(twin.clone(), limits::counted))
}

async fn unknown(State(twin): State<Twin>, uri: Uri) -> Response {
    let path = format!("/v2{}", uri.path());
    Problem::no_route(&path).response(twin.desk.clock().now(), ErrorForm::default())
}
