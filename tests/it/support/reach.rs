//! What a receiver may reach of the table, against what it does reach.

use super::proxy::{Trouble, partitions_named};
use crate::template::{RECEIVER_READS, RECEIVER_WRITES};

/// The calls name no other partition than the roles in the template do, and all of those.
pub(crate) fn is_a_receivers(calls: &[(String, Option<Trouble>)]) {
    let allowed = RECEIVER_READS.iter().chain(&RECEIVER_WRITES).map(|key| key.trim_end_matches("#*")).collect();
    assert_eq!(partitions_named(calls), allowed, "a receiver's role in template.yaml: dynamodb:LeadingKeys");
}
