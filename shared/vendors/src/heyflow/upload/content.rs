//! What a file can be found to be by its bytes.

/// What a file is by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A web page.
    Page,
    /// A file of this ending.
    Is(&'static str),
    /// A file of one of several endings that only its name, or the host, tells apart.
    OneOf {
        /// Those that it can be.
        endings: &'static [&'static str],
        /// The one that it counts as where nothing tells.
        otherwise: Option<&'static str>,
    },
    /// A text, of whatever kind.
    Text,
    /// None that is known.
    Unknown,
}
