//! A door in front of a receiver, for vendors that deliver by HTTP: the twins as senders.

use edge::http::{Answer, Body, Request};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// An address of one test's own.
pub(crate) struct Door(TcpListener);

impl Door {
    pub(crate) async fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// Where a flow's connection takes deliveries.
    pub(crate) fn url(&self, flow: &str, connection: &str) -> String {
        format!("http://{}/webhooks/{flow}/{connection}", self.0.local_addr().unwrap())
    }

    /// Answers one delivery.
    pub(crate) async fn answer(&self, receive: impl AsyncFn(Request) -> Answer) -> Answer {
        let (mut stream, _) = self.0.accept().await.unwrap();
        let answer = receive(read(&mut stream).await).await;
        let head = format!("HTTP/1.1 {}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", answer.status);
        stream.write_all(head.as_bytes()).await.unwrap();
        answer
    }

    /// Answers whatever is delivered while somebody acts; twins have delivered when an act ends.
    pub(crate) async fn during<T>(&self, act: impl Future<Output = T>, receive: impl AsyncFn(Request) -> Answer) -> T {
        let answers = async {
            loop {
                self.answer(&receive).await;
            }
        };
        tokio::select! {
            biased;
            done = act => done,
            () = answers => unreachable!("the door stays open"),
        }
    }
}

async fn read(stream: &mut TcpStream) -> Request {
    let mut bytes = Vec::new();
    loop {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the delivery is cut off");
        let text = String::from_utf8(bytes.clone()).unwrap();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let headers = headers(head);
        let length = headers.get("content-length").map_or(0, |length| length.to_str().unwrap().parse().unwrap());
        if body.len() >= length {
            return request(head, headers, body);
        }
    }
}

fn headers(head: &str) -> HeaderMap {
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    lines.map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())).collect()
}

/// `POST /webhooks/<flow>/<connection>/<secret>?<query> HTTP/1.1`, as API Gateway takes it apart.
fn request(head: &str, headers: HeaderMap, body: &str) -> Request {
    let mut words = head.split(' ');
    let method = words.next().unwrap().parse().unwrap();
    let target = words.next().unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let decoded = |segment: &str| percent_decode_str(segment).decode_utf8().unwrap().into_owned();
    let mut segments = path.split('/').skip(3).map(decoded);
    let (connection, segment) = (segments.next().unwrap(), segments.next());
    let body = Body::Whole(body.as_bytes().to_vec());
    Request { method, headers, connection, segment, query: query.to_owned(), body }
}
