//! The one HTTP client of all vendors: time limits, an answer read whole or not at all, transport errors named.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Certificate, Method, RequestBuilder, Response, StatusCode};

use crate::error::{Error, Kind};
use crate::operation::Operation;

/// An HTTP client shared by all vendors of a process; cheap to clone. Counts the calls it makes.
#[derive(Debug, Clone)]
pub struct Http {
    client: reqwest::Client,
    calls: Arc<AtomicU64>,
    date: Arc<OnceLock<Timestamp>>,
    writes: Writes,
}

/// What becomes of calls that are no reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writes {
    Sent,
    Refused,
}

/// A whole answer of a vendor.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
    headers: HeaderMap,
}

impl Http {
    /// The longest a call may take, from connecting to the last byte of the answer. A write must not start with less
    /// time than this left, or its answer could be lost to the end of the function.
    pub const TIMEOUT: Duration = Duration::from_secs(10);

    const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
    const IDLE: Duration = Duration::from_secs(3);
    /// The most of an answer that is read, in bytes, unless a call says otherwise. What lies beyond is cut.
    const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

    /// A client that follows no redirects: no vendor API of the bundle uses them, and they would carry credentials on.
    ///
    /// # Errors
    /// Where the TLS back end cannot be set up.
    pub fn new() -> Result<Self, reqwest::Error> {
        Self::that(Writes::Sent)
    }

    /// The same for whoever must not change anything: nothing but GETs and logins leaves it. Any other call fails with
    /// [`Kind::ReadOnly`].
    ///
    /// # Errors
    /// Where the TLS back end cannot be set up.
    pub fn reading() -> Result<Self, reqwest::Error> {
        Self::that(Writes::Refused)
    }

    fn that(writes: Writes) -> Result<Self, reqwest::Error> {
        let client = builder()?
            .timeout(Self::TIMEOUT)
            .connect_timeout(Self::CONNECT_TIMEOUT)
            // a function is frozen between events: an older connection may be dead, and what is lost on it counts as
            // maybe arrived
            .pool_idle_timeout(Self::IDLE)
            .build()?;
        Ok(Self { client, calls: Arc::default(), date: Arc::default(), writes })
    }

    /// How many calls were made since the process started.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// What time it was by the first answer that said so (its `Date` header). `None`: no answer has yet.
    #[must_use]
    pub fn first_date(&self) -> Option<Timestamp> {
        self.date.get().copied()
    }

    pub(crate) fn get(&self, url: url::Url) -> RequestBuilder {
        self.client.get(url)
    }

    pub(crate) fn post(&self, url: url::Url) -> RequestBuilder {
        self.client.post(url)
    }

    pub(crate) fn put(&self, url: url::Url) -> RequestBuilder {
        self.client.put(url)
    }

    pub(crate) fn patch(&self, url: url::Url) -> RequestBuilder {
        self.client.patch(url)
    }

    pub(crate) fn delete(&self, url: url::Url) -> RequestBuilder {
        self.client.delete(url)
    }

    pub(crate) fn request(&self, method: Method, url: url::Url) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends the request once and reads the whole answer, whatever its status.
    pub(crate) async fn send(&self, operation: Operation, request: RequestBuilder) -> Result<Answer, Error> {
        let request = self.guarded(operation, request)?;
        self.carry_out(operation, request, Self::LONGEST_ANSWER).await
    }

    /// The same for a login, which changes nothing of anybody's and is a POST all the same.
    pub(crate) async fn log_in(&self, operation: Operation, request: RequestBuilder) -> Result<Answer, Error> {
        self.carry_out(operation, request, Self::LONGEST_ANSWER).await
    }

    /// The same for a search, which changes nothing either, be it a POST. Its answer may have as many bytes as `longest` says.
    pub(crate) async fn search(
        &self,
        operation: Operation,
        request: RequestBuilder,
        longest: usize,
    ) -> Result<Answer, Error> {
        self.carry_out(operation, request, longest).await
    }

    async fn carry_out(&self, operation: Operation, request: RequestBuilder, longest: usize) -> Result<Answer, Error> {
        let response = self.begin(operation, request).await?;
        read_whole(response, longest).await.map_err(|source| failure(operation, source))
    }

    /// Sends the request once, unless it is a write that must not leave; the answer's body is still to be read.
    pub(crate) async fn start(&self, operation: Operation, request: RequestBuilder) -> Result<Response, Error> {
        let request = self.guarded(operation, request)?;
        self.begin(operation, request).await
    }

    async fn begin(&self, operation: Operation, request: RequestBuilder) -> Result<Response, Error> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let response = request.send().await.map_err(|source| failure(operation, source))?;
        if let Some(date) = date(response.headers()) {
            self.date.get_or_init(|| date);
        }
        Ok(response)
    }

    /// The request, unless nothing but reads may leave.
    fn guarded(&self, operation: Operation, request: RequestBuilder) -> Result<RequestBuilder, Error> {
        let (client, request) = request.build_split();
        let request = request.map_err(|source| failure(operation, source))?;
        if self.writes == Writes::Refused && request.method() != Method::GET {
            return Err(Error::new(operation, Kind::ReadOnly));
        }
        Ok(RequestBuilder::from_parts(client, request))
    }
}

/// RFC 9110 has it in the form of mails: `Sun, 01 Mar 2026 10:00:00 GMT`.
fn date(headers: &HeaderMap) -> Option<Timestamp> {
    rfc2822::parse(headers.get(DATE)?.to_str().ok()?).ok().map(|date| date.timestamp())
}

/// What kept a request or its answer from arriving.
pub(crate) fn failure(operation: Operation, source: reqwest::Error) -> Error {
    Error {
        operation,
        kind: if source.is_connect() || source.is_builder() { Kind::Network } else { Kind::Unanswered },
        after_login: false,
        mend: None,
        source: Some(source.without_url()),
    }
}

/// What all clients have in common. They trust the roots that browsers trust, compiled in: reading the system's takes
/// milliseconds of a cold start.
pub(crate) fn builder() -> Result<reqwest::ClientBuilder, reqwest::Error> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|root| Certificate::from_der(root));
    let roots = roots.collect::<Result<Vec<_>, _>>()?;
    let builder = reqwest::Client::builder().tls_certs_only(roots).redirect(reqwest::redirect::Policy::none());
    Ok(builder.user_agent(concat!("hrsync/", env!("CARGO_PKG_VERSION"))))
}

async fn read_whole(mut response: Response, longest: usize) -> Result<Answer, reqwest::Error> {
    let status = response.status();
    let headers = response.headers().clone();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > longest {
            body.truncate(longest);
            break;
        }
    }
    Ok(Answer { status, headers, body })
}

impl Answer {
    /// Reads the rest of an answer.
    pub(crate) async fn read(operation: Operation, response: Response) -> Result<Self, Error> {
        read_whole(response, Http::LONGEST_ANSWER).await.map_err(|source| failure(operation, source))
    }

    /// The `Retry-After` header in its form as seconds; the form as a date is not used by any vendor of the bundle.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let seconds = self.header(RETRY_AFTER.as_str())?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds))
    }

    /// A header's value, where it is there and readable.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
