//! Pages, filters and orders of lists.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::members;

use super::include::Include;
use super::problem::Problem;
use super::resource::{Related, Resource};

const USUAL: usize = 10;
const MOST: usize = 30;

/// The parameters of a list.
pub(super) struct Query {
    pub(super) include: Include,
    number: usize,
    size: usize,
    rest: Vec<(String, String)>,
    /// `include` as it was sent, for the links.
    included: Option<String>,
}

impl Query {
    /// Reads `include` and the page; the rest is read for each kind of list.
    pub(super) fn read(text: Option<&str>) -> Result<Self, Problem> {
        let mut query = Self { include: Include::default(), number: 1, size: USUAL, rest: Vec::new(), included: None };
        for (name, value) in url::form_urlencoded::parse(text.unwrap_or_default().as_bytes()).into_owned() {
            match name.as_str() {
                "include" => {
                    query.include = Include::read(&value);
                    query.included = Some(value);
                }
                "page[number]" => query.number = positive(&name, &value)?,
                "page[size]" => query.size = positive(&name, &value)?.min(MOST),
                _ => query.rest.push((name, value)),
            }
        }
        Ok(query)
    }

    /// `include` and nothing else.
    pub(super) fn include_only(text: Option<&str>) -> Result<Include, Problem> {
        let query = Self::read(text)?;
        match query.rest.first() {
            Some((name, _)) => Err(unknown(name)),
            None => Ok(query.include),
        }
    }

    /// Those who fit the filters, in the order that was asked for; by id otherwise.
    pub(super) fn fitting(&self, kind: &str, mut all: Vec<Resource>) -> Result<Vec<Resource>, Problem> {
        for (name, value) in &self.rest {
            match name.as_str() {
                "sort" if ["candidates", "job-applications"].contains(&kind) => sort(&mut all, value)?,
                _ => filter(kind, name, value, &mut all)?,
            }
        }
        Ok(all)
    }

    /// One page of them.
    pub(super) fn page(&self, all: &[Resource]) -> Vec<Resource> {
        all.iter().skip((self.number - 1) * self.size).take(self.size).cloned().collect()
    }

    /// `meta` and `links` of the page; the last one has no `next`.
    pub(super) fn frame(&self, address: &str, count: usize) -> (Value, Value) {
        let pages = count.div_ceil(self.size).max(1);
        let link = |number: usize| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&self.rest);
            if let Some(include) = &self.included {
                query.append_pair("include", include);
            }
            query.append_pair("page[number]", &number.to_string()).append_pair("page[size]", &self.size.to_string());
            Value::String(format!("{address}?{}", query.finish()))
        };
        let mut links = json!({"first": link(1), "last": link(pages)});
        if self.number < pages {
            members::set(&mut links, "next", link(self.number + 1));
        }
        if self.number > 1 {
            members::set(&mut links, "prev", link(self.number - 1));
        }
        (json!({"record-count": count, "page-count": pages}), links)
    }
}

fn positive(name: &str, value: &str) -> Result<usize, Problem> {
    let number = value.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| Problem::query(format!("{value} is no value of {name}")))
}

fn unknown(name: &str) -> Problem {
    Problem::query(format!("{name} is not allowed"))
}

fn sort(all: &mut [Resource], by: &str) -> Result<(), Problem> {
    let (name, downwards) = by.strip_prefix('-').map_or((by, false), |name| (name, true));
    match name {
        "id" => all.sort_by_key(|resource| resource.name.1),
        "created-at" | "updated-at" => all.sort_by_key(|resource| time(resource, name)),
        // of applications, in the spelling of the documentation
        "changed_stage_at" => all.sort_by_key(|resource| time(resource, "changed-stage-at")),
        _ => return Err(Problem::query(format!("{by} is no order"))),
    }
    if downwards {
        all.reverse();
    }
    Ok(())
}

fn filter(kind: &str, name: &str, wanted: &str, all: &mut Vec<Resource>) -> Result<(), Problem> {
    match (kind, name) {
        ("candidates" | "users", "filter[email]") => {
            all.retain(|one| one.attributes.get("email").is_some_and(|email| email == wanted));
        }
        ("custom-field-values", "filter[field-type]") => {
            all.retain(|one| one.attributes.get("field-type").is_some_and(|kind| kind == wanted));
        }
        ("custom-field-values" | "custom-field-options", "filter[custom-field]") => {
            all.retain(|one| leads_to(one, "custom-field", wanted));
        }
        ("candidates" | "job-applications", _) => by_time(name, wanted, all)?,
        _ => return Err(unknown(name)),
    }
    Ok(())
}

fn by_time(name: &str, wanted: &str, all: &mut Vec<Resource>) -> Result<(), Problem> {
    let bound = wanted.parse::<Timestamp>().map_err(|_| Problem::query(format!("{wanted} is no time")));
    match name {
        "filter[created-at][from]" => retain_from(all, "created-at", bound?),
        "filter[updated-at][from]" => retain_from(all, "updated-at", bound?),
        "filter[created-at][to]" => retain_to(all, "created-at", bound?),
        "filter[updated-at][to]" => retain_to(all, "updated-at", bound?),
        _ => return Err(unknown(name)),
    }
    Ok(())
}

fn retain_from(all: &mut Vec<Resource>, name: &str, bound: Timestamp) {
    all.retain(|one| time(one, name).is_some_and(|at| at >= bound));
}

fn retain_to(all: &mut Vec<Resource>, name: &str, bound: Timestamp) {
    all.retain(|one| time(one, name).is_some_and(|at| at <= bound));
}

fn time(resource: &Resource, name: &str) -> Option<Timestamp> {
    resource.attributes.get(name)?.as_str()?.parse().ok()
}

fn leads_to(resource: &Resource, relation: &str, id: &str) -> bool {
    matches!(resource.related(relation), Some(Related::One(Some((_, known)))) if known.to_string() == id)
}
