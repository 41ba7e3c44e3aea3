//! The absence types of the seed tenant.

use uuid::{Uuid, uuid};

use super::tenant::{AbsenceType, Unit};

/// Urlaub, days, `PAID_VACATION`.
pub const URLAUB: Uuid = uuid!("7c5b1b3e-0000-4000-8000-0000000000a1");
/// Krankheit, days, `SICK_LEAVE`.
pub const KRANKHEIT: Uuid = uuid!("7c5b1b3e-0000-4000-8000-0000000000a2");
/// Kind krank, days, `CHILD_CARE`.
pub const KIND_KRANK: Uuid = uuid!("7c5b1b3e-0000-4000-8000-0000000000a3");
/// Home Office, days, `OFFSITE_WORK`.
pub const HOME_OFFICE: Uuid = uuid!("7c5b1b3e-0000-4000-8000-0000000000a4");
/// Elternzeit, days, `MATERNITY_PARENTAL_LEAVE`.
pub const ELTERNZEIT: Uuid = uuid!("7c5b1b3e-0000-4000-8000-0000000000a5");
/// Arzttermin, hours, `OTHER`.
pub const ARZTTERMIN: Uuid = uuid!("7c5b1b3e-0000-4000-8000-0000000000a6");
/// Dienstreise, days, without a category.
pub const DIENSTREISE: Uuid = uuid!("7c5b1b3e-0000-4000-8000-0000000000a7");

/// All of them.
#[must_use]
pub fn all() -> Vec<AbsenceType> {
    [
        (URLAUB, "Urlaub", Some("PAID_VACATION"), Unit::Day),
        (KRANKHEIT, "Krankheit", Some("SICK_LEAVE"), Unit::Day),
        (KIND_KRANK, "Kind krank", Some("CHILD_CARE"), Unit::Day),
        (HOME_OFFICE, "Home Office", Some("OFFSITE_WORK"), Unit::Day),
        (ELTERNZEIT, "Elternzeit", Some("MATERNITY_PARENTAL_LEAVE"), Unit::Day),
        (ARZTTERMIN, "Arzttermin", Some("OTHER"), Unit::Hour),
        (DIENSTREISE, "Dienstreise", None, Unit::Day),
    ]
    .map(|(id, name, category, unit)| AbsenceType {
        id,
        name: name.to_owned(),
        category: category.map(str::to_owned),
        unit,
    })
    .into()
}
