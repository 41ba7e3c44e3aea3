//! The fields that take part, hrsync's own two among them, compared with the data fields of the templates' types and with
//! Teamtailor's custom fields.

use std::collections::BTreeMap;

use admin::{Error, FieldThere, Fields, MissingField};
use ledger::Fingerprint;
use mapping::oneflow_teamtailor::{
    DefaultField, Direction, Lacking, MappedField, Target, is_api_name, lacking, mapped,
};
use vendors::Kind;
use vendors::oneflow::client::Oneflow;
use vendors::oneflow::model::{CustomId, TemplateId, TemplateTypeId, TypeDataField};
use vendors::oneflow::{template_types, templates};
use vendors::teamtailor::client::Teamtailor;
use vendors::teamtailor::custom_fields;
use vendors::teamtailor::model::{CustomField, CustomFieldKind};

use crate::connection::{Settings, StartRules};

/// Where custom fields are missing.
pub(super) const TEAMTAILOR: &str = "Teamtailor";

/// What both accounts have.
pub(super) struct Survey<'a> {
    settings: &'a Settings,
    custom_fields: Vec<CustomField>,
    pub(super) types: Vec<SurveyedType>,
    /// The templates that have no type, or are not there.
    typeless: Vec<TemplateId>,
}

/// A type of the templates that contracts are made from.
pub(super) struct SurveyedType {
    pub(super) id: TemplateTypeId,
    pub(super) fields: Vec<TypeDataField>,
}

/// A data field that a template's type needs.
struct Needed {
    key: CustomId,
    name: String,
}

impl SurveyedType {
    /// Where a field of the type is missing, in the comparison's words.
    pub(super) fn place(&self) -> String {
        format!("Oneflow, template type {}", self.id)
    }

    /// What tells this reading of the type's data fields from another.
    pub(super) fn version(&self) -> Fingerprint {
        let fields: Vec<String> = self.fields.iter().map(|field| field.spelled().reveal().clone()).collect();
        Fingerprint::of(&fields.join("\n"))
    }

    fn has(&self, key: &CustomId) -> bool {
        self.fields.iter().any(|field| field.custom_id.as_ref() == Some(key))
    }

    /// A name that no other field of the type bears: contracts may show fields by their names alone (met).
    fn free_name(&self, Needed { key, name }: &Needed) -> String {
        let is_taken = self.fields.iter().any(|field| field.name == *name);
        if is_taken { key.to_string() } else { name.clone() }
    }
}

impl<'a> Survey<'a> {
    /// Reads both accounts.
    ///
    /// # Errors
    /// The vendors'.
    pub(super) async fn read(
        settings: &'a Settings,
        oneflow: &Oneflow,
        teamtailor: &Teamtailor,
    ) -> Result<Survey<'a>, Error> {
        let custom_fields = custom_fields::all(teamtailor, settings.between_teamtailor_calls()).await?;
        let mut survey = Self { settings, custom_fields, types: Vec::new(), typeless: Vec::new() };
        for template in settings.start.iter().flat_map(StartRules::templates) {
            let kind = match templates::read(oneflow, template).await {
                Ok(template) => template.template_type,
                Err(vendors::Error { kind: Kind::Gone, .. }) => None,
                Err(error) => return Err(error.into()),
            };
            match kind {
                None => survey.typeless.push(template),
                Some(id) if survey.types.iter().any(|known| known.id == id) => {}
                Some(id) => survey.types.push(read_type(oneflow, id).await?),
            }
        }
        Ok(survey)
    }

    /// The comparison.
    pub(super) fn fields(&self) -> Fields {
        let mapped = mapped(&self.settings.fields, &self.custom_fields);
        let lacking = self.lacking();
        let is_missing = |what: &str| lacking.iter().any(|field| what.contains(&format!("`{}`", field.api_name)));
        let mut problems: Vec<String> = mapped.problems.iter().map(|problem| problem.what.clone()).collect();
        problems.retain(|what| !is_missing(what.as_str()));
        let typeless = |template: &TemplateId| {
            format!("there is no template {template} in Oneflow, or it has no type to hold data fields")
        };
        problems.extend(self.typeless.iter().map(typeless));
        let missing = self.types.iter().flat_map(|kind| self.missing_of(kind, &mapped.fields, &lacking));
        let missing_here = lacking.iter().map(|field| self.missing(field)).chain(self.missing_status());
        Fields {
            there: self.there(&mapped.fields),
            missing: missing.chain(missing_here).collect(),
            problems,
            versions: self.versions(),
        }
    }

    /// The data fields that a type lacks.
    pub(super) fn additions(&self, kind: &SurveyedType) -> Vec<TypeDataField> {
        let mapped = mapped(&self.settings.fields, &self.custom_fields);
        let needed = self.needed_by(kind, &mapped.fields, &self.lacking()).into_iter();
        needed.map(|needed| TypeDataField::new(needed.key.clone(), kind.free_name(&needed))).collect()
    }

    /// The fields that no type lacks.
    fn there(&self, mapped: &[MappedField]) -> Vec<FieldThere> {
        let is_there = |key: &CustomId| self.types.iter().all(|kind| kind.has(key));
        let mapped = mapped.iter().filter(|field| is_there(&field.oneflow)).map(|field| self.described(field));
        let hidden = hidden(self.settings).into_iter().filter(|it| !self.types.is_empty() && is_there(&it.key));
        let hidden = hidden.map(|Needed { key, .. }| {
            let what = format!("hrsync's own{}", self.on_types(&key));
            FieldThere { key: key.to_string(), what }
        });
        mapped.chain(hidden).collect()
    }

    fn described(&self, field: &MappedField) -> FieldThere {
        let direction = match field.direction {
            Direction::Both => "both ways",
            Direction::ToTeamtailor => "to Teamtailor only",
            Direction::ToOneflow => "to Oneflow only",
        };
        let what = format!("{} ({:?}), {direction}{}", field.name, field.kind, self.on_types(&field.oneflow));
        FieldThere { key: field.oneflow.to_string(), what }
    }

    fn on_types(&self, key: &CustomId) -> String {
        let types: Vec<String> =
            self.types.iter().filter(|kind| kind.has(key)).map(|kind| kind.id.to_string()).collect();
        if types.is_empty() { String::new() } else { format!("; on template type {}", types.join(", ")) }
    }

    fn missing_of(&self, kind: &SurveyedType, mapped: &[MappedField], lacking: &[Lacking]) -> Vec<MissingField> {
        let needed = self.needed_by(kind, mapped, lacking).into_iter();
        let missing = needed.map(|needed| MissingField {
            key: needed.key.to_string(),
            place: kind.place(),
            name: kind.free_name(&needed),
            kind: None,
            obstacle: None,
        });
        missing.collect()
    }

    fn missing(&self, field: &Lacking) -> MissingField {
        let mut fields = self.types.iter().flat_map(|kind| &kind.fields);
        let stands_for = fields.find(|it| it.custom_id.as_ref() == Some(&field.oneflow));
        missing_in_teamtailor(&field.api_name, stands_for.map_or(&field.api_name, |it| &it.name))
    }

    fn missing_status(&self) -> Option<MissingField> {
        let name = self.settings.contracts.status_field.as_ref()?;
        let is_there = self.custom_fields.iter().any(|field| field.api_name == *name);
        (!is_there).then(|| missing_in_teamtailor(name, name))
    }

    /// The custom fields that Teamtailor lacks and that data fields stand for.
    fn lacking(&self) -> Vec<Lacking> {
        let hidden = hidden(self.settings);
        let data_fields = self.types.iter().flat_map(|kind| &kind.fields).filter_map(|field| field.custom_id.as_ref());
        let data_fields = data_fields.filter(|id| !hidden.iter().any(|needed| needed.key == **id));
        lacking(&self.settings.fields, &self.custom_fields, data_fields)
    }

    /// What a type lacks of the fields that take part or are to, and of hrsync's own.
    fn needed_by(&self, kind: &SurveyedType, mapped: &[MappedField], lacking: &[Lacking]) -> Vec<Needed> {
        let of_mapped = mapped.iter().map(|field| Needed { key: field.oneflow.clone(), name: self.name_of(field) });
        let of_lacking =
            lacking.iter().map(|field| Needed { key: field.oneflow.clone(), name: field.api_name.clone() });
        let needed = of_mapped.chain(of_lacking).chain(hidden(self.settings));
        needed.filter(|needed| !kind.has(&needed.key)).collect()
    }

    /// What people call the field.
    fn name_of(&self, field: &MappedField) -> String {
        let name = match &field.target {
            Target::Default(DefaultField::FirstName) => "First name",
            Target::Default(DefaultField::LastName) => "Last name",
            Target::Default(DefaultField::Email) => "E-mail address",
            Target::Default(DefaultField::Phone) => "Telephone number",
            Target::Custom(id) => {
                let found = self.custom_fields.iter().find(|it| it.id == *id).and_then(|it| it.name.as_deref());
                found.unwrap_or(field.oneflow.as_str())
            }
        };
        name.to_owned()
    }

    fn versions(&self) -> BTreeMap<String, Fingerprint> {
        let fields: Vec<String> =
            self.custom_fields.iter().map(|field| format!("{} {} {}", field.id, field.api_name, field.kind)).collect();
        let of_types = self.types.iter().map(|kind| (kind.place(), kind.version()));
        of_types.chain([(TEAMTAILOR.to_owned(), Fingerprint::of(&fields.join("\n")))]).collect()
    }
}

/// Reads a type with all its data fields.
///
/// # Errors
/// Oneflow's. Where the answer has no list of data fields: what is not known would be deleted by whoever writes the list.
pub(super) async fn read_type(oneflow: &Oneflow, id: TemplateTypeId) -> Result<SurveyedType, Error> {
    let fields = template_types::read(oneflow, id).await?.data_fields;
    let fields =
        fields.ok_or_else(|| Error::Refused(format!("Oneflow does not tell the data fields of template type {id}")))?;
    Ok(SurveyedType { id, fields })
}

/// A custom field that Teamtailor lacks. Nothing says what it is to hold, so it holds text unless a person says otherwise.
fn missing_in_teamtailor(api_name: &str, name: &str) -> MissingField {
    let obstacle = (!is_api_name(api_name)).then(|| {
        "Teamtailor's names for programs have small letters, digits and hyphens: make the field there and list it in `fields.map`"
            .to_owned()
    });
    let (key, name, place) = (api_name.to_owned(), name.to_owned(), TEAMTAILOR.to_owned());
    MissingField { key, place, name, kind: Some(CustomFieldKind::Text.to_string()), obstacle }
}

/// The two data fields by which hrsync knows its contracts.
fn hidden(settings: &Settings) -> [Needed; 2] {
    [
        Needed { key: settings.candidate_field.clone(), name: "hrsync candidate".to_owned() },
        Needed { key: settings.key_field.clone(), name: "hrsync key".to_owned() },
    ]
}
