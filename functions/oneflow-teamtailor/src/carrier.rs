//! The contract that carries a key of hrsync's: so a contract whose creation got no answer is found again.

use edge::verdict::Fault;
use vendors::oneflow::contracts::{self, ContractById};
use vendors::oneflow::model::{Contract, ContractId, CustomId};
use vendors::oneflow::operations::{FIND_CONTRACTS, READ_CONTRACT};

use crate::reader::Reader;

/// The contract that carries a key of ours, if there is one.
///
/// # Errors
/// The vendors'; [`Fault::Defect`]: Oneflow lists a contract that cannot be read, which may be the one. [`Fault::OutOfTime`].
pub(crate) async fn carrier_of(reader: &Reader<'_>, key: &str) -> Result<Option<ContractId>, Fault> {
    let mut cursor = None;
    loop {
        reader.needs_a_call()?;
        let field = &reader.settings.key_field;
        let page = contracts::with_value(&reader.oneflow, field, key, cursor.as_ref()).await;
        let page = reader.note(FIND_CONTRACTS, page)?;
        if !page.unreadable.is_empty() {
            return Err(Fault::Defect("Oneflow lists a contract under hrsync's key that cannot be read".to_owned()));
        }
        for listed in page.items {
            reader.needs_a_call()?;
            let read = reader.note(READ_CONTRACT, contracts::read(&reader.oneflow, listed.id).await)?;
            // the filter alone is no proof
            if let ContractById::There(contract) = read
                && carries(&contract, field, key)
            {
                return Ok(Some(contract.id));
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(None);
        }
    }
}

/// Whether a contract carries hrsync's key, which no other value can be. A contract may show its fields without their names for
/// programs (met).
fn carries(contract: &Contract, field: &CustomId, key: &str) -> bool {
    let fields = contract.data_fields.as_deref().unwrap_or_default();
    fields.iter().any(|it| it.custom_id.as_ref().is_none_or(|id| id == field) && it.value.reveal() == key)
}
