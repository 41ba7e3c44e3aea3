//! The rights of a service user, by what they open. Source: apidocs.hibob.com/reference/permissions and the pages of
//! workforce planning; a new service user has none.

use crate::Right;

const MANAGE: &str = "Features > Workforce planning > Position management > Manage positions";

const GIVEN: &str =
    "HiBob > Settings > Account > Permission groups > the service user's group: give it the right that is named";

/// Where the credential stands.
pub const CREDENTIAL: &str = "HiBob > Settings > Integrations > Automation > Service users > id and token";

/// What fields positions have.
pub const FIELDS_OF_POSITIONS: Right = Right { opens: "fields of positions", name: MANAGE, given: GIVEN };

/// What fields openings have.
pub const FIELDS_OF_OPENINGS: Right = Right { opens: "fields of openings", name: MANAGE, given: GIVEN };

/// Positions.
pub const POSITIONS: Right = Right { opens: "positions", name: MANAGE, given: GIVEN };

/// Openings.
pub const OPENINGS: Right = Right { opens: "openings", name: MANAGE, given: GIVEN };

/// The address of a manager.
pub const PEOPLE: Right = Right { opens: "people", name: "the right to read people's data", given: GIVEN };
