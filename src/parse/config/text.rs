//! The bytes of the config as text. Refuses what is not UTF-8, at its place, and UTF-16, which some editors call Unicode.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Place;

/// The config's text; see [`crate::parse::config_text`].
pub fn text<'b>(bytes: &'b [u8], path: &str, sink: &mut dyn Sink) -> Option<&'b str> {
    let fault = |at, message: &str| {
        let help = "save the file as UTF-8";
        Diagnostic::new(Code::ConfigSyntax, path, at, message).help(help)
    };
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, ..] | [_, 0, ..]) {
        sink.report(fault(Place::new(1, 1, 1), "the config is UTF-16 or a binary file"));
        return None;
    }
    let fault = match crate::parse::decode::utf8(bytes, 1) {
        Ok(text) => return Some(text),
        Err(at) => fault(at, "the config holds bytes that are not UTF-8"),
    };
    sink.report(fault);
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn c001_bytes_that_are_no_text() {
        let read = |bytes: &[u8]| {
            let mut found = Vec::new();
            let text = super::text(bytes, "feedmill.yaml", &mut found).map(str::to_owned);
            text.ok_or_else(|| (found[0].code.id(), found[0].at.line, found[0].at.column))
        };
        assert_eq!(read("site: {title: Ж}\r\n".as_bytes()).as_deref(), Ok("site: {title: Ж}\r\n"));
        assert_eq!(read(b""), Ok(String::new()));
        assert_eq!(read(b"site:\n  title: caf\xe9\n"), Err(("C001", 2, 13)));
        for utf16 in [&b"\xff\xfes\0i\0"[..], b"\xfe\xff\0s", b"s\0i\0", b"\0s"] {
            assert_eq!(read(utf16), Err(("C001", 1, 1)));
        }
    }
}
