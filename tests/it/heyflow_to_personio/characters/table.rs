//! Which rows are played: every pair of values of two factors stands in a row.

use crate::support::characters::Character::{self, AsDocumented, AsReported, AtItsWorst};
use crate::support::characters::Scenario::{self, BadRecord, Happy, LostAnswer, OutOfOrder, Twice, VendorDown};
use Payload::{Extended, Simple};
use Unavailable::{Ignore, Reject, Tell};
use Way::{Basic, Header, Parameter};

/// One run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) scenario: Scenario,
    pub(super) recruiting: Character,
    pub(super) sender: Character,
    pub(super) way: Way,
    pub(super) unavailable: Unavailable,
    pub(super) calls_per_minute: u32,
    pub(super) payload: Payload,
}

/// How the sender shows the secret: a header or parameter has a name of its own, which is a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Header,
    Basic,
    Parameter,
}

/// The setting `uploads.unavailable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unavailable {
    Tell,
    Ignore,
    Reject,
}

/// What the form's owner has chosen for the hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Payload {
    Simple,
    Extended,
}

impl Row {
    pub(super) fn name(&self) -> String {
        let Self { scenario, recruiting, sender, way, unavailable, calls_per_minute, payload } = self;
        format!(
            "{scenario:?}, Personio {recruiting:?}, Heyflow {sender:?}, {way:?}, {unavailable:?}, {calls_per_minute} \
             calls, {payload:?}"
        )
    }
}

/// Scenario, Personio, Heyflow, the secret's way, `unavailable`, `calls_per_minute`, payload.
const ROWS: [(Scenario, Character, Character, Way, Unavailable, u32, Payload); 18] = [
    (Happy, AsDocumented, AsDocumented, Header, Tell, 2, Extended),
    (Happy, AsReported, AsReported, Parameter, Ignore, 20, Simple),
    (Happy, AtItsWorst, AtItsWorst, Basic, Reject, 20, Simple),
    (Twice, AsDocumented, AsReported, Basic, Ignore, 20, Extended),
    (Twice, AsReported, AtItsWorst, Parameter, Tell, 2, Extended),
    (Twice, AtItsWorst, AsDocumented, Header, Reject, 20, Simple),
    (OutOfOrder, AsDocumented, AtItsWorst, Basic, Reject, 2, Simple),
    (OutOfOrder, AsReported, AsDocumented, Header, Ignore, 2, Simple),
    (OutOfOrder, AtItsWorst, AsReported, Parameter, Tell, 20, Extended),
    (VendorDown, AsDocumented, AsDocumented, Parameter, Reject, 20, Extended),
    (VendorDown, AsReported, AsReported, Basic, Tell, 2, Simple),
    (VendorDown, AtItsWorst, AtItsWorst, Header, Ignore, 2, Extended),
    (BadRecord, AsDocumented, AsReported, Header, Ignore, 20, Simple),
    (BadRecord, AsReported, AtItsWorst, Parameter, Reject, 2, Simple),
    (BadRecord, AtItsWorst, AsDocumented, Basic, Tell, 2, Extended),
    (LostAnswer, AsDocumented, AtItsWorst, Basic, Ignore, 2, Extended),
    (LostAnswer, AsReported, AsDocumented, Header, Tell, 20, Extended),
    (LostAnswer, AtItsWorst, AsReported, Parameter, Reject, 20, Simple),
];

/// The rows of a scenario.
pub(super) fn rows(scenario: Scenario) -> impl Iterator<Item = Row> {
    all().filter(move |row| row.scenario == scenario)
}

fn all() -> impl Iterator<Item = Row> {
    ROWS.into_iter().map(|(scenario, recruiting, sender, way, unavailable, calls_per_minute, payload)| Row {
        scenario,
        recruiting,
        sender,
        way,
        unavailable,
        calls_per_minute,
        payload,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::rows::{assert_pairwise, names};

    /// In the order of the factors below.
    fn values(row: Row) -> Vec<String> {
        [
            names("scenario", &[row.scenario]),
            names("Personio", &[row.recruiting]),
            names("Heyflow", &[row.sender]),
            names("secret", &[row.way]),
            names("unavailable", &[row.unavailable]),
            names("calls", &[row.calls_per_minute]),
            names("payload", &[row.payload]),
        ]
        .concat()
    }

    #[test]
    fn every_pair_stands_in_a_row_and_every_row_is_needed() {
        let factors = [
            names("scenario", &Scenario::ALL),
            names("Personio", &Character::ALL),
            names("Heyflow", &Character::ALL),
            names("secret", &[Header, Basic, Parameter]),
            names("unavailable", &[Tell, Ignore, Reject]),
            names("calls", &[20_u32, 2]),
            names("payload", &[Simple, Extended]),
        ];
        assert_pairwise(&factors, &all().map(values).collect::<Vec<_>>());
    }
}
