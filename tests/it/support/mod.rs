//! What the integration tests stand on: the local AWS, a house of one test's own, answers as a vendor would send them.

pub(crate) mod base;
pub(crate) mod characters;
pub(crate) mod cloud;
pub(crate) mod cuts;
pub(crate) mod dice;
pub(crate) mod door;
pub(crate) mod findings;
pub(crate) mod house;
pub(crate) mod init;
pub(crate) mod lambda;
pub(crate) mod log;
pub(crate) mod proxy;
pub(crate) mod reach;
pub(crate) mod rows;
pub(crate) mod tenants;
pub(crate) mod time;
