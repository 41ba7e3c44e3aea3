//! `include`: which related resources come with an answer, and the answer's body.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::graph;
use super::problem::Problem;
use super::resource::{Name, Related, Resource};
use super::store::Books;

/// Relations by name, each with what is included from there on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Include(BTreeMap<String, Include>);

impl Include {
    /// `a,b.c`
    pub(super) fn read(text: &str) -> Self {
        let mut include = Self::default();
        for path in text.split(',').filter(|path| !path.is_empty()) {
            path.split('.').fold(&mut include, |at, relation| at.0.entry(relation.to_owned()).or_default());
        }
        include
    }

    fn has(&self, relation: &str) -> bool {
        self.0.contains_key(relation)
    }

    fn merge(&mut self, other: &Self) {
        for (relation, further) in &other.0 {
            self.0.entry(relation.clone()).or_default().merge(further);
        }
    }
}

/// The resources that come along, each with the relations whose `data` it shows.
type Included = BTreeMap<Name, (Resource, Include)>;

/// `data` and `included` of an answer about one resource.
pub(super) fn one(books: &Books, resource: &Resource, include: &Include, base: &str) -> Result<Value, Problem> {
    let mut body = Map::new();
    body.insert("data".to_owned(), resource.shown(base, |relation| include.has(relation)));
    add(&mut body, &included(books, std::slice::from_ref(resource), include)?, base);
    Ok(Value::Object(body))
}

/// The same about many.
pub(super) fn many(
    books: &Books,
    page: &[Resource],
    include: &Include,
    base: &str,
) -> Result<Map<String, Value>, Problem> {
    let mut body = Map::new();
    let shown = page.iter().map(|resource| resource.shown(base, |relation| include.has(relation)));
    body.insert("data".to_owned(), shown.collect());
    add(&mut body, &included(books, page, include)?, base);
    Ok(body)
}

fn add(body: &mut Map<String, Value>, included: &Included, base: &str) {
    if !included.is_empty() {
        let shown = included.values().map(|(resource, include)| resource.shown(base, |relation| include.has(relation)));
        body.insert("included".to_owned(), json!(shown.collect::<Vec<_>>()));
    }
}

fn included(books: &Books, from: &[Resource], include: &Include) -> Result<Included, Problem> {
    let mut included = Included::new();
    for resource in from {
        follow(books, resource, include, &mut included)?;
    }
    Ok(included)
}

fn follow(books: &Books, from: &Resource, include: &Include, included: &mut Included) -> Result<(), Problem> {
    for (relation, further) in &include.0 {
        let unknown = || Problem::query(format!("{relation} is not a relationship of {}", from.name.0));
        let names = match from.related(relation).ok_or_else(unknown)? {
            Related::One(one) => one.iter().copied().collect(),
            Related::Many(many) => many.clone(),
            Related::Unbuilt => Vec::new(),
        };
        for (kind, id) in names {
            let Some(resource) = graph::find(books, kind, id) else { continue };
            follow(books, &resource, further, included)?;
            included.entry((kind, id)).or_insert_with(|| (resource, Include::default())).1.merge(further);
        }
    }
    Ok(())
}
