//! All that a connection says of what Recruit gets.

use std::collections::BTreeSet;

use vendors::hibob::model::{FieldId, opening_field, position_field};

use super::approval::Approval;
use super::grouping::GroupBy;
use super::opening_mapping::OpeningMapping;
use super::policies::{Backfill, Policies};
use super::position_mapping::PositionMapping;
use super::row::is_of_opening;

/// All that a connection says of what Recruit gets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpeningRules {
    /// Which positions count as approved.
    pub approval: Approval,
    /// What a position is made of.
    pub position: PositionMapping,
    /// What an opening is made of.
    pub opening: OpeningMapping,
    /// What becomes of openings otherwise.
    pub policies: Policies,
    /// Which positions of HiBob are one in Recruit.
    pub group_by: GroupBy,
}

impl OpeningRules {
    /// The fields of positions that decide. Only they are asked of HiBob, and only they make a version.
    #[must_use]
    pub fn position_fields(&self) -> BTreeSet<FieldId> {
        self.fields().into_iter().filter(|field| !is_of_opening(field)).collect()
    }

    /// The fields of openings that decide.
    #[must_use]
    pub fn opening_fields(&self) -> BTreeSet<FieldId> {
        self.fields().into_iter().filter(is_of_opening).collect()
    }

    fn fields(&self) -> BTreeSet<FieldId> {
        let always = [
            position_field::STATUS,
            opening_field::STATUS,
            opening_field::RECRUITMENT_STATUS,
            opening_field::FILLED_BY,
        ];
        let requests = self.approval.no_open_requests.then_some(position_field::HAS_OPEN_REQUESTS);
        let required = self.approval.field.as_ref().map(|field| field.id.clone());
        let effective = matches!(self.policies.backfill, Backfill::Since(_)).then_some(position_field::EFFECTIVE_DATE);
        let mapped = self.position.fields().chain(self.opening.fields()).cloned();
        let of_manager = self.position.reads_manager().then_some(position_field::MANAGER_POSITION_FILLED_BY);
        let further = requests.into_iter().chain(required).chain(effective).chain(of_manager);
        always.into_iter().chain(further).chain(mapped).chain(self.group_by.fields()).collect()
    }
}
