//! The tour: plays every flow against a running local stack, from the vendor's webhook to what the target system holds.
//!
//! It resets the twins, uses fresh ids and addresses each time, and so may be played again and again on the same stack. All waiting is
//! polling with a deadline. A flow adds a module and one line in [`play_within`].

mod console;
mod emulator;
mod endpoints;
mod heyflow_to_personio;
mod hibob_to_recruit;
mod oneflow_teamtailor;
mod personio;
mod personio_to_hellohq;
mod personio_to_scim;
mod shown;
mod stage;
mod step;

use std::time::Duration;

use anyhow::Context as _;

pub use endpoints::Endpoints;
pub use step::{Step, table};

use stage::Stage;

/// Plays every flow that the stack has on; each effect may take a minute to show.
///
/// # Errors
/// The twins or the local cloud cannot be reached at the start. What goes wrong later is a step's `seen`.
pub async fn play(endpoints: &Endpoints, progress: &mut dyn FnMut(&Step)) -> anyhow::Result<Vec<Step>> {
    play_within(Duration::from_secs(60), endpoints, progress).await
}

/// Plays every flow that the stack has on, which is to say one with a connection's address; each effect may take `patience`
/// to show.
///
/// # Errors
/// As [`play`].
pub async fn play_within(
    patience: Duration,
    endpoints: &Endpoints,
    progress: &mut dyn FnMut(&Step),
) -> anyhow::Result<Vec<Step>> {
    let mut stage = Stage::new(patience, endpoints, progress)?;
    stage.reset_twins().await.context("failed to reset the twins")?;
    if endpoints.has_on("heyflow-to-personio") {
        heyflow_to_personio::play(&mut stage).await.context("failed to play heyflow-to-personio")?;
    }
    if endpoints.has_on("personio-to-hellohq") {
        personio_to_hellohq::play(&mut stage).await.context("failed to play personio-to-hellohq")?;
    }
    if endpoints.has_on("personio-to-scim") {
        personio_to_scim::play(&mut stage).await.context("failed to play personio-to-scim")?;
    }
    if endpoints.has_on("hibob-to-recruit") {
        hibob_to_recruit::play(&mut stage).await.context("failed to play hibob-to-recruit")?;
    }
    if endpoints.has_on("oneflow-teamtailor") {
        oneflow_teamtailor::play(&mut stage).await.context("failed to play oneflow-teamtailor")?;
    }
    Ok(stage.into_steps())
}
