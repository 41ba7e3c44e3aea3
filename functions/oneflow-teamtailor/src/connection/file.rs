//! The tables of a connection file, as they stand in it.

use edge::Head;
use edge::head::head;
use mapping::document::table;
use mapping::oneflow_teamtailor::FieldRules;
use toml_span::{DeserError, Deserialize, Value};

use super::accounts::{Oneflow, Teamtailor};
use super::contract_rules::ContractRules;
use super::directions::Directions;
use super::start_rules::StartRules;
use super::sweep_settings::SweepSettings;
use crate::name::NAME;

/// The whole file.
pub(super) struct File {
    pub(super) head: Head,
    pub(super) directions: Directions,
    pub(super) oneflow: Oneflow,
    pub(super) teamtailor: Teamtailor,
    pub(super) fields: FieldRules,
    pub(super) contracts: ContractRules,
    pub(super) start: Option<StartRules>,
    pub(super) sweeps: SweepSettings,
}

impl<'de> Deserialize<'de> for File {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |file| {
            let head = head(file, NAME);
            let directions = Directions::take(file);
            let oneflow = file.required("oneflow").ok();
            let teamtailor = file.optional("teamtailor");
            let fields = file.optional("fields");
            let contracts = file.optional("contracts");
            let start = file.optional("start");
            let sweeps = file.optional("sync");
            Some(Self {
                head: head?,
                directions: directions?,
                oneflow: oneflow?,
                teamtailor: teamtailor.unwrap_or_default(),
                fields: fields.unwrap_or_default(),
                contracts: contracts.unwrap_or_default(),
                start,
                sweeps: sweeps.unwrap_or_default(),
            })
        })
    }
}
