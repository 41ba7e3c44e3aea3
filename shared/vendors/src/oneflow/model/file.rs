//! A file of a contract.

use super::id::FileId;

/// A file of a contract, as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractFile {
    /// Its id.
    pub id: FileId,
    /// What it is.
    pub kind: FileType,
}

/// What a file is. To be chosen by this, not by its place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileType {
    /// The contract as a PDF, with signatures and attachments. It exists in every state.
    Contract,
    /// The proof of the signatures, of contracts signed before 2024-01-15.
    Verification,
    /// Something attached.
    Attachment,
    /// A PDF that is shown within the contract.
    Pdf,
    /// A type that is not known here: at most 40 plain characters of its name.
    Other(String),
}
