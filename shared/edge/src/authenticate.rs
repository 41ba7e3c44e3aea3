//! Who may deliver: settings and secret are read once more before anybody is turned away, for some vendors take a 401 or
//! a 404 as final.

use std::sync::Arc;

use ::http::StatusCode;

use crate::connections::{Connections, LoadError, Loaded};
use crate::http::{Answer, Request};

/// What `check` makes of the request, with the settings of the request's connection.
///
/// # Errors
/// The answer that turns it away: 401 with the words of `check`, 404 where no connection has the name, 503 where settings
/// or secret cannot be read or used.
pub async fn authenticate<C, V>(
    connections: &Connections<C>,
    request: &Request,
    check: impl Fn(&C) -> Result<V, String>,
) -> Result<V, Answer> {
    let judge = |known: Result<Arc<Loaded<C>>, Arc<LoadError>>| match known {
        Ok(loaded) => check(&loaded.settings).map_err(|refused| Answer::refused(StatusCode::UNAUTHORIZED, refused)),
        Err(error) => Err(turned_away(&error)),
    };
    match judge(connections.get(&request.connection).await) {
        Ok(verified) => Ok(verified),
        Err(_) => judge(connections.get_again(&request.connection).await),
    }
}

fn turned_away(error: &LoadError) -> Answer {
    match error {
        LoadError::Unknown => Answer::refused(StatusCode::NOT_FOUND, "no connection has this name"),
        LoadError::NoSecret | LoadError::Unusable(_) | LoadError::Ledger(_) | LoadError::Secrets(_) => {
            Answer::unavailable()
        }
    }
}
