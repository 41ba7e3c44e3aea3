//! The operations of Oneflow's API, as errors, breakers and log lines name them.

use crate::Operation;

/// Asking whether the login is good.
pub const PING: Operation = named("ping");
/// Reading one contract.
pub const READ_CONTRACT: Operation = named("read contract");
/// Listing contracts, newest first.
pub const LIST_CONTRACTS: Operation = named("list contracts");
/// Asking for the contracts with a value in a data field.
pub const FIND_CONTRACTS: Operation = named("find contracts");
/// Creating a contract from a template.
pub const CREATE_CONTRACT: Operation = named("create contract");
/// Publishing a contract: its parties are invited.
pub const PUBLISH_CONTRACT: Operation = named("publish contract");
/// Writing the value of one data field.
pub const SET_DATA_FIELD: Operation = named("set data field");
/// Listing a contract's files.
pub const LIST_FILES: Operation = named("list files");
/// Fetching a file.
pub const DOWNLOAD_FILE: Operation = named("download file");
/// Reading one template.
pub const READ_TEMPLATE: Operation = named("read template");
/// Listing templates.
pub const LIST_TEMPLATES: Operation = named("list templates");
/// Reading one template type with its data fields.
pub const READ_TEMPLATE_TYPE: Operation = named("read template type");
/// Listing template types.
pub const LIST_TEMPLATE_TYPES: Operation = named("list template types");
/// Replacing all data fields of a template type.
pub const REPLACE_DATA_FIELDS: Operation = named("replace data fields");
/// Listing workspaces.
pub const LIST_WORKSPACES: Operation = named("list workspaces");
/// Listing users.
pub const LIST_USERS: Operation = named("list users");

const fn named(name: &'static str) -> Operation {
    Operation { vendor: "oneflow", name }
}
