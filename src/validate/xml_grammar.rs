//! Productions of XML 1.0 that the reader takes for granted: names, white space between attributes, the declaration.

use quick_xml::events::attributes::Attributes;

/// A name with at most one colon (XML 1.0 section 2.3; XML Namespaces section 4).
pub(super) fn is_name(name: &str) -> bool {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(starts_name) && letters.all(|c| starts_name(c) || continues_name(c))
    };
    match name.split_once(':') {
        Some((prefix, local)) => part(prefix) && part(local),
        None => part(name),
    }
}

/// Whether white space separates the attributes of a tag.
pub(super) fn is_spaced(attributes: &str) -> bool {
    let mut rest = attributes;
    while let Some((_, value)) = rest.split_once(['"', '\'']) {
        let at = rest.len() - value.len() - 1;
        let quote = if rest.as_bytes().get(at) == Some(&b'"') { '"' } else { '\'' };
        let Some((_, after)) = value.split_once(quote) else { return true };
        if !after.is_empty() && !after.starts_with([' ', '\t', '\r', '\n']) {
            return false;
        }
        rest = after;
    }
    true
}

/// The version and the encoding of an XML declaration, which must be in this order (XML 1.0 section 2.8).
pub(super) fn declaration(content: &str) -> Option<(String, Option<String>)> {
    let mut pairs = Vec::new();
    for attribute in Attributes::new(content, "xml".len()).with_checks(false) {
        let attribute = attribute.ok()?;
        pairs.push((attribute.key.as_ref().to_owned(), attribute.value.into_owned()));
    }
    let keys: Vec<&str> = pairs.iter().map(|(key, _)| key.as_str()).collect();
    let ordered = [
        &["version"][..],
        &["version", "encoding"],
        &["version", "standalone"],
        &["version", "encoding", "standalone"],
    ];
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let standalone = value("standalone").is_none_or(|value| value == "yes" || value == "no");
    if !ordered.contains(&keys.as_slice()) || !standalone || !is_spaced(content) {
        return None;
    }
    Some((value("version")?, value("encoding")))
}

const fn starts_name(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

const fn continues_name(c: char) -> bool {
    matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_attributes() {
        assert!(is_name("content:encoded") && is_name("дата") && is_name("a-b.c1"));
        assert!(!is_name("1a") && !is_name("a:") && !is_name("a:b:c") && !is_name("a=b") && !is_name(""));
        assert!(is_spaced(" a=\"b'c\" d='e'") && !is_spaced(" a=\"b\"c=\"d\""));
    }

    #[test]
    fn declarations() {
        let read = |content| declaration(content).map(|(version, encoding)| (version, encoding.unwrap_or_default()));
        assert_eq!(read("xml version=\"1.0\" encoding='utf-8'"), Some(("1.0".into(), "utf-8".into())));
        assert_eq!(read("xml version=\"1.0\" standalone='yes' "), Some(("1.0".into(), String::new())));
        for bad in [
            "xml",
            "xml encoding='utf-8'",
            "xml version='1.0' enc='utf-8'",
            "xml version='1.0'encoding='utf-8'",
            "xml version='1.0' standalone='1'",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
