//! Which rows are played: every pair of values of two factors stands in a row.

use crate::support::characters::Character::{AsDocumented, AsReported, AtItsWorst};
use crate::support::characters::Scenario::{BadRecord, Happy, LostAnswer, OutOfOrder, Twice, VendorDown};
use crate::support::characters::{Character, Scenario};

/// One run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) scenario: Scenario,
    pub(super) personio: Character,
    pub(super) hellohq: Character,
    /// The settings with another value than in the example; what the account is like goes with them.
    others: &'static [&'static str],
}

impl Row {
    /// The example's settings and vendors as documented, but for these settings.
    pub(super) const fn of(scenario: Scenario, others: &'static [&'static str]) -> Self {
        Self { scenario, personio: AsDocumented, hellohq: AsDocumented, others }
    }

    /// Whether this setting has another value than in the example.
    pub(super) fn differs(&self, setting: &str) -> bool {
        self.others.contains(&setting)
    }

    pub(super) fn name(&self) -> String {
        let Self { scenario, personio, hellohq, others } = self;
        format!("{scenario:?}, Personio {personio:?}, helloHQ {hellohq:?}, other {others:?}")
    }
}

/// Scenario, Personio, helloHQ, and the settings that differ from the example.
const ROWS: [(Scenario, Character, Character, &[&str]); 18] = [
    (Happy, AsDocumented, AsDocumented, &["replace", "half_day_end", "match_by"]),
    (Happy, AsReported, AsReported, &["replace", "query_options", "skip_deactivated"]),
    (Happy, AtItsWorst, AtItsWorst, &["match_by", "hours_as"]),
    (Twice, AsDocumented, AsReported, &["query_options", "half_day_end", "skip_deactivated", "hours_as"]),
    (Twice, AsReported, AtItsWorst, &["half_day_end", "skip_deactivated"]),
    (Twice, AtItsWorst, AsDocumented, &["replace", "query_options", "match_by"]),
    (OutOfOrder, AsDocumented, AtItsWorst, &["skip_deactivated"]),
    (OutOfOrder, AsReported, AsDocumented, &["replace", "query_options"]),
    (OutOfOrder, AtItsWorst, AsReported, &["replace", "half_day_end", "match_by", "hours_as"]),
    (
        VendorDown,
        AsDocumented,
        AsDocumented,
        &["replace", "query_options", "half_day_end", "skip_deactivated", "hours_as"],
    ),
    (VendorDown, AsReported, AsReported, &["query_options", "half_day_end", "match_by", "hours_as"]),
    (VendorDown, AtItsWorst, AtItsWorst, &["match_by"]),
    (BadRecord, AsDocumented, AsReported, &["replace", "query_options", "match_by"]),
    (BadRecord, AsReported, AtItsWorst, &["query_options", "half_day_end", "skip_deactivated"]),
    (BadRecord, AtItsWorst, AsDocumented, &["skip_deactivated", "hours_as"]),
    (
        LostAnswer,
        AsDocumented,
        AtItsWorst,
        &["replace", "query_options", "half_day_end", "match_by", "skip_deactivated"],
    ),
    (LostAnswer, AsReported, AsDocumented, &["replace", "match_by", "skip_deactivated", "hours_as"]),
    (LostAnswer, AtItsWorst, AsReported, &["query_options", "half_day_end", "hours_as"]),
];

/// The rows of a scenario.
pub(super) fn rows(scenario: Scenario) -> impl Iterator<Item = Row> {
    all().filter(move |row| row.scenario == scenario)
}

fn all() -> impl Iterator<Item = Row> {
    ROWS.into_iter().map(|(scenario, personio, hellohq, others)| Row { scenario, personio, hellohq, others })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personio_to_hellohq::characters::settings::SETTINGS;
    use crate::support::rows::{assert_pairwise, names};

    /// In the order of the factors below.
    fn values(row: Row) -> Vec<String> {
        let settings = SETTINGS.iter().map(|setting| setting.lines[usize::from(row.differs(setting.key))].to_owned());
        let Row { scenario, personio, hellohq, .. } = row;
        let others =
            [names("scenario", &[scenario]), names("Personio", &[personio]), names("helloHQ", &[hellohq])].concat();
        others.into_iter().chain(settings).collect()
    }

    #[test]
    fn every_pair_stands_in_a_row_and_every_row_is_needed() {
        let vendors = ["Personio", "helloHQ"].map(|vendor| names(vendor, &Character::ALL));
        let settings = SETTINGS.map(|setting| setting.lines.map(str::to_owned).to_vec());
        let factors: Vec<_> = [names("scenario", &Scenario::ALL)].into_iter().chain(vendors).chain(settings).collect();
        assert_pairwise(&factors, &all().map(values).collect::<Vec<_>>());
    }
}
