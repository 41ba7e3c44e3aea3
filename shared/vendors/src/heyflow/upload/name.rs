//! The name of a file: who gives it, and what is taken out of it.
//!
//! Source: RFC 6266 (`Content-Disposition` in HTTP) and RFC 8187 (`filename*`).

use http::{HeaderMap, header};
use percent_encoding::percent_decode_str;
use url::Url;

use super::content;

/// Longest name in characters, ending included.
const LONGEST: usize = 120;

/// Names in the order in which they count.
pub(super) struct Candidates<'a> {
    pub(super) suggested: Option<String>,
    pub(super) path: Option<String>,
    pub(super) fallback: &'a str,
}

impl Candidates<'_> {
    /// The name and its ending. `None` where the target takes no such file, or nothing tells an ending.
    ///
    /// A name that the host gives counts even without an ending, and is refused with a foreign one. A path often ends in
    /// a script's name or an id, so it only counts with an ending that the target takes.
    pub(super) fn settle(
        self,
        bytes: &[u8],
        allowed: fn(&str) -> Option<&'static str>,
    ) -> Option<(String, &'static str)> {
        let by_content = || content::ending(bytes).and_then(|ending| allowed(&format!("file.{ending}")));
        if let Some(name) = self.suggested.as_deref().and_then(clean) {
            return match allowed(&name) {
                Some(extension) => Some((finish(without_ending(&name), extension), extension)),
                None if has_ending(&name) => None,
                None => by_content().map(|extension| (finish(&name, extension), extension)),
            };
        }
        let path = self.path.as_deref().and_then(clean);
        if let Some((name, extension)) = path.and_then(|name| allowed(&name).map(|extension| (name, extension))) {
            return Some((finish(without_ending(&name), extension), extension));
        }
        by_content().map(|extension| (fallback_name(self.fallback, extension), extension))
    }

    /// The name of a file whose ending is known from an earlier fetch. A candidate that says another type is passed over.
    pub(super) fn with_extension(self, extension: &str, allowed: fn(&str) -> Option<&'static str>) -> String {
        let fits = |name: &String| allowed(name) == Some(extension);
        let suggested = self.suggested.as_deref().and_then(clean);
        if let Some(bare) = suggested.as_ref().filter(|name| !has_ending(name)) {
            return finish(bare, extension);
        }
        let path = self.path.as_deref().and_then(clean);
        let named = suggested.filter(fits).or_else(|| path.filter(fits));
        match named {
            Some(name) => finish(without_ending(&name), extension),
            None => fallback_name(self.fallback, extension),
        }
    }
}

fn fallback_name(fallback: &str, extension: &str) -> String {
    let name = clean(fallback).unwrap_or_else(|| "file".to_owned());
    finish(&name, extension)
}

/// The file name in the `Content-Disposition` header: `filename*` before `filename`.
pub(super) fn from_headers(headers: &HeaderMap) -> Option<String> {
    let header = text(headers.get(header::CONTENT_DISPOSITION)?.as_bytes());
    let parameters: Vec<(String, String)> = parameters(&header);
    let find = |wanted| parameters.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
    find("filename*").and_then(extended).or_else(|| find("filename").map(str::to_owned))
}

/// The last segment of the path, decoded.
pub(super) fn from_path(url: &Url) -> Option<String> {
    let segment = url.path_segments()?.next_back()?;
    Some(text(&percent_decode_str(segment).collect::<Vec<u8>>()))
}

/// Bytes as UTF-8, or else as Latin-1, which headers were written in before.
fn text(bytes: &[u8]) -> String {
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

/// The last part of a path, without letters that no name needs: control characters, those that change the direction of
/// writing or show nothing, and those that a file system refuses. `None` where nothing is left.
fn clean(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next()?;
    let visible = last.chars().filter(|letter| !letter.is_control() && !is_invisible(*letter));
    let plain: String = visible.map(|letter| if r#"<>:"|?*"#.contains(letter) { '_' } else { letter }).collect();
    let plain = trim(&plain);
    (!plain.is_empty()).then(|| plain.to_owned())
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn trim(name: &str) -> &str {
    name.trim_matches(|letter: char| letter == '.' || letter.is_whitespace())
}

fn without_ending(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether a name claims a type: `cv.exe` does, `Dr. Aydin` and `Version 1.2` do not.
fn has_ending(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let short = (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    short && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn finish(stem: &str, extension: &str) -> String {
    let stem: String = stem.chars().take(LONGEST - 1 - extension.len()).collect();
    let stem = trim(&stem);
    format!("{}.{extension}", if stem.is_empty() { "file" } else { stem })
}
