//! One pass over an XML document: well-formed (XML 1.0), one root, legal characters, every prefix declared and known
//! prefixes bound to their own namespace. Events go to a visitor, with resolved names.
//!
//! Refuses document types and every entity but the five of XML, so nothing is ever expanded. Nesting is limited, so
//! that trees built from it can be traversed by recursion.

use super::judge::{Judge, quoted_value};
use super::namespaces::{Space, meant};
use super::xml_grammar::{self, is_name, is_spaced};
use crate::diagnostic::Code;
use crate::model::{first_forbidden, is_xml_char};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::{BTreeMap, BTreeSet};

const MAX_XML_DEPTH: usize = 200;
const SOURCE: &str = "a feed must be well-formed XML 1.0";

/// Takes what the pass reads.
pub(super) trait Visit {
    /// An element begins.
    fn start(&mut self, tag: XmlTag<'_>);
    /// Text of the element that was begun last and not yet ended.
    fn text(&mut self, text: &str, at: usize, written: TextForm);
    /// The element ends.
    fn end(&mut self);
}

impl Visit for () {
    fn start(&mut self, _: XmlTag<'_>) {}
    fn text(&mut self, _: &str, _: usize, _: TextForm) {}
    fn end(&mut self) {}
}

/// The beginning of an element.
pub(super) struct XmlTag<'a> {
    pub space: Space,
    /// With its prefix.
    pub name: &'a str,
    pub attributes: Vec<Attribute>,
    pub at: usize,
}

/// An attribute that is not a namespace declaration.
#[derive(Debug)]
pub(super) struct Attribute {
    pub space: Space,
    /// With its prefix.
    pub name: String,
    pub value: String,
    /// Whether a character of it was written as `&#x26;`.
    pub numeric: bool,
}

/// How text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextForm {
    /// As it is, or by a name: `&lt;`.
    Plain,
    /// By a number: `&#x3C;`.
    Numeric,
}

/// Reads a document. Whether it is well-formed: else its visitor has seen only a part.
pub(super) fn read(text: &str, judge: &mut Judge<'_>, visit: &mut dyn Visit) -> bool {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut pass =
        Pass { judge, visit, base: text.len() - body.len(), open: Vec::new(), bound: BTreeMap::new(), roots: 0 };
    if let Some((at, c)) = first_forbidden(body) {
        pass.fault(at, format!("the character U+{:04X} may not stand in a feed", c as u32));
        return false;
    }
    pass.run(body).is_some()
}

struct Pass<'j, 'a> {
    judge: &'j mut Judge<'a>,
    visit: &'j mut dyn Visit,
    base: usize,
    /// The prefixes that each open element declares.
    open: Vec<Vec<String>>,
    /// Prefix → what it is bound to, innermost last.
    bound: BTreeMap<String, Vec<String>>,
    roots: usize,
}

impl Pass<'_, '_> {
    fn fault(&mut self, at: usize, message: impl Into<String>) {
        self.judge.report(Code::NotWellFormed, self.base + at, message, SOURCE);
    }

    /// `None` where the document is not well-formed; reported.
    fn run(&mut self, text: &str) -> Option<()> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(e) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(at);
                    self.fault(at, format!("the XML cannot be read: {e}"));
                    return None;
                }
            };
            if matches!(event, Event::Eof) {
                return self.finish(text.len());
            }
            if let Err(message) = self.event(&event, at) {
                self.fault(at, message);
                return None;
            }
        }
    }

    fn finish(&mut self, end: usize) -> Option<()> {
        if self.open.is_empty() && self.roots == 1 {
            return Some(());
        }
        let message = if self.roots == 0 { "the document has no root element" } else { "an element is not closed" };
        self.fault(end, message);
        None
    }

    fn event(&mut self, event: &Event<'_>, at: usize) -> Result<(), String> {
        let at_root = self.open.is_empty();
        match event {
            Event::Start(tag) => self.start(tag, at)?,
            Event::Empty(tag) => {
                self.start(tag, at)?;
                self.end();
            }
            Event::End(_) => self.end(),
            Event::Text(text) if at_root && text.trim().is_empty() => {}
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if at_root => {
                return Err("text stands outside the root element".into());
            }
            Event::Text(text) if text.contains("]]>") => return Err("`]]>` stands in text".into()),
            Event::Text(text) => self.visit.text(&text.xml10_content(), self.base + at, TextForm::Plain),
            Event::CData(text) => self.visit.text(&text.xml10_content(), self.base + at, TextForm::Plain),
            Event::GeneralRef(reference) => {
                let (c, written) = referenced(reference)?;
                self.visit.text(c.encode_utf8(&mut [0; 4]), self.base + at, written);
            }
            Event::Decl(_) if at > 0 => return Err("the XML declaration is not the first thing in the document".into()),
            Event::Decl(declaration) => self.declaration(declaration, at)?,
            Event::DocType(_) => return Err("a document type is declared; readers refuse it".into()),
            Event::PI(instruction) if !is_name(instruction.target()) => {
                return Err(format!("{} is no name of an instruction", quoted_value(instruction.target())));
            }
            Event::Comment(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn declaration(&mut self, content: &str, at: usize) -> Result<(), String> {
        let (version, encoding) = xml_grammar::declaration(content).ok_or("the XML declaration cannot be read")?;
        if version != "1.0" {
            let message = format!("the XML version is {}, not `1.0`", quoted_value(&version));
            self.judge.report(Code::BadFeedType, self.base + at, message, "feeds are XML 1.0");
        }
        match encoding {
            Some(name) if !name.eq_ignore_ascii_case("utf-8") => {
                Err(format!("the document is UTF-8 and calls itself {}", quoted_value(&name)))
            }
            _ => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<(), String> {
        if self.open.is_empty() {
            self.roots += 1;
            if self.roots > 1 {
                return Err("there is more than one root element".into());
            }
        }
        if self.open.len() >= MAX_XML_DEPTH {
            return Err(format!("elements are nested deeper than {MAX_XML_DEPTH}"));
        }
        let qualified = tag.name();
        let name: &str = qualified.as_ref();
        if !is_name(name) {
            return Err(format!("{} is no element name", quoted_value(name)));
        }
        if !is_spaced(tag.attributes_raw()) {
            return Err(format!("no space stands between two attributes of <{name}>"));
        }
        let (declared, written) = self.attributes(tag, at)?;
        self.open.push(declared);
        let mut attributes = Vec::with_capacity(written.len());
        for mut attribute in written {
            if let Some((prefix, _)) = attribute.name.split_once(':') {
                attribute.space = self.space(prefix, at);
            }
            attributes.push(attribute);
        }
        let space = self.space(name.split_once(':').map_or("", |(prefix, _)| prefix), at);
        self.visit.start(XmlTag { space, name, attributes, at: self.base + at });
        Ok(())
    }

    /// The prefixes declared by a tag, and its other attributes.
    fn attributes(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<(Vec<String>, Vec<Attribute>), String> {
        let (mut declared, mut others, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        // The reader's own search for twins takes quadratic time.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|e| format!("an attribute cannot be read: {e}"))?;
            let key: &str = attribute.key.as_ref();
            if !is_name(key) {
                return Err(format!("{} is no attribute name", quoted_value(key)));
            }
            if !seen.insert(key.to_owned()) {
                return Err(format!("the attribute {} is given twice", quoted_value(key)));
            }
            if attribute.value.contains('<') {
                return Err(format!("the attribute {} holds a `<`", quoted_value(key)));
            }
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|e| e.to_string())?;
            if let Some(c) = value.chars().find(|c| !is_xml_char(*c)) {
                return Err(format!("the attribute {} refers to U+{:04X}", quoted_value(key), c as u32));
            }
            match key.strip_prefix("xmlns") {
                Some("") => self.bind("", &value, &mut declared),
                Some(prefix) if prefix.starts_with(':') => {
                    let prefix = prefix.trim_start_matches(':');
                    self.known(prefix, &value, at);
                    self.bind(prefix, &value, &mut declared);
                }
                _ => others.push(Attribute {
                    space: Space::None,
                    name: key.to_owned(),
                    numeric: attribute.value.contains("&#x"),
                    value: value.into_owned(),
                }),
            }
        }
        Ok((declared, others))
    }

    fn bind(&mut self, prefix: &str, uri: &str, declared: &mut Vec<String>) {
        self.bound.entry(prefix.to_owned()).or_default().push(uri.to_owned());
        declared.push(prefix.to_owned());
    }

    fn known(&mut self, prefix: &str, uri: &str, at: usize) {
        let message = match meant(prefix, uri) {
            Some(own) => format!("the prefix `{prefix}` is bound to {}, not to `{own}`", quoted_value(uri)),
            None if uri.is_empty() => format!("the prefix `{prefix}` is bound to nothing"),
            None => return,
        };
        self.judge.report(
            Code::UndeclaredPrefix,
            self.base + at,
            message,
            "bind each known prefix to its own namespace",
        );
    }

    fn space(&mut self, prefix: &str, at: usize) -> Space {
        match self.bound.get(prefix).and_then(|uris| uris.last()) {
            Some(uri) => Space::from_uri(uri),
            None if prefix.is_empty() => Space::None,
            None if prefix == "xml" => Space::Xml,
            None => {
                let message = format!("the prefix {} is not declared", quoted_value(prefix));
                self.judge.report(
                    Code::UndeclaredPrefix,
                    self.base + at,
                    message,
                    "declare it (XML Namespaces section 5)",
                );
                Space::Unbound
            }
        }
    }

    fn end(&mut self) {
        for prefix in self.open.pop().unwrap_or_default() {
            if let Some(uris) = self.bound.get_mut(&prefix) {
                uris.pop();
            }
        }
        self.visit.end();
    }
}

fn referenced(reference: &quick_xml::events::BytesRef<'_>) -> Result<(char, TextForm), String> {
    match &**reference {
        "lt" => Ok(('<', TextForm::Plain)),
        "gt" => Ok(('>', TextForm::Plain)),
        "amp" => Ok(('&', TextForm::Plain)),
        "quot" => Ok(('"', TextForm::Plain)),
        "apos" => Ok(('\'', TextForm::Plain)),
        name => match reference.resolve_char_ref() {
            Ok(Some(c)) if is_xml_char(c) && name.starts_with("#x") => Ok((c, TextForm::Numeric)),
            Ok(Some(c)) if is_xml_char(c) => Ok((c, TextForm::Plain)),
            _ => Err(format!(
                "`&{}` is not a predefined XML entity",
                quoted_value(&format!("{name};")).trim_matches('`')
            )),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_forbidden_character_is_passed_over() {
        for c in ('\0'..=char::MAX).filter(|c| !is_xml_char(*c)) {
            assert_eq!(first_forbidden(&format!("é😀ab{c}")).map(|(_, c)| c), Some(c));
        }
        assert_eq!(first_forbidden("a\u{a0}«é\u{fffc}😀\u{feff}\n"), None);
    }
}
