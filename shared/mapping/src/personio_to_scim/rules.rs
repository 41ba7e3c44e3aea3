//! What a connection may set about who is provisioned how.

use super::attribute_mapping::AttributeMapping;
use super::people::People;
use super::policies::Policies;

/// What a connection may set about who is provisioned how: three tables of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisioningRules {
    /// `[attributes]`: which attributes an account holds.
    pub attributes: AttributeMapping,
    /// `[people]`: who takes part.
    pub people: People,
    /// `[policies]`: when there is an account.
    pub policies: Policies,
}
