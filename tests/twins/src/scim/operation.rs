//! The body of a PATCH: RFC 7644, section 3.5.2. Names of members have no case, values of `op` do.

use serde_json::{Map, Value};

use super::account::{Account, PatchDialect};
use super::attributes::{ENTERPRISE, find_core};
use super::field::without_urn;
use super::path::Path;
use super::problem::Problem;

const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Remove,
    Replace,
}

/// One of the operations. Only `Remove` may lack a value.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) verb: Verb,
    pub(super) path: Option<Path>,
    pub(super) value: Value,
}

/// As it stands in the body.
struct Written {
    verb: Verb,
    path: Option<String>,
    value: Value,
}

/// The operations of a body, if the server takes them all.
pub(super) fn read(body: &[u8], account: &Account) -> Result<Vec<Operation>, Problem> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Problem::syntax("The body is not JSON."))?;
    let members = members(&body, &["schemas", "operations"])?;
    let schemas = members.get("schemas").and_then(Value::as_array);
    if !schemas.is_some_and(|schemas| schemas.iter().any(|schema| schema == PATCH_OP)) {
        return Err(Problem::syntax("schemas does not name PatchOp."));
    }
    let operations = members.get("operations").and_then(Value::as_array).filter(|list| !list.is_empty());
    let operations = operations.ok_or_else(|| Problem::syntax("Operations is not a list, or empty."))?;
    let written = operations.iter().map(|operation| Written::read(operation, account.patch_dialect));
    let written: Vec<_> = written.collect::<Result<_, _>>()?;
    if account.patch_knows_few {
        written.iter().try_for_each(Written::is_one_of_few)?;
    }
    written.into_iter().map(Written::checked).collect()
}

impl Written {
    fn read(operation: &Value, dialect: PatchDialect) -> Result<Self, Problem> {
        let members = members(operation, &["op", "path", "value"])?;
        let verb = verb(members.get("op").and_then(Value::as_str).unwrap_or_default(), dialect)?;
        let path = match members.get("path") {
            None => None,
            Some(Value::String(path)) if dialect != PatchDialect::Pathless => Some(path.clone()),
            Some(_) => return Err(Problem::path("The path is not taken.")),
        };
        Ok(Self { verb, path, value: members.get("value").cloned().unwrap_or_default() })
    }

    /// Refuses what a server that knows a few attributes does not.
    fn is_one_of_few(&self) -> Result<(), Problem> {
        let object = self.value.as_object().filter(|_| self.path.is_none());
        let named = self.path.iter().chain(object.into_iter().flat_map(Map::keys));
        for name in named {
            if name.eq_ignore_ascii_case(ENTERPRISE) {
                return Err(Problem::plain(500, "Internal server error."));
            }
            let lower = without_urn(name).1.to_lowercase();
            let known =
                ["active", "username", "name", "emails"].contains(&lower.as_str()) || lower.starts_with("name.");
            if !known || without_urn(name).0 {
                return Err(Problem::plain(501, format!("{name} cannot be patched here.")));
            }
        }
        Ok(())
    }

    fn checked(self) -> Result<Operation, Problem> {
        let path = self.path.as_deref().map(Path::read).transpose()?;
        match (self.verb, &path, &self.value) {
            (Verb::Remove, None, _) => Err(Problem::target("What is to be removed needs a path.")),
            (Verb::Add | Verb::Replace, None, Value::Object(members)) => {
                writable(members)?;
                Ok(Operation { verb: self.verb, path, value: self.value })
            }
            (Verb::Add | Verb::Replace, None, _) => Err(Problem::value("Without a path the value must be an object.")),
            _ => Ok(Operation { verb: self.verb, path, value: self.value }),
        }
    }
}

/// What callers may not write is passed over in a whole user, but refused in a PATCH.
fn writable(members: &Map<String, Value>) -> Result<(), Problem> {
    let read_only = members.keys().find(|name| find_core(name).is_some_and(|known| known.read_only));
    read_only.map_or(Ok(()), |name| Err(Problem::mutability(name)))
}

fn verb(op: &str, dialect: PatchDialect) -> Result<Verb, Problem> {
    let plain = [("add", Verb::Add), ("remove", Verb::Remove), ("replace", Verb::Replace)];
    let capital = [("Add", Verb::Add), ("Remove", Verb::Remove), ("Replace", Verb::Replace)];
    let known = if dialect == PatchDialect::Capitalised { capital } else { plain };
    let found = known.into_iter().find(|(name, _)| *name == op).map(|(_, verb)| verb);
    found.ok_or_else(|| Problem::syntax(format!("There is no op {op}.")))
}

/// An object's members by their names in lower case, if it has no others.
fn members(object: &Value, known: &[&str]) -> Result<Map<String, Value>, Problem> {
    let object = object.as_object().ok_or_else(|| Problem::syntax("An object was expected."))?;
    let lower: Map<_, _> = object.iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect();
    match lower.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(Problem::syntax(format!("There is no member {name}."))),
        None => Ok(lower),
    }
}
