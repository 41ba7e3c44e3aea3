//! The table `[approval]`: which positions count as approved. HiBob has no field that says so.

use toml_span::{DeserError, Deserialize, Value};
use vendors::hibob::model::{Cell, FieldId, position_field};

use super::row::Row;
use super::status::Status;
use crate::document::{Parsed, fault, table};

/// Which positions count as approved: all conditions hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The statuses that count.
    pub statuses: Vec<Status>,
    /// Whether a position with open change requests does not count.
    pub no_open_requests: bool,
    /// A field that must hold one of these texts.
    pub field: Option<RequiredField>,
}

/// A field that must hold one of some texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredField {
    /// The field.
    pub id: FieldId,
    /// The texts: HiBob's value, or what its page shows.
    pub values: Vec<String>,
}

/// Whether a position is approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approved {
    /// The position is approved.
    Yes,
    /// The position is not; why, for the log.
    No(String),
}

impl Default for Approval {
    fn default() -> Self {
        let statuses = vec![Status::Vacant, Status::Starting, Status::Departing, Status::Filled, Status::OnHold];
        Self { statuses, no_open_requests: false, field: None }
    }
}

impl Approval {
    /// Whether the row's position is approved. An unreadable status is not.
    #[must_use]
    pub fn of(&self, row: Row<'_>) -> Approved {
        let status = row.word(&position_field::STATUS).and_then(|word| Status::from_word(&word));
        if !status.is_some_and(|status| self.statuses.contains(&status)) {
            return Approved::No("its status is none that `approval.statuses` names".to_owned());
        }
        let has_requests = row.cell(&position_field::HAS_OPEN_REQUESTS).and_then(Cell::flag);
        if self.no_open_requests && has_requests != Some(false) {
            return Approved::No("it has open requests".to_owned());
        }
        match &self.field {
            Some(required) if !required.is_met(row) => {
                Approved::No(format!("`{}` holds none of `approval.field.values`", required.id))
            }
            _ => Approved::Yes,
        }
    }
}

impl RequiredField {
    fn is_met(&self, row: Row<'_>) -> bool {
        let Some(cell) = row.cell(&self.id) else { return false };
        let (value, label) = (cell.text(), cell.label());
        self.values.iter().any(|wanted| value.as_deref() == Some(wanted) || label == Some(wanted))
    }
}

impl<'de> Deserialize<'de> for Approval {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |approval| {
            let statuses: Option<Vec<Status>> = approval.optional("statuses");
            let no_open_requests = approval.optional("no_open_requests").unwrap_or_default();
            let field = approval.optional("field");
            Some(Self { statuses: statuses.unwrap_or_else(|| Self::default().statuses), no_open_requests, field })
        })
    }
}

impl<'de> Deserialize<'de> for RequiredField {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |field| {
            let id: Option<Parsed<FieldId>> = field.required("id").ok();
            let values: Option<Vec<String>> = field.required("values").ok();
            if values.as_ref().is_some_and(Vec::is_empty) {
                field.errors.extend(fault(span, "`values` lists at least one text".to_owned()).errors);
            }
            Some(Self { id: id?.0, values: values? })
        })
    }
}
