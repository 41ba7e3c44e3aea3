//! The name of a file: who gives it, and what is taken out of it.
//!
//! Source: RFC 6266 (`Content-Disposition` in HTTP) and RFC 8187 (`filename*`).

use http::{HeaderMap, header};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::text;

/// Longest name in characters, ending included.
const LONGEST: usize = 120;

/// What a path ends in where a program answers: no file's name.
const SCRIPTS: &[&str] = &["php", "asp", "aspx", "ashx", "jsp", "cgi", "do"];

/// Types of files that lists of media types leave out.
const UNLISTED: &[&str] = &["pages", "numbers", "key"];

/// Names in the order in which they count.
pub(super) struct Candidates<'a> {
    /// What the host says.
    pub(super) suggested: Option<String>,
    /// The link's last segment. It often is a script's name or an id, so it only counts with the ending of a file.
    pub(super) path: Option<String>,
    /// Where neither gives a name.
    pub(super) fallback: &'a str,
}

impl Candidates<'_> {
    /// The ending that the names claim, in lower case. A known type of file, so it says nothing of a person.
    pub(super) fn ending(&self) -> Option<String> {
        let names = [self.suggested.as_deref().and_then(clean), self.path(), clean(self.fallback)];
        names.into_iter().flatten().find_map(|name| type_of(&name))
    }

    /// The name under this ending: the stem is kept, whatever ending followed it.
    pub(super) fn under(&self, extension: &str) -> String {
        let name = self.suggested.as_deref().and_then(clean).or_else(|| self.path());
        let name = name.or_else(|| clean(self.fallback)).unwrap_or_else(|| "file".to_owned());
        finish(stem(&name, extension), extension)
    }

    fn path(&self) -> Option<String> {
        let name = self.path.as_deref().and_then(clean)?;
        type_of(&name).filter(|ending| !SCRIPTS.contains(&ending.as_str())).map(|_| name)
    }
}

/// The file name in the `Content-Disposition` header: `filename*` before `filename`.
pub(super) fn from_headers(headers: &HeaderMap) -> Option<String> {
    let header = decoded(headers.get(header::CONTENT_DISPOSITION)?.as_bytes());
    let parameters: Vec<(String, String)> = parameters(&header);
    let find = |wanted| parameters.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
    find("filename*").and_then(extended).or_else(|| find("filename").map(str::to_owned))
}

/// The last segment of the path, decoded.
pub(super) fn from_path(url: &Url) -> Option<String> {
    let segment = url.path_segments()?.next_back()?;
    Some(decoded(&percent_decode_str(segment).collect::<Vec<u8>>()))
}

/// Bytes as UTF-8, or else as Latin-1, which headers were written in before.
fn decoded(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().copied().map(char::from).collect())
}

/// `UTF-8'en'a%20name` as RFC 8187 has it.
fn extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    let bytes: Vec<u8> = percent_decode_str(encoded).collect();
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" => String::from_utf8(bytes).ok(),
        "iso-8859-1" => Some(bytes.into_iter().map(char::from).collect()),
        _ => None,
    }
}

/// The parameters of a header, keys in lower case. A `;` within quotes parts nothing.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut escaped = false;
    for letter in header.chars() {
        if letter == ';' && !quoted {
            parts.push(String::new());
            continue;
        }
        if letter == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && letter == '\\' && !escaped;
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    let pairs = parts.iter().filter_map(|part| part.split_once('='));
    pairs.map(|(key, value)| (key.trim().to_ascii_lowercase(), unquote(value.trim()))).collect()
}

/// Takes off quotes. Only `\"` and `\\` are undone: some servers send a Windows path and escape nothing.
fn unquote(value: &str) -> String {
    let inner = value.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest));
    inner.map_or_else(|| value.to_owned(), |inner| inner.replace(r#"\""#, "\"").replace(r"\\", r"\"))
}

/// The last part of a path, in NFC and without letters that no name needs: control characters, those that change the
/// direction of writing or show nothing, and those that a file system refuses. `None` where nothing is left.
fn clean(name: &str) -> Option<String> {
    let last = text::on_one_line(name.rsplit(['/', '\\']).next()?);
    let visible = last.chars().filter(|letter| !text::is_invisible(*letter));
    let plain: String = visible.map(|letter| if r#"<>:"|?*"#.contains(letter) { '_' } else { letter }).collect();
    let plain = trim(&plain);
    (!plain.is_empty()).then(|| plain.to_owned())
}

fn trim(name: &str) -> &str {
    name.trim_matches(|letter: char| letter == '.' || letter.is_whitespace())
}

/// The type of file that a name claims, in lower case: `cv.exe` claims one, `Dr. Aydin` and `Version 1.2` do not.
fn type_of(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    let is_known = UNLISTED.contains(&ending.as_str()) || mime_guess::from_ext(&ending).first().is_some();
    is_known.then_some(ending)
}

/// The name without the type that it claims, and without the ending that it gets.
fn stem<'a>(name: &'a str, extension: &str) -> &'a str {
    let bare = |name: &'a str| name.rsplit_once('.').map(|(stem, _)| stem);
    let mut stem = type_of(name).and_then(|_| bare(name)).unwrap_or(name);
    while type_of(stem).is_some_and(|ending| ending == extension) {
        stem = bare(stem).unwrap_or_default();
    }
    stem
}

fn finish(stem: &str, extension: &str) -> String {
    let stem: String = stem.chars().take(LONGEST - 1 - extension.len()).collect();
    let stem = trim(&stem);
    format!("{}.{extension}", if stem.is_empty() { "file" } else { stem })
}
