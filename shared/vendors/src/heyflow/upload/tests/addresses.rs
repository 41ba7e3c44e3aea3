//! Links and redirects that must be refused before anything is connected to.

use http::HeaderValue;
use wiremock::ResponseTemplate;

use super::forms::{ADDRESSES, NAMES, UNREADABLE};
use super::*;

/// Every form with a port on which a trap listens, and why it is refused.
fn forms(port: u16) -> impl Iterator<Item = (String, Refusal)> {
    let refused = ADDRESSES.iter().chain(NAMES).map(|host| (host, Refusal::Address));
    let unreadable = UNREADABLE.iter().map(|host| (host, Refusal::Unreadable));
    refused.chain(unreadable).map(move |(host, refusal)| (format!("https://{host}:{port}/cv.pdf"), refusal))
}

fn tricks(port: u16) -> [(String, Refusal); 13] {
    [
        (format!("https://files.example@127.0.0.1:{port}/cv.pdf"), Refusal::UserInfo),
        (format!("https://files.example:443@127.0.0.1:{port}/cv.pdf"), Refusal::UserInfo),
        (format!("https://127.0.0.1:{port}@files.example/cv.pdf"), Refusal::UserInfo),
        (format!("https://:secret@files.example:{port}/cv.pdf"), Refusal::UserInfo),
        (format!("https://@127.0.0.1:{port}/cv.pdf"), Refusal::Address),
        (format!("https://127.0.0.1:{port}\\@files.example/cv.pdf"), Refusal::Address),
        (format!("https://127.0.0.1:{port}#@files.example/cv.pdf"), Refusal::Address),
        (format!("https:\\\\127.0.0.1:{port}/cv.pdf"), Refusal::Address),
        (format!("https://\t127.0.\n0.1:{port}/cv.pdf"), Refusal::Address),
        (format!("http://127.0.0.1:{port}/cv.pdf"), Refusal::Scheme),
        (format!("ftp://127.0.0.1:{port}/cv.pdf"), Refusal::Scheme),
        ("file:///etc/passwd".into(), Refusal::Scheme),
        ("data:application/pdf,%25PDF-1.7".into(), Refusal::Scheme),
    ]
}

#[tokio::test]
async fn no_spelling_of_a_refused_host_is_looked_up_or_connected_to() {
    let trap = Trap::new();
    let (guard, asked) = guard(Vec::new(), &["127.0.0.1"]);
    for (link, refusal) in forms(trap.port()).chain(tricks(trap.port())) {
        assert_eq!(fault(&guard, &link).await, FetchErrorKind::Refused(refusal), "{link}");
        assert!(!trap.was_touched(), "{link}");
    }
    assert!(ADDRESSES.len() + NAMES.len() >= 100);
    assert_eq!(*asked.lock().unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_redirect_to_a_refused_host_is_refused_the_same_way() {
    let trap = Trap::new();
    // A line break cannot stand in a header.
    let tricks = tricks(trap.port()).into_iter().filter(|(link, _)| !link.contains('\n'));
    for (link, refusal) in forms(trap.port()).chain(tricks) {
        let location = HeaderValue::from_bytes(link.as_bytes()).unwrap();
        let (server, guard) = host(ResponseTemplate::new(302).insert_header("location", location)).await;
        let kind = fault(&guard, &format!("{}/cv.pdf", server.uri())).await;
        assert_eq!(kind, FetchErrorKind::RedirectRefused(refusal), "{link}");
        assert!(!trap.was_touched(), "{link}");
    }
}

#[tokio::test]
async fn a_name_is_refused_whole_when_any_of_its_addresses_is_not_public() {
    let trap = Trap::new();
    let origin = format!("https://files.example:{}", trap.port());
    for addresses in [
        &["127.0.0.1"][..],
        &["::1"],
        &["10.0.0.1"],
        &["169.254.169.254"],
        &["::ffff:127.0.0.1"],
        &["64:ff9b::7f00:1"],
        &["93.184.215.14", "127.0.0.1"],
        &["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "fd00::1"],
    ] {
        let (open, asked) = guard(Vec::new(), addresses);
        assert_eq!(
            fault(&open, "https://files.example/cv.pdf").await,
            FetchErrorKind::Refused(Refusal::Address),
            "{addresses:?}"
        );
        assert_eq!(*asked.lock().unwrap(), ["files.example"]);
        let (listed, _) = guard(vec![public(&origin)], addresses);
        assert_eq!(
            fault(&listed, &format!("{origin}/cv.pdf")).await,
            FetchErrorKind::Refused(Refusal::Address),
            "{addresses:?}"
        );
        assert!(!trap.was_touched(), "{addresses:?}");
    }
}

#[tokio::test]
async fn a_redirect_to_a_name_on_a_private_address_is_refused() {
    let trap = Trap::new();
    let server = MockServer::start().await;
    let next = format!("https://files.example:{}", trap.port());
    let answer = ResponseTemplate::new(307).insert_header("location", format!("{next}/cv.pdf"));
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let (guard, asked) = guard(vec![local(&server.uri()), public(&next)], &["127.0.0.1"]);
    let kind = fault(&guard, &format!("{}/cv.pdf", server.uri())).await;
    assert_eq!(kind, FetchErrorKind::RedirectRefused(Refusal::Address));
    assert_eq!(*asked.lock().unwrap(), ["files.example"]);
    assert!(!trap.was_touched());
}

/// The traps of the other tests would be no proof if nothing could spring them.
#[tokio::test]
async fn a_listed_local_origin_is_connected_to_and_only_on_loopback() {
    let trap = Trap::new();
    let origin = format!("http://files.localhost:{}", trap.port());
    let (mut on_loopback, _) = guard(vec![local(&origin)], &["127.0.0.1"]);
    on_loopback.rules.time = Duration::from_millis(200);
    assert_eq!(fault(&on_loopback, &format!("{origin}/cv.pdf")).await, FetchErrorKind::TimedOut);
    assert!(trap.was_touched());
    let (elsewhere, _) = guard(vec![local(&origin)], &["10.0.0.1"]);
    assert_eq!(fault(&elsewhere, &format!("{origin}/cv.pdf")).await, FetchErrorKind::Refused(Refusal::Address));
}

#[tokio::test]
async fn the_systems_resolver_serves_a_listed_local_name() {
    let (server, _) = host(ResponseTemplate::new(200).set_body_bytes(PDF)).await;
    let origin = format!("http://localhost:{}", server.address().port());
    let guard = Guard::new(rules(vec![local(&origin)])).unwrap();
    assert_eq!(guard.fetch(&format!("{origin}/cv.pdf"), "CV").await.unwrap().bytes, PDF);
}

#[tokio::test]
async fn with_listed_origins_nothing_else_is_fetched() {
    let (guard, asked) = guard(vec![public("https://files.example")], &["127.0.0.1"]);
    for other in [
        "https://files.example.org/",
        "https://www.files.example/",
        "https://files.example:8443/",
        "https://93.184.215.14/",
    ] {
        assert_eq!(fault(&guard, other).await, FetchErrorKind::Refused(Refusal::Origin), "{other}");
    }
    assert_eq!(fault(&guard, "http://files.example/").await, FetchErrorKind::Refused(Refusal::Scheme));
    assert_eq!(*asked.lock().unwrap(), Vec::<String>::new());
}

#[test]
fn public_links_on_the_default_port_pass_the_first_check() {
    let open = rules(Vec::new());
    for link in [
        "https://files.example/a/cv.pdf?token=1",
        "https://FILES.example:443/",
        "https://bücher.example/",
        "https://8.8.8.8/",
        "https://134744072/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "https://[2a00:1450:4001::1]/",
    ] {
        assert_eq!(open.check(&link.parse().unwrap()), Ok(()), "{link}");
    }
    for link in ["https://files.example:8443/", "https://files.example:80/", "https://8.8.8.8:22/"] {
        assert_eq!(open.check(&link.parse().unwrap()), Err(Refusal::Port), "{link}");
    }
}

#[test]
fn origins_are_https_and_public_unless_the_stack_is_local() {
    use super::super::BadOrigin::{NotPublic, TooMuch, Unreadable};
    assert!(Origin::parse("https://files.example:8443", false).is_ok());
    for text in ["http://127.0.0.1:4600", "https://127.0.0.1", "https://files.localhost", "https://[::1]:4600"] {
        assert_eq!(Origin::parse(text, false), Err(NotPublic), "{text}");
        assert!(Origin::parse(text, true).is_ok(), "{text}");
    }
    for text in ["http://files.example", "https://10.0.0.1", "https://169.254.169.254", "ftp://files.example"] {
        assert_eq!(Origin::parse(text, true), Err(NotPublic), "{text}");
    }
    for text in
        ["https://a@files.example", "https://files.example/a", "https://files.example/?a", "https://b.example#a"]
    {
        assert_eq!(Origin::parse(text, true), Err(TooMuch), "{text}");
    }
    assert!(matches!(Origin::parse("files.example", false), Err(Unreadable(_))));
}
