//! What all commands of this flow begin with: settings and what calls both accounts.

use std::sync::Arc;

use admin::{Context, Error};
use edge::connections::LoadError;
use edge::verdict::Fault;
use vendors::Http;

use crate::connection::Settings;

/// File and secret as the functions read them.
pub(super) fn settings<L>(context: &Context<'_, L>) -> Result<Settings, Error> {
    let unusable = |lines| Error::from(Fault::Connection(Arc::new(LoadError::Unusable(lines))));
    Settings::read(context.document, context.secret, context.local).map_err(unusable)
}

/// What calls both accounts.
pub(super) fn http() -> Result<Http, Error> {
    Http::new().map_err(|error| Error::Refused(format!("no call can be made ({error})")))
}

/// The same that cannot write.
pub(super) fn only_reading() -> Result<Http, Error> {
    Http::reading().map_err(|error| Error::Refused(format!("no call can be made ({error})")))
}
