//! The version of an absence. Personio's own time of a change may be too coarse to tell two versions apart, so all that
//! decides what should be entered is part of the fingerprint.

use ledger::Fingerprint;
use reconcile::Shown;
use vendors::personio::model::absence::{AbsencePeriod, Approval, Boundary, Half};

/// The version that Personio shows.
pub(crate) fn shown(absence: &AbsencePeriod) -> Shown {
    Shown::new(fingerprint(absence), absence.updated_at)
}

/// Kept in links, so what goes into the fingerprint must stay as it is: another text would make every absence look edited.
fn fingerprint(absence: &AbsencePeriod) -> Fingerprint {
    let AbsencePeriod { person, absence_type, starts, ends, time_zone, approval, updated_at, .. } = absence;
    let approval = match approval {
        Approval::Approved => "approved",
        Approval::Pending => "pending",
        Approval::SubstituteRequested => "substitute-requested",
        Approval::DeletionPending => "deletion-pending",
        Approval::Rejected => "rejected",
        Approval::Other(other) => other,
    };
    let zone = time_zone.as_deref().unwrap_or_default();
    let ends = ends.as_ref().map_or_else(|| "open".to_owned(), boundary);
    let starts = boundary(starts);
    let changed = updated_at.map_or_else(|| "untold".to_owned(), |at| at.as_millisecond().to_string());
    Fingerprint::of(&format!("{changed}|{person}|{absence_type}|{starts}|{ends}|{zone}|{approval}"))
}

fn boundary(boundary: &Boundary) -> String {
    let half = match boundary.half {
        Some(Half::First) => "first",
        Some(Half::Second) => "second",
        None => "",
    };
    format!("{}{half}", boundary.at)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn absence() -> AbsencePeriod {
        let at = jiff::civil::date(2026, 3, 2).at(0, 0, 0, 0);
        AbsencePeriod {
            id: "1d8e3f7a-0000-4000-8000-000000000001".parse().unwrap(),
            person: "3001".parse().unwrap(),
            absence_type: "7c5b1b3e-0000-4000-8000-0000000000a1".parse().unwrap(),
            starts: Boundary { at, half: None },
            ends: Some(Boundary { at, half: Some(Half::First) }),
            time_zone: Some("Europe/Berlin".to_owned()),
            approval: Approval::Approved,
            updated_at: Some(Timestamp::UNIX_EPOCH),
        }
    }

    /// A released hrsync has written such numbers into links.
    #[test]
    fn the_fingerprint_of_a_version_stays_what_it_is() {
        assert_eq!(fingerprint(&absence()).to_string(), format!("{:016x}", 15_241_579_029_888_460_324_u64));
    }

    #[test]
    fn whatever_decides_makes_another_version() {
        let first = absence();
        let later = Timestamp::from_second(1).unwrap();
        let starts = Boundary { half: Some(Half::Second), ..first.starts };
        for other in [
            AbsencePeriod { updated_at: Some(later), ..first.clone() },
            AbsencePeriod { updated_at: None, ..first.clone() },
            AbsencePeriod { approval: Approval::Pending, ..first.clone() },
            AbsencePeriod { ends: None, ..first.clone() },
            AbsencePeriod { starts, ..first.clone() },
            AbsencePeriod { time_zone: None, ..first.clone() },
            AbsencePeriod { person: "3002".parse().unwrap(), ..first.clone() },
        ] {
            assert_ne!(fingerprint(&other), fingerprint(&first), "{other:?}");
        }
    }
}
