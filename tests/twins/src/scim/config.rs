//! What the server says about itself: RFC 7644, section 4, and RFC 7643, sections 5 to 7.

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::attributes::{Attribute, CORE, ENTERPRISE, EXTENSION, Kind, USER};
use super::problem::Problem;
use super::replies::Reply;
use super::sent::Sent;
use super::twin::{Call, Twin};

const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

pub(super) async fn provider(State(twin): State<Twin>, Path(name): Path<String>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |_, call| Ok(Reply::ok(config(call))))
}

pub(super) async fn types(State(twin): State<Twin>, Path(name): Path<String>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |_, call| Ok(Reply::ok(listed(vec![user_type(call)]))))
}

pub(super) async fn one_type(
    State(twin): State<Twin>,
    Path((name, id)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    twin.serve(&name, &sent.headers, |_, call| match id.as_str() {
        "User" => Ok(Reply::ok(user_type(call))),
        _ => Err(Problem::plain(404, "No such resource type.")),
    })
}

pub(super) async fn schemas(State(twin): State<Twin>, Path(name): Path<String>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |_, call| Ok(Reply::ok(listed(both(call)))))
}

pub(super) async fn one_schema(
    State(twin): State<Twin>,
    Path((name, id)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    twin.serve(&name, &sent.headers, |_, call| {
        let found = both(call).into_iter().find(|schema| schema.get("id").is_some_and(|known| *known == id));
        found.map(Reply::ok).ok_or_else(|| Problem::plain(404, "No such schema."))
    })
}

/// `/Me`, `/Bulk` and searches by POST: the protocol knows them, this server does not.
pub(super) async fn not_offered(State(twin): State<Twin>, Path(name): Path<String>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |_, _| Err(Problem::plain(501, "This is not offered.")))
}

/// Whatever else stands below an account.
pub(super) async fn nothing(State(twin): State<Twin>, Path((name, _)): Path<(String, String)>, sent: Sent) -> Response {
    twin.serve(&name, &sent.headers, |_, _| Err(Problem::plain(404, "There is no such endpoint.")))
}

fn listed(resources: Vec<Value>) -> Value {
    let count = resources.len();
    json!({"schemas": [LIST], "totalResults": count, "startIndex": 1, "itemsPerPage": count, "Resources": resources})
}

fn config(call: &Call) -> Value {
    let account = &call.account;
    let scheme = |kind: &str, name: &str| json!({"type": kind, "name": name, "description": name});
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": {"supported": account.says_patch.unwrap_or(!account.no_patch)},
        "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {
            "supported": account.says_filter.unwrap_or(!account.filter_ignored),
            "maxResults": account.page_cap.unwrap_or(100),
        },
        "changePassword": {"supported": false},
        "sort": {"supported": false},
        "etag": {"supported": false},
        "authenticationSchemes": [scheme("oauthbearertoken", "Bearer token"), scheme("httpbasic", "Name and password")],
        "meta": {"resourceType": "ServiceProviderConfig", "location": format!("{}/ServiceProviderConfig", call.base)},
    })
}

fn user_type(call: &Call) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": "User",
        "name": "User",
        "description": "People who use the partner system.",
        "endpoint": "/Users",
        "schema": USER,
        "schemaExtensions": [{"schema": ENTERPRISE, "required": false}],
        "meta": {"resourceType": "ResourceType", "location": format!("{}/ResourceTypes/User", call.base)},
    })
}

fn both(call: &Call) -> Vec<Value> {
    vec![schema(call, USER, "User", CORE), schema(call, ENTERPRISE, "EnterpriseUser", EXTENSION)]
}

fn schema(call: &Call, urn: &str, name: &str, attributes: &[Attribute]) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": urn,
        "name": name,
        "description": name,
        "attributes": attributes.iter().map(described).collect::<Vec<_>>(),
        "meta": {"resourceType": "Schema", "location": format!("{}/Schemas/{urn}", call.base)},
    })
}

fn described(attribute: &Attribute) -> Value {
    let kind = match attribute.kind {
        Kind::Text => "string",
        Kind::Flag => "boolean",
        Kind::Moment => "dateTime",
        Kind::Reference => "reference",
        Kind::Complex(_) => "complex",
    };
    let mut told = json!({
        "name": attribute.name,
        "type": kind,
        "multiValued": attribute.many,
        "description": attribute.name,
        "required": attribute.required,
        "caseExact": attribute.exact,
        "mutability": if attribute.read_only { "readOnly" } else { "readWrite" },
        "returned": "default",
        "uniqueness": if attribute.unique { "server" } else { "none" },
    });
    if let Some(members) = told.as_object_mut() {
        match attribute.kind {
            Kind::Complex(parts) => {
                members.insert("subAttributes".to_owned(), parts.iter().map(described).collect());
            }
            Kind::Reference => {
                let types = if attribute.name == "$ref" { json!(["User"]) } else { json!(["external"]) };
                members.insert("referenceTypes".to_owned(), types);
            }
            _ => {}
        }
    }
    told
}
