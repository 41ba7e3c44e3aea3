//! What people read beside an entry, and by what hrsync knows it again.

use sha2::{Digest, Sha256};
use vendors::personio::model::id::AbsenceId;
use vendors::text::on_one_line;

/// A note: the type's name in Personio, as the vendor's own integration writes it, and a reference to the absence, e.g.
/// `Urlaub [hrsync 1a2b3c4d]`. helloHQ has no field for a foreign key, so an entry whose id was lost is known by it.
#[must_use]
pub fn note(type_name: &str, id: AbsenceId) -> String {
    format!("{} [hrsync {}]", on_one_line(type_name), reference(id))
}

/// A short name for an absence: the first 8 hexadecimal digits of the SHA-256 of its id. Tells the absences of one
/// person apart, not those of the world.
#[must_use]
pub fn reference(id: AbsenceId) -> String {
    Sha256::digest(id.to_string()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
