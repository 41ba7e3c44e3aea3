//! What a server says it can do.

/// What a server says it can do (RFC 7643, 5). Claims and no more: servers are wrong in both directions, so what counts is
/// what their answers teach. `None`: the server does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProviderConfig {
    /// PATCH.
    pub patch: Option<bool>,
    /// Filters of lists.
    pub filter: Option<bool>,
    /// How many users a filtered list holds at most.
    pub most_results: Option<usize>,
    /// Versions of users.
    pub etag: Option<bool>,
    /// Several operations in one call.
    pub bulk: Option<bool>,
    /// Sorted lists.
    pub sort: Option<bool>,
}
