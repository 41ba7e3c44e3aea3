//! The path of a PATCH operation: `[URN:]attribute[filter].part`, or the extension's URN alone. RFC 7644, section 3.5.2, figure 7.

use super::attributes::{Attribute, ENTERPRISE};
use super::field::Field;
use super::filter::{Filter, Scope};
use super::problem::Problem;

/// What an operation is about.
#[derive(Debug)]
pub(super) enum Path {
    /// The extension as a whole.
    Extension,
    /// An attribute or a part of it.
    Field(Field),
    /// Those values of a list that fit, or a part of each.
    Values { list: Field, filter: Filter, part: Option<&'static Attribute> },
}

impl Path {
    /// Reads a path. What callers may not write is refused with `mutability`.
    pub(super) fn read(text: &str) -> Result<Self, Problem> {
        if text.eq_ignore_ascii_case(ENTERPRISE) {
            return Ok(Self::Extension);
        }
        match text.split_once('[') {
            None => field(text).map(Self::Field),
            Some((list, rest)) => values(text, list, rest),
        }
    }
}

fn field(text: &str) -> Result<Field, Problem> {
    let field = Field::read(text).ok_or_else(|| unknown(text))?;
    if field.attribute.read_only || field.part.is_some_and(|part| part.read_only) {
        return Err(Problem::mutability(text));
    }
    if field.attribute.many && field.part.is_some() {
        return Err(Problem::path(format!("{text} does not say which of the values is meant.")));
    }
    Ok(field)
}

fn values(text: &str, list: &str, rest: &str) -> Result<Path, Problem> {
    let (filter, part) = rest.rsplit_once(']').ok_or_else(|| unknown(text))?;
    let list = field(list)?;
    if !list.attribute.many {
        return Err(Problem::path(format!("{text} asks for one of many values where there is one.")));
    }
    let parts = list.attribute.parts();
    let filter = Filter::read(filter, Scope::Parts(parts), false)?;
    let part = match part.strip_prefix('.') {
        Some(name) => Some(Field::among(parts, name).ok_or_else(|| unknown(text))?.attribute),
        None if part.is_empty() => None,
        None => return Err(unknown(text)),
    };
    Ok(Path::Values { list, filter, part })
}

fn unknown(text: &str) -> Problem {
    Problem::path(format!("{text} is no path of this schema."))
}
