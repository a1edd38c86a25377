//! What is read from the bytes of images: files made by another program (`tests/images/make.py`), texts, false
//! headers and random bytes.

use super::*;
use proptest::prelude::*;

fn sniffed(bytes: &[u8]) -> (String, u32, u32) {
    let facts = facts(bytes, None);
    let kind = facts.media_type.map(|t| t.to_string()).unwrap_or_default();
    (kind, facts.width.unwrap_or_default(), facts.height.unwrap_or_default())
}

#[test]
fn files_of_another_program_are_known() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/images");
    let list = std::fs::read_to_string(folder.join("facts.txt")).unwrap();
    assert!(list.lines().count() >= 16, "{list}");
    for line in list.lines() {
        let [name, kind, width, height] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let start = &bytes[..bytes.len().min(START as usize)];
        let expected = (kind.to_owned(), width.parse().unwrap(), height.parse().unwrap());
        assert_eq!(sniffed(start), expected, "{name}");
    }
}

#[test]
fn what_is_no_image_is_said_so() {
    assert_eq!(sniffed(b"<!DOCTYPE html><html><body>Not found").0, "text/html");
    assert_eq!(sniffed(b"  <html>").0, "text/html");
    assert_eq!(sniffed(b"BMW is a car, and this is a text").0, "text/plain");
    assert_eq!(sniffed(b"GIF is a format").0, "text/plain");
    assert_eq!(sniffed(b"{\"error\": \"not found\"}").0, "text/plain");
    assert_eq!(sniffed(b"%PDF-1.7\n").0, "application/pdf");
    assert_eq!(sniffed(b"").0, "");
    assert_eq!(sniffed(&[0; 64]).0, "");
}

#[test]
fn vector_images_have_a_size_and_may_run() {
    let svg = |text: &str| {
        let facts = facts(text.as_bytes(), None);
        (facts.width.zip(facts.height), facts.flaw.is_some())
    };
    assert_eq!(svg("<svg width='640' height='480px'/>"), (Some((640, 480)), false));
    assert_eq!(svg("<?xml version='1.0'?><!-- a --><svg viewBox='0 0 300.4, 150'/>"), (Some((300, 150)), false));
    assert_eq!(svg("<svg:svg xmlns:svg='http://www.w3.org/2000/svg' width='100%' viewBox='0 0 8 6'/>").0, Some((8, 6)));
    assert_eq!(svg("<svg width='1in' height='72pt'/>"), (Some((96, 96)), false));
    assert_eq!(svg("<svg width='50' viewBox='0 0 100 200'/>"), (Some((50, 100)), false));
    assert_eq!(svg("<svg width='0' height='-1'/>"), (None, false));
    for active in [
        "<svg><script>x()</script></svg>",
        "<svg onload='x()'/>",
        "<svg><a xlink:href='java\nscript:x()'/></svg>",
        "<svg><g><foreignObject/></g></svg>",
        "<svg><script",
    ] {
        assert_eq!(svg(active).1, active != "<svg><script", "{active}");
    }
    let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><svg width='5' height='6'>&b;</svg>";
    assert_eq!(svg(bomb), (Some((5, 6)), false));
    assert_eq!(sniffed(b"<svgx/>").0, "text/plain");
}

#[test]
fn a_lying_header_is_only_a_number() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend(40_000_u32.to_be_bytes());
    png.extend(40_000_u32.to_be_bytes());
    png.extend(b"\x08\x06\0\0\0");
    assert_eq!(sniffed(&png), ("image/png".into(), 40_000, 40_000));
}

proptest! {
    #[test]
    fn rubbish_neither_panics_nor_hangs(head in 0_usize..16, rest in proptest::collection::vec(any::<u8>(), 0..400)) {
        let heads: [&[u8]; 16] = [
            b"", b"\xFF\xD8\xFF", b"\xFF\xD8\xFF\xE1\0\x20Exif\0\0II*\0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ",
            b"RIFF\0\0\0\0WEBPVP8X", b"\0\0\0\x18ftypmif1", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf\0\0\x01\0meta", b"\0\0\x01\0", b"BM",
            b"II*\0", b"MM\0*\0\0\0\x08", b"<svg ", b"\0\0\0\x0cJXL \r\n\x87\n", b"\xFF\x0A",
        ];
        let bytes = [heads[head], &rest].concat();
        let _ = facts(&bytes, Some(1));
    }
}
