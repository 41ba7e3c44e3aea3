//! Office documents: what a zip archive or an OLE file holds.
//!
//! Source: ECMA-376 part 2 (a package of Office Open XML has an entry `[Content_Types].xml`), OpenDocument 1.3 part 2 (an
//! entry `mimetype`, stored as it is) and [MS-CFB], [MS-DOC], [MS-XLS], [MS-PPT] (the streams of OLE files).

use std::io::Cursor;

use cfb::CompoundFile;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive};

use super::content::Content;

/// What a zip archive can be whose contents cannot be read, as with one that is cut off.
const ANY_ZIP: Content =
    Content::OneOf { endings: &["zip", "docx", "xlsx", "pptx", "odt", "ods"], otherwise: Some("zip") };

/// A package of Office Open XML whose parts lie in unusual places.
const ANY_PACKAGE: Content = Content::OneOf { endings: &["docx", "xlsx", "pptx"], otherwise: Some("zip") };

/// An OLE file whose streams cannot be read or are of no office program.
const ANY_OLE: Content = Content::OneOf { endings: &["doc", "xls", "ppt"], otherwise: None };

/// What the entries say, wherever in the archive they stand.
#[derive(Default)]
struct Entries {
    is_package: bool,
    has_macros: bool,
    document: Option<&'static str>,
    media_type: Option<String>,
    program: Option<&'static str>,
}

/// What a zip archive is.
pub(super) fn in_zip(bytes: &[u8]) -> Content {
    let Some(entries) = ZipArchive::from_slice(bytes).ok().and_then(|archive| read(&archive)) else { return ANY_ZIP };
    match entries {
        Entries { media_type: Some(media_type), .. } => of_media_type(&media_type),
        Entries { is_package: true, has_macros: true, document: Some(plain), .. } => with_macros(plain),
        Entries { is_package: true, document: Some(document), .. } => Content::Is(document),
        Entries { is_package: true, .. } => ANY_PACKAGE,
        Entries { program: Some(program), .. } => Content::Is(program),
        _ => Content::Is("zip"),
    }
}

fn read(archive: &ZipSliceArchive<&[u8]>) -> Option<Entries> {
    let mut found = Entries::default();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().ok()? {
        match entry.file_path().as_ref() {
            b"[Content_Types].xml" => found.is_package = true,
            b"mimetype" => found.media_type = stored(archive, &entry),
            b"AndroidManifest.xml" => found.program = Some("apk"),
            b"META-INF/MANIFEST.MF" => found.program = found.program.or(Some("jar")),
            path if path.ends_with(b"/vbaProject.bin") => found.has_macros = true,
            path => found.document = found.document.or_else(|| document(path)),
        }
    }
    Some(found)
}

/// The document that a part belongs to.
fn document(path: &[u8]) -> Option<&'static str> {
    let folders: [(&[u8], &str); 3] = [(b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")];
    folders.into_iter().find(|(folder, _)| path.starts_with(folder)).map(|(_, extension)| extension)
}

/// Office programs refuse a document with macros under the ending of one without.
fn with_macros(plain: &str) -> Content {
    Content::Is(match plain {
        "xlsx" => "xlsm",
        "pptx" => "pptm",
        _ => "docm",
    })
}

/// The text of an entry that is stored as it is.
fn stored(archive: &ZipSliceArchive<&[u8]>, entry: &ZipFileHeaderRecord<'_>) -> Option<String> {
    if entry.compression_method() != CompressionMethod::STORE {
        return None;
    }
    let entry = archive.get_entry(entry.wayfinder()).ok()?;
    String::from_utf8(entry.data().to_vec()).ok()
}

fn of_media_type(media_type: &str) -> Content {
    Content::Is(match media_type.trim() {
        "application/vnd.oasis.opendocument.text" => "odt",
        "application/vnd.oasis.opendocument.spreadsheet" => "ods",
        "application/vnd.oasis.opendocument.presentation" => "odp",
        "application/vnd.oasis.opendocument.graphics" => "odg",
        "application/epub+zip" => "epub",
        _ => "zip",
    })
}

/// What an OLE file is.
pub(super) fn in_ole(bytes: &[u8]) -> Content {
    let Ok(file) = CompoundFile::open(Cursor::new(bytes)) else { return ANY_OLE };
    let streams = [("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt")];
    let found = streams.into_iter().find(|(stream, _)| file.exists(stream));
    found.map_or(ANY_OLE, |(_, extension)| Content::Is(extension))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use rawzip::ZipArchiveWriter;

    use super::*;

    /// An archive of these entries in this order, each stored as it is.
    pub(in crate::heyflow::upload) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        for (name, content) in entries {
            let (mut entry, config) = archive.new_file(name).start().unwrap();
            let mut writer = config.wrap(&mut entry);
            writer.write_all(content).unwrap();
            let (_, descriptor) = writer.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        bytes
    }

    /// An OLE file with one stream.
    pub(in crate::heyflow::upload) fn ole(stream: &str) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(stream).unwrap().write_all(b"text").unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    /// The parts of a letter in the order in which LibreOffice writes them.
    pub(in crate::heyflow::upload) const LETTER: &[(&str, &[u8])] = &[
        ("_rels/.rels", b"<Relationships/>"),
        ("docProps/app.xml", b"<Properties/>"),
        ("docProps/core.xml", b"<coreProperties/>"),
        ("word/_rels/document.xml.rels", b"<Relationships/>"),
        ("word/document.xml", b"<document/>"),
        ("[Content_Types].xml", b"<Types/>"),
    ];

    #[test]
    fn documents_are_known_whatever_the_order_of_their_parts() {
        let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
        let reversed: Vec<(&str, &[u8])> = LETTER.iter().rev().copied().collect();
        let media = |kind: &'static str| ("mimetype", kind.as_bytes());
        for (entries, expected) in [
            (LETTER.to_vec(), "docx"),
            (reversed, "docx"),
            (vec![("customXml/item1.xml", &b"x"[..]), ("xl/workbook.xml", b"x"), types], "xlsx"),
            (vec![("ppt/presentation.xml", &b"x"[..]), types], "pptx"),
            (vec![types, ("word/vbaProject.bin", b"x"), ("word/document.xml", b"x")], "docm"),
            (vec![media("application/vnd.oasis.opendocument.text"), ("content.xml", b"x")], "odt"),
            (vec![("content.xml", &b"x"[..]), media("application/vnd.oasis.opendocument.spreadsheet")], "ods"),
            (vec![media("application/epub+zip")], "epub"),
            (vec![("word/notes.txt", &b"x"[..])], "zip"),
            (vec![("Index/Document.iwa", &b"x"[..]), ("preview.jpg", b"x")], "zip"),
            (vec![("META-INF/MANIFEST.MF", &b"x"[..]), ("a.class", b"x")], "jar"),
            (vec![("META-INF/MANIFEST.MF", &b"x"[..]), ("AndroidManifest.xml", b"x")], "apk"),
        ] {
            assert_eq!(in_zip(&zip(&entries)), Content::Is(expected), "{entries:?}");
        }
    }

    #[test]
    fn what_cannot_be_looked_into_is_left_to_its_name() {
        let whole = zip(LETTER);
        assert_eq!(in_zip(&whole[..60]), ANY_ZIP);
        assert_eq!(in_zip(&zip(&[("[Content_Types].xml", b"x"), ("document.xml", b"x")])), ANY_PACKAGE);
        assert_eq!(in_ole(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), ANY_OLE);
        assert_eq!(in_ole(&ole("Other")), ANY_OLE);
    }

    #[test]
    fn ole_files_are_known_by_their_streams() {
        for (stream, expected) in [("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt")] {
            assert_eq!(in_ole(&ole(stream)), Content::Is(expected));
        }
    }
}
