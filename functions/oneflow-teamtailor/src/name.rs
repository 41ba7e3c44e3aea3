//! The flow's one name: folder, crate, binaries, queues, template.

/// The flow's one name.
pub const NAME: &str = "oneflow-teamtailor";
