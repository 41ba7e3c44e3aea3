//! Under which name a file goes on: its content decides, its name and the host's word are hints.

use super::content::Content;
use super::error::FetchErrorKind;
use super::name::Candidates;

/// Endings under which office programs open a web page, so that people save one there.
const SAVED_AS: &[&str] = &["doc", "xls"];

/// What is known of a file.
pub(super) struct Evidence<'a> {
    pub(super) content: Content,
    pub(super) names: Candidates<'a>,
    /// The host's media type, without parameters, in lower case.
    pub(super) media_type: Option<String>,
}

/// What a file is sent on as.
pub(super) struct Judged {
    pub(super) name: String,
    pub(super) extension: &'static str,
    /// The ending that its name had, where that is another one.
    pub(super) renamed_from: Option<String>,
}

impl Evidence<'_> {
    /// The name and ending of the file. `allowed` gives an ending as the target spells it, and none that it does not take.
    pub(super) fn judge(self, allowed: fn(&str) -> Option<&'static str>) -> Result<Judged, FetchErrorKind> {
        let taken = |ending: &str| allowed(&format!("file.{ending}"));
        let claimed = self.names.ending();
        let named = claimed.as_deref().and_then(taken);
        let extension = match self.content {
            Content::Page if named.is_some_and(|ending| SAVED_AS.contains(&ending)) => {
                return Err(FetchErrorKind::SavedPage);
            }
            Content::Page => return Err(FetchErrorKind::Html),
            Content::Is(found) => taken(found).ok_or(FetchErrorKind::Extension(Some(found)))?,
            Content::OneOf { endings, otherwise } => {
                let told = named.filter(|ending| endings.contains(ending)).or_else(|| self.told_by_host(endings));
                told.or(otherwise).and_then(taken).ok_or(FetchErrorKind::Extension(None))?
            }
            Content::Text => self
                .text(claimed.as_deref(), named)
                .and_then(|ending| taken(ending).ok_or(FetchErrorKind::Extension(Some(ending))))?,
            Content::Unknown => named.filter(|ending| is_text(ending)).ok_or(match named {
                Some(_) => FetchErrorKind::Contradiction,
                None => FetchErrorKind::Extension(None),
            })?,
        };
        let renamed_from = claimed.filter(|ending| taken(ending) != Some(extension));
        Ok(Judged { name: self.names.under(extension), extension, renamed_from })
    }

    /// The ending of a text. A text in place of a document is a host's message rather than the document.
    fn text(&self, claimed: Option<&str>, named: Option<&'static str>) -> Result<&'static str, FetchErrorKind> {
        match named {
            Some(named) if is_text(named) => return Ok(named),
            Some("rtf") => return Ok("txt"),
            Some(_) => return Err(FetchErrorKind::Contradiction),
            None => {}
        }
        let is_of_programs = |kind: &str| ["json", "xml"].iter().any(|word| kind.ends_with(word));
        match self.media_type.as_deref() {
            Some("text/csv") => Ok("csv"),
            Some(kind) if claimed.is_none() && is_of_programs(kind) => Err(FetchErrorKind::Extension(None)),
            _ => Ok("txt"),
        }
    }

    /// The one of these endings that the host's media type stands for.
    fn told_by_host(&self, endings: &[&'static str]) -> Option<&'static str> {
        let media_type = self.media_type.as_deref()?;
        endings.iter().copied().find(|ending| mime_guess::from_ext(ending).iter_raw().any(|known| known == media_type))
    }
}

fn is_text(ending: &str) -> bool {
    matches!(ending, "txt" | "csv")
}
