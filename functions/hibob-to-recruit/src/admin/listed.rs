//! All that HiBob lists, for commands that look at everything.

use std::collections::HashMap;

use admin::Error;
use mapping::hibob_to_recruit::Row;
use vendors::hibob::client::Hibob;
use vendors::hibob::model::{Opening, Position, PositionId};
use vendors::hibob::openings::{self, OpeningFilter};
use vendors::hibob::positions::{self, PositionFilter};

use crate::connection::Settings;

/// All that HiBob lists.
pub(super) struct HibobLists {
    positions: HashMap<PositionId, Position>,
    /// Its openings, in HiBob's order.
    pub(super) openings: Vec<Opening>,
    /// What cannot be read: its id, as far as that can, and what stands in the way.
    pub(super) unreadable: Vec<(String, String)>,
}

impl HibobLists {
    /// Reads both lists to their ends.
    ///
    /// # Errors
    /// HiBob's; half a list would look like a whole one.
    pub(super) async fn read(hibob: &Hibob, settings: &Settings) -> Result<Self, Error> {
        let page = positions::search(hibob, &PositionFilter::All, &settings.fields.of_positions).await?;
        let mut unreadable: Vec<(String, String)> = Vec::new();
        for position in page.unreadable {
            let object = position.id.map(|id| format!("position {id}")).unwrap_or_default();
            unreadable.push((object, position.what));
        }
        let positions = page.items.into_iter().map(|position| (position.id.clone(), position)).collect();
        let mut all = Self { positions, openings: Vec::new(), unreadable };
        let mut cursor = None;
        loop {
            let fields = &settings.fields.of_openings;
            let page = openings::page(hibob, &OpeningFilter::All, cursor.as_ref(), fields).await?;
            for opening in page.unreadable {
                all.unreadable.push((opening.id.map(|id| id.to_string()).unwrap_or_default(), opening.what));
            }
            all.openings.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                return Ok(all);
            }
            tokio::time::sleep(settings.between_hibob_calls()).await;
        }
    }

    /// An opening with its position; `None`: HiBob does not list the position.
    pub(super) fn row<'a>(&'a self, opening: &'a Opening) -> Option<Row<'a>> {
        let position = self.positions.get(opening.position.as_ref()?)?;
        Some(Row { position, opening })
    }
}
