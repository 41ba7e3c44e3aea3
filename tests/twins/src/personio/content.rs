//! What a document is: its extension by name, its type by its first bytes.
//!
//! The specification lists the extensions and calls the type "detected". How strictly Personio looks is not documented: a page, a
//! program or nothing at all under a listed extension is refused here; other contradictions between name and content are not.

/// The extensions of the specification.
const EXTENSIONS: [&str; 26] = [
    "pdf", "pptx", "xlsx", "docx", "doc", "xls", "ppt", "ods", "odt", "7z", "gz", "rar", "zip", "bmp", "gif", "jpg",
    "png", "tif", "csv", "txt", "rtf", "mp4", "3gp", "mov", "avi", "wmv",
];

/// Several formats share these containers; the extension tells which.
const ZIP: &str = "application/zip";
const OLE: &str = "application/x-ole-storage";

const CONTAINED: [(&str, &str, &str); 8] = [
    (ZIP, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (ZIP, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (ZIP, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (ZIP, "ods", "application/vnd.oasis.opendocument.spreadsheet"),
    (ZIP, "odt", "application/vnd.oasis.opendocument.text"),
    (OLE, "doc", "application/msword"),
    (OLE, "xls", "application/vnd.ms-excel"),
    (OLE, "ppt", "application/vnd.ms-powerpoint"),
];

const MAGIC: [(&[u8], &str); 13] = [
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", ZIP),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", OLE),
    (b"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"),
    (b"\x1F\x8B", "application/gzip"),
    (b"Rar!\x1A\x07", "application/vnd.rar"),
    (b"GIF8", "image/gif"),
    (b"\xFF\xD8\xFF", "image/jpeg"),
    (b"\x89PNG\r\n\x1A\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "video/x-ms-wmv"),
];

/// The listed extension of a file name, in lower case. `None`: not listed, or not a name (nothing before the dot, or a path).
pub(super) fn extension(name: &str) -> Option<&'static str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let is_name = !stem.trim().is_empty() && !name.contains(|c: char| matches!(c, '/' | '\\') || c.is_control());
    EXTENSIONS.into_iter().find(|known| is_name && extension.eq_ignore_ascii_case(known))
}

/// The type of a document's content. `None`: content that is refused under any name.
pub(super) fn mimetype(extension: &str, bytes: &[u8]) -> Option<&'static str> {
    if bytes.is_empty() || is_program(bytes) || is_page(bytes) {
        return None;
    }
    let found = MAGIC.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, found)| found);
    let found = found.or_else(|| film(bytes)).unwrap_or_else(|| plain(extension, bytes));
    let contained = CONTAINED.into_iter().find(|(container, inner, _)| (*container, *inner) == (found, extension));
    Some(contained.map_or(found, |(_, _, mimetype)| mimetype))
}

fn is_program(bytes: &[u8]) -> bool {
    bytes.starts_with(b"MZ") || bytes.starts_with(b"\x7FELF")
}

fn is_page(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let start = start.get(..start.len().min(16)).unwrap_or_default().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<script"].iter().any(|tag| start.starts_with(tag.as_bytes()))
}

fn film(bytes: &[u8]) -> Option<&'static str> {
    match (bytes.get(..4)?, bytes.get(4..8)?, bytes.get(8..12)?) {
        (b"RIFF", _, b"AVI ") => Some("video/x-msvideo"),
        (_, b"ftyp", b"qt  ") => Some("video/quicktime"),
        (_, b"ftyp", [b'3', b'g', ..]) => Some("video/3gpp"),
        (_, b"ftyp", _) => Some("video/mp4"),
        _ => None,
    }
}

/// Text without control characters; else a bitmap (its two letters could begin a text), else nothing known.
fn plain(extension: &str, bytes: &[u8]) -> &'static str {
    let control = |byte: &u8| byte.is_ascii_control() && !b"\t\n\r\x0C".contains(byte);
    match extension {
        "csv" if !bytes.iter().any(control) => "text/csv",
        _ if !bytes.iter().any(control) => "text/plain",
        _ if bytes.starts_with(b"BM") => "image/bmp",
        _ => "application/octet-stream",
    }
}
