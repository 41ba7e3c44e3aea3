//! The operations of SCIM, as errors, breakers and log lines name them. What a PATCH consists of is no such operation but a
//! [`PatchOperation`](super::patch::PatchOperation).

use crate::Operation;

/// Reading one user by id.
pub const READ_USER: Operation = named("read user");
/// Asking for the users that a filter fits.
pub const FIND_USER: Operation = named("find user");
/// Listing users.
pub const LIST_USERS: Operation = named("list users");
/// Creating a user.
pub const CREATE_USER: Operation = named("create user");
/// Changing attributes of a user: PATCH.
pub const PATCH_USER: Operation = named("patch user");
/// Writing a user as a whole: PUT.
pub const REPLACE_USER: Operation = named("replace user");
/// Removing a user.
pub const DELETE_USER: Operation = named("delete user");
/// Reading what the server says of itself.
pub const READ_PROVIDER_CONFIG: Operation = named("read provider config");

const fn named(name: &'static str) -> Operation {
    Operation { vendor: "scim", name }
}
