//! The guard as a whole, over real connections on loopback.

mod addresses;
mod contents;
mod files;
mod forms;
mod limits;
mod names;

use std::net::{IpAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{FetchErrorKind, Guard, GuardRules, KnownFile, Origin, Refusal, Upload};

/// What a target may take.
fn file_extension(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase().replace("jpeg", "jpg");
    const TAKEN: &[&str] = &[
        "pdf", "docx", "doc", "xls", "xlsx", "ppt", "pptx", "zip", "png", "gif", "jpg", "txt", "csv", "rtf", "mp4",
        "7z", "tif",
    ];
    TAKEN.iter().find(|taken| **taken == ending).copied()
}

const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nA sample application";

fn rules(origins: Vec<Origin>) -> GuardRules {
    GuardRules {
        origins,
        largest: 1000,
        time: GuardRules::TIME,
        redirects: GuardRules::REDIRECTS,
        allowed_extension: file_extension,
    }
}

fn local(origin: &str) -> Origin {
    Origin::parse(origin, true).unwrap()
}

fn public(origin: &str) -> Origin {
    Origin::parse(origin, false).unwrap()
}

/// A guard whose every lookup gives `addresses`, and the names that were looked up.
fn guard(origins: Vec<Origin>, addresses: &[&str]) -> (Guard, Arc<Mutex<Vec<String>>>) {
    let addresses: Vec<IpAddr> = addresses.iter().map(|address| address.parse().unwrap()).collect();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let book = Arc::clone(&asked);
    let lookup = move |name: &str| {
        book.lock().unwrap().push(name.to_owned());
        Ok(addresses.clone())
    };
    (Guard::with_lookup(rules(origins), Arc::new(lookup)).unwrap(), asked)
}

/// A port on loopback that notices whether anyone connects.
struct Trap(TcpListener);

impl Trap {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    fn was_touched(&self) -> bool {
        self.0.accept().is_ok()
    }
}

async fn fault(guard: &Guard, link: &str) -> FetchErrorKind {
    guard.fetch(link, "CV").await.unwrap_err().kind
}

/// A host of uploads that answers everything alike, and a guard that lets it through.
async fn host(answer: ResponseTemplate) -> (MockServer, Guard) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let guard = Guard::new(rules(vec![local(&server.uri())])).unwrap();
    (server, guard)
}

async fn fetched(answer: ResponseTemplate, path: &str) -> Result<Upload, FetchErrorKind> {
    let (server, guard) = host(answer).await;
    guard.fetch(&format!("{}{path}", server.uri()), "CV").await.map_err(|fault| fault.kind)
}
