//! Who may deliver: settings and secret are read once more before anybody is turned away, for some vendors take a 401 or
//! a 404 as final.

use std::sync::Arc;

use ::http::{Method, StatusCode};

use crate::connections::{Connections, LoadError, Loaded};
use crate::http::{Answer, Flaw, Request};
use crate::received::Received;

/// What `check` makes of the request, with the settings of the request's connection. `methods` are those that the receiver
/// takes.
///
/// # Errors
/// The answer that turns it away: 401 with the words of `check`, 404 where no connection has the name, 405 instead of both
/// for another method, 503 where settings or secret cannot be read or used.
pub async fn authenticate<C, V>(
    connections: &Connections<C>,
    request: &Request,
    methods: &[Method],
    check: impl Fn(&C) -> Result<V, String>,
) -> Result<V, Answer> {
    let judge = |known: Result<Arc<Loaded<C>>, Arc<LoadError>>| match known {
        Ok(loaded) => check(&loaded.settings).map_err(|refused| Answer::refused(StatusCode::UNAUTHORIZED, refused)),
        Err(error) => Err(turned_away(&error)),
    };
    match judge(connections.get(&request.connection).await) {
        Ok(verified) => Ok(verified),
        Err(_) => judge(connections.get_again(&request.connection).await)
            .map_err(|answer| by_method(answer, request, methods)),
    }
}

/// Crawlers and scanners ask with any method: they guess no secret, and are not to be counted among those who do.
fn by_method(answer: Answer, request: &Request, methods: &[Method]) -> Answer {
    if answer.received != Received::Refused || methods.contains(&request.method) {
        return answer;
    }
    let Flaw { status, why } = Flaw::method(methods);
    Answer::refused(status, why)
}

fn turned_away(error: &LoadError) -> Answer {
    match error {
        LoadError::Unknown => Answer::refused(StatusCode::NOT_FOUND, "no connection has this name"),
        LoadError::NoSecret | LoadError::Unusable(_) | LoadError::Ledger(_) | LoadError::Secrets(_) => {
            Answer::unavailable()
        }
    }
}
