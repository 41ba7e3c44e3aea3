//! Hosts that lie about the size, dawdle or break off.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use tokio::task::JoinHandle;
use wiremock::ResponseTemplate;

use super::*;

/// A host that takes one request and answers it by hand. Gives its link and, once done, how many bytes it got rid of.
fn by_hand(answer: impl FnOnce(TcpStream) -> usize + Send + 'static) -> (String, JoinHandle<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let link = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let host = tokio::task::spawn_blocking(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.extend(byte);
        }
        answer(stream)
    });
    (link, host)
}

async fn fault_of(link: &str, time: Duration) -> FetchErrorKind {
    let guard = Guard::new(GuardRules { time, ..rules(vec![local(link)]) }).unwrap();
    fault(&guard, &format!("{link}/cv.pdf")).await
}

#[tokio::test]
async fn a_file_of_the_largest_size_is_taken_and_one_byte_more_is_not() {
    let sized = |size: usize| {
        let mut bytes = PDF.to_vec();
        bytes.resize(size, b' ');
        ResponseTemplate::new(200).set_body_bytes(bytes)
    };
    assert_eq!(fetched(sized(1000), "/cv.pdf").await.unwrap().bytes.len(), 1000);
    assert_eq!(fetched(sized(1001), "/cv.pdf").await, Err(FetchErrorKind::TooLarge));
    let empty = ResponseTemplate::new(200).set_body_bytes(b"");
    assert_eq!(fetched(empty, "/cv.pdf").await, Err(FetchErrorKind::Empty));
}

#[tokio::test]
async fn an_announced_size_is_refused_before_the_body_is_read() {
    let (link, host) = by_hand(|mut stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n").unwrap();
        stream.read(&mut [0]).unwrap_or(0)
    });
    assert_eq!(fault_of(&link, GuardRules::TIME).await, FetchErrorKind::TooLarge);
    host.await.unwrap();
}

#[tokio::test]
async fn a_body_without_announced_size_is_cut_off() {
    let (link, host) = by_hand(|mut stream| {
        let chunk = [&b"400\r\n"[..], &[b' '; 1024], b"\r\n"].concat();
        let mut sent = 0;
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").unwrap();
        while sent < 1 << 30 && stream.write_all(&chunk).is_ok() {
            sent += 1024;
        }
        sent
    });
    assert_eq!(fault_of(&link, GuardRules::TIME).await, FetchErrorKind::TooLarge);
    assert!(host.await.unwrap() < 1 << 24, "the host could send on");
}

#[tokio::test]
async fn an_endless_body_is_cut_off() {
    let (link, host) = by_hand(|mut stream| {
        let mut sent = 0;
        stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").unwrap();
        while sent < 1 << 30 && stream.write_all(&[b' '; 1024]).is_ok() {
            sent += 1024;
        }
        sent
    });
    assert_eq!(fault_of(&link, GuardRules::TIME).await, FetchErrorKind::TooLarge);
    assert!(host.await.unwrap() < 1 << 24, "the host could send on");
}

#[tokio::test]
async fn a_body_shorter_than_announced_may_be_whole_later() {
    let (link, host) = by_hand(|mut stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n%PDF-1.7").unwrap();
        0
    });
    assert_eq!(fault_of(&link, GuardRules::TIME).await, FetchErrorKind::Network);
    host.await.unwrap();
}

#[tokio::test]
async fn a_drip_of_bytes_ends_with_the_time_allowed() {
    let (link, host) = by_hand(|mut stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n").unwrap();
        // Reading is the pause between two bytes: nothing comes until the other side hangs up.
        stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        let mut sent = 0;
        while sent < 900 && !matches!(stream.read(&mut [0]), Ok(0)) && stream.write_all(b"%").is_ok() {
            sent += 1;
        }
        sent
    });
    let began = Instant::now();
    assert_eq!(fault_of(&link, Duration::from_millis(300)).await, FetchErrorKind::TimedOut);
    assert!(began.elapsed() < Duration::from_secs(5));
    let sent = host.await.unwrap();
    assert!((1..900).contains(&sent), "{sent}");
}

#[tokio::test]
async fn a_host_that_is_not_there_may_be_later() {
    let gone = format!("http://127.0.0.1:{}", Trap::new().port());
    assert_eq!(fault_of(&gone, GuardRules::TIME).await, FetchErrorKind::Network);
    let (mut guard, _) = guard(Vec::new(), &[]);
    guard.rules.time = Duration::from_secs(2);
    assert_eq!(fault(&guard, "https://files.example/cv.pdf").await, FetchErrorKind::Network);
}
