//! Names and values of a query or a form. Names that an endpoint does not know are refused: a misspelt filter must not pass for none.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use url::form_urlencoded::parse;

use super::errors::Problem;

/// In the order in which they were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Query(pub(super) Vec<(String, String)>);

impl Query {
    /// A query in which only these names (and those of every list) may stand.
    pub(super) fn read(query: Option<&str>, names: &[&str]) -> Result<Self, Problem> {
        let query = Self::form(query.unwrap_or_default().as_bytes());
        let known = |name: &str| ["limit", "cursor"].contains(&name) || names.contains(&name);
        match query.0.iter().find(|(name, value)| !known(name) || value.is_empty()) {
            None => Ok(query),
            Some(_) => Err(Problem::PARAMETERS),
        }
    }

    /// A form.
    pub(super) fn form(bytes: &[u8]) -> Self {
        Self(parse(bytes).into_owned().collect())
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A value that may not be repeated.
    pub(super) fn one(&self, name: &str) -> Result<Option<&str>, Problem> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() { Err(Problem::PARAMETERS) } else { Ok(first) }
    }

    /// Several values, separated by commas or with the name repeated; `None` where the name is missing.
    pub(super) fn many<T: FromStr>(&self, name: &str) -> Result<Option<Vec<T>>, Problem> {
        let values = self.all(name).flat_map(|value| value.split(','));
        let values: Vec<T> = values.map(str::parse).collect::<Result<_, _>>().map_err(|_| Problem::PARAMETERS)?;
        Ok((!values.is_empty()).then_some(values))
    }

    /// Wall-clock time, with or without fraction; a `Z` behind it changes nothing.
    pub(super) fn local(&self, name: &str) -> Result<Option<DateTime>, Problem> {
        self.one(name)?.map(local).transpose()
    }

    /// A moment; without `Z` it is UTC, too.
    pub(super) fn moment(&self, name: &str) -> Result<Option<Timestamp>, Problem> {
        let Some(time) = self.local(name)? else { return Ok(None) };
        let zoned = time.to_zoned(TimeZone::UTC).map_err(|_| Problem::FILTER)?;
        Ok(Some(zoned.timestamp()))
    }
}

fn local(text: &str) -> Result<DateTime, Problem> {
    let bare = text.strip_suffix('Z').unwrap_or(text);
    let plain = |time: &str| time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
    match bare.split_once('T') {
        Some((_, time)) if plain(time) => bare.parse().map_err(|_| Problem::FILTER),
        _ => Err(Problem::FILTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_local_with_or_without_fraction_and_z() {
        let noon: DateTime = "2026-07-01T12:00:00".parse().unwrap();
        for text in ["2026-07-01T12:00:00", "2026-07-01T12:00:00.000", "2026-07-01T12:00:00Z"] {
            assert_eq!(local(text), Ok(noon));
        }
        for text in ["2026-07-01", "2026-07-01T12:00:00+02:00", "2026-07-01 12:00:00", "tomorrow", "T"] {
            assert_eq!(local(text), Err(Problem::FILTER), "{text}");
        }
    }

    #[test]
    fn several_values_come_with_commas_or_repeated() {
        let query = Query::read(Some("person.id=1,2&person.id=3"), &["person.id"]).unwrap();
        assert_eq!(query.many("person.id"), Ok(Some(vec![1_u64, 2, 3])));
        assert_eq!(query.one("person.id"), Err(Problem::PARAMETERS));
        assert_eq!(query.many::<u64>("id"), Ok(None));
    }

    #[test]
    fn unknown_names_and_empty_values_are_refused() {
        for text in ["persons.id=1", "person.id=", "person.id"] {
            assert_eq!(Query::read(Some(text), &["person.id"]), Err(Problem::PARAMETERS), "{text}");
        }
    }
}
