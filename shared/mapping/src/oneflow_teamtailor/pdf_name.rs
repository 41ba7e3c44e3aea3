//! What a signed contract's PDF is called on the candidate's card: nothing but the name tells that it is there.

use vendors::oneflow::model::ContractId;
use vendors::value::Personal;

/// How long a contract's name may be within a file's name, in characters.
const LONGEST: usize = 120;

/// The name: the contract's name and its id.
#[must_use]
pub fn pdf_name(name: Option<&Personal<String>>, id: ContractId) -> Personal<String> {
    let name: String = name.map(|name| plain(name.reveal())).unwrap_or_default();
    let name = name.trim();
    let name = if name.is_empty() { "Contract" } else { name };
    Personal::new(format!("{name}{}", ending(id)))
}

/// Whether a file's name is that of this contract's PDF, whatever the contract was called then.
#[must_use]
pub fn is_pdf_of(file_name: &str, id: ContractId) -> bool {
    file_name.trim_end().ends_with(&ending(id))
}

fn ending(id: ContractId) -> String {
    format!(" ({id}).pdf")
}

/// What a file's name may hold on any system.
fn plain(name: &str) -> String {
    let is_odd = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    name.chars().take(LONGEST).map(|c| if is_odd(c) { ' ' } else { c }).collect()
}
