//! The credentials of a connection that need not be there yet: given, or the stack's, or asked for. They are never written.

use admin::Flow;
use secrecy::SecretString;

use crate::ends::Failure;
use crate::ready;
use crate::secrets::given::{ask_keys, from_file};
use crate::secrets::kept::Kept;
use crate::stack::Cloud;

/// The secret that the accounts are asked with. `from`: a file of credentials, or `-`.
pub(super) async fn secret(
    from: Option<&str>,
    (cloud, stack): (Cloud, &str),
    (flow, name): (&Flow, &str),
) -> Result<SecretString, Failure> {
    if let Some(file) = from {
        let kept = Kept { keys: from_file(file, flow)?.keys, ..Kept::default() };
        return ready::usable(Some(&kept), flow, name);
    }
    // the connection, its secret and the stack itself may be made later
    let standing = match cloud.stack(stack).await {
        Ok(stack) => stack.secrets().read(flow, name).await?,
        Err(_) => None,
    };
    let mut kept = standing.unwrap_or_default();
    if !kept.missing_keys(flow).is_empty() {
        let answers = ask_keys(flow, &kept)?;
        kept.keys.extend(answers);
    }
    ready::usable(Some(&kept), flow, name)
}
