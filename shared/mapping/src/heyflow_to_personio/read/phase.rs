//! `phase`: where the application begins.

use toml_span::{DeserError, Deserialize, Spanned, Value};
use vendors::personio::model::{Phase, SystemPhase};

use super::names::named;
use crate::document::{fault, table};
use crate::heyflow_to_personio::target::parsed;

/// The phase in which an application begins.
pub(crate) struct InitialPhase(pub(crate) Phase);

/// `{ system = ... }` or `{ custom = ... }`, as it stands in the file.
struct Row {
    system: Option<Spanned<String>>,
    custom: Option<Spanned<u64>>,
}

impl<'de> Deserialize<'de> for InitialPhase {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let Row { system, custom } = Row::deserialize(value)?;
        match (system, custom) {
            (Some(name), None) => system_phase(&name).map(Self),
            (None, Some(id)) => custom_phase(&id).map(Self),
            _ => Err(fault(span, "needs exactly one of `system` (a name) and `custom` (a phase's id)".to_owned())),
        }
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |fields| {
            let system = fields.optional_s("system");
            let custom = fields.optional_s("custom");
            Some(Self { system, custom })
        })
    }
}

fn system_phase(name: &Spanned<String>) -> Result<Phase, DeserError> {
    named(SystemPhase::ALL, name, "Personio's own phases").map(Phase::System)
}

fn custom_phase(id: &Spanned<u64>) -> Result<Phase, DeserError> {
    let parsed = parsed(&id.value.to_string()).map(Phase::Custom);
    parsed.map_err(|not| fault(id.span, format!("the phase `{}` is {not}", id.value)))
}
