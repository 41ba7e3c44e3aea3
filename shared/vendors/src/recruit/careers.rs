//! The public careers feed: whoever reads it needs no token of ours. It is the only public place that tells the ids of
//! locations, of those that some published position has. Recorded of `https://www.comeet.co/careers-api/2.0`.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::model::LocationUid;
use super::operations::READ_CAREERS_FEED;
use super::refusal::{self, Addressed};
use crate::id::opaque_id;
use crate::value::BaseUrl;
use crate::{Error, Http, Kind};

/// Where the feed is, unless the connection says otherwise.
pub const DEFAULT_BASE_URL: &str = "https://www.comeet.co/careers-api/2.0";

opaque_id! {
    /// A company, as its careers page names it.
    CompanyUid
}

/// One company's feed.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Where the feed is; [`DEFAULT_BASE_URL`] but for tests.
    pub base_url: BaseUrl,
    /// The company.
    pub company: CompanyUid,
    /// The token of the careers page. It is public, but no business of a log line.
    pub token: SecretString,
}

/// A location of some published position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The id.
    pub uid: LocationUid,
    /// The name; empty where the feed gives none.
    pub name: String,
}

/// The locations of the published positions, each once, by id.
///
/// # Errors
/// [`Kind::WrongAddress`]: there is no such feed. [`Kind::Unexplained`]: the answer is no list of positions. Otherwise as for
/// all calls.
pub async fn locations(http: &Http, feed: &Feed) -> Result<Vec<Location>, Error> {
    let mut url = feed.base_url.join(&format!("company/{}/positions", feed.company));
    url.query_pairs_mut().append_pair("token", feed.token.expose_secret());
    let answer = http.send(READ_CAREERS_FEED, http.get(url)).await?;
    if !answer.status.is_success() {
        return Err(refusal::failure(READ_CAREERS_FEED, &answer, Addressed::Endpoint));
    }
    let body = refusal::json(READ_CAREERS_FEED, &answer)?;
    let status = answer.status.as_u16();
    let positions = body.as_array().ok_or_else(|| Error::new(READ_CAREERS_FEED, Kind::Unexplained { status }))?;
    let named: BTreeMap<_, _> = positions.iter().filter_map(location).collect();
    Ok(named.into_iter().map(|(uid, name)| Location { uid, name }).collect())
}

/// A position without a location, or with one that has no id, tells nothing.
fn location(position: &Value) -> Option<(LocationUid, String)> {
    let location = position.get("location")?;
    let uid = ["location_uid", "uid"].iter().find_map(|name| location.get(name)?.as_str()?.parse().ok())?;
    let name = location.get("name").and_then(Value::as_str).unwrap_or_default();
    Some((uid, name.to_owned()))
}
