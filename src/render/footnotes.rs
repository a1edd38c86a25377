//! Footnotes: numbered by their first reference, collected at the end of the content, with links both ways.
//!
//! The links are absolute like all others, because validators treat `#fn1` as a relative URL (W3C class
//! ContainsRelRef).

use super::escape;
use std::collections::HashMap;

/// The footnotes of one body.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// Label → number, and how often it was mentioned.
    mentioned: HashMap<String, (usize, usize)>,
    /// Label → HTML, in the order written; of two with one label the first counts.
    defined: Vec<(String, String)>,
}

impl Footnotes {
    /// Writes a mention. Inside a link it is a number only, because links do not nest.
    pub fn mention(&mut self, out: &mut String, label: &str, page: &str, inside: Inside) {
        let next = self.mentioned.len() + 1;
        let (number, count) = self.mentioned.entry(label.to_owned()).or_insert((next, 0));
        match inside {
            Inside::Link => out.push_str(&format!("<sup>{number}</sup>")),
            Inside::Text => {
                *count += 1;
                let again = if *count > 1 { format!("-{count}") } else { String::new() };
                out.push_str("<sup><a href=\"");
                escape::attribute(out, page);
                out.push_str(&format!("#fn{number}\" id=\"fnref{number}{again}\">{number}</a></sup>"));
            }
        }
    }

    /// Takes the HTML of a definition.
    pub fn define(&mut self, label: String, html: String) {
        self.defined.push((label, html));
    }

    /// Appends all definitions. One that nothing mentions follows the others.
    pub fn append(self, out: &mut String, page: &str) {
        let Self { mut mentioned, defined } = self;
        let mut notes = Vec::with_capacity(defined.len());
        for (label, html) in defined {
            match mentioned.remove(&label) {
                Some((number, count)) => notes.push((number, count, html)),
                None if html.trim().is_empty() => {}
                None => notes.push((usize::MAX, 0, html)),
            }
        }
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(number, ..)| *number);
        out.push_str("<hr>\n<ol>\n");
        for (number, count, html) in notes {
            let body = html.trim_end();
            if count == 0 {
                out.push_str(&format!("<li>{body}</li>\n"));
                continue;
            }
            let (body, end) = body.strip_suffix("</p>").map_or((body, ""), |body| (body, "</p>"));
            out.push_str(&format!("<li id=\"fn{number}\">{body} <a href=\""));
            escape::attribute(out, page);
            out.push_str(&format!("#fnref{number}\">↩</a>{end}</li>\n"));
        }
        out.push_str("</ol>\n");
    }
}

/// The position of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// In a link.
    Link,
    /// At any other position.
    Text,
}
