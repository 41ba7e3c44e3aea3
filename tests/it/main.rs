//! One integration binary: a file or folder per flow, what the flows share, plus architecture and template checks.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

mod architecture;
mod deployed;
mod failures;
mod heyflow_to_personio;
mod hibob_to_recruit;
mod ledger;
mod oneflow_teamtailor;
mod personio_to_hellohq;
mod personio_to_scim;
mod support;
mod template;
mod worker;
