//! Who is let in at a door: settings and secret are read once more before anybody is turned away, for some vendors take
//! a 401 or a 404 as final.

use std::sync::Arc;

use http::StatusCode;

use crate::connections::{Connections, Loaded, Trouble};
use crate::door::{Answer, Request};

/// The request's connection, where `check` lets it in; what `check` made of it.
///
/// # Errors
/// The answer that turns it away: 401 with the words of `check`, 404 where no connection has the name, 503 where settings
/// or secret cannot be read or used.
pub async fn admit<C, V>(
    connections: &Connections<C>,
    request: &Request,
    check: impl Fn(&C) -> Result<V, String>,
) -> Result<V, Answer> {
    let judge = |known: Result<Arc<Loaded<C>>, Arc<Trouble>>| match known {
        Ok(loaded) => check(&loaded.settings).map_err(|refused| Answer::refused(StatusCode::UNAUTHORIZED, refused)),
        Err(trouble) => Err(turned_away(&trouble)),
    };
    match judge(connections.get(&request.connection).await) {
        Ok(verified) => Ok(verified),
        Err(_) => judge(connections.get_again(&request.connection).await),
    }
}

fn turned_away(trouble: &Trouble) -> Answer {
    match trouble {
        Trouble::Unknown => Answer::refused(StatusCode::NOT_FOUND, "no connection has this name"),
        Trouble::NoSecret | Trouble::Unusable(_) | Trouble::Ledger(_) | Trouble::Secrets(_) => Answer::unavailable(),
    }
}
