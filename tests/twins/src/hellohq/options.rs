//! The query options of a list, with and without `$`: `filter`, `orderby`, `top`, `skip`.
//! <https://developer.hellohq.io>.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use reqwest::Url;
use serde_json::Value;

use super::account::{Account, OptionNames};
use super::fields::Field;
use super::filter::Filter;
use super::problems::FieldErrors;

const KNOWN: [&str; 4] = ["filter", "orderby", "top", "skip"];

/// What a caller wants of a list.
#[derive(Debug)]
pub(super) struct Options {
    filter: Option<Filter>,
    order: Vec<(&'static Field, bool)>,
    pub(super) top: usize,
    pub(super) skip: usize,
}

impl Options {
    /// Reads a query; every wrong option is told under its plain name.
    pub(super) fn read(query: &str, account: &Account, fields: &'static [Field]) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let given = given(query, account, &mut errors);
        let mut options = Self { filter: None, order: Vec::new(), top: account.page_cap, skip: 0 };
        for (name, value) in given {
            if let Err(message) = options.set(name, &value, account, fields) {
                errors.add(name, &message);
            }
        }
        if errors.is_empty() { Ok(options) } else { Err(errors) }
    }

    fn set(&mut self, name: &str, value: &str, account: &Account, fields: &'static [Field]) -> Result<(), String> {
        match name {
            "filter" => self.filter = Some(Filter::read(value, fields)?),
            "orderby" => self.order = order(value, fields)?,
            "top" => self.top = number(value)?.min(account.page_cap),
            _ => self.skip = number(value)?,
        }
        Ok(())
    }

    /// The rows that fit, in order. The sort is stable: rows that are equal stay as they came.
    pub(super) fn select(&self, mut rows: Vec<Value>) -> Vec<Value> {
        rows.retain(|row| self.filter.as_ref().is_none_or(|filter| filter.fits(row)));
        rows.sort_by(|one, other| self.compare(one, other));
        rows
    }

    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        let decide = |(field, descending): &(&'static Field, bool)| {
            let ordering = field.of(one).partial_cmp(&field.of(other)).unwrap_or(Ordering::Equal);
            if *descending { ordering.reverse() } else { ordering }
        };
        self.order.iter().map(decide).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    }
}

/// The known options by their plain names. Twice the same, with `$` or without, is refused.
fn given(query: &str, account: &Account, errors: &mut FieldErrors) -> BTreeMap<&'static str, String> {
    let mut given = BTreeMap::new();
    for (spelt, value) in pairs(query) {
        match plain(&spelt, account.option_names) {
            Some(name) if given.contains_key(name) => errors.add(name, "The option is given twice."),
            Some(name) => {
                given.insert(name, value);
            }
            None if account.ignores_unknown_options => {}
            None => errors.add(&spelt, "There is no such option."),
        }
    }
    given
}

/// Names and values of a query, decoded as those of a form.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let url = Url::parse(&format!("http://hq.example/?{query}"));
    url.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default()
}

/// The plain name of an option as it was spelt; `None` where it is not one.
pub(super) fn plain(spelt: &str, names: OptionNames) -> Option<&'static str> {
    let (name, dollar) = match spelt.strip_prefix('$') {
        Some(name) => (name, true),
        None => (spelt, false),
    };
    let understood = match names {
        OptionNames::Both => true,
        OptionNames::Plain => !dollar,
        OptionNames::Dollar => dollar,
    };
    KNOWN.into_iter().find(|known| *known == name).filter(|_| understood)
}

fn number(value: &str) -> Result<usize, String> {
    value.parse().map_err(|_| format!("The value '{value}' is not valid."))
}

/// `lastName,firstName desc`, without blanks at the commas.
fn order(value: &str, fields: &'static [Field]) -> Result<Vec<(&'static Field, bool)>, String> {
    value.split(',').map(|part| ordering(part, fields)).collect()
}

fn ordering(part: &str, fields: &'static [Field]) -> Result<(&'static Field, bool), String> {
    let (name, descending) = match part.split_once(' ') {
        None | Some((_, "asc")) => (part.strip_suffix(" asc").unwrap_or(part), false),
        Some((name, "desc")) => (name, true),
        Some(_) => return Err(format!("'{part}' is not an order.")),
    };
    let field = Field::find(fields, name).ok_or_else(|| format!("There is no property {name}."))?;
    Ok((field, descending))
}
