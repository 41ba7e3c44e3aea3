//! The accounts of the tour: Personio's people through the twin's doors, and what stands in helloHQ.

use std::cell::RefCell;
use std::collections::BTreeSet;

use anyhow::Context as _;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::CONNECTION;
use super::absence::Absence;
use crate::personio::CLIENT;
use crate::shown::{list, state, text};
use crate::stage::{Http, Seen};

/// The twin's, as connections.json gives it to the stack.
const CLIENT_SECRET: &str = "twin-client-secret";

/// So many absence types beside the seed's fit one page of Personio's list.
const SPARE_TYPES: u128 = 90;
const FIRST_SPARE_TYPE: Uuid = Uuid::from_u128(0x7c5b_1b3e_0000_4000_8000_0000_0001_0000);

/// What is fresh in every tour: ids of absences, and the type without a home. Persons and the other types are the twin's seed.
pub(super) struct Account {
    /// Whose webhooks arrive.
    pub(super) told: Absence,
    /// Of a type that the connection's mapping does not name.
    pub(super) homeless: Absence,
    /// Whose webhooks get lost.
    pub(super) untold: Absence,
    /// When the tour came, by Personio's clock.
    pub(super) now: Timestamp,
    /// Sent before this flow's tour began.
    pub(super) known_mails: BTreeSet<String>,
    last_sweep: RefCell<Option<Value>>,
}

impl Account {
    pub(super) async fn new(http: &Http<'_>) -> anyhow::Result<Self> {
        let (personio, mails) = (state(http, "personio").await?, http.mails().await?);
        let now: Timestamp = text(&personio, "/clock/now")?.parse()?;
        let tenant = personio.pointer(&format!("/tenants/{CLIENT}"));
        let types = add_spare_types(http, tenant.context("the Personio twin does not show its tenant")?).await?;
        let is_told = |kind: &Uuid| mails.iter().any(|mail| mail.says(&kind.to_string()));
        let without_home = spare_types().find(|kind| !is_told(kind));
        let without_home = without_home.context("every spare type has been told of: begin anew with `make down`")?;
        let [monday, tuesday, wednesday] = days(now)?;
        Ok(Self {
            told: Absence::new(3001, 11, (type_named(&types, "Urlaub")?, "Vacation"), monday),
            homeless: Absence::new(3001, 11, (without_home, "nothing of helloHQ's"), tuesday),
            untold: Absence::new(3002, 12, (type_named(&types, "Krankheit")?, "SickLeave"), wednesday),
            now,
            known_mails: mails.into_iter().map(|mail| mail.id).collect(),
            last_sweep: RefCell::default(),
        })
    }

    /// Has the connection swept, and waits until all that comes of it is done.
    pub(super) async fn sweep(&self, http: &Http<'_>) -> anyhow::Result<()> {
        let last = self.last_sweep.borrow().clone();
        let ask = async || -> anyhow::Result<Option<Value>> {
            Ok(http.hrsync(&["sweep", CONNECTION]).await?.get("run").cloned())
        };
        // two within one second are one run, of which the queue takes nothing twice
        let run = http.until(ask, |run| *run != last).await?;
        self.last_sweep.replace(run);
        http.until_quiet().await
    }
}

/// Gives Personio absence types that no connection knows; all types that there are then. A type without a home is told once
/// and the pusher remembers the list of types for a while; so each tour makes the same ones and takes the first that no
/// mail has told of.
async fn add_spare_types(http: &Http<'_>, tenant: &Value) -> anyhow::Result<Vec<Value>> {
    let member = |name: &str| tenant.get(name).cloned().unwrap_or_default();
    let mut types = member("types").as_array().cloned().unwrap_or_default();
    types.extend(spare_types().zip(1..).map(|(id, number)| {
        let name = format!("Sabbatical {number}");
        json!({"id": id, "name": name, "unit": "DAY"})
    }));
    let tenant = json!({"client_secret": CLIENT_SECRET, "company_id": member("company_id"), "persons": member("persons"),
        "types": types});
    http.call(Method::PUT, &http.twins(&format!("/_twin/personio/tenants/{CLIENT}")), Some(tenant)).await?;
    Ok(types)
}

fn spare_types() -> impl Iterator<Item = Uuid> {
    (0..SPARE_TYPES).map(|number| Uuid::from_u128(FIRST_SPARE_TYPE.as_u128() + number))
}

fn type_named(types: &[Value], name: &str) -> anyhow::Result<Uuid> {
    let found = types.iter().find(|kind| kind.get("name") == Some(&json!(name)));
    let found = found.with_context(|| format!("the Personio twin has no absence type {name}"))?;
    Ok(text(found, "/id")?.parse()?)
}

/// Working days: what stands in helloHQ must not depend on the day of the tour.
fn days(now: Timestamp) -> anyhow::Result<[Date; 3]> {
    let monday = now.to_zoned(TimeZone::UTC).date().nth_weekday(2, Weekday::Monday)?;
    let tuesday = monday.tomorrow()?;
    Ok([monday, tuesday, tuesday.tomorrow()?])
}

/// What stands in helloHQ, spelt as [`Absence::entry`] does.
pub(super) async fn standing(http: &Http<'_>) -> Seen {
    let hellohq = state(http, "hellohq").await?;
    let standing = list(&hellohq, "/absences")?.iter().filter(|entry| entry.get("deleted") == Some(&json!(false)));
    let spelt = standing.map(|entry| {
        let user = entry.get("user_id").cloned().unwrap_or_default();
        let [kind, start, end] = ["/type", "/start", "/end"].map(|member| text(entry, member).unwrap_or_default());
        format!("{kind} of user {user}, {start} to {end}")
    });
    let spelt: Vec<_> = spelt.collect();
    Ok(if spelt.is_empty() { "nothing".to_owned() } else { spelt.join("; ") })
}
