//! The rights of an app, by what they open. Source: developers.comeet.com/reference/permissions: fixed for each app, and
//! changed ones count only after the app was disabled and enabled again.

use crate::Right;

const GIVEN: &str = "Recruit > Apps > the app: an Admin or Owner approves the right, then disables and enables the app";

/// Where the credential stands.
pub const CREDENTIAL: &str = "Recruit > Apps > your app > API key; its secret comes from Spark Hire";

/// Positions.
pub const POSITIONS: Right = Right { opens: "positions", name: "Positions: retrieve", given: GIVEN };

/// Openings.
pub const OPENINGS: Right = Right { opens: "openings", name: "Openings: retrieve", given: GIVEN };

/// What writing needs.
pub const WRITING: &str = "Recruit > Apps > the app: look for the rights Positions: create and Openings: create; `hrsync preview` shows what would be written";

/// The public feed of the careers page, which has a token of its own.
pub const LOCATIONS: Right = Right {
    opens: "locations",
    name: "the token of the careers page",
    given: "company and token stand in the source of the careers page; copy them into `[careers]` of the file",
};
