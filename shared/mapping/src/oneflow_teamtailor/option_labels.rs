//! Options: labels in Oneflow, ids in Teamtailor. Blanks around a label and its case do not count.

use std::collections::BTreeSet;

use vendors::teamtailor::model::{CustomFieldOption, OptionId};
use vendors::text::folded;

use super::misfit::Misfit;

/// What parts labels that are written in one text.
const BETWEEN: &str = "; ";

/// The option with this label. Of two that differ in case only, the exact one.
pub(super) fn find(options: &[CustomFieldOption], label: &str) -> Result<OptionId, Misfit> {
    let label = label.trim();
    let is_alike = |option: &&CustomFieldOption| folded(&option.label) == folded(label);
    let alike: Vec<&CustomFieldOption> = options.iter().filter(is_alike).collect();
    let exact: Vec<&CustomFieldOption> = alike.iter().copied().filter(|option| option.label.trim() == label).collect();
    match (alike.as_slice(), exact.as_slice()) {
        ([], _) => Err(Misfit::UnknownOption),
        ([only], _) | (_, [only]) => Ok(only.id.clone()),
        _ => Err(Misfit::AmbiguousOption),
    }
}

/// The options whose labels stand in one text: a single label, or labels with semicolons, line ends or commas between.
pub(super) fn find_all(options: &[CustomFieldOption], text: &str) -> Result<BTreeSet<OptionId>, Misfit> {
    if let Ok(only) = find(options, text) {
        return Ok(BTreeSet::from([only]));
    }
    let marks: &[char] = if text.contains([';', '\n']) { &[';', '\n'] } else { &[','] };
    let labels = text.split(marks).map(str::trim).filter(|label| !label.is_empty());
    labels.map(|label| find(options, label)).collect()
}

/// The option that Teamtailor shows: by its label, else by its id.
pub(super) fn shown(options: &[CustomFieldOption], text: &str) -> Result<OptionId, Misfit> {
    match find(options, text) {
        Err(Misfit::UnknownOption) => {
            let by_id = options.iter().find(|option| option.id.as_str() == text.trim());
            by_id.map(|option| option.id.clone()).ok_or(Misfit::UnknownOption)
        }
        found => found,
    }
}

/// The labels in one text.
pub(super) fn write(options: &[CustomFieldOption], ids: &BTreeSet<OptionId>) -> Result<String, Misfit> {
    let label = |id: &OptionId| {
        let option = options.iter().find(|option| option.id == *id).ok_or(Misfit::UnknownOption)?;
        Ok(option.label.trim())
    };
    let labels: Vec<&str> = ids.iter().map(label).collect::<Result<_, Misfit>>()?;
    Ok(labels.join(BETWEEN))
}
