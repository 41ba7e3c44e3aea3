//! Sends a webhook the way Heyflow does: Node's axios, ten seconds of patience, anything but 200 is an error.
//!
//! The error texts are those of <https://www.heyflow.help/de/articles/11549925-webhooks-troubleshooting>.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, USER_AGENT};
use reqwest::{Client, Url};
use serde_json::Value;

use crate::post;

use super::flow::{Hook, Method};
use super::payload::{Form, text};
use super::state::Modes;

const PATIENCE: Duration = Duration::from_secs(10);

/// A webhook request, ready to go.
pub(super) struct Request<'a> {
    hook: &'a Hook,
    pub(super) method: Method,
    pub(super) body: String,
    query: Vec<(String, String)>,
}

/// How it went.
pub(super) struct Outcome {
    pub(super) status: Option<u16>,
    pub(super) error: Option<String>,
}

impl<'a> Request<'a> {
    pub(super) fn new(hook: &'a Hook, form: &Form, modes: &Modes) -> Self {
        let json = form.body(modes.extend.unwrap_or(hook.extend || modes.old_names), modes);
        let mut query: Vec<_> = hook.params.clone().into_iter().collect();
        let body = match (&modes.raw_body, hook.method) {
            (_, Method::Get) => {
                spread("", &json, &mut query);
                String::new()
            }
            (Some(raw), _) => raw.clone(),
            (None, _) => json.to_string(),
        };
        Self { hook, method: hook.method, body, query }
    }

    fn url(&self) -> Result<Url, String> {
        let mut url = Url::parse(&self.hook.url).map_err(|_| "AxiosError: Invalid URL".to_owned())?;
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }

    /// The sender's own headers, then Basic, then the hook's headers: each replaces what stands before it.
    fn http(&self, client: &Client, url: Url) -> Result<reqwest::Request, String> {
        let request = client.request(method(self.method), url);
        let request = request.header(ACCEPT, "application/json, text/plain, */*").header(USER_AGENT, "axios/1.7.9");
        let request = match self.method {
            Method::Get => request,
            _ => request.header(CONTENT_TYPE, "application/json").body(self.body.clone()),
        };
        let request = match &self.hook.basic {
            Some(basic) => request.basic_auth(&basic.user, Some(&basic.password)),
            None => request,
        };
        let mut request = request.build().map_err(|error| format!("AxiosError: {error}"))?;
        for (name, value) in &self.hook.headers {
            set(request.headers_mut(), name, value)
                .ok_or_else(|| format!("AxiosError: Invalid character in header content [\"{name}\"]"))?;
        }
        Ok(request)
    }
}

/// `None` where name or value cannot be sent.
fn set(headers: &mut HeaderMap, name: &str, value: &str) -> Option<()> {
    headers.insert(name.parse::<HeaderName>().ok()?, value.parse().ok()?);
    Some(())
}

/// Sends it and waits for the answer, at most ten seconds.
pub(super) async fn send(request: &Request<'_>) -> Outcome {
    match attempt(request).await {
        Ok(200) => Outcome { status: Some(200), error: None },
        Ok(status) => {
            let error = format!("AxiosError: Request failed with status code {status}");
            Outcome { status: Some(status), error: Some(error) }
        }
        Err(error) => Outcome { status: None, error: Some(error) },
    }
}

async fn attempt(request: &Request<'_>) -> Result<u16, String> {
    let url = request.url()?;
    let client = post::client(PATIENCE).map_err(|error| format!("AxiosError: {error}"))?;
    let answer = client.execute(request.http(&client, url.clone())?).await;
    answer.map(|response| response.status().as_u16()).map_err(|error| axios_text(&error, &url))
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Get => reqwest::Method::GET,
        Method::Delete => reqwest::Method::DELETE,
        Method::Options => reqwest::Method::OPTIONS,
    }
}

/// Nested data in a URL as axios writes it: `fields[First name]=...`. Heyflow does not document its own way.
fn spread(name: &str, value: &Value, query: &mut Vec<(String, String)>) {
    let inner = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}[{key}]") };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| spread(&inner(key), value, query)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| spread(&inner(&index.to_string()), value, query));
        }
        Value::Null => {}
        single => query.push((name.to_owned(), text(single))),
    }
}

fn axios_text(error: &reqwest::Error, url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let what = if error.is_timeout() {
        format!("timeout of {}ms exceeded", PATIENCE.as_millis())
    } else if error.is_connect() && causes(error).contains("dns") {
        format!("getaddrinfo ENOTFOUND {host}")
    } else if error.is_connect() {
        format!("connect ECONNREFUSED {host}:{}", url.port_or_known_default().unwrap_or_default())
    } else {
        "socket hang up".to_owned()
    };
    format!("AxiosError: {what}")
}

fn causes(error: &reqwest::Error) -> String {
    let mut texts = String::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        texts.push_str(&error.to_string());
        cause = error.source();
    }
    texts
}
