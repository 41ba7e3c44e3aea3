//! Pages: <https://developer.oneflow.com/docs/pagination>.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::problem::Problem;

const MOST: usize = 100;
const LAST_OFFSET: usize = 19_900;

/// `limit` and `offset`.
pub(super) struct Page {
    limit: usize,
    offset: usize,
}

impl Page {
    /// Reads the two, and refuses whatever is neither one of them nor `known`.
    pub(super) fn read(query: &[(String, String)], known: &[&str]) -> Result<Self, Problem> {
        let mut page = Self { limit: MOST, offset: 0 };
        for (name, value) in query {
            match name.as_str() {
                "limit" => page.limit = number(name, value, 1, MOST)?,
                "offset" => page.offset = number(name, value, 0, LAST_OFFSET)?,
                other if known.contains(&other) => {}
                other => return Err(Problem::parameter(other, "Unknown parameter.")),
            }
        }
        Ok(page)
    }

    /// The page of these. `next` is set on the last page, too, as in the vendor's sample.
    pub(super) fn of(&self, address: &str, query: &[(String, String)], all: Vec<Value>) -> Response {
        let link = |offset: usize| {
            let others = query.iter().filter(|(name, _)| !["limit", "offset"].contains(&name.as_str()));
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(others).append_pair("limit", &self.limit.to_string());
            json!({"href": format!("{address}?{}", query.append_pair("offset", &offset.to_string()).finish())})
        };
        let previous = (self.offset > 0).then(|| link(self.offset.saturating_sub(self.limit)));
        let count = all.len();
        let data: Vec<_> = all.into_iter().skip(self.offset).take(self.limit).collect();
        let links = json!({"self": link(self.offset), "next": link(self.offset + self.limit), "previous": previous});
        Json(json!({"_links": links, "count": count, "data": data})).into_response()
    }
}

fn number(name: &str, value: &str, least: usize, most: usize) -> Result<usize, Problem> {
    let read = value.parse().ok().filter(|number| (least..=most).contains(number));
    read.ok_or_else(|| Problem::parameter(name, format!("Must be between {least} and {most}.")))
}

/// A list that comes whole.
pub(super) fn whole(address: &str, data: Vec<Value>) -> Response {
    Json(json!({"_links": {"self": {"href": address}}, "count": data.len(), "data": data})).into_response()
}

/// The parameters of a query, in their order.
pub(super) fn query(text: Option<&str>) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.unwrap_or_default().as_bytes()).into_owned().collect()
}
