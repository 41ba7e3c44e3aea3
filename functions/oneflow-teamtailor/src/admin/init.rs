//! What a new connection file may name: templates, workspaces and data fields of Oneflow, custom fields of Teamtailor.

use admin::{Certainty, Context, Entry, Error, Findings, List, People, Place, Proposal, Proposed};
use jiff::tz::TimeZone;
use vendors::oneflow::client::Oneflow;
use vendors::oneflow::model::{Template, TemplateType, Workspace};
use vendors::oneflow::{template_types, templates, workspaces};
use vendors::teamtailor::custom_fields;
use vendors::teamtailor::model::CustomField;

use super::context::{only_reading, settings};
use crate::connection::Settings;

const START: &str = "start";
const FIELDS: &str = "fields";

/// What Oneflow has that contracts are made with.
struct Offer {
    templates: Vec<Template>,
    workspaces: Vec<Workspace>,
    types: Vec<TemplateType>,
}

/// Asks both accounts.
///
/// # Errors
/// The vendors'; and where file or secret cannot be used.
pub(super) async fn init(context: Context<'_, ()>, _: People) -> Result<Findings, Error> {
    let settings = settings(&context)?;
    let http = only_reading()?;
    (context.progress)("oneflow: templates and workspaces are read");
    let offer = Offer::read(&settings.oneflow(&http), &settings).await?;
    (context.progress)("teamtailor: custom fields are read");
    let custom_fields = custom_fields::all(&settings.teamtailor(&http), settings.between_teamtailor_calls()).await?;
    let today = context.now.to_zoned(TimeZone::UTC).date();
    let proposed = [
        only("template", offer.fitting(&settings).map(|template| template.id.to_string())),
        only("workspace", offer.open().map(|workspace| workspace.id.to_string())),
        Some(start("start_date", today.to_string())),
    ];
    let mut findings = Findings {
        lists: offer.lists().into_iter().chain([custom(&custom_fields)]).collect(),
        proposals: proposed.into_iter().flatten().collect(),
        ..Findings::default()
    };
    for (key, count) in [("template", offer.fitting(&settings).count()), ("workspace", offer.open().count())] {
        if count != 1 {
            findings
                .remarks
                .push(format!("`start.{key}`: {count} of Oneflow's would do; choose one, and put its id there"));
        }
    }
    Ok(findings)
}

impl Offer {
    async fn read(oneflow: &Oneflow, settings: &Settings) -> Result<Self, Error> {
        let mut offer = Self { templates: Vec::new(), workspaces: Vec::new(), types: Vec::new() };
        let mut cursor = None;
        loop {
            let page = templates::page(oneflow, cursor.as_ref()).await?;
            offer.templates.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
            tokio::time::sleep(settings.between_oneflow_calls()).await;
        }
        loop {
            let page = workspaces::page(oneflow, cursor.as_ref()).await?;
            offer.workspaces.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
            tokio::time::sleep(settings.between_oneflow_calls()).await;
        }
        let used = offer.templates.iter().filter_map(|template| template.template_type);
        for id in used.collect::<std::collections::BTreeSet<_>>() {
            tokio::time::sleep(settings.between_oneflow_calls()).await;
            offer.types.push(template_types::read(oneflow, id).await?);
        }
        Ok(offer)
    }

    /// The templates whose types have the two data fields that hrsync needs.
    fn fitting(&self, settings: &Settings) -> impl Iterator<Item = &Template> {
        let needed = [settings.candidate_field.clone(), settings.key_field.clone()];
        self.templates.iter().filter(move |template| {
            let of_template = self.types.iter().find(|it| Some(it.id) == template.template_type);
            let fields = of_template.and_then(|it| it.data_fields.as_ref());
            let has =
                |key| fields.is_some_and(|fields| fields.iter().any(|field| field.custom_id.as_ref() == Some(key)));
            needed.iter().all(has)
        })
    }

    /// The workspaces in which the user may make contracts.
    fn open(&self) -> impl Iterator<Item = &Workspace> {
        self.workspaces.iter().filter(|workspace| workspace.may_create != Some(false))
    }

    fn lists(&self) -> Vec<List> {
        let entry = |id: String, name: &Option<String>| Entry { id, name: name.clone().unwrap_or_default() };
        let templates = self.templates.iter().map(|it| entry(it.id.to_string(), &it.name)).collect();
        let workspaces = self.workspaces.iter().map(|it| entry(it.id.to_string(), &it.name)).collect();
        let keyed = self.types.iter().flat_map(|it| it.data_fields.iter().flatten());
        let keyed = keyed
            .filter_map(|field| Some(Entry { id: field.custom_id.as_ref()?.to_string(), name: field.name.clone() }));
        vec![
            List { title: "templates of Oneflow".to_owned(), table: START, entries: templates },
            List { title: "workspaces of Oneflow that the user sees".to_owned(), table: START, entries: workspaces },
            List { title: "data fields of Oneflow's templates".to_owned(), table: FIELDS, entries: keyed.collect() },
        ]
    }
}

fn custom(fields: &[CustomField]) -> List {
    let entry =
        |field: &CustomField| Entry { id: field.api_name.clone(), name: field.name.clone().unwrap_or_default() };
    let title = "custom fields of candidates and jobs in Teamtailor".to_owned();
    List { title, table: FIELDS, entries: fields.iter().map(entry).collect() }
}

/// A value that is proposed where there is just one.
fn only(key: &str, mut ids: impl Iterator<Item = String>) -> Option<Proposal> {
    let first = ids.next()?;
    ids.next().is_none().then(|| start(key, first))
}

fn start(key: &str, text: String) -> Proposal {
    Proposal {
        about: format!("`start.{key}`"),
        place: Place { table: START, key: key.to_owned() },
        value: Proposed::Text(text),
        certainty: Certainty::Exact,
        otherwise: None,
    }
}
