//! From Oneflow's JSON to contracts and what stands around them. Tolerant of members that are unknown or missing; strict
//! about ids, states and moments.

use serde_json::Value;

use super::model::{
    Contract, ContractFile, ContractState, CustomId, DataField, DeliveryStatus, FileType, Participant, Party,
    SignState, Template, TemplateType, TypeDataField, User, Workspace,
};
use crate::json::{Field, flag, id, member, optional_id, optional_moment, optional_text, plain, text};
use crate::value::Personal;

/// A contract. Some integrators met name and template at the top: both places are looked at.
pub(super) fn contract(value: &Value) -> Result<Contract, Field> {
    let name = optional_text(value, "_private.name")?.or(optional_text(value, "name")?);
    Ok(Contract {
        id: id(value, "id")?,
        name: name.map(personal),
        state: state(text(value, "state")?),
        state_updated: optional_moment(value, "state_updated_time")?,
        is_cancelled: flag(value, "lifecycle_state.is_canceled")?,
        updated: optional_moment(value, "updated_time")?,
        created: optional_moment(value, "_private_ownerside.created_time")?,
        published: optional_moment(value, "published_time")?,
        workspace: optional_id(value, "_private.workspace_id")?,
        template: optional_id(value, "_private_ownerside.template_id")?.or(optional_id(value, "template_id")?),
        template_type: optional_id(value, "_private_ownerside.template_type_id")?,
        parties: entries(value, "parties")?.iter().map(party).collect::<Result<_, _>>()?,
        data_fields: match member(value, "data_fields") {
            None => None,
            Some(_) => Some(entries(value, "data_fields")?.iter().map(data_field).collect::<Result<_, _>>()?),
        },
    })
}

/// A data field of a contract. Its key is with the owner's side or, as observers report of other calls, at the top.
pub(super) fn data_field(value: &Value) -> Result<DataField, Field> {
    Ok(DataField {
        id: id(value, "id")?,
        custom_id: custom_id(value)?,
        name: optional_text(value, "name")?.map(ToOwned::to_owned),
        value: personal(value_text(value)?),
    })
}

/// A template.
pub(super) fn template(value: &Value) -> Result<Template, Field> {
    Ok(Template {
        id: id(value, "id")?,
        name: optional_text(value, "name")?.map(ToOwned::to_owned),
        template_type: optional_id(value, "template_type.id")?,
    })
}

/// A template type.
pub(super) fn template_type(value: &Value) -> Result<TemplateType, Field> {
    Ok(TemplateType {
        id: id(value, "id")?,
        name: optional_text(value, "name")?.map(ToOwned::to_owned),
        data_fields: match member(value, "data_fields") {
            None => None,
            Some(_) => Some(entries(value, "data_fields")?.iter().map(type_data_field).collect::<Result<_, _>>()?),
        },
    })
}

/// A data field of a template type.
pub(super) fn type_data_field(value: &Value) -> Result<TypeDataField, Field> {
    let resource = value.as_object().ok_or(Field("data_fields"))?;
    Ok(TypeDataField {
        id: Some(id(value, "id")?),
        custom_id: custom_id(value)?,
        name: text(value, "name")?.to_owned(),
        is_system: optional_text(value, "source")? == Some("system"),
        resource: Personal::new(resource.clone()),
    })
}

/// A file.
pub(super) fn file(value: &Value) -> Result<ContractFile, Field> {
    let kind = match text(value, "type")?.to_ascii_lowercase().as_str() {
        "contract" => FileType::Contract,
        "verification" => FileType::Verification,
        "attachment" => FileType::Attachment,
        "pdf" | "expanded_pdf" => FileType::Pdf,
        other => FileType::Other(plain(other)),
    };
    Ok(ContractFile { id: id(value, "id")?, kind })
}

/// A workspace.
pub(super) fn workspace(value: &Value) -> Result<Workspace, Field> {
    Ok(Workspace {
        id: id(value, "id")?,
        name: optional_text(value, "name")?.map(ToOwned::to_owned),
        date_format: optional_text(value, "date_format")?.map(ToOwned::to_owned),
        may_create: flag(value, "_permissions.contract:create")?,
    })
}

/// A user.
pub(super) fn user(value: &Value) -> Result<User, Field> {
    Ok(User {
        id: id(value, "id")?,
        email: id(value, "email")?,
        is_active: flag(value, "active")?,
        is_admin: flag(value, "is_admin")?,
    })
}

fn state(name: &str) -> ContractState {
    match name {
        "draft" => ContractState::Draft,
        "pending" => ContractState::Pending,
        "overdue" => ContractState::Overdue,
        "signed" => ContractState::Signed,
        "declined" => ContractState::Declined,
        other => ContractState::Other(plain(other)),
    }
}

/// Companies have participants, a single person is one.
fn party(value: &Value) -> Result<Party, Field> {
    let people = entries(value, "participants")?.iter().chain(member(value, "participant"));
    Ok(Party {
        id: id(value, "id")?,
        is_ours: flag(value, "my_party")?.ok_or(Field("my_party"))?,
        participants: people.map(participant).collect::<Result<_, _>>()?,
    })
}

fn participant(value: &Value) -> Result<Participant, Field> {
    // an address that is none cannot be anybody's whom we look for
    let email = optional_text(value, "email")?.and_then(|email| email.parse().ok());
    Ok(Participant {
        id: id(value, "id")?,
        name: optional_text(value, "name")?.map(personal),
        email,
        phone: optional_text(value, "phone_number")?.map(personal),
        is_signatory: flag(value, "signatory")?,
        delivery: optional_text(value, "delivery_status")?.map(delivery),
        sign_state: optional_text(value, "sign_state")?.map(sign_state),
        sign_state_updated: optional_moment(value, "sign_state_updated_time")?,
        first_visit: optional_moment(value, "_private_ownerside.first_visited_time")?,
    })
}

fn delivery(name: &str) -> DeliveryStatus {
    match name {
        "not_sent" => DeliveryStatus::NotSent,
        "pending" => DeliveryStatus::Pending,
        "failure" => DeliveryStatus::Failure,
        "bounce" => DeliveryStatus::Bounce,
        "success" => DeliveryStatus::Success,
        "opened" => DeliveryStatus::Opened,
        other => DeliveryStatus::Other(plain(other)),
    }
}

fn sign_state(name: &str) -> SignState {
    match name {
        "undecided" => SignState::Undecided,
        "signed" => SignState::Signed,
        "declined" => SignState::Declined,
        other => SignState::Other(plain(other)),
    }
}

fn custom_id(value: &Value) -> Result<Option<CustomId>, Field> {
    let given = optional_text(value, "_private_ownerside.custom_id")?.or(optional_text(value, "custom_id")?);
    given.map(str::parse).transpose().map_err(|_| Field("custom_id"))
}

/// A value is a text; one that is missing or null is empty. Blanks around it belong to it.
fn value_text(value: &Value) -> Result<&str, Field> {
    match member(value, "value") {
        None => Ok(""),
        Some(value) => value.as_str().ok_or(Field("value")),
    }
}

/// The entries of a list that may be missing.
fn entries<'a>(value: &'a Value, path: &'static str) -> Result<&'a [Value], Field> {
    match member(value, path) {
        None => Ok(&[]),
        Some(list) => list.as_array().map(Vec::as_slice).ok_or(Field(path)),
    }
}

fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}
