//! Whether the elements of HTML close where they should (HTML Living Standard section 13.2.6), without building a tree.
//!
//! Knows the end tags that may be left out, paragraphs that end by themselves, lists and tables. It finds what a strict
//! parser calls an error in ordinary articles; it does not model forms, templates or scripts.

use super::html_tags::{CLOSES_P, FORMATTING, HEADINGS, IMPLIED, OPTIONAL_END, ROWS, SCOPE, VOID, among, is_known};
use super::html_tokens::Ending;

const MAX_HTML_DEPTH: usize = 500;

/// The elements open at one point.
#[derive(Debug, Default)]
pub(super) struct Nest {
    open: Vec<String>,
    /// How many elements were open when SVG or MathML began.
    foreign: Option<usize>,
}

impl Nest {
    /// Handles a start tag and returns what is wrong with it.
    pub(super) fn start(&mut self, name: &str, ending: Ending, faults: &mut Vec<String>) {
        if self.open.len() >= MAX_HTML_DEPTH {
            return;
        }
        if self.foreign.is_none() {
            self.known(name, faults);
            self.make_room(name, faults);
        }
        let void = among(VOID, name) || (self.foreign.is_some() && ending == Ending::Slash);
        if self.foreign.is_none() && ending == Ending::Slash && !void && is_known(name) {
            faults.push(format!("<{name}/> is not self-closing in HTML"));
        }
        if !void {
            self.open.push(name.to_owned());
            if self.open.len() == MAX_HTML_DEPTH {
                faults.push(format!("elements are nested deeper than {MAX_HTML_DEPTH}"));
            }
        }
    }

    /// An end tag.
    pub(super) fn end(&mut self, name: &str, faults: &mut Vec<String>) {
        if self.open.len() >= MAX_HTML_DEPTH {
            return;
        }
        if among(VOID, name) {
            return faults.push(format!("</{name}> is an end tag at a place where none is allowed"));
        }
        let found = self.open.iter().rposition(|open| open == name);
        let Some(found) = found.filter(|at| name != "p" || self.p_in_scope() == Some(*at)) else {
            return faults.push(format!("</{name}> has no matching start tag"));
        };
        let table = among(ROWS, name) || matches!(name, "tr" | "table" | "td" | "th");
        let may_close = |open: &str| {
            among(IMPLIED, open) || (table && (among(ROWS, open) || matches!(open, "tr" | "td" | "th" | "colgroup")))
        };
        let inner = self.open.get(found + 1..).unwrap_or_default();
        let wrong = inner.iter().find(|open| among(FORMATTING, name) || !may_close(open));
        if let Some(wrong) = wrong {
            faults.push(format!("<{wrong}> is still open at </{name}>"));
        }
        self.close_to(found);
    }

    /// Text that is not only white space.
    pub(super) fn text(&self, faults: &mut Vec<String>) {
        if let Some(top) = self.open.last().filter(|top| self.foreign.is_none() && in_table(top)) {
            faults.push(format!("text stands in <{top}> outside its cells"));
        }
    }

    /// At the end.
    pub(super) fn finish(&self, faults: &mut Vec<String>) {
        if let Some(open) = self.open.iter().find(|open| !among(OPTIONAL_END, open)) {
            faults.push(format!("<{open}> is not closed"));
        }
    }

    fn known(&mut self, name: &str, faults: &mut Vec<String>) {
        if matches!(name, "svg" | "math") {
            faults.push(format!("the content contains <{name}>, which few readers show"));
            self.foreign = Some(self.open.len());
        } else if matches!(name, "html" | "head" | "body") {
            faults.push(format!("the content contains <{name}>, which belongs to a whole page"));
        } else if !is_known(name) {
            faults.push(format!("HTML has no <{name}>"));
        }
    }

    /// Closes what ends by itself before this element.
    fn make_room(&mut self, name: &str, faults: &mut Vec<String>) {
        match name {
            "li" => self.close_sibling(&["li"], &["ul", "ol", "menu", "dir"], faults),
            "dd" | "dt" => self.close_sibling(&["dd", "dt"], &["dl"], faults),
            "option" => self.close_sibling(&["option"], &["select", "datalist", "optgroup"], faults),
            "optgroup" => self.close_sibling(&["optgroup"], &["select"], faults),
            "rt" | "rp" | "rb" | "rtc" => self.close_sibling(&["rt", "rp", "rb"], &["ruby", "rtc"], faults),
            "caption" | "colgroup" | "col" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" => {
                return self.table_part(name, faults);
            }
            "a" | "nobr" | "button" | "form" => self.not_inside_itself(name, faults),
            _ => {}
        }
        if among(CLOSES_P, name) {
            self.close_p(name, faults);
        }
        if among(HEADINGS, name) && self.open.last().is_some_and(|top| among(HEADINGS, top)) {
            faults.push(format!("<{name}> is nested in another heading"));
        }
        let allowed = matches!(name, "script" | "style" | "template");
        if let Some(top) = self.open.last().filter(|top| in_table(top) && !allowed) {
            faults.push(format!("<{name}> is inside <{top}> but outside its cells"));
        }
    }

    fn p_in_scope(&self) -> Option<usize> {
        let bound = self.open.iter().rposition(|open| among(SCOPE, open));
        self.open.iter().rposition(|open| open == "p").filter(|at| bound.is_none_or(|bound| *at > bound))
    }

    fn close_p(&mut self, name: &str, faults: &mut Vec<String>) {
        let Some(at) = self.p_in_scope() else { return };
        if let Some(inner) = self.open.get(at + 1..).and_then(|open| open.iter().find(|open| !among(IMPLIED, open))) {
            faults.push(format!("<{inner}> is still open where <{name}> ends the paragraph"));
        }
        self.close_to(at);
    }

    /// Closes an open sibling, up to the list that holds it.
    fn close_sibling(&mut self, siblings: &[&str], lists: &[&str], faults: &mut Vec<String>) {
        let bound = self.open.iter().rposition(|open| lists.contains(&open.as_str()) || among(SCOPE, open));
        let sibling = self.open.iter().rposition(|open| siblings.contains(&open.as_str()));
        let Some(at) = sibling.filter(|at| bound.is_none_or(|bound| *at > bound)) else { return };
        if let Some(inner) = self.open.get(at + 1..).and_then(|open| open.iter().find(|open| !among(IMPLIED, open))) {
            faults.push(format!("<{inner}> is still open where the next list item begins"));
        }
        self.close_to(at);
    }

    fn not_inside_itself(&mut self, name: &str, faults: &mut Vec<String>) {
        let bound = self.open.iter().rposition(|open| matches!(open.as_str(), "td" | "th" | "caption" | "object"));
        let outer = self.open.iter().rposition(|open| open == name);
        if outer.is_some_and(|at| bound.is_none_or(|bound| at > bound)) {
            faults.push(format!("<{name}> is nested in another <{name}>"));
        }
    }

    fn table_part(&mut self, name: &str, faults: &mut Vec<String>) {
        let Some(table) = self.open.iter().rposition(|open| open == "table") else {
            return faults.push(format!("<{name}> is outside a table"));
        };
        let keep: &[&str] = match name {
            "tr" => &["tbody", "thead", "tfoot"],
            "td" | "th" => &["tbody", "thead", "tfoot", "tr"],
            "col" => &["colgroup"],
            _ => &[],
        };
        let kept = self.open.iter().skip(table + 1).take_while(|open| keep.contains(&open.as_str())).count();
        let may_close =
            |open: &str| among(IMPLIED, open) || among(ROWS, open) || matches!(open, "tr" | "td" | "th" | "colgroup");
        let at = table + 1 + kept;
        if let Some(inner) = self.open.get(at..).and_then(|open| open.iter().find(|open| !may_close(open))) {
            faults.push(format!("<{inner}> is still open where <{name}> begins"));
        }
        self.close_to(at);
        let top = self.open.last().map(String::as_str).unwrap_or_default();
        match name {
            "tr" if top == "table" => self.open.push("tbody".to_owned()),
            "td" | "th" if top != "tr" => faults.push(format!("<{name}> stands outside a row")),
            _ => {}
        }
    }

    fn close_to(&mut self, at: usize) {
        self.open.truncate(at);
        if self.foreign.is_some_and(|began| self.open.len() <= began) {
            self.foreign = None;
        }
    }
}

fn in_table(name: &str) -> bool {
    among(ROWS, name) || matches!(name, "table" | "tr" | "colgroup")
}
