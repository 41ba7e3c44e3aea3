//! The fetch itself: hop by hop, then byte by byte, each with its limit.

use std::error::Error;

use http::{HeaderMap, StatusCode, header};
use reqwest::{Client, Response};
use url::Url;

use super::address::NotPublic;
use super::detect;
use super::error::{FetchErrorKind, Refusal};
use super::expired;
use super::file::Upload;
use super::judge::{Evidence, Judged};
use super::known::KnownFile;
use super::name::{self, Candidates};
use super::rules::GuardRules;
use crate::value::Personal;

/// Fetches a file and judges its content, without a limit on the time in all.
pub(super) async fn fetch(
    client: &Client,
    rules: &GuardRules,
    link: &str,
    fallback_name: &str,
) -> Result<Upload, FetchErrorKind> {
    let (url, response) = follow(client, rules, link).await?;
    let suggested = name::from_headers(response.headers());
    let names = Candidates { suggested, path: name::from_path(&url), fallback: fallback_name };
    let media_type = media_type(response.headers());
    let bytes = read(response, rules.largest).await?;
    let evidence = Evidence { content: detect::content(&bytes), names, media_type };
    let Judged { name, extension, renamed_from } = evidence.judge(rules.allowed_extension)?;
    Ok(Upload { name: Personal::new(name), extension, renamed_from, bytes })
}

/// Asks a link for the name of its file and reads no more than the answer's headers. Where the link gives no file any more,
/// its own path may still tell the name.
pub(super) async fn name(client: &Client, rules: &GuardRules, link: &str, known: &KnownFile<'_>) -> String {
    match follow(client, rules, link).await {
        Ok((url, response)) if refuse_by_headers(response.headers()).is_ok() => {
            let suggested = name::from_headers(response.headers());
            known.named(suggested, name::from_path(&url))
        }
        Ok(_) | Err(_) => name_by_link(link, known),
    }
}

/// The name of a file whose link cannot be asked.
pub(super) fn name_by_link(link: &str, known: &KnownFile<'_>) -> String {
    let path = Url::parse(link.trim()).ok().and_then(|url| name::from_path(&url));
    known.named(None, path)
}

/// Follows redirects by hand, so that each is checked before it is connected to.
async fn follow(client: &Client, rules: &GuardRules, link: &str) -> Result<(Url, Response), FetchErrorKind> {
    let mut url = Url::parse(link.trim()).map_err(|_| FetchErrorKind::Refused(Refusal::Unreadable))?;
    rules.check(&url).map_err(FetchErrorKind::Refused)?;
    for redirects in 0..=rules.redirects {
        let response = get(client, &url).await.map_err(|kind| kind.after(redirects))?;
        match response.status() {
            StatusCode::OK => return Ok((url, response)),
            status if is_redirect(status) => url = next(rules, &url, response.headers())?,
            status => return Err(expired::or(kind_of(status), &url, response).await),
        }
    }
    Err(FetchErrorKind::TooManyRedirects)
}

async fn get(client: &Client, url: &Url) -> Result<Response, FetchErrorKind> {
    let request = client.get(url.clone()).header(header::ACCEPT_ENCODING, "identity");
    request.send().await.map_err(|error| cause_of(&error))
}

fn next(rules: &GuardRules, url: &Url, headers: &HeaderMap) -> Result<Url, FetchErrorKind> {
    let location = headers.get(header::LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    let next = location.and_then(|location| url.join(location).ok());
    let next = next.ok_or(FetchErrorKind::RedirectRefused(Refusal::Unreadable))?;
    rules.check(&next).map_err(FetchErrorKind::RedirectRefused)?;
    Ok(next)
}

/// Reads the body up to the limit, whatever length the host announced.
async fn read(mut response: Response, largest: u64) -> Result<Vec<u8>, FetchErrorKind> {
    refuse_by_headers(response.headers())?;
    if response.content_length().is_some_and(|length| length > largest) {
        return Err(FetchErrorKind::TooLarge);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| cause_of(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > largest {
            return Err(FetchErrorKind::TooLarge);
        }
    }
    if bytes.is_empty() { Err(FetchErrorKind::Empty) } else { Ok(bytes) }
}

/// The media type that the host states, without parameters.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let stated = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = stated.split(';').next().unwrap_or_default().trim();
    (!essence.is_empty()).then(|| essence.to_ascii_lowercase())
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn kind_of(status: StatusCode) -> FetchErrorKind {
    match status.as_u16() {
        204 => FetchErrorKind::Empty,
        408 => FetchErrorKind::TimedOut,
        429 => FetchErrorKind::RateLimited,
        code @ 500.. => FetchErrorKind::Unavailable(code),
        code => FetchErrorKind::Status(code),
    }
}

fn refuse_by_headers(headers: &HeaderMap) -> Result<(), FetchErrorKind> {
    let begins = |name, prefix: &str| {
        let value = headers.get(name).map_or(&b""[..], |value| value.as_bytes().trim_ascii());
        value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    if begins(header::CONTENT_TYPE, "text/html") || begins(header::CONTENT_TYPE, "application/xhtml") {
        return Err(FetchErrorKind::Html);
    }
    // `aws-chunked` is left on objects by some S3 uploaders and changes no byte.
    let plain = ["identity", "aws-chunked"].iter().any(|plain| begins(header::CONTENT_ENCODING, plain));
    let encoded = headers.get(header::CONTENT_ENCODING).is_some_and(|value| !value.is_empty());
    if encoded && !plain { Err(FetchErrorKind::Encoded) } else { Ok(()) }
}

/// The resolver's refusal comes back as the innermost source of the client's error.
fn cause_of(error: &reqwest::Error) -> FetchErrorKind {
    let mut source = error.source();
    while let Some(inner) = source {
        if inner.is::<NotPublic>() {
            return FetchErrorKind::Refused(Refusal::Address);
        }
        source = inner.source();
    }
    if error.is_timeout() {
        FetchErrorKind::TimedOut
    } else if error.is_builder() {
        FetchErrorKind::Refused(Refusal::Unreadable)
    } else {
        FetchErrorKind::Network
    }
}
