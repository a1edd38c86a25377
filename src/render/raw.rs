//! Raw HTML of a body, kept to the allow-list of [`elements`](super::elements) and to the structure around it: what an
//! author opens in a paragraph ends with the paragraph, what was never opened is not closed, nothing nests without end.
//!
//! What is refused is reported at its line here; [`sanitise`](super::sanitise) then holds the result to the same list
//! with a real HTML parser.

use super::elements::{self, Content, Element, Fate, Value};
use super::escape;
use super::findings::{BodyFindings, short};
use super::heading;
use super::links::{self, LinkFault, Purpose};
use super::tags::{Side, Tag, Token, Tokens};
use crate::diagnostic::Code;
use crate::model::{AbsUrl, strip_forbidden};

/// Elements open at once; a page that needs more is an attack.
const DEEPEST: usize = 64;

/// Raw HTML in progress, and the Markdown blocks and spans around it.
#[derive(Debug, Default)]
pub struct Raw {
    open: Vec<Open>,
    hidden: Option<Hidden>,
    used: bool,
}

/// What a Markdown block or span may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text and what may stand in it.
    Phrasing,
    /// Blocks too.
    Flow,
}

/// What became of an inline tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inline {
    /// It is written or gone.
    Done,
    /// It is no HTML: `R&D <protocol>` is to be read as text.
    Text,
}

/// What raw HTML is resolved and reported against.
pub struct Surroundings<'a, 'f> {
    /// The base of relative references.
    pub base: &'a AbsUrl,
    /// Where faults go.
    pub findings: &'a mut BodyFindings<'f>,
}

#[derive(Debug)]
enum Open {
    Element(&'static Element),
    Markdown(Holds),
}

/// A refused element whose end has not come: what is written since goes when it comes.
#[derive(Debug)]
struct Hidden {
    name: &'static str,
    from: usize,
    height: usize,
    nested: usize,
}

impl Raw {
    /// A Markdown block or span begins.
    pub fn enter(&mut self, holds: Holds) {
        self.open.push(Open::Markdown(holds));
    }

    /// It ends, and all raw elements opened in it.
    pub fn leave(&mut self, out: &mut String) {
        while let Some(Open::Element(element)) = self.open.pop() {
            end_tag(out, element);
        }
        self.hidden.take_if(|hidden| hidden.height > self.open.len());
    }

    /// Whether any raw HTML was written.
    pub const fn used(&self) -> bool {
        self.used
    }

    /// Whether what is written now will go.
    pub const fn is_hiding(&self) -> bool {
        self.hidden.is_some()
    }

    /// Whether a raw link is open, so that no other may begin.
    pub fn in_link(&self) -> bool {
        self.open.iter().any(|open| matches!(open, Open::Element(element) if element.name == "a"))
    }

    /// A tag, comment or the like within text.
    pub fn inline(&mut self, html: &str, at: usize, out: &mut String, around: &mut Surroundings<'_, '_>) -> Inline {
        let Some((_, Token::Tag(tag))) = Tokens::new(html).next() else { return Inline::Done };
        if tag.is_bare() && !tag.name.contains('-') && elements::fate(&lower(tag.name)) == Fate::Unknown {
            return Inline::Text;
        }
        self.tag(&tag, at, out, around);
        Inline::Done
    }

    /// A block of HTML; `offset` gives the place in the body of a place in the block.
    pub fn block(
        &mut self,
        html: &str,
        offset: impl Fn(usize) -> usize,
        out: &mut String,
        around: &mut Surroundings<'_, '_>,
    ) {
        let mut tokens = Tokens::new(html);
        while let Some((at, token)) = tokens.next() {
            match token {
                Token::Other => {}
                Token::Text(text) if text.trim().is_empty() && out.is_empty() => {}
                Token::Text(text) => {
                    self.used |= !text.trim().is_empty();
                    out.push_str(&text.replace('<', "&lt;"));
                }
                Token::Tag(tag) => {
                    if let Some(raw) = self.tag(&tag, offset(at), out, around) {
                        tokens.skip_raw(raw);
                    }
                }
            }
        }
    }

    /// One tag. Gives the name of a refused element whose raw text follows.
    fn tag(
        &mut self,
        tag: &Tag<'_>,
        at: usize,
        out: &mut String,
        around: &mut Surroundings<'_, '_>,
    ) -> Option<&'static str> {
        let fate = elements::fate(&lower(tag.name));
        if tag.side == Side::End {
            match fate {
                Fate::Keep(element) => self.end(element, out),
                Fate::RefuseContent(name, _) => self.reveal(name, out),
                _ => {}
            }
            return None;
        }
        let attributes = tag.attributes();
        for (name, _) in attributes.iter().filter(|(name, _)| name.starts_with("on") && name.len() > 2) {
            let message = || format!("the event handler `{}` of <{}> is removed", short(name), short(tag.name));
            around.findings.report(Code::UnsafeHtml, at, message, "readers run no scripts: delete it");
        }
        match fate {
            Fate::Keep(element) => self.start(element, tag.side, &attributes, at, out, around),
            Fate::Unwrap | Fate::Unknown => {}
            Fate::Refuse(name) => {
                let message = || format!("<{name}> is removed, because readers do not show it");
                around.findings.report(Code::UnsafeHtml, at, message, "use a link or an image in its place");
            }
            Fate::RefuseContent(name, content) => {
                let message = || format!("<{name}> is removed with all that it holds");
                around.findings.report(Code::UnsafeHtml, at, message, REFUSED_HELP);
                if tag.side == Side::Start {
                    self.hide(name, out.len());
                    return (content == Content::Raw).then_some(name);
                }
            }
        }
        None
    }

    fn start(
        &mut self,
        element: &'static Element,
        side: Side,
        attributes: &[(String, String)],
        at: usize,
        out: &mut String,
        around: &mut Surroundings<'_, '_>,
    ) {
        let holder = self.open.iter().rev().find_map(|o| if let Open::Markdown(h) = o { Some(*h) } else { None });
        if element.is_flow() && holder == Some(Holds::Phrasing) {
            return;
        }
        let ended = self.ended_by(element);
        let Some(written) = opening(element, attributes, at, around) else {
            if element.name == "img" {
                let alt = attributes.iter().find(|(name, _)| name == "alt").map_or("", |(_, alt)| alt);
                escape::text(out, &strip_forbidden(alt).0);
            }
            return;
        };
        if let Some(height) = ended {
            self.end_down_to(height, out);
        }
        let elements = self.open.iter().filter(|open| matches!(open, Open::Element(_))).count();
        if elements >= DEEPEST && !element.is_void() {
            return;
        }
        self.used = true;
        out.push_str(&written);
        match (element.is_void(), side) {
            (true, _) => {}
            (false, Side::Both) => end_tag(out, element),
            (false, _) => self.open.push(Open::Element(element)),
        }
    }

    /// How many open elements stay when this one begins, if it ends any.
    fn ended_by(&self, new: &Element) -> Option<usize> {
        for (height, open) in self.open.iter().enumerate().rev() {
            match open {
                Open::Element(open) if elements::ends(new, open) => return Some(height),
                Open::Element(open) if elements::is_boundary(new, open) => return None,
                Open::Element(_) => {}
                Open::Markdown(_) => return None,
            }
        }
        None
    }

    fn end(&mut self, element: &'static Element, out: &mut String) {
        for (height, open) in self.open.iter().enumerate().rev() {
            match open {
                Open::Element(open) if open.name == element.name => return self.end_down_to(height, out),
                Open::Element(open) if elements::shields(open, element) => return,
                Open::Element(_) => {}
                Open::Markdown(_) => return,
            }
        }
    }

    fn end_down_to(&mut self, height: usize, out: &mut String) {
        for open in self.open.drain(height..).rev() {
            if let Open::Element(element) = open {
                end_tag(out, element);
            }
        }
        self.hidden.take_if(|hidden| hidden.height > height);
    }

    fn hide(&mut self, name: &'static str, from: usize) {
        match &mut self.hidden {
            Some(hidden) if hidden.name == name => hidden.nested += 1,
            Some(_) => {}
            None => self.hidden = Some(Hidden { name, from, height: self.open.len(), nested: 0 }),
        }
    }

    fn reveal(&mut self, name: &str, out: &mut String) {
        let Some(hidden) = self.hidden.as_mut().filter(|hidden| hidden.name == name) else { return };
        if let Some(less) = hidden.nested.checked_sub(1) {
            hidden.nested = less;
            return;
        }
        let since = self.open.get(hidden.height..).unwrap_or_default();
        if since.iter().all(|open| matches!(open, Open::Element(_))) {
            out.truncate(hidden.from);
            self.open.truncate(hidden.height);
        }
        self.hidden = None;
    }
}

/// Reports a reference that cannot stand in a feed.
pub fn report_link(findings: &mut BodyFindings<'_>, at: usize, fault: &LinkFault, reference: &str) {
    match fault {
        LinkFault::Scheme(scheme) => {
            let message = || {
                format!(
                    "`{}` has the scheme `{}`, which no reader may follow; it was removed",
                    short(reference),
                    short(scheme)
                )
            };
            findings.report(Code::UnsafeLink, at, message, "use an address that begins with https:// or mailto:");
        }
        LinkFault::Unreadable => {
            let message = || format!("`{}` cannot be read as a URL; it was removed", short(reference));
            findings.report(Code::BadBodyUrl, at, message, "write a whole address, or a path on this site");
        }
    }
}

const REFUSED_HELP: &str = "no reader runs or shows it: say it in text, a link or an image";

/// The start tag; `None` where nothing is left that would make sense.
fn opening(
    element: &Element,
    attributes: &[(String, String)],
    at: usize,
    around: &mut Surroundings<'_, '_>,
) -> Option<String> {
    let mut out = format!("<{}", element.name);
    let mut named = Vec::new();
    for (name, written) in attributes {
        let name = name.as_str();
        if !element.attributes.contains(&name) && !elements::EVERYWHERE.contains(&name) {
            continue;
        }
        if let Some(value) = attribute(name, written, at, around) {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape::attribute(&mut out, &value);
            out.push('"');
            named.push(name);
        }
    }
    out.push('>');
    let makes_sense = match element.name {
        "a" => !named.is_empty(),
        "img" | "source" => named.iter().any(|name| matches!(*name, "src" | "srcset")),
        "track" => named.contains(&"src"),
        _ => true,
    };
    makes_sense.then_some(out)
}

fn attribute(name: &str, written: &str, at: usize, around: &mut Surroundings<'_, '_>) -> Option<String> {
    let purpose = match elements::value(name) {
        Value::Link => Purpose::Link,
        Value::Media => Purpose::Media,
        Value::Set => {
            let (set, faults) = links::srcset(around.base, written);
            faults.iter().for_each(|fault| report_link(around.findings, at, fault, written));
            return (!set.is_empty()).then_some(set);
        }
        Value::Id => return heading::is_safe_id(written).then(|| written.to_owned()),
        Value::Number => {
            let digits = written.trim().trim_end_matches("px");
            let number = digits.strip_suffix('%').unwrap_or(digits);
            let legal = !number.is_empty() && number.len() < 10 && number.bytes().all(|b| b.is_ascii_digit());
            return legal.then(|| digits.to_owned());
        }
        Value::Flag => return Some(String::new()),
        Value::Text => return Some(strip_forbidden(written).0.into_owned()),
    };
    if written.trim().is_empty() && purpose == Purpose::Media {
        return None;
    }
    match links::resolve(around.base, written, purpose) {
        Ok(url) => Some(url.into_owned()),
        Err(fault) => {
            report_link(around.findings, at, &fault, written);
            None
        }
    }
}

fn end_tag(out: &mut String, element: &Element) {
    out.push_str("</");
    out.push_str(element.name);
    out.push('>');
}

fn lower(name: &str) -> String {
    name.chars().take(40).map(|c| c.to_ascii_lowercase()).collect()
}
