//! The vendors' twins: stateful stand-ins behind real HTTP, written from the vendors' documentation and as strict as they are.
//!
//! Every vendor is served under `/<vendor>/...` of one port. `/_twin/...` are the doors a test uses: seed, look, set faults,
//! reset. In the same process [`Twins::personio`] and its siblings give the same without HTTP.
//!
//! To add a vendor: a folder with a [`Vendor`], and one line in `all`.

pub mod clock;
pub mod desk;
mod digest;
mod doors;
mod email;
pub mod faults;
pub mod hellohq;
pub mod heyflow;
pub mod hibob;
mod line;
mod members;
pub mod oneflow;
pub mod outbox;
pub mod personio;
mod post;
pub mod recruit;
pub mod scim;
mod shelf;
mod target;
pub mod teamtailor;
mod window;

use std::any::Any;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use axum::Router;
use serde_json::{Map, Value};
use tokio::task::JoinHandle;

use crate::desk::Desk;
use crate::line::{Cut, Listener};

/// Every twin there is: one line per vendor.
fn all() -> Vec<Arc<dyn Vendor>> {
    vec![
        Arc::new(hellohq::Twin::default()),
        Arc::new(heyflow::Twin::default()),
        Arc::new(hibob::Twin::default()),
        Arc::new(oneflow::Twin::default()),
        Arc::new(personio::Twin::default()),
        Arc::new(recruit::Twin::default()),
        Arc::new(scim::Twin::default()),
        Arc::new(teamtailor::Twin::default()),
    ]
}

/// What a vendor's folder provides.
pub trait Vendor: Any + Send + Sync {
    /// The path segment under which it is served, e.g. `personio`.
    fn name(&self) -> &'static str;

    /// Its clock, fault switches and record of calls.
    fn desk(&self) -> &Desk;

    /// What the vendor serves to the world. Its calls are recorded and meet the faults.
    fn api(&self) -> Router;

    /// What the vendor serves from a second host at `base`, such as the storage to which it redirects. Recorded and faulty like `api`.
    fn storage(&self, _base: &str) -> Option<Router> {
        None
    }

    /// What the vendor's own users do (a form is submitted, a hook is configured). Neither recorded as calls nor faulty.
    fn commands(&self) -> Router {
        Router::new()
    }

    /// Seeds under `/_twin/<name>`.
    fn seeds(&self) -> Router {
        Router::new()
    }

    /// Everything it holds, without secrets.
    fn state(&self) -> Map<String, Value>;

    /// Back to the seed. Clock, faults and calls are reset by the caller.
    fn reset(&self);
}

/// All twins on one port, and their second hosts on another. They end when this value is dropped.
pub struct Twins {
    address: SocketAddr,
    vendors: Vec<Arc<dyn Vendor>>,
    closed: Cut,
    task: JoinHandle<()>,
    storage: JoinHandle<()>,
}

impl Twins {
    /// Serves all twins at `bind` (port 0: a free one), and their second hosts at a free port, in the current tokio runtime.
    ///
    /// # Errors
    /// An address cannot be bound.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn start(bind: SocketAddr) -> anyhow::Result<Self> {
        let closed = Cut::default();
        let listener = listener(bind, &closed)?;
        let address = listener.address().context("failed to read the bound address")?;
        let second = listener_beside(address, &closed)?;
        let second_address = second.address().context("failed to read the second address")?;
        let vendors = all();
        let storage = serve(second, doors::storage(&vendors, &format!("http://{second_address}")));
        let task = serve(listener, doors::router(&vendors));
        Ok(Self { address, vendors, closed, task, storage })
    }

    /// The base URL, without a trailing slash: `http://127.0.0.1:4600`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends the twins: no new connections, and the open ones are closed at their next byte.
    pub fn stop(self) {}

    /// Runs until the server ends, which only happens when the process does.
    ///
    /// # Errors
    /// The server's task died.
    pub async fn wait(mut self) -> anyhow::Result<()> {
        (&mut self.task).await.context("the twins' server ended")
    }

    /// Everything back to the seed: state, faults, clocks, calls.
    pub fn reset(&self) {
        self.vendors.iter().for_each(|vendor| reset(vendor.as_ref()));
    }

    /// The one twin of type `T`.
    fn vendor<T: Vendor>(&self) -> &T {
        let found = self.vendors.iter().find_map(|vendor| {
            let any: &dyn Any = vendor.as_ref();
            any.downcast_ref::<T>()
        });
        #[expect(
            clippy::expect_used,
            reason = "a vendor's accessor without its line in `all` is a mistake of this crate"
        )]
        found.expect("every vendor stands in `all`")
    }
}

impl Drop for Twins {
    fn drop(&mut self) {
        self.closed.now();
        self.task.abort();
        self.storage.abort();
    }
}

fn listener(bind: SocketAddr, closed: &Cut) -> anyhow::Result<Listener> {
    Listener::bind(bind, closed.clone()).with_context(|| format!("failed to listen at {bind}"))
}

/// A free port of the same machine: to a client another host.
fn listener_beside(address: SocketAddr, closed: &Cut) -> anyhow::Result<Listener> {
    listener(SocketAddr::new(address.ip(), 0), closed)
}

fn serve(listener: Listener, router: Router) -> JoinHandle<()> {
    let service = router.into_make_service_with_connect_info::<Cut>();
    tokio::spawn(async move {
        // axum's loop ends only when the task is aborted.
        let _ = axum::serve(listener, service).await;
    })
}

fn reset(vendor: &dyn Vendor) {
    vendor.reset();
    vendor.desk().reset();
}

/// A lock that outlives a panicking test thread.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
