//! Plays a scenario with every row of the table that has it.

use super::scenarios;
use super::scene::Scene;
use super::table::{self, Row};
use crate::support::characters::Scenario;
use crate::support::rows;

/// A failure names its row.
pub(in super::super) async fn play(scenario: Scenario) {
    rows::play(table::rows(scenario).map(|row| (row.name(), played(row)))).await;
}

async fn played(row: Row) {
    let scene = Scene::new(row).await;
    match row.scenario {
        Scenario::Happy => scenarios::happy(&scene).await,
        Scenario::Twice => scenarios::twice(&scene).await,
        Scenario::OutOfOrder => scenarios::out_of_order(&scene).await,
        Scenario::VendorDown => scenarios::vendor_down(&scene).await,
        Scenario::BadRecord => scenarios::bad_record(&scene).await,
        Scenario::LostAnswer => scenarios::lost_answer(&scene).await,
    }
    scene.house.close().await;
}
