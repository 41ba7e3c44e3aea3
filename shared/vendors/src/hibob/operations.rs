//! The operations of HiBob, as errors, breakers and log lines name them.

use crate::Operation;

/// Searching positions: some by id or status, or all.
pub const SEARCH_POSITIONS: Operation = named("search positions");
/// Reading one position by id.
pub const READ_POSITION: Operation = named("read position");
/// Searching openings: some by id, or all page by page.
pub const SEARCH_OPENINGS: Operation = named("search openings");
/// Reading one opening by id.
pub const READ_OPENING: Operation = named("read opening");
/// Reading which fields positions have.
pub const DESCRIBE_POSITIONS: Operation = named("describe positions");
/// Reading which fields openings have.
pub const DESCRIBE_OPENINGS: Operation = named("describe openings");
/// Reading an employee's address.
pub const READ_EMAIL: Operation = named("read email");

const fn named(name: &'static str) -> Operation {
    Operation { vendor: "hibob", name }
}
