//! What a contract is made from, and where: `templates` of `[start]`.

use edge::head::object;
use mapping::document::{Parsed, table};
use serde::{Deserialize as Kept, Serialize};
use toml_span::{DeserError, Deserialize, Value};
use vendors::oneflow::model::{TemplateId, WorkspaceId};
use vendors::teamtailor::model::{JobId, Stage};

/// What a contract is made from, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Kept)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The template.
    pub template: TemplateId,
    /// The workspace that the contract stands in.
    pub workspace: WorkspaceId,
}

/// The origin of the contracts of some jobs or stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginRule {
    /// Of this job only.
    pub job: Option<JobId>,
    /// Of this stage only, by id or name.
    pub stage: Option<String>,
    /// The template.
    pub template: TemplateId,
    /// The workspace. `None`: the usual one.
    pub workspace: Option<WorkspaceId>,
}

/// Whether a stage is meant by an id or a name of a file.
pub(super) fn is_meant(stage: &Stage, meant: &str) -> bool {
    let folded = |name: &str| name.trim().to_lowercase();
    meant == stage.id.as_str() || stage.name.as_deref().is_some_and(|name| folded(name) == folded(meant))
}

impl OriginRule {
    /// Whether the rule is about an application to this job in this stage.
    #[must_use]
    pub fn fits(&self, job: Option<&JobId>, stage: &Stage) -> bool {
        let is_job = self.job.as_ref().is_none_or(|meant| Some(meant) == job);
        is_job && self.stage.as_ref().is_none_or(|meant| is_meant(stage, meant))
    }

    /// What it says.
    #[must_use]
    pub fn origin(&self, usual: Origin) -> Origin {
        Origin { template: self.template, workspace: self.workspace.unwrap_or(usual.workspace) }
    }
}

impl<'de> Deserialize<'de> for OriginRule {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |rule| {
            let job: Option<Parsed<JobId>> = rule.optional("job");
            let stage: Option<String> = rule.optional("stage");
            let template = rule.required::<Parsed<TemplateId>>("template").ok();
            let workspace: Option<Parsed<WorkspaceId>> = rule.optional("workspace");
            if job.is_none() && stage.is_none() {
                object(
                    rule,
                    span,
                    "say for which `job` or `stage` this template is; the one for all others is `template`",
                );
            }
            Some(Self {
                job: job.map(|job| job.0),
                stage,
                template: template?.0,
                workspace: workspace.map(|workspace| workspace.0),
            })
        })
    }
}
