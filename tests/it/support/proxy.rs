//! A proxy in front of the local AWS and the twins. The functions under test meet both through it, so that each of their
//! outbound calls can be counted, cut or refused.
//!
//! HTTP/1.1, one call per connection: a client never has a kept connection to blame, so a cut is always an error to it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::cloud::{local_client, plain_http};

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The connection ends, and nothing was carried out.
    CutBefore,
    /// It was carried out, and the connection ends without an answer.
    CutAfter,
    /// Nothing was carried out, and the answer is 500.
    Refused,
    /// Nothing was carried out, and SES answers 400 with this code.
    Ses(&'static str),
}

/// Decides on the call with this number (from 0) and of this kind.
type Decide = Box<dyn FnMut(usize, &str) -> Option<Trouble> + Send>;

/// The proxy. Ends when dropped.
pub(crate) struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    aws: String,
    twins: String,
    client: reqwest::Client,
    watch: Mutex<Watch>,
}

struct Watch {
    decide: Decide,
    calls: Vec<(String, Option<Trouble>)>,
}

impl Proxy {
    /// A proxy that lets everything pass.
    pub(crate) async fn start(aws: &str, twins: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let client = local_client();
        let watch = Mutex::new(Watch { decide: Box::new(|_, _| None), calls: Vec::new() });
        let shared = Arc::new(Shared { aws: aws.to_owned(), twins: twins.to_owned(), client, watch });
        let serving = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(one(Arc::clone(&serving), stream));
            }
        });
        Self { address, shared, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// AWS clients' configuration that leads here, for the same account.
    pub(crate) async fn config(&self, cloud: &SdkConfig, retries: RetryConfig) -> SdkConfig {
        // not made from the account's own, which holds on to the endpoint of the environment
        let config = aws_config::defaults(BehaviorVersion::v2026_01_12()).http_client(plain_http());
        let config = config.credentials_provider(cloud.credentials_provider().expect("an account has a key"));
        config.endpoint_url(self.url()).retry_config(retries).load().await
    }

    /// Counts anew, and decides so from now on.
    pub(crate) fn watch(&self, decide: impl FnMut(usize, &str) -> Option<Trouble> + Send + 'static) {
        *self.shared.watch.lock().unwrap() = Watch { decide: Box::new(decide), calls: Vec::new() };
    }

    /// Decides so from now on; the count goes on.
    pub(crate) fn change(&self, decide: impl FnMut(usize, &str) -> Option<Trouble> + Send + 'static) {
        self.shared.watch.lock().unwrap().decide = Box::new(decide);
    }

    /// The calls since [`Self::watch`], with what happened to them.
    pub(crate) fn calls(&self) -> Vec<(String, Option<Trouble>)> {
        self.shared.watch.lock().unwrap().calls.clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// How many calls of each kind.
pub(crate) fn count(calls: &[(String, Option<Trouble>)]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for (kind, _) in calls {
        *counts.entry(kind.as_str()).or_default() += 1;
    }
    counts
}

/// Serves the one call of a connection. Returning closes it.
async fn one(shared: Arc<Shared>, stream: TcpStream) {
    let mut stream = BufReader::new(stream);
    let Some(request) = Request::read(&mut stream).await else { return };
    let kind = request.kind();
    let trouble = {
        let mut watch = shared.watch.lock().unwrap();
        let number = watch.calls.len();
        let trouble = (watch.decide)(number, &kind);
        watch.calls.push((kind, trouble));
        trouble
    };
    let answer = match trouble {
        Some(Trouble::CutBefore) => return,
        Some(Trouble::Refused) => refusal(),
        Some(Trouble::Ses(code)) => ses(code),
        Some(Trouble::CutAfter) => {
            request.forward(&shared).await;
            return;
        }
        None => request.forward(&shared).await,
    };
    stream.write_all(&answer).await.ok();
}

/// The table's partitions that the calls name, each as long as its first word.
pub(crate) fn partitions_named(calls: &[(String, Option<Trouble>)]) -> BTreeSet<&str> {
    let of_the_table = calls.iter().filter_map(|(kind, _)| kind.strip_prefix("DynamoDB ")?.split_once(' '));
    of_the_table.flat_map(|(_, partitions)| partitions.split('+')).collect()
}

fn refusal() -> Vec<u8> {
    let body = r#"{"__type":"InternalServerError","message":"refused by the test"}"#;
    let head = "HTTP/1.1 500 -\r\ncontent-type: application/x-amz-json-1.0\r\nconnection: close\r\n";
    format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// SES speaks AWS's query protocol.
fn ses(code: &str) -> Vec<u8> {
    let error = format!("<Error><Type>Sender</Type><Code>{code}</Code><Message>by the test</Message></Error>");
    let namespace = "http://ses.amazonaws.com/doc/2010-12-01/";
    let body = format!(r#"<ErrorResponse xmlns="{namespace}">{error}<RequestId>r</RequestId></ErrorResponse>"#);
    let head = "HTTP/1.1 400 -\r\ncontent-type: text/xml\r\nconnection: close\r\n";
    format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

struct Request {
    method: String,
    target: String,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Request {
    async fn read(stream: &mut BufReader<TcpStream>) -> Option<Self> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.ok()?;
            match line.trim_end() {
                "" => break,
                text => lines.push(text.to_owned()),
            }
        }
        let mut first = lines.first()?.split(' ').map(str::to_owned);
        let (method, target) = (first.next()?, first.next()?);
        let header = |line: &String| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let headers: HashMap<_, _> = lines.iter().filter_map(header).collect();
        assert!(!headers.contains_key("transfer-encoding"), "the proxy reads bodies of a known length only");
        let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        Some(Self { method, target, headers, body })
    }

    /// Of the twins' or of AWS. Twins are told by their path, which AWS's JSON protocols do not use.
    fn vendor_path(&self) -> Option<&str> {
        let path = self.target.split('?').next().unwrap_or_default();
        let vendors = ["/personio", "/heyflow", "/hellohq", "/hibob", "/oneflow", "/recruit", "/scim", "/teamtailor"];
        vendors.iter().find_map(|vendor| path.strip_prefix(vendor))
    }

    /// What a call does, in words that are the same in each run: `DynamoDB PutItem receipt`, `POST /v1/...`.
    fn kind(&self) -> String {
        match (self.vendor_path(), self.headers.get("x-amz-target")) {
            (Some(path), _) if path.starts_with("/uploads/") => format!("{} /uploads", self.method),
            (Some(path), _) => format!("{} {}", self.method, pattern(path)),
            (None, Some(target)) => self.json_kind(target),
            (None, None) => {
                let text = String::from_utf8_lossy(&self.body);
                let action = text.split('&').find_map(|pair| pair.strip_prefix("Action="));
                format!("SES {}", action.unwrap_or("unknown"))
            }
        }
    }

    fn json_kind(&self, target: &str) -> String {
        let (service, operation) = target.split_once('.').unwrap_or((target, ""));
        match service {
            "AmazonSQS" => format!("SQS {operation}"),
            "secretsmanager" => format!("SecretsManager {operation}"),
            _ => {
                let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
                let mut subjects = Vec::new();
                partitions(&body, &mut subjects);
                subjects.dedup();
                format!("DynamoDB {operation} {}", subjects.join("+"))
            }
        }
    }

    async fn forward(&self, shared: &Shared) -> Vec<u8> {
        let upstream = if self.vendor_path().is_some() { &shared.twins } else { &shared.aws };
        let method = self.method.parse::<reqwest::Method>().unwrap();
        let mut request = shared.client.request(method, format!("{upstream}{}", self.target));
        for (name, value) in self.headers.iter().filter(|(name, _)| name.as_str() != "connection") {
            request = request.header(name, value);
        }
        // a twin that drops the connection is passed on as it is
        let Ok(answer) = request.body(self.body.clone()).send().await else { return Vec::new() };
        let mut head = format!("HTTP/1.1 {} -\r\nconnection: close\r\n", answer.status().as_u16());
        let framing = ["connection", "content-length", "transfer-encoding"];
        for (name, value) in answer.headers().iter().filter(|(name, _)| !framing.contains(&name.as_str())) {
            head.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
        }
        let Ok(body) = answer.bytes().await else { return Vec::new() };
        head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        [head.into_bytes(), body.to_vec()].concat()
    }
}

/// A path with `*` in the place of ids.
fn pattern(path: &str) -> String {
    let is_id = |segment: &str| {
        uuid::Uuid::try_parse(segment).is_ok()
            || !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit())
    };
    path.split('/').map(|segment| if is_id(segment) { "*" } else { segment }).collect::<Vec<_>>().join("/")
}

/// The subjects of the items that a DynamoDB request names: the partition keys' first words, in order.
fn partitions(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member["S"].as_str()) {
                    ("pk" | ":pk", Some(key)) => found.push(key.split('#').next().unwrap_or_default().to_owned()),
                    _ => partitions(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| partitions(item, found)),
        _ => {}
    }
}
