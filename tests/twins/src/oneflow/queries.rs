//! Which contracts a list has: <https://developer.oneflow.com/reference/get-contracts>.

use super::contract::Contract;
use super::problem::Problem;

/// The parameters beside `limit` and `offset`.
pub(super) const KNOWN: [&str; 3] = ["filter[data_field_match]", "filter[participant_email]", "sort"];

const LONGEST_MATCH: usize = 600;

/// Those who fit every filter, in the order that was asked for; the oldest first otherwise.
pub(super) fn fitting<'a>(
    contracts: impl Iterator<Item = &'a Contract>,
    query: &[(String, String)],
) -> Result<Vec<&'a Contract>, Problem> {
    let mut found: Vec<_> = contracts.collect();
    for (name, value) in query {
        match name.as_str() {
            "filter[data_field_match]" => {
                let (custom_id, wanted) = matched(name, value)?;
                found.retain(|contract| contract.value(custom_id) == Some(wanted));
            }
            "filter[participant_email]" => found.retain(|contract| contract.participant(value).is_some()),
            "sort" => sort(&mut found, value)?,
            _ => {}
        }
    }
    Ok(found)
}

fn matched<'a>(name: &str, value: &'a str) -> Result<(&'a str, &'a str), Problem> {
    let parts = value.split_once(':').filter(|(custom_id, wanted)| !custom_id.is_empty() && !wanted.is_empty());
    let parts = parts.filter(|_| value.chars().count() <= LONGEST_MATCH);
    parts.ok_or_else(|| Problem::parameter(name, "Must be custom_id:value."))
}

fn sort(found: &mut [&Contract], by: &str) -> Result<(), Problem> {
    let (name, downwards) = by.strip_prefix('-').map_or((by, false), |name| (name, true));
    match name {
        "name" => found.sort_by_key(|contract| contract.name.clone()),
        "state" => found.sort_by_key(|contract| contract.state),
        "state_updated_time" => found.sort_by_key(|contract| contract.state_updated),
        "published_time" => found.sort_by_key(|contract| contract.published),
        _ => return Err(Problem::parameter("sort", "Not a valid choice.")),
    }
    if downwards {
        found.reverse();
    }
    Ok(())
}
