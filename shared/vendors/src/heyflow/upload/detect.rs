//! What the bytes of a file say it is.
//!
//! Zip archives and OLE files are looked into, for their first bytes do not tell a letter from a table. Texts have no mark of
//! their own.

use super::content::Content;
use super::office;

/// What the bytes are.
pub(super) fn content(bytes: &[u8]) -> Content {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if infer::get(text).is_some_and(|found| found.extension() == "html") {
        return Content::Page;
    }
    match infer::get(bytes).map(|found| found.extension()) {
        Some("zip" | "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp") => office::in_zip(bytes),
        Some("doc" | "xls" | "ppt" | "msi") => office::in_ole(bytes),
        Some("mp4" | "mov" | "m4v" | "m4a") => iso_media(bytes),
        Some(found) if has_long_mark(found) || !is_text(bytes) => Content::Is(found),
        None if bytes.get(4..8) == Some(b"ftyp") => iso_media(bytes),
        _ if is_text(bytes) => Content::Text,
        _ => Content::Unknown,
    }
}

/// Whether a mark is so long that no text begins with it by chance, as with `BM` of bitmaps and `MZ` of programs.
fn has_long_mark(extension: &str) -> bool {
    matches!(extension, "pdf" | "ps" | "rtf")
}

/// Players take the endings of ISO media files for each other.
fn iso_media(bytes: &[u8]) -> Content {
    let otherwise = match bytes.get(8..12).unwrap_or_default() {
        b"M4A " => return Content::Is("m4a"),
        b"qt  " => "mov",
        brand if brand.starts_with(b"3g") => "3gp",
        _ => "mp4",
    };
    Content::OneOf { endings: &["mp4", "mov", "3gp"], otherwise: Some(otherwise) }
}

/// Whether the beginning of the bytes is text: in UTF-8, in a code page of one byte a letter, or in UTF-16 with its mark.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    bytes.iter().take(4096).all(|byte| *byte >= b' ' && *byte != 0x7f || b"\t\n\x0c\r".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_what_a_file_is() {
        let known: [(&str, &[u8]); 10] = [
            ("pdf", b"%PDF-1.7\n"),
            ("pdf", b"\xef\xbb\xbf\n%PDF-1.4\n"),
            ("jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
            ("png", b"\x89PNG\r\n\x1a\n"),
            ("gif", b"GIF89a\0"),
            ("tif", b"II*\0\x08\0\0\0\0\0\0\0"),
            ("bmp", b"BM\x46\0\0\0"),
            ("gz", b"\x1f\x8b\x08\0"),
            ("rtf", br"{\rtf1\ansi}"),
            ("exe", b"MZ\x90\0\x03\0\0\0"),
        ];
        for (extension, bytes) in known {
            assert_eq!(content(bytes), Content::Is(extension), "{extension}");
        }
    }

    #[test]
    fn films_of_one_family_are_told_apart_by_their_brand() {
        let otherwise = |bytes: &[u8]| match content(bytes) {
            Content::OneOf { otherwise, .. } => otherwise.unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(otherwise(b"\0\0\0\x18ftypisom\0\0\0\0"), "mp4");
        assert_eq!(otherwise(b"\0\0\0\x14ftypqt  \0\0\0\0"), "mov");
        assert_eq!(otherwise(b"\0\0\0\x18ftyp3gp4\0\0\0\0"), "3gp");
    }

    #[test]
    fn texts_have_no_mark() {
        let texts: [&[u8]; 4] =
            [b"BMW, MZ and PK are only letters here", "Größe;Farbe\n1;rot\n".as_bytes(), b"f\xfcr", b"\xff\xfea\0"];
        for text in texts {
            assert_eq!(content(text), Content::Text, "{text:?}");
        }
        assert_eq!(content(b"\x01\x02\x03\x04"), Content::Unknown);
    }

    #[test]
    fn pages_are_recognised() {
        for page in ["<!DOCTYPE html><title>Login</title>", "\n <HTML >", "\u{feff}<html >", "<!-- x --><p>"] {
            assert_eq!(content(page.as_bytes()), Content::Page, "{page}");
        }
        assert_eq!(content(b"%PDF-1.7 <html>"), Content::Is("pdf"));
    }
}
