//! What the connection's two accounts define: custom fields with their options, and the template's data fields. It is read
//! once in a while and not for every record: a list of options alone may take ten calls.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use mapping::oneflow_teamtailor::{FieldKind, Mapped, MappedField, Target, mapped};
use vendors::oneflow::client::Oneflow;
use vendors::oneflow::model::{CustomId, DataField, TemplateId, TypeDataField};
use vendors::oneflow::{template_types, templates};
use vendors::teamtailor::client::Teamtailor;
use vendors::teamtailor::custom_fields;
use vendors::teamtailor::model::{CustomField, CustomFieldId, CustomFieldOption};
use vendors::{Error, Kind};

use crate::connection::{Settings, StartRules};

/// How long what was read counts.
const KEPT: SignedDuration = SignedDuration::from_mins(5);

/// A template's data fields, with their names. None: it has no type, or there is no such template.
pub(crate) type TemplateFields = BTreeMap<CustomId, String>;

/// What the accounts define.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// The fields that take part.
    pub(crate) mapped: Mapped,
    /// The field that says what has become of a contract.
    pub(crate) status: Option<(CustomFieldId, FieldKind)>,
    /// The data fields of the templates that contracts are made from.
    pub(crate) templates: BTreeMap<TemplateId, TemplateFields>,
    /// The options of fields that have some.
    pub(crate) options: BTreeMap<CustomFieldId, Vec<CustomFieldOption>>,
}

/// The catalogs that a process has read.
#[derive(Debug, Default)]
pub(crate) struct Catalogs(Mutex<HashMap<String, (Timestamp, Arc<Catalog>)>>);

impl Catalogs {
    /// The catalog that was kept under this key not long ago.
    pub(crate) fn kept(&self, key: &str, now: Timestamp) -> Option<Arc<Catalog>> {
        let catalogs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |(read, _): &&(Timestamp, Arc<Catalog>)| now.duration_since(*read).abs() < KEPT;
        catalogs.get(key).filter(is_fresh).map(|(_, catalog)| Arc::clone(catalog))
    }

    /// Keeps a catalog.
    pub(crate) fn keep(&self, key: &str, catalog: Arc<Catalog>, now: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), (now, catalog));
    }
}

impl Catalog {
    /// The options of what a field stands for; none where it has none.
    pub(crate) fn options(&self, field: &MappedField) -> &[CustomFieldOption] {
        match &field.target {
            Target::Default(_) => &[],
            Target::Custom(id) => self.options_of(id),
        }
    }

    /// Whether a contract's data field is the one with this key. Contracts that were made by API may show no keys (met): then
    /// a template's field of the same name says it.
    pub(crate) fn is_field(&self, data_field: &DataField, key: &CustomId) -> bool {
        match &data_field.custom_id {
            Some(id) => id == key,
            None => {
                let mut names = self.templates.values().filter_map(|fields| fields.get(key));
                names.any(|name| Some(name) == data_field.name.as_ref())
            }
        }
    }

    /// The options of a custom field.
    pub(crate) fn options_of(&self, field: &CustomFieldId) -> &[CustomFieldOption] {
        self.options.get(field).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Reads what the accounts define.
///
/// # Errors
/// The vendors'.
pub(crate) async fn read(teamtailor: &Teamtailor, oneflow: &Oneflow, settings: &Settings) -> Result<Catalog, Error> {
    let apart = settings.between_teamtailor_calls();
    let custom_fields = custom_fields::all(teamtailor, apart).await?;
    let mut catalog = Catalog { mapped: mapped(&settings.fields, &custom_fields), ..Catalog::default() };
    catalog.status = status(settings, &custom_fields);
    let mapped = catalog.mapped.fields.iter().filter_map(|field| match &field.target {
        Target::Custom(id) => Some((id.clone(), field.kind)),
        Target::Default(_) => None,
    });
    for (id, kind) in mapped.chain(catalog.status.clone()) {
        if kind.has_options() && !catalog.options.contains_key(&id) {
            tokio::time::sleep(apart).await;
            let options = custom_fields::options(teamtailor, &id, apart).await?;
            catalog.options.insert(id, options);
        }
    }
    for id in settings.start.iter().flat_map(StartRules::templates) {
        catalog.templates.insert(id, template(oneflow, id).await?);
    }
    Ok(catalog)
}

/// The custom field that says what has become of a contract.
pub(crate) fn status(settings: &Settings, custom_fields: &[CustomField]) -> Option<(CustomFieldId, FieldKind)> {
    let name = settings.contracts.status_field.as_ref()?;
    let field = custom_fields.iter().find(|field| field.api_name == *name)?;
    Some((field.id.clone(), FieldKind::of(&field.kind)?))
}

/// The data fields of a template.
///
/// # Errors
/// Oneflow's.
pub(crate) async fn template(oneflow: &Oneflow, template: TemplateId) -> Result<TemplateFields, Error> {
    let kind = match templates::read(oneflow, template).await {
        Ok(template) => template.template_type,
        Err(Error { kind: Kind::Gone, .. }) => None,
        Err(error) => return Err(error),
    };
    let Some(kind) = kind else { return Ok(TemplateFields::new()) };
    let fields = template_types::read(oneflow, kind).await?.data_fields.unwrap_or_default();
    let named = |field: TypeDataField| Some((field.custom_id?, field.name));
    Ok(fields.into_iter().filter_map(named).collect())
}
