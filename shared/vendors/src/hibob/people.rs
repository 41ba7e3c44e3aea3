//! The one thing that is asked of employees: their address (`POST /people/search`). Needs a right of its own.

use serde_json::{Value, json};

use super::client::{Hibob, unexplained};
use super::model::EmployeeId;
use super::model::cell::plain;
use super::operations::READ_EMAIL;
use super::reading::Field;
use crate::value::Email;
use crate::{Error, Kind};

/// The address of an employee; `None` where HiBob shows no such employee, or none of theirs.
///
/// # Errors
/// [`Kind::Invalid`]: the address cannot be read. [`Kind::Unexplained`]: the answer is no list of employees, or holds
/// another. Otherwise as for all calls.
pub async fn email(hibob: &Hibob, id: &EmployeeId) -> Result<Option<Email>, Error> {
    let filter = json!({"fieldPath": "root.id", "operator": "equals", "values": [id]});
    let body = json!({"fields": ["root.id", "root.email"], "filters": [filter], "showInactive": false});
    let answer = hibob.post(READ_EMAIL, "people/search", &body).await?;
    let employees = answer.get("employees").and_then(Value::as_array).ok_or_else(|| unexplained(READ_EMAIL))?;
    let Some(employee) = employees.first() else { return Ok(None) };
    if member(employee, "id").as_deref() != Some(id.as_str()) {
        return Err(unexplained(READ_EMAIL));
    }
    let unreadable = |_| Error::new(READ_EMAIL, Kind::Invalid(vec![Field("/root/email").into()]));
    member(employee, "email").map(|text| text.parse().map_err(unreadable)).transpose()
}

/// Employees come with their fields by path, as objects in objects or flat, each with and without a `value` around it.
fn member(employee: &Value, name: &str) -> Option<String> {
    let paths = [format!("/root/{name}"), format!("root.{name}"), name.to_owned()];
    let by_name = paths.iter().find_map(|path| employee.get(path));
    let found = by_name.or_else(|| employee.get("root")?.get(name))?;
    plain(found.get("value").unwrap_or(found))
}
