//! Raw HTML of a body, limited to the allow-list of [`elements`] and to the structure around it: an element opened in a
//! paragraph ends with the paragraph, an unmatched end tag is dropped, and the nesting depth is limited.
//!
//! Refused elements are reported at their line here; [`sanitise`](super::sanitise) then checks the result against the
//! same list with a real HTML parser.

mod hiding;

use super::attributes::{self, Surroundings};
use super::code_language;
use super::elements::{self, Element, ElementOutcome, RefusedContent};
use super::escape;
use super::findings::short;
use crate::diagnostic::Code;
use crate::model::hidden::is_hidden;
use crate::model::html::{HtmlTag, HtmlToken, HtmlTokens, TagSide, value};
use crate::model::strip_forbidden;
pub use hiding::{Hidden, Visibility};

/// Elements open at once; a page that needs more is an attack.
const MAX_OPEN_ELEMENTS: usize = 64;
/// The nesting limit within content that is left out, which readers do not have to handle.
const MAX_OPEN_HIDDEN_ELEMENTS: usize = 256;

/// Raw HTML in progress, and the Markdown blocks and spans around it.
#[derive(Debug, Default)]
pub struct Raw {
    open: Vec<Open>,
    tally: Tally,
    hidden: Option<Hidden>,
    /// Places of hidden elements that ended with the block around them.
    unclosed: Vec<usize>,
    used: bool,
    /// The language of the code in an open element, and the height from which on that is open.
    language: Option<(usize, String)>,
    /// Names of unknown elements whose start tags went, so that their end tags go too.
    dropped: Vec<String>,
}

/// What a Markdown block or span may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text and the elements allowed in it.
    Phrasing,
    /// Text and blocks.
    Flow,
}

/// What became of an inline tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inline {
    /// It is written or gone.
    Done,
    /// It is not HTML: `R&D <protocol>` is displayed as text.
    Text,
}

/// What is open, counted: a body of a hundred thousand quotations is not looked through for each of its links.
#[derive(Debug, Default)]
struct Tally {
    elements: usize,
    links: usize,
    boxes: usize,
}

impl Tally {
    fn count(&mut self, element: &Element, by: impl Fn(usize) -> usize) {
        const BOXES: [&str; 6] = ["aside", "blockquote", "details", "figure", "li", "table"];
        self.elements = by(self.elements);
        if element.name == "a" {
            self.links = by(self.links);
        }
        if BOXES.contains(&element.name) {
            self.boxes = by(self.boxes);
        }
    }

    fn more(&mut self, element: &Element) {
        self.count(element, |n| n + 1);
    }

    fn less(&mut self, element: &Element) {
        self.count(element, |n| n.saturating_sub(1));
    }
}

#[derive(Debug)]
enum Open {
    Element(&'static Element),
    Markdown(Holds),
}

impl Raw {
    /// A Markdown block or span begins.
    pub fn enter(&mut self, holds: Holds) {
        self.open.push(Open::Markdown(holds));
    }

    /// It ends, and all raw elements opened in it.
    pub fn leave(&mut self, out: &mut String) {
        let block = self.open.iter().rposition(|open| matches!(open, Open::Markdown(_)));
        let ended = self.end_down_to(block.map_or(0, |at| at + 1), out);
        self.open.pop();
        let ended = ended.or_else(|| self.hidden.take_if(|hidden| hidden.height > self.open.len()));
        self.end_unclosed(ended, out);
    }

    /// The body ends. Gives the places of hidden elements that were never closed.
    pub fn finish(&mut self, out: &mut String) -> Vec<usize> {
        let ended = self.end_down_to(0, out).or_else(|| self.hidden.take());
        self.end_unclosed(ended, out);
        std::mem::take(&mut self.unclosed)
    }

    /// Whether any raw HTML was written.
    pub const fn used(&self) -> bool {
        self.used
    }

    /// Whether a raw link is open, so that no other may begin.
    pub const fn in_link(&self) -> bool {
        self.tally.links > 0
    }

    /// Whether the current position is in a quotation, a figure or a table of raw HTML, outside the main text.
    pub const fn in_box(&self) -> bool {
        self.used && self.tally.boxes > 0
    }

    /// A tag, comment or the like within text.
    pub fn inline(&mut self, html: &str, at: usize, out: &mut String, around: &mut Surroundings<'_, '_>) -> Inline {
        let Some((_, HtmlToken::Tag(tag))) = HtmlTokens::new(html).next() else { return Inline::Done };
        let name = lower(tag.name);
        if tag.is_bare()
            && !name.contains('-')
            && elements::outcome(&name) == ElementOutcome::Unknown
            && !self.dropped.contains(&name)
        {
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
        let mut tokens = HtmlTokens::new(html);
        while let Some((at, token)) = tokens.next() {
            around.findings.set_visibility(self.visibility());
            match token {
                HtmlToken::Other => {}
                HtmlToken::Text(text) if text.trim().is_empty() && out.is_empty() => {}
                HtmlToken::Text(text) => {
                    self.used |= !text.trim().is_empty();
                    out.push_str(&text.replace('<', "&lt;"));
                }
                HtmlToken::Tag(tag) => {
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
        tag: &HtmlTag<'_>,
        at: usize,
        out: &mut String,
        around: &mut Surroundings<'_, '_>,
    ) -> Option<&'static str> {
        let name = lower(tag.name);
        let outcome = elements::outcome(&name);
        if tag.side == TagSide::End {
            match outcome {
                ElementOutcome::Keep(element) => self.end(element, out),
                _ => self.reveal(&name, out),
            }
            return None;
        }
        let attributes = tag.attributes();
        if !self.is_hiding() && !matches!(outcome, ElementOutcome::RefuseContent(..)) && is_hidden(&attributes) {
            let message = || format!("<{}> is hidden on the page, so the feed leaves it out", short(tag.name));
            around.findings.report(Code::HiddenText, at, message, HIDDEN_HELP);
            self.leave_out(outcome, tag, at, out);
            return None;
        }
        for (name, _) in attributes.iter().filter(|(name, _)| name.starts_with("on") && name.len() > 2) {
            let message = || format!("the event handler `{}` of <{}> was removed", short(name), short(tag.name));
            around.findings.report(Code::UnsafeHtml, at, message, "delete it: feed readers do not run scripts");
        }
        match outcome {
            ElementOutcome::Keep(element) if self.admits(element) => {
                self.keep(element, tag.side, &attributes, at, (out, around))
            }
            ElementOutcome::Keep(_) => {}
            ElementOutcome::Unwrap => self.nest(&name, tag.side),
            ElementOutcome::Unknown => {
                self.nest(&name, tag.side);
                self.drop_name(name);
            }
            ElementOutcome::Refuse(name) => {
                self.nest(name, tag.side);
                let message = || format!("<{name}> was removed, because feed readers do not show it");
                around.findings.report(Code::UnsafeHtml, at, message, "replace it with a link or an image");
            }
            ElementOutcome::RefuseContent(name, content) => {
                let message = || format!("<{name}> was removed with its content");
                around.findings.report(Code::UnsafeHtml, at, message, REFUSED_HELP);
                if tag.side == TagSide::Start {
                    self.refuse(name, at, out.len());
                    return (content == RefusedContent::Raw).then_some(name);
                }
            }
        }
        None
    }

    /// Writes an element that is admitted, with its attributes.
    fn keep(
        &mut self,
        element: &'static Element,
        side: TagSide,
        attributes: &[(String, String)],
        at: usize,
        (out, around): (&mut String, &mut Surroundings<'_, '_>),
    ) {
        let language = code_language::of_attributes(attributes).or_else(|| self.language_around(element));
        match attributes::opening(element, attributes, language.as_deref(), at, around) {
            Some(written) => {
                self.start(element, side, &written, out);
                self.remember_language(element, language);
            }
            None if element.name == "img" => {
                let alt = value(attributes, "alt").unwrap_or_default();
                escape::text(out, &strip_forbidden(alt).0);
            }
            None => {}
        }
    }

    /// Writes the start tag of an element that is admitted.
    fn start(&mut self, element: &'static Element, side: TagSide, written: &str, out: &mut String) {
        if let Some(height) = self.ended_by(element) {
            self.end_down_to(height, out);
        }
        let deepest = if self.is_hiding() { MAX_OPEN_HIDDEN_ELEMENTS } else { MAX_OPEN_ELEMENTS };
        if self.tally.elements >= deepest && !element.is_void() {
            return;
        }
        self.used = true;
        out.push_str(written);
        match (element.is_void(), side) {
            (true, _) => {}
            (false, TagSide::Both) => end_tag(out, element),
            (false, _) => {
                self.tally.more(element);
                self.open.push(Open::Element(element));
            }
        }
    }

    /// Keeps the language of a block that was just opened, for the code in it.
    fn remember_language(&mut self, element: &Element, language: Option<String>) {
        let is_open = matches!(self.open.last(), Some(Open::Element(last)) if last.name == element.name);
        if let Some(language) = language.filter(|_| is_open && matches!(element.name, "div" | "figure" | "pre")) {
            self.language = Some((self.open.len() - 1, language));
        }
    }

    /// The language that the elements around `code` in `pre` name, as highlighters write it.
    fn language_around(&self, element: &Element) -> Option<String> {
        let is_pre = |open: &Open| matches!(open, Open::Element(element) if element.name == "pre");
        let (_, language) =
            self.language.as_ref().filter(|_| element.name == "code" && self.open.iter().any(is_pre))?;
        Some(language.clone())
    }

    /// Whether the element may stand here: a block in no paragraph, a list item in a list, only parts of a table
    /// directly in one.
    /// All that is left out may.
    fn admits(&self, new: &Element) -> bool {
        if self.hidden.as_ref().is_some_and(Hidden::is_cut) {
            return true;
        }
        let holder = self.open.iter().rev().find_map(|o| if let Open::Markdown(h) = o { Some(*h) } else { None });
        if new.is_flow() && holder == Some(Holds::Phrasing) {
            return false;
        }
        let mut within =
            self.open.iter().rev().map_while(|o| if let Open::Element(e) = o { Some(e.name) } else { None });
        match elements::parents(new) {
            Some(["ruby"]) => within.find(|name| !matches!(*name, "rp" | "rt")) == Some("ruby"),
            Some(parents) => within.any(|name| parents.contains(&name)),
            None => !within.next().is_some_and(|name| elements::TABLE.contains(&name)),
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
        let hidden_from = self.hidden.as_ref().filter(|hidden| hidden.is_cut()).map_or(usize::MAX, |h| h.height);
        for (height, open) in self.open.iter().enumerate().rev() {
            match open {
                Open::Element(open) if open.name == element.name => {
                    self.end_down_to(height, out);
                    return;
                }
                Open::Element(open) if elements::shields(open, element) => return,
                // A tag within a Markdown block ends hidden content that began outside the block.
                Open::Markdown(_) if height < hidden_from => return,
                Open::Element(_) | Open::Markdown(_) => {}
            }
        }
    }

    /// Ends the open elements from this height on, and gives what was hidden until then. Markdown blocks stay open.
    fn end_down_to(&mut self, height: usize, out: &mut String) -> Option<Hidden> {
        let ended = self.hidden.take_if(|hidden| hidden.height > height);
        let cut = ended.as_ref().filter(|hidden| hidden.is_cut());
        let cut_from = cut.map_or(usize::MAX, Hidden::first);
        let (written, gone): (Vec<_>, Vec<_>) = self.close(height).into_iter().partition(|(at, _)| *at < cut_from);
        let goes_on = cut.map(|hidden| hidden.cut(out, &gone));
        written.iter().rev().for_each(|(_, element)| end_tag(out, element));
        out.push_str(goes_on.as_deref().unwrap_or_default());
        ended
    }

    /// The elements open from this height on, which are so no more, each with its height.
    fn close(&mut self, height: usize) -> Vec<(usize, &'static Element)> {
        let mut closed = Vec::new();
        self.language.take_if(|(from, _)| *from >= height);
        for (at, open) in self.open.split_off(height.min(self.open.len())).into_iter().enumerate() {
            match open {
                Open::Markdown(_) => self.open.push(open),
                Open::Element(element) => {
                    self.tally.less(element);
                    closed.push((height + at, element));
                }
            }
        }
        closed
    }

    fn drop_name(&mut self, name: String) {
        if self.dropped.len() < MAX_OPEN_ELEMENTS && !self.dropped.contains(&name) {
            self.dropped.push(name);
        }
    }
}

const REFUSED_HELP: &str = "replace it with text, a link or an image: feed readers do not run or show it";

const HIDDEN_HELP: &str = "to publish it, remove the `hidden` attribute or the `style` that hides it";

fn end_tag(out: &mut String, element: &Element) {
    out.push_str("</");
    out.push_str(element.name);
    out.push('>');
}

fn lower(name: &str) -> String {
    name.chars().take(40).map(|c| c.to_ascii_lowercase()).collect()
}
