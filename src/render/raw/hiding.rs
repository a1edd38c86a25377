//! Removes the content of a body that its page does not display.
//!
//! An element ends where an HTML parser ends it. If that is within a Markdown block that began inside the element, the
//! block continues without the hidden part.

use super::{Holds, Open, Raw, lower};
use crate::model::html::{HtmlTag, TagSide, tags};
use crate::render::elements::{Element, ElementOutcome};

/// A part of the body that is left out, and whose end has not come.
#[derive(Debug)]
pub struct Hidden {
    /// What ends it.
    pub until: Until,
    /// The offset in the output at which it begins.
    pub from: usize,
    /// The number of elements and blocks that are open around its content.
    pub height: usize,
    /// Its place in the body.
    pub at: usize,
}

/// What ends a hidden part.
#[derive(Debug)]
pub enum Until {
    /// The end of the open element below [`Hidden::height`].
    Element(&'static Element),
    /// The end tag of an element that is not written. Without it the part ends with the block around it.
    EndTag(String, usize),
    /// The end tag of a refused element. Without it nothing is left out.
    Refused(&'static str, usize),
}

/// Whether the text written now is displayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// The text is displayed.
    #[default]
    Shown,
    /// It is left out.
    Hidden,
}

impl Hidden {
    /// Whether it is left out even if its end never comes.
    pub const fn is_cut(&self) -> bool {
        !matches!(self.until, Until::Refused(..))
    }

    /// Whether its end tag may be left out without hiding more than its author meant (HTML, "Optional tags").
    pub fn may_stay_open(&self) -> bool {
        const OPTIONAL: [&str; 12] =
            ["caption", "colgroup", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "th", "tr"];
        matches!(self.until, Until::Element(element) if OPTIONAL.contains(&element.name))
    }

    /// The height of what was hidden first: that of the element itself where it is open.
    pub const fn first(&self) -> usize {
        match self.until {
            Until::Element(_) => self.height.saturating_sub(1),
            Until::EndTag(..) | Until::Refused(..) => self.height,
        }
    }

    /// Cuts it out of the output. Returns the start tags of elements that continue; `closed` are elements in it that do
    /// not.
    pub fn cut(&self, out: &mut String, closed: &[(usize, &Element)]) -> String {
        if self.from > out.len() {
            return String::new();
        }
        let removed = out.split_off(self.from);
        let mut open: Vec<(&str, &str)> = Vec::new();
        for tag in tags(&removed).filter(|tag| !tag.is_void()) {
            if tag.side == TagSide::Start {
                open.push((tag.name, tag.text));
            } else if let Some(at) = open.iter().rposition(|(name, _)| *name == tag.name) {
                open.truncate(at);
            }
        }
        for (_, element) in closed.iter().rev() {
            if let Some(at) = open.iter().rposition(|(open, _)| *open == element.name) {
                open.remove(at);
            }
        }
        open.into_iter().map(|(_, tag)| tag).collect()
    }
}

impl Raw {
    /// Whether the text written now will be removed.
    pub const fn is_hiding(&self) -> bool {
        self.hidden.is_some()
    }

    /// Whether findings should be reported: the content of a refused element is reported with the element.
    pub fn visibility(&self) -> Visibility {
        if self.hidden.as_ref().is_some_and(Hidden::is_cut) { Visibility::Hidden } else { Visibility::Shown }
    }

    /// Begins text that is displayed elsewhere, such as a footnote: hidden elements around it do not hide it.
    pub fn begin_note(&mut self) -> Option<Hidden> {
        self.enter(Holds::Flow);
        self.hidden.take()
    }

    /// Ends that text; hidden elements around it count again.
    pub fn end_note(&mut self, before: Option<Hidden>, out: &mut String) {
        self.leave(out);
        self.hidden = before;
    }

    /// A Markdown block begins. It ends a hidden `<p>`, as every block does (HTML, "Optional tags").
    pub fn begin_block(&mut self, out: &mut String) {
        let Some(Hidden { until: Until::Element(element), height, .. }) = &self.hidden else { return };
        let since = self.open.get(*height..).unwrap_or_default();
        if element.name == "p" && since.iter().all(|open| matches!(open, Open::Element(_))) {
            self.end_down_to(height - 1, out);
        }
    }

    /// Something hidden ended with the block around it, and not by its own end tag.
    pub(super) fn end_unclosed(&mut self, ended: Option<Hidden>, out: &mut String) {
        let Some(hidden) = ended.filter(Hidden::is_cut) else { return };
        hidden.cut(out, &[]);
        if !hidden.may_stay_open() {
            self.unclosed.push(hidden.at);
        }
    }

    /// Leaves out a hidden element and its content up to its end.
    pub(super) fn leave_out(&mut self, outcome: ElementOutcome, tag: &HtmlTag<'_>, at: usize, out: &mut String) {
        let name = lower(tag.name);
        if let ElementOutcome::Keep(element) = outcome
            && let Some(height) = self.ended_by(element)
        {
            self.end_down_to(height, out);
        }
        if outcome == ElementOutcome::Unknown {
            self.drop_name(name.clone());
        }
        if tag.is_void() || tag.side == TagSide::Both {
            return;
        }
        let until = match outcome {
            ElementOutcome::Keep(element) => {
                self.tally.more(element);
                self.open.push(Open::Element(element));
                Until::Element(element)
            }
            _ => Until::EndTag(name, 0),
        };
        self.hidden = Some(Hidden { until, from: out.len(), height: self.open.len(), at });
    }

    pub(super) fn refuse(&mut self, name: &'static str, at: usize, from: usize) {
        match &mut self.hidden {
            Some(Hidden { until: Until::Refused(open, nested), .. }) if *open == name => *nested += 1,
            Some(_) => {}
            None => self.hidden = Some(Hidden { until: Until::Refused(name, 0), from, height: self.open.len(), at }),
        }
    }

    /// Counts the start tag of an element that is not written, within a hidden one of its name.
    pub(super) fn nest(&mut self, name: &str, side: TagSide) {
        if let Some(Hidden { until: Until::EndTag(open, nested), .. }) = &mut self.hidden
            && side == TagSide::Start
            && open == name
        {
            *nested += 1;
        }
    }

    /// The end tag of an element that is not written.
    pub(super) fn reveal(&mut self, name: &str, out: &mut String) {
        let Some(hidden) = self.hidden.as_mut() else { return };
        let nested = match &mut hidden.until {
            Until::EndTag(open, nested) if open == name => nested,
            Until::Refused(open, nested) if *open == name => nested,
            _ => return,
        };
        if let Some(less) = nested.checked_sub(1) {
            *nested = less;
            return;
        }
        let Some(hidden) = self.hidden.take() else { return };
        let closed = self.close(hidden.height);
        let goes_on = hidden.cut(out, &closed);
        out.push_str(&goes_on);
    }
}
