//! What the credential of a partner system must open. SCIM knows no names of rights: the partner's settings have them.

use crate::Right;

/// Where the credential stands.
pub const CREDENTIAL: &str = "the partner system, where its SCIM access is set up";

/// Users.
pub const USERS: Right = Right {
    opens: "users",
    name: "reading users",
    given: "the partner system, where its SCIM access is set up: let the token read and write users",
};
