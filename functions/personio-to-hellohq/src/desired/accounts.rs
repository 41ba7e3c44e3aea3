//! Clients for a connection's two accounts.

use vendors::hellohq::client::HelloHq;
use vendors::personio::hr::Hr;

use crate::connection::Settings;

/// Clients for a connection's two accounts.
pub(crate) struct Accounts<'a> {
    /// The connection's name.
    pub(crate) connection: &'a str,
    /// The revision of its settings.
    pub(crate) revision: u64,
    /// Its settings.
    pub(crate) settings: &'a Settings,
    /// The source.
    pub(crate) personio: Hr,
    /// The target.
    pub(crate) hellohq: HelloHq,
}
