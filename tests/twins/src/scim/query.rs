//! The query of a call: RFC 7644, section 3.4.2. A name that is not of the protocol is refused, so that a misspelt filter cannot pass
//! for none. Sorting is not offered, and passed over.

use url::form_urlencoded::parse;

use super::problem::Problem;
use super::select::Selection;

const NAMES: [&str; 7] = ["filter", "startIndex", "count", "attributes", "excludedAttributes", "sortBy", "sortOrder"];

/// What was asked for.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) filter: Option<String>,
    /// From 1.
    pub(super) start: usize,
    pub(super) count: Option<usize>,
    pub(super) selection: Selection,
}

impl Query {
    /// Reads the query of an address.
    pub(super) fn read(query: Option<&str>) -> Result<Self, Problem> {
        let pairs: Vec<_> = parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        if let Some((name, _)) = pairs.iter().find(|(name, _)| !NAMES.contains(&name.as_str())) {
            return Err(Problem::syntax(format!("There is no parameter {name}.")));
        }
        let one = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let start = one("startIndex").map(number).transpose()?.unwrap_or(1).max(1);
        let count = one("count").map(number).transpose()?;
        Ok(Self {
            filter: one("filter").map(str::to_owned),
            start,
            count,
            selection: Selection::read(one("attributes"), one("excludedAttributes"))?,
        })
    }
}

/// A negative number counts as 0.
fn number(text: &str) -> Result<usize, Problem> {
    let number: i64 = text.parse().map_err(|_| Problem::value(format!("{text} is not a whole number.")))?;
    Ok(usize::try_from(number).unwrap_or_default())
}
