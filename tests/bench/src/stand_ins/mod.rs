//! What answers in the place of AWS and the vendors: at once, always the same, and counting.

mod aws;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::runtime::serve;

/// What the stand-ins hold while one function is measured.
#[derive(Default)]
pub(crate) struct World {
    /// The table's items.
    pub(crate) items: Vec<Item>,
    /// What was written, as DynamoDB writes it, by partition and sort key. `None`: what is written is taken and not kept, so
    /// that each event finds the same.
    pub(crate) written: Option<Written>,
    /// The text of the one secret.
    pub(crate) secret: String,
    /// What vendors answer: method and path as in `POST /personio/v1/x`, status, body.
    pub(crate) vendors: Vec<(&'static str, u16, Value)>,
    /// What vendors answer to lists, by the query. A path may hold `{id}`, whose value is then added to the query.
    pub(crate) lists: Vec<(&'static str, List)>,
    /// What vendors answer to searches, by the request's body.
    pub(crate) searches: Vec<(&'static str, Search)>,
}

/// A vendor's list: from a query's parameters to the answer's body.
pub(crate) type List = Box<dyn Fn(&HashMap<String, String>) -> Value + Send>;

/// A vendor's search: from the request's body to the answer's.
pub(crate) type Search = Box<dyn Fn(&Value) -> Value + Send>;

/// An item's partition key, its sort key, and what else it holds.
pub(crate) type Item = (String, String, Map<String, Value>);

/// Items that were written.
pub(crate) type Written = BTreeMap<(String, String), Value>;

/// How often each kind of call was made.
pub(crate) type Calls = BTreeMap<String, u64>;

/// The server of all stand-ins; ends when dropped.
pub(crate) struct StandIns {
    /// Its address, without a trailing slash.
    pub(crate) url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    world: Mutex<World>,
    calls: Mutex<Calls>,
    queued: Mutex<BTreeSet<String>>,
    unknown: Mutex<Option<String>>,
}

impl StandIns {
    /// Listens on a free port and holds nothing.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("failed to listen for calls of AWS")?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared::default());
        let router = Router::new().fallback(call).with_state(Arc::clone(&shared));
        Ok(Self { url, shared, task: tokio::spawn(serve(listener, router)) })
    }

    /// Holds `world` from now on.
    pub(crate) fn hold(&self, world: World) {
        *locked(&self.shared.world) = world;
    }

    /// The calls since this was asked last.
    ///
    /// # Errors
    /// One of them was not understood: what came of it says nothing of the function.
    pub(crate) fn calls(&self) -> anyhow::Result<Calls> {
        if let Some(unknown) = locked(&self.shared.unknown).take() {
            bail!("the stand-ins have no answer to `{unknown}`: give one to its case, or to stand_ins");
        }
        Ok(mem::take(&mut *locked(&self.shared.calls)))
    }

    /// How many messages a FIFO queue would hold of those that were sent since this was asked last: it takes one of them
    /// once, however often it is sent.
    pub(crate) fn queued(&self) -> usize {
        mem::take(&mut *locked(&self.shared.queued)).len()
    }
}

impl Drop for StandIns {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Whether a kind of call is one of AWS, not of a vendor.
pub(crate) fn is_of_aws(kind: &str) -> bool {
    !kind.contains('/')
}

async fn call(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = aws::Call::read(&headers, &body);
    locked(&shared.queued).extend(call.iter().filter_map(|call| call.deduplication.clone()));
    let (kind, answer) = {
        let mut world = locked(&shared.world);
        match call {
            Some(call) => (call.kind(), call.answer(&mut world)),
            None => of_vendor(&method, &uri, &body, &world),
        }
    };
    if answer.is_none() {
        locked(&shared.unknown).get_or_insert_with(|| kind.clone());
    }
    *locked(&shared.calls).entry(kind).or_default() += 1;
    answer.unwrap_or_else(|| StatusCode::NOT_IMPLEMENTED.into_response())
}

/// The kind of the call, and the answer where there is one.
fn of_vendor(method: &Method, uri: &Uri, body: &[u8], world: &World) -> (String, Option<Response>) {
    let call = format!("{method} {}", uri.path());
    if let Some((_, search)) = world.searches.iter().find(|(known, _)| *known == call) {
        let found = serde_json::from_slice(body).ok().map(|asked| search(&asked).to_string());
        let found = found.map(|found| ([(header::CONTENT_TYPE, "application/json")], found).into_response());
        return (call, found);
    }
    for (known, list) in &world.lists {
        if *known == call {
            return ((*known).to_owned(), listed(list, uri, None));
        }
        if let Some(id) = id_in(known, &call) {
            return ((*known).to_owned(), listed(list, uri, Some(id)));
        }
    }
    let fixed = world.vendors.iter().find(|(known, _, _)| *known == call);
    let answer = fixed.and_then(|(_, status, body)| {
        let status = StatusCode::from_u16(*status).ok()?;
        Some((status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response())
    });
    (call, answer)
}

fn listed(list: &List, uri: &Uri, id: Option<&str>) -> Option<Response> {
    let Query(mut query) = Query::<HashMap<String, String>>::try_from_uri(uri).ok()?;
    query.extend(id.map(|id| ("id".to_owned(), id.to_owned())));
    Some(([(header::CONTENT_TYPE, "application/json")], list(&query).to_string()).into_response())
}

/// What stands in a call where a known path has `{id}`.
fn id_in<'a>(known: &str, call: &'a str) -> Option<&'a str> {
    let (before, after) = known.split_once("{id}")?;
    call.strip_prefix(before)?.strip_suffix(after).filter(|id| !id.contains('/'))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_in_a_path() {
        let known = "GET /persons/{id}/employments";
        assert_eq!(id_in(known, "GET /persons/3003/employments"), Some("3003"));
        assert_eq!(id_in(known, "GET /persons/3003/4/employments"), None);
        assert_eq!(id_in("GET /persons", "GET /persons"), None);
    }
}
