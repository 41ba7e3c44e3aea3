//! What the first bytes of a file say it is.
//!
//! Formats that share a container count as one: the office formats of today are zip archives, those of before 2007 OLE
//! files, and most videos ISO media files. Texts have no mark of their own.

/// Whether the bytes are a web page.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    infer::get(text).is_some_and(|found| found.extension() == "html")
}

/// Whether the bytes can be a file with this ending. Bytes that nothing recognises can only be a text.
pub(super) fn fits(extension: &str, bytes: &[u8]) -> bool {
    match extension {
        "txt" | "csv" | "rtf" => can_be_text(bytes),
        _ => detect(bytes).is_some_and(|found| family(found) == family(extension)),
    }
}

/// The ending that the bytes suggest. `None` for OLE files, whose first bytes do not tell Word from Excel.
pub(super) fn ending(bytes: &[u8]) -> Option<&'static str> {
    detect(bytes).filter(|found| family(found) != OLE)
}

const OLE: &str = "doc";

fn detect(bytes: &[u8]) -> Option<&'static str> {
    infer::get(bytes).map(|found| found.extension()).or_else(|| iso_media(bytes))
}

/// ISO media files of brands that `infer` does not list, among them 3GPP's.
fn iso_media(bytes: &[u8]) -> Option<&'static str> {
    let brand = bytes.get(4..12)?.strip_prefix(b"ftyp")?;
    Some(if brand.starts_with(b"3g") { "3gp" } else { "mp4" })
}

fn family(extension: &str) -> &str {
    match extension {
        "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" => "zip",
        "doc" | "xls" | "ppt" | "msi" => OLE,
        "mov" | "3gp" | "m4v" | "m4a" => "mp4",
        other => other,
    }
}

/// A mark of few letters (`BM` of bitmaps, `MZ` of programs) may as well begin a text, so it counts only where the bytes
/// after it are none.
fn can_be_text(bytes: &[u8]) -> bool {
    match detect(bytes) {
        None | Some("rtf") => true,
        Some("pdf" | "ps") => false,
        Some(_) => bytes.iter().take(1024).all(|byte| *byte >= b' ' || b"\t\n\x0c\r".contains(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLE_MARK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0\0\0";
    const ZIP_MARK: &[u8] = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    #[test]
    fn each_ending_fits_its_own_content() {
        let good: [(&str, &[u8]); 21] = [
            ("pdf", b"%PDF-1.7\n"),
            ("pdf", b"\xef\xbb\xbf\n%PDF-1.4\n"),
            ("docx", ZIP_MARK),
            ("xlsx", ZIP_MARK),
            ("odt", ZIP_MARK),
            ("zip", ZIP_MARK),
            ("doc", OLE_MARK),
            ("xls", OLE_MARK),
            ("ppt", OLE_MARK),
            ("jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
            ("png", b"\x89PNG\r\n\x1a\n"),
            ("gif", b"GIF89a"),
            ("tif", b"II*\0\x08\0\0\0\0\0\0\0"),
            ("bmp", b"BM\x46\0\0\0"),
            ("gz", b"\x1f\x8b\x08\0"),
            ("mp4", b"\0\0\0\x18ftypisom\0\0\0\0"),
            ("mov", b"\0\0\0\x14ftypqt  \0\0\0\0"),
            ("3gp", b"\0\0\0\x18ftyp3gp4\0\0\0\0"),
            ("txt", b"BMW, MZ and PK are only letters here"),
            ("csv", "Größe;Farbe\n1;rot\n".as_bytes()),
            ("rtf", br"{\rtf1\ansi}"),
        ];
        for (extension, bytes) in good {
            assert!(fits(extension, bytes), "{extension}");
        }
    }

    #[test]
    fn content_of_another_kind_contradicts() {
        let bad: [(&str, &[u8]); 10] = [
            ("pdf", b"MZ\x90\0\x03\0 %PDF-1.4"),
            ("pdf", b"just text"),
            ("pdf", b"{\"error\":\"not found\"}"),
            ("docx", OLE_MARK),
            ("doc", ZIP_MARK),
            ("png", b"\xff\xd8\xff\xe0\0\x10JFIF"),
            ("txt", b"%PDF-1.7 all letters"),
            ("txt", ZIP_MARK),
            ("csv", b"MZ\x90\0\x03\0\0\0"),
            ("mp4", b"\x7fELF\x02\x01\x01\0"),
        ];
        for (extension, bytes) in bad {
            assert!(!fits(extension, bytes), "{extension}");
        }
    }

    #[test]
    fn an_ending_is_read_from_the_content_where_it_tells() {
        assert_eq!(ending(b"%PDF-1.7\n"), Some("pdf"));
        assert_eq!(ending(b"\0\0\0\x18ftyp3gp4\0\0\0\0"), Some("3gp"));
        assert_eq!(ending(OLE_MARK), None);
        assert_eq!(ending(b"text"), None);
    }

    #[test]
    fn pages_are_recognised() {
        for page in ["<!DOCTYPE html><title>Login</title>", "\n <HTML >", "\u{feff}<html >", "<!-- x --><p>"] {
            assert!(is_page(page.as_bytes()), "{page}");
        }
        assert!(!is_page(b"%PDF-1.7 <html>"));
    }
}
