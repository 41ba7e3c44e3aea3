//! An independent SCIM server as the partner of a house: one of those in `tests/judges`, behind a proxy that can cut calls.

use serde_json::Value;
use twins::scim::SEED_TOKEN;
use uuid::Uuid;

use crate::support::cloud::local_client;
use crate::support::proxy::{Proxy, Trouble};

/// The judges, by the names that their paths have.
pub(super) const JUDGES: [&str; 3] = ["scim2-server", "scim2-server-without-patch", DJANGO];
/// The one that keeps neither titles nor enterprise attributes.
pub(super) const DJANGO: &str = "django-scim2";

/// A tenant of a judge, which nobody else uses.
pub(super) struct Judge {
    server: String,
    path: String,
    tenant: String,
    proxy: Proxy,
}

impl Judge {
    pub(super) async fn new(name: &str) -> Self {
        let server =
            std::env::var("HRSYNC_JUDGES").expect("HRSYNC_JUDGES is not set: run these tests with `make test`");
        let tenant = Uuid::new_v4().to_string();
        let path = format!("/scim/{name}/{tenant}/v2");
        let proxy = Proxy::start(&server, &server).await;
        Self { server, path, tenant, proxy }
    }

    /// Where the flow meets it.
    pub(super) fn base_url(&self) -> String {
        format!("{}{}", self.proxy.url(), self.path)
    }

    /// The next call that begins so, e.g. `POST`, goes wrong.
    pub(super) fn trouble_once(&self, call: &'static str, trouble: Trouble) {
        let mut left = Some(trouble);
        self.proxy.change(move |_, kind| if kind.starts_with(call) { left.take() } else { None });
    }

    /// Nothing goes wrong any more.
    pub(super) fn calm(&self) {
        self.proxy.change(|_, _| None);
    }

    /// The calls so far, e.g. `GET /scim2-server/*/v2/Users`.
    pub(super) fn calls(&self) -> Vec<String> {
        self.proxy.calls().into_iter().map(|(call, _)| call).collect()
    }

    /// How many of them were to change something.
    pub(super) fn writes(&self) -> usize {
        self.calls().iter().filter(|call| !call.starts_with("GET ")).count()
    }

    /// All accounts, each as `login active`.
    pub(super) async fn accounts(&self) -> Vec<String> {
        let list = self.read("/Users?startIndex=1&count=500").await;
        let users = list["Resources"].as_array().unwrap();
        assert_eq!(list["totalResults"], users.len(), "all on one page");
        let mut spelt: Vec<String> = users.iter().map(spelt).collect();
        spelt.sort();
        spelt
    }

    /// The user with this login, as the judge shows it.
    pub(super) async fn user(&self, login: &str) -> Value {
        let list = self.read("/Users?startIndex=1&count=500").await;
        let mut users = list["Resources"].as_array().unwrap().iter();
        users.find(|user| user["userName"] == login).unwrap_or_else(|| panic!("no user {login}: {list}")).clone()
    }

    async fn read(&self, path: &str) -> Value {
        let url = format!("{}{}{path}", self.server, self.path);
        local_client().get(url).bearer_auth(SEED_TOKEN).send().await.unwrap().json().await.unwrap()
    }

    /// The end: payloads were sent, and none of them was wrong.
    pub(super) async fn close(self) {
        let url = format!("{}/payloads/{}", self.server, self.tenant);
        let found: Value = local_client().get(url).send().await.unwrap().json().await.unwrap();
        assert_eq!(found["wrong"], Value::Array(Vec::new()), "scim-sanity: {found}");
        assert_ne!(found["payloads"], 0);
    }
}

fn spelt(user: &Value) -> String {
    let login = user["userName"].as_str().unwrap();
    format!("{login} {}", if user["active"].as_bool().unwrap() { "on" } else { "off" })
}
