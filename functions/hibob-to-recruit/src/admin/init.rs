//! What a new connection file may name: the fields of HiBob's positions and openings, and the locations of Recruit where the
//! file names its careers page.

use admin::{Context, Entry, Error, Findings, List, People};
use vendors::hibob::fields;
use vendors::hibob::model::FieldDescription;
use vendors::recruit::careers;

use super::context::{hibob, only_reading, settings};

/// Asks both accounts.
///
/// # Errors
/// The vendors'; and where file or secret cannot be used.
pub(super) async fn init(context: Context<'_, ()>, _: People) -> Result<Findings, Error> {
    let settings = settings(&context)?;
    let http = only_reading()?;
    let hibob = hibob(&context, &settings, &http);
    (context.progress)("hibob: fields are read");
    let of_positions = fields::of_positions(&hibob).await?;
    let of_openings = fields::of_openings(&hibob).await?;
    let mut findings = Findings {
        lists: vec![
            described("fields of positions in HiBob", "position", &of_positions.items),
            described("fields of openings in HiBob", "opening", &of_openings.items),
        ],
        ..Findings::default()
    };
    let Some(feed) = &settings.careers else {
        let what = "Recruit tells its locations by its careers page only: name it in `[careers]` to have them listed";
        findings.remarks.push(what.to_owned());
        return Ok(findings);
    };
    (context.progress)("recruit: locations are read");
    let locations = careers::locations(&http, feed).await?;
    let entry = |location: careers::Location| Entry { id: location.uid.to_string(), name: location.name };
    let entries = locations.into_iter().map(entry).collect();
    findings.lists.push(List { title: "locations of Recruit".to_owned(), table: "position", entries });
    Ok(findings)
}

fn described(title: &str, table: &'static str, fields: &[FieldDescription]) -> List {
    let entry =
        |field: &FieldDescription| Entry { id: field.id.to_string(), name: field.name.clone().unwrap_or_default() };
    List { title: title.to_owned(), table, entries: fields.iter().map(entry).collect() }
}
