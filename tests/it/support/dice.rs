//! Dice for randomized runs: the same seed gives the same numbers.
//!
//! `HRSYNC_SEED` says with which seed runs begin (1 where it is not set), `HRSYNC_SCHEDULES` how many there are of each flow. Where
//! no number is set, a quarter of the flow's own number is run, and all of it where `HRSYNC_RANDOM` is `thorough`, as in CI.

use std::ops::Range;

use super::proxy::Trouble;

/// The seeds of a flow's randomized runs; `thorough` is the flow's own number of them.
pub(crate) fn seeds(thorough: u64) -> Range<u64> {
    let is_thorough = std::env::var("HRSYNC_RANDOM").is_ok_and(|said| said == "thorough");
    let first = setting("HRSYNC_SEED").unwrap_or(1);
    first..first + setting("HRSYNC_SCHEDULES").unwrap_or(if is_thorough { thorough } else { thorough.div_ceil(4) })
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a whole number"))
}

/// Numbers that look random and follow from a seed: splitmix64 (<https://prng.di.unimi.it/splitmix64.c>).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }

    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap())).unwrap()
    }

    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One way for a call to go wrong.
    pub(crate) fn trouble(&mut self) -> Trouble {
        [Trouble::CutBefore, Trouble::CutAfter, Trouble::Refused][self.index(3)]
    }
}
