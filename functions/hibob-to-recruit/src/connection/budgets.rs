//! `[guard]`: how many openings may be created and cancelled on one day. Beyond it steps are held until a person confirms.

use edge::head::number;
use mapping::document::table;
use reconcile::guard::Effect;
use toml_span::{DeserError, Deserialize, Value};

const MOST: u32 = 100_000;

/// The budgets of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// How many openings may be created.
    pub creations: u32,
    /// How many may be cancelled.
    pub cancellations: u32,
}

impl Budgets {
    /// How many steps of a kind a day may bring.
    #[must_use]
    pub fn most(&self, effect: Effect) -> u32 {
        match effect {
            Effect::Create => self.creations,
            Effect::Deactivate | Effect::Remove => self.cancellations,
        }
    }
}

impl Default for Budgets {
    fn default() -> Self {
        Self { creations: 500, cancellations: 50 }
    }
}

impl<'de> Deserialize<'de> for Budgets {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |guard| {
            let default = Self::default();
            let creations = number(guard, "creations", 0, MOST);
            let cancellations = number(guard, "cancellations", 0, MOST);
            Some(Self {
                creations: creations?.unwrap_or(default.creations),
                cancellations: cancellations?.unwrap_or(default.cancellations),
            })
        })
    }
}
