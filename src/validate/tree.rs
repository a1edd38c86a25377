//! A document as elements with their places. Bounded in depth by the pass that builds it.

use super::judge::Judge;
use super::namespaces::Space;
use super::xml::{self, Attribute, TextForm, Visit, XmlTag};

/// An XML element.
#[derive(Debug)]
pub(super) struct XmlElement {
    /// What its name belongs to.
    pub space: Space,
    /// As written, with its prefix.
    pub name: String,
    /// All but declarations.
    pub attributes: Vec<Attribute>,
    /// Its child elements.
    pub children: Vec<XmlElement>,
    /// Its own text, all pieces together.
    pub text: String,
    /// Whether a character of its text was written as `&#x3C;`.
    pub numeric: bool,
    /// The byte where its tag begins.
    pub at: usize,
}

impl XmlElement {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.name.split_once(':').map_or(&self.name, |(_, local)| local)
    }

    /// Whether it is this element.
    pub(super) fn is(&self, space: Space, local: &str) -> bool {
        self.space == space && self.local() == local
    }

    /// Its children of this name.
    pub(super) fn all<'a>(&'a self, space: Space, local: &'a str) -> impl Iterator<Item = &'a XmlElement> {
        self.children.iter().filter(move |child| child.is(space, local))
    }

    /// Its first child of this name.
    pub(super) fn first(&self, space: Space, local: &str) -> Option<&XmlElement> {
        self.children.iter().find(|child| child.is(space, local))
    }

    /// An attribute without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.space == Space::None && a.name == name).map(|a| a.value.as_str())
    }

    /// Its text without white space around it.
    pub(super) fn value(&self) -> &str {
        self.text.trim_matches([' ', '\t', '\r', '\n'])
    }
}

/// The root of a document; `None` where it is not well-formed, which is reported.
pub(super) fn read(text: &str, judge: &mut Judge<'_>) -> Option<XmlElement> {
    let mut builder = Builder::default();
    xml::read(text, judge, &mut builder).then_some(builder.root).flatten()
}

#[derive(Default)]
struct Builder {
    open: Vec<XmlElement>,
    root: Option<XmlElement>,
}

impl Visit for Builder {
    fn start(&mut self, tag: XmlTag<'_>) {
        self.open.push(XmlElement {
            space: tag.space,
            name: tag.name.to_owned(),
            attributes: tag.attributes,
            children: Vec::new(),
            text: String::new(),
            numeric: false,
            at: tag.at,
        });
    }

    fn text(&mut self, text: &str, _: usize, written: TextForm) {
        if let Some(element) = self.open.last_mut() {
            element.numeric |= written == TextForm::Numeric;
            element.text.push_str(text);
        }
    }

    fn end(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }
}
