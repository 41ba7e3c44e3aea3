//! The fetch itself: hop by hop, then byte by byte, each with its limit.

use std::error::Error;

use http::{HeaderMap, StatusCode, header};
use reqwest::Response;
use url::Url;

use super::address::NotPublic;
use super::{Guard, Kind, Refusal, Upload, content, name};
use crate::value::Personal;

impl Guard {
    pub(super) async fn fetch_whole(&self, link: &str, fallback_name: &str) -> Result<Upload, Kind> {
        let (url, response) = self.follow(link).await?;
        let suggested = name::from_headers(response.headers());
        let bytes = self.read(response).await?;
        if content::is_page(&bytes) {
            return Err(Kind::Html);
        }
        let candidates = name::Candidates { suggested, path: name::from_path(&url), fallback: fallback_name };
        let (name, extension) = candidates.settle(&bytes, self.rules.allowed_extension).ok_or(Kind::Extension)?;
        if !content::fits(extension, &bytes) {
            return Err(Kind::Contradiction);
        }
        Ok(Upload { name: Personal::new(name), extension, bytes })
    }

    /// Follows redirects by hand, so that each is checked before it is connected to.
    async fn follow(&self, link: &str) -> Result<(Url, Response), Kind> {
        let mut url = Url::parse(link.trim()).map_err(|_| Kind::Refused(Refusal::Unreadable))?;
        self.rules.check(&url).map_err(Kind::Refused)?;
        for redirects in 0..=self.rules.redirects {
            let response = self.get(&url).await.map_err(|kind| kind.after(redirects))?;
            match response.status() {
                StatusCode::OK => return Ok((url, response)),
                status if is_redirect(status) => url = self.next(&url, response.headers())?,
                status => return Err(kind_of(status)),
            }
        }
        Err(Kind::TooManyRedirects)
    }

    async fn get(&self, url: &Url) -> Result<Response, Kind> {
        let request = self.client.get(url.clone()).header(header::ACCEPT_ENCODING, "identity");
        request.send().await.map_err(|error| cause_of(&error))
    }

    fn next(&self, url: &Url, headers: &HeaderMap) -> Result<Url, Kind> {
        let location = headers.get(header::LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
        let next = location.and_then(|location| url.join(location).ok());
        let next = next.ok_or(Kind::RedirectRefused(Refusal::Unreadable))?;
        self.rules.check(&next).map_err(Kind::RedirectRefused)?;
        Ok(next)
    }

    /// Reads the body up to the limit, whatever length the host announced.
    async fn read(&self, mut response: Response) -> Result<Vec<u8>, Kind> {
        refuse_by_headers(response.headers())?;
        if response.content_length().is_some_and(|length| length > self.rules.largest) {
            return Err(Kind::TooLarge);
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| cause_of(&error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > self.rules.largest {
                return Err(Kind::TooLarge);
            }
        }
        if bytes.is_empty() { Err(Kind::Empty) } else { Ok(bytes) }
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn kind_of(status: StatusCode) -> Kind {
    match status.as_u16() {
        204 => Kind::Empty,
        408 => Kind::TimedOut,
        429 => Kind::RateLimited,
        code @ 500.. => Kind::Unavailable(code),
        code => Kind::Status(code),
    }
}

fn refuse_by_headers(headers: &HeaderMap) -> Result<(), Kind> {
    let begins = |name, prefix: &str| {
        let value = headers.get(name).map_or(&b""[..], |value| value.as_bytes().trim_ascii());
        value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    if begins(header::CONTENT_TYPE, "text/html") || begins(header::CONTENT_TYPE, "application/xhtml") {
        return Err(Kind::Html);
    }
    // `aws-chunked` is left on objects by some S3 uploaders and changes no byte.
    let plain = ["identity", "aws-chunked"].iter().any(|plain| begins(header::CONTENT_ENCODING, plain));
    let encoded = headers.get(header::CONTENT_ENCODING).is_some_and(|value| !value.is_empty());
    if encoded && !plain { Err(Kind::Encoded) } else { Ok(()) }
}

/// The resolver's refusal comes back as the innermost source of the client's error.
fn cause_of(error: &reqwest::Error) -> Kind {
    let mut source = error.source();
    while let Some(inner) = source {
        if inner.is::<NotPublic>() {
            return Kind::Refused(Refusal::Address);
        }
        source = inner.source();
    }
    if error.is_timeout() {
        Kind::TimedOut
    } else if error.is_builder() {
        Kind::Refused(Refusal::Unreadable)
    } else {
        Kind::Network
    }
}
