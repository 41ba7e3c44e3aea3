//! Everything that is held as resources, by kind and id.

use serde_json::{Value, json};

use super::account::{CustomField, Job, NamedOption, Stage, User};
use super::resource::{Name, Related, Resource, time};
use super::store::{Application, Books, Candidate, FieldValue, Note, Upload};
use super::values;

/// The kinds that have a list.
pub(super) const LISTS: [&str; 11] = [
    "candidates",
    "job-applications",
    "jobs",
    "stages",
    "users",
    "custom-fields",
    "custom-field-selects",
    "custom-field-options",
    "custom-field-values",
    "uploads",
    "notes",
];

/// All resources of a kind, in the order of their ids. `custom-fields` has the selects, too, under their own kind.
pub(super) fn all(books: &Books, kind: &str) -> Vec<Resource> {
    let account = &books.account;
    match kind {
        "candidates" => books.candidates.iter().map(|one| candidate(books, one)).collect(),
        "job-applications" => books.applications.iter().map(application).collect(),
        "jobs" => account.jobs.iter().map(|one| job(books, one)).collect(),
        "stages" => account.stages.iter().map(|one| stage(books, one)).collect(),
        "users" => account.users.iter().map(user).collect(),
        "custom-fields" => account.custom_fields.iter().map(custom_field).collect(),
        "custom-field-selects" => account.custom_fields.iter().filter(|f| f.is_select()).map(custom_field).collect(),
        "custom-field-options" => options(&account.custom_fields),
        "custom-field-values" => books.values.iter().filter_map(|one| value(books, one)).collect(),
        "uploads" => books.uploads.iter().map(upload).collect(),
        "notes" => books.notes.iter().map(note).collect(),
        _ => Vec::new(),
    }
}

/// One resource. A select is also found as a custom field.
pub(super) fn find(books: &Books, kind: &str, id: u64) -> Option<Resource> {
    all(books, kind).into_iter().find(|resource| resource.name.1 == id)
}

/// The company of the key.
pub(super) fn company(books: &Books) -> Resource {
    let manager = books.account.users.first().map(|user| ("users", user.id));
    let attributes = json!({"name": "Agentur GmbH", "locale": "en", "website": "https://agency.example"});
    Resource::new(("companies", 1), attributes, vec![("manager", Related::One(manager))])
}

fn candidate(books: &Books, one: &Candidate) -> Resource {
    let applications = books.applications.iter().filter(|a| a.candidate == one.id);
    let uploads = books.uploads.iter().filter(|upload| upload.candidate == one.id);
    let values = books.values.iter().filter(|value| value.candidate == one.id);
    let attributes = json!({
        "connected": false,
        "created-at": time(one.created),
        "email": one.email,
        "first-name": one.first_name,
        "internal": false,
        "last-name": one.last_name,
        "linkedin-url": one.linkedin_url,
        "phone": one.phone,
        "picture": null,
        "pitch": one.pitch,
        "resume": null,
        "sourced": false,
        "tags": one.tags,
        "unsubscribed": false,
        "updated-at": time(one.updated),
    });
    let related = vec![
        ("activities", Related::Unbuilt),
        ("answers", Related::Unbuilt),
        ("custom-field-values", many("custom-field-values", values.map(|value| value.id))),
        ("department", Related::Unbuilt),
        ("job-applications", many("job-applications", applications.map(|application| application.id))),
        ("locations", Related::Unbuilt),
        ("partner-results", Related::Unbuilt),
        ("questions", Related::Unbuilt),
        ("regions", Related::Unbuilt),
        ("role", Related::Unbuilt),
        ("uploads", many("uploads", uploads.map(|upload| upload.id))),
    ];
    Resource::new(("candidates", one.id), attributes, related)
}

fn application(one: &Application) -> Resource {
    let attributes = json!({
        "cover-letter": null,
        "created-at": time(one.created),
        "changed-stage-at": time(one.moved),
        "rejected-at": one.rejected.map(time),
        "sourced": false,
        "updated-at": time(one.updated),
    });
    let related = vec![
        ("candidate", Related::One(Some(("candidates", one.candidate)))),
        ("job", Related::One(Some(("jobs", one.job)))),
        ("reject-reason", Related::Unbuilt),
        ("stage", Related::One(Some(("stages", one.stage)))),
    ];
    Resource::new(("job-applications", one.id), attributes, related)
}

fn job(books: &Books, one: &Job) -> Resource {
    let stages = books.account.stages.iter().filter(|stage| stage.job == one.id).map(|stage| stage.id);
    let recruiter = one.recruiter.map(|id| ("users", id));
    let related = vec![("stages", many("stages", stages)), ("user", Related::One(recruiter))];
    Resource::new(("jobs", one.id), json!({"title": one.title, "status": "open"}), related)
}

fn stage(books: &Books, one: &Stage) -> Resource {
    let applications = books.applications.iter().filter(|a| a.stage == one.id).map(|a| a.id);
    let related = vec![
        ("job", Related::One(Some(("jobs", one.job)))),
        ("job-applications", many("job-applications", applications)),
    ];
    Resource::new(("stages", one.id), json!({"name": one.name, "active-job-applications-count": null}), related)
}

fn user(one: &User) -> Resource {
    let attributes = json!({"name": one.name, "email": one.email, "role": "Recruiter"});
    Resource::new(("users", one.id), attributes, Vec::new())
}

fn custom_field(one: &CustomField) -> Resource {
    let attributes = json!({"name": one.name, "api-name": one.api_name, "field-type": one.kind});
    let options = many("custom-field-options", one.options.iter().map(|option| option.id));
    let related = if one.is_select() { vec![("custom-field-options", options)] } else { Vec::new() };
    Resource::new(name_of(one), attributes, related)
}

fn options(fields: &[CustomField]) -> Vec<Resource> {
    let of = |field: &CustomField| field.options.iter().map(|one| option(field, one)).collect::<Vec<_>>();
    fields.iter().flat_map(of).collect()
}

fn option(field: &CustomField, one: &NamedOption) -> Resource {
    let related = vec![("custom-field", Related::One(Some(name_of(field))))];
    Resource::new(("custom-field-options", one.id), json!({"value": one.value}), related)
}

fn value(books: &Books, one: &FieldValue) -> Option<Resource> {
    let field = books.account.field(one.field)?;
    let attributes = json!({"field-type": field.kind, "value": values::shown(field, &one.value, &books.account)});
    let related = vec![
        ("custom-field", Related::One(Some(name_of(field)))),
        ("owner", Related::One(Some(("candidates", one.candidate)))),
    ];
    Some(Resource::new(("custom-field-values", one.id), attributes, related))
}

fn upload(one: &Upload) -> Resource {
    let attributes = json!({
        "created-at": time(one.created),
        "file-name": one.file_name,
        "internal": true,
        "url": format!("https://uploads.example/{}?X-Amz-Expires=60", one.id),
    });
    let candidate = Related::One(Some(("candidates", one.candidate)));
    Resource::new(("uploads", one.id), attributes, vec![("candidate", candidate), ("job", Related::Unbuilt)])
}

fn note(one: &Note) -> Resource {
    let attributes = json!({
        "candidate-id": one.candidate,
        "created-at": time(one.created),
        "created-by-trigger": false,
        "note": one.note,
        "private-note": Value::Null,
        "user-id": one.user,
    });
    let related = vec![
        ("candidate", Related::One(Some(("candidates", one.candidate)))),
        ("user", Related::One(Some(("users", one.user)))),
    ];
    Resource::new(("notes", one.id), attributes, related)
}

fn name_of(field: &CustomField) -> Name {
    (if field.is_select() { "custom-field-selects" } else { "custom-fields" }, field.id)
}

fn many(kind: &'static str, ids: impl Iterator<Item = u64>) -> Related {
    Related::Many(ids.map(|id| (kind, id)).collect())
}
