//! The query of a list, and its pages.

use axum::http::{HeaderMap, Uri, header};
use serde_json::{Value, json};
use url::form_urlencoded::{Serializer, parse};

use super::account::{LastPage, Quirks};
use super::problem::Problem;
use super::twin::NAME;

/// The parameters of a list.
pub(super) struct Query {
    pairs: Vec<(String, String)>,
    from: usize,
    limit: usize,
}

impl Query {
    /// Reads the query; `names` are its filters. A name that nobody knows is refused.
    pub(super) fn read(uri: &Uri, names: &[&str], cap: usize) -> Result<Self, Problem> {
        let pairs: Vec<_> = parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let known = |name: &str| names.contains(&name) || ["limit", "page"].contains(&name);
        if let Some((name, _)) = pairs.iter().find(|(name, _)| !known(name)) {
            return Err(Problem::bad(format!("Unknown parameter {name}")));
        }
        let number = |wanted: &str| -> Result<Option<usize>, Problem> {
            let text = pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.parse::<usize>());
            text.transpose().map_err(|_| Problem::bad(format!("{wanted} is not a number")))
        };
        let (limit, from) = (number("limit")?, number("page")?);
        if limit.is_some_and(|limit| limit == 0 || limit > 500) {
            return Err(Problem::bad("limit is 1 to 500"));
        }
        Ok(Self { from: from.unwrap_or_default(), limit: limit.unwrap_or(100).min(cap.max(1)), pairs })
    }

    /// The value of a filter.
    pub(super) fn value(&self, wanted: &str) -> Option<&str> {
        self.pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    /// `{"<name>": [...], "next_page": "<absolute url>"}`
    pub(super) fn page(&self, name: &str, items: &[Value], headers: &HeaderMap, quirks: &Quirks) -> Value {
        let page: Vec<_> = items.iter().skip(self.from).take(self.limit).collect();
        let mut body = json!({name: page});
        let next = self.from + self.limit;
        let next = if next < items.len() { json!(self.link(name, next, headers)) } else { Value::Null };
        if let Some(members) = body.as_object_mut().filter(|_| !next.is_null() || quirks.last_page == LastPage::Null) {
            members.insert("next_page".to_owned(), next);
        }
        body
    }

    fn link(&self, name: &str, page: usize, headers: &HeaderMap) -> String {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let mut query = Serializer::new(String::new());
        query.extend_pairs(self.pairs.iter().filter(|(name, _)| name != "page"));
        query.append_pair("page", &page.to_string());
        format!("http://{host}/{NAME}/{name}?{}", query.finish())
    }
}
