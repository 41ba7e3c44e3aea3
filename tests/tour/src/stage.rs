//! What every flow's tour needs: steps that are timed and told, JSON over HTTP, and waiting with a deadline.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use reqwest::{Client, Method};
use serde_json::Value;

use crate::{Endpoints, Step};

const PAUSE: Duration = Duration::from_millis(100);

/// The running tour.
pub(crate) struct Stage<'a> {
    pub(crate) http: Http<'a>,
    steps: Vec<Step>,
    progress: &'a mut dyn FnMut(&Step),
}

/// The calls of the tour.
pub(crate) struct Http<'a> {
    pub(crate) endpoints: &'a Endpoints,
    client: Client,
    patience: Duration,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(
        patience: Duration,
        endpoints: &'a Endpoints,
        progress: &'a mut dyn FnMut(&Step),
    ) -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build()?;
        Ok(Self { http: Http { endpoints, client, patience }, steps: Vec::new(), progress })
    }

    pub(crate) async fn reset_twins(&self) -> anyhow::Result<()> {
        self.http.call(Method::POST, &self.http.twins("/_twin/reset"), None).await.map(drop)
    }

    /// Plays one step. What breaks in it is told as what was seen, so that the tour goes on.
    pub(crate) async fn step(&mut self, step: &str, expected: &str, play: impl AsyncFnOnce(&Http<'a>) -> Seen) {
        let begun = Instant::now();
        let seen = play(&self.http).await.unwrap_or_else(|error| format!("failed: {error:#}"));
        let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let step = Step { step: step.to_owned(), expected: expected.to_owned(), seen, ms };
        (self.progress)(&step);
        self.steps.push(step);
    }

    pub(crate) fn into_steps(self) -> Vec<Step> {
        self.steps
    }
}

/// What a step saw.
pub(crate) type Seen = anyhow::Result<String>;

impl Http<'_> {
    /// A URL of the twins.
    pub(crate) fn twins(&self, path: &str) -> String {
        format!("{}{path}", self.endpoints.twins)
    }

    /// A URL of the local cloud.
    pub(crate) fn aws(&self, path: &str) -> String {
        format!("{}{path}", self.endpoints.aws)
    }

    /// GETs JSON.
    pub(crate) async fn get(&self, url: &str) -> anyhow::Result<Value> {
        self.call(Method::GET, url, None).await
    }

    /// One call with a JSON body; the answer's JSON, null where it is empty.
    pub(crate) async fn call(&self, method: Method, url: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let asked = || format!("failed to {method} {url}");
        let mut request = self.client.request(method.clone(), url);
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await.with_context(asked)?;
        let status = answer.status();
        let text = answer.text().await.with_context(asked)?;
        anyhow::ensure!(status.is_success(), "{} answered {status}: {text}", asked());
        if text.is_empty() { Ok(Value::Null) } else { serde_json::from_str(&text).with_context(asked) }
    }

    /// POSTs JSON under one more header; the status answered, whatever it is.
    pub(crate) async fn knock(&self, url: &str, header: (&str, &str), body: &Value) -> anyhow::Result<u16> {
        self.knock_with(url, &[header], body).await
    }

    /// POSTs JSON under more headers; the status answered, whatever it is.
    pub(crate) async fn knock_with(&self, url: &str, headers: &[(&str, &str)], body: &Value) -> anyhow::Result<u16> {
        let request = self.client.post(url).json(body);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = request.send().await.with_context(|| format!("failed to POST {url}"))?;
        Ok(answer.status().as_u16())
    }

    /// PUTs a file.
    pub(crate) async fn put_file(&self, url: &str, content_type: &str, bytes: &'static [u8]) -> anyhow::Result<()> {
        let asked = || format!("failed to PUT {url}");
        let request = self.client.put(url).header("content-type", content_type).body(bytes);
        let answer = request.send().await.with_context(asked)?;
        anyhow::ensure!(answer.status().is_success(), "{} answered {}", asked(), answer.status());
        Ok(())
    }

    /// Looks again and again until `done` holds or patience ends; gives the last look either way.
    pub(crate) async fn until<T>(
        &self,
        mut look: impl AsyncFnMut() -> anyhow::Result<T>,
        done: impl Fn(&T) -> bool,
    ) -> anyhow::Result<T> {
        let deadline = Instant::now() + self.patience;
        loop {
            let seen = look().await?;
            if done(&seen) || Instant::now() >= deadline {
                return Ok(seen);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
