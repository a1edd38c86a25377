//! The rewritten text in progress, with the origin of each part.
//!
//! A block that replaces a leftover is written into the same quotation or list item, with blank lines around it, so
//! that Markdown parses it as a block and the text after it as Markdown.

use super::address::AddressState;
use super::origins::{OriginRun, Origins};
use super::tokens::Context;

/// Text in progress.
#[derive(Debug, Default)]
pub struct Out {
    draft: Draft,
    origins: Origins,
    /// Texts of `{% capture %}` that are open.
    captures: Vec<Draft>,
    /// What begins the lines after a block that has just been written.
    after_block: Option<Lead>,
}

/// A text, and whether its end is within a URL.
#[derive(Debug, Default)]
struct Draft {
    text: String,
    /// Where its last line begins.
    line: usize,
    /// Where the line before that begins.
    line_before: Option<usize>,
    address: AddressState,
}

impl Draft {
    fn push(&mut self, part: &str) {
        let from = self.text.len();
        self.text.push_str(part);
        self.address.follow(&self.text, from);
        if let Some(last) = part.rfind('\n') {
            let before = part.get(..last).and_then(|lines| lines.rfind('\n'));
            self.line_before = Some(before.map_or(self.line, |at| from + at + 1));
            self.line = from + last + 1;
        }
    }

    fn last_line(&self) -> &str {
        self.text.get(self.line..).unwrap_or_default()
    }

    fn remove_last_line(&mut self) {
        self.text.truncate(self.line);
        self.address = AddressState::default();
    }

    /// Whether the last line follows a blank one, or is the first.
    fn is_after_blank(&self) -> bool {
        let before = self.line_before.and_then(|from| self.text.get(from..self.line));
        before.is_none_or(|before| before.trim_matches([' ', '\t', '>', '\n']).is_empty())
    }
}

/// How the lines of a block begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Lead {
    /// The prefix of a line with text.
    line: String,
    /// The prefix of a blank line.
    blank: String,
}

impl Out {
    /// Copies a part of the text as written, which begins at `from`.
    pub fn copy(&mut self, part: &str, from: usize) {
        let (mut part, mut from) = (part, from);
        if let Some(lead) = self.after_block.take_if(|_| !part.is_empty()) {
            let trimmed = part.trim_start_matches([' ', '\t']);
            match trimmed.strip_prefix('\n') {
                Some(next) => {
                    let line = next.split_once('\n').map(|(line, _)| line);
                    let is_blank = line.is_some_and(|line| line.trim_matches([' ', '\t', '>']).is_empty());
                    if !is_blank {
                        self.write(&format!("\n{}", lead.blank), from, OriginRun::Made);
                    }
                }
                None if trimmed.is_empty() => self.after_block = Some(lead),
                None => {
                    self.write(&format!("\n{}\n{}", lead.blank, lead.line), from, OriginRun::Made);
                    from += part.len() - trimmed.len();
                    part = trimmed;
                }
            }
        }
        self.write(part, from, OriginRun::Copied);
    }

    /// Writes text in place of the leftover that begins at `from`.
    pub fn made(&mut self, text: &str, from: usize) {
        if text.is_empty() {
            return;
        }
        if let Some(lead) = self.after_block.take() {
            self.write(&format!("\n{}\n{}", lead.blank, lead.line), from, OriginRun::Made);
        }
        self.write(text, from, OriginRun::Made);
    }

    /// Writes lines as a separate block in place of the leftover that begins at `from`.
    pub fn block(&mut self, lines: &str, from: usize, context: Context) {
        let lead = self.begin_block(from, context);
        let mut text = String::with_capacity(lines.len() + 16);
        for (number, line) in lines.split('\n').enumerate() {
            if number > 0 {
                text.push('\n');
                text.push_str(match line {
                    "" => &lead.blank,
                    line if line.starts_with(lead.line.as_str()) && !lead.line.is_empty() => "",
                    _ => &lead.line,
                });
            }
            text.push_str(line);
        }
        self.write(&text, from, OriginRun::Made);
        self.after_block = Some(lead);
    }

    /// Whether only white space and quotation marks precede this position on its line.
    pub fn at_line_start(&self) -> bool {
        self.after_block.is_some() || split_line(self.current().last_line()).1.is_empty()
    }

    /// Whether the text written so far ends with this.
    pub fn ends_with(&self, end: &str) -> bool {
        self.current().text.ends_with(end)
    }

    /// Whether the next text is part of a URL.
    pub fn in_address(&self) -> bool {
        self.current().address.is_inside()
    }

    /// Begins to capture the text written from now on.
    pub fn capture(&mut self) {
        self.after_block = None;
        self.captures.push(Draft::default());
    }

    /// Returns the text captured since the last [`capture`](Self::capture).
    pub fn captured(&mut self) -> Option<String> {
        self.after_block = None;
        self.captures.pop().map(|draft| draft.text)
    }

    /// The whole text and its origins.
    pub fn finish(mut self) -> (String, Origins) {
        for open in std::mem::take(&mut self.captures) {
            self.draft.text.push_str(&open.text);
        }
        (self.draft.text, self.origins)
    }

    fn current(&self) -> &Draft {
        self.captures.last().unwrap_or(&self.draft)
    }

    fn write(&mut self, text: &str, from: usize, run: OriginRun) {
        if text.is_empty() {
            return;
        }
        match self.captures.last_mut() {
            Some(open) => open.push(text),
            None => {
                self.origins.step(self.draft.text.len(), from, run);
                self.draft.push(text);
            }
        }
    }

    /// Ends the text before a block and begins the block's first line.
    fn begin_block(&mut self, from: usize, context: Context) -> Lead {
        if let Some(lead) = self.after_block.take() {
            self.write(&format!("\n{}\n{}", lead.blank, lead.line), from, OriginRun::Made);
            return lead;
        }
        let line = self.current().last_line().to_owned();
        let (begin, text) = split_line(&line);
        let after_blank = self.current().is_after_blank();
        let lead = lead(begin, context, after_blank);
        let is_item = begin.contains(|c: char| !" \t>".contains(c));
        if !text.is_empty() {
            self.write(&format!("\n{}\n{}", lead.blank, lead.line), from, OriginRun::Made);
        } else if !is_item && (lead.line != begin || !after_blank) {
            self.captures.last_mut().unwrap_or(&mut self.draft).remove_last_line();
            let blank = if after_blank { String::new() } else { format!("{}\n", lead.blank) };
            self.write(&format!("{blank}{}", lead.line), from, OriginRun::Made);
        }
        lead
    }
}

/// Splits a line into how it begins (quotation marks, white space, the mark of a list item) and its text.
fn split_line(line: &str) -> (&str, &str) {
    let after = line.trim_start_matches([' ', '\t', '>']);
    let digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = match (digits.len() < after.len(), digits.chars().next()) {
        (true, Some('.' | ')')) => digits.get(1..),
        (false, Some('-' | '*' | '+')) => digits.get(1..),
        _ => None,
    };
    let text =
        mark.filter(|rest| rest.starts_with([' ', '\t'])).map_or(after, |rest| rest.trim_start_matches([' ', '\t']));
    line.split_at_checked(line.len() - text.len()).unwrap_or((line, ""))
}

fn lead(begin: &str, context: Context, after_blank: bool) -> Lead {
    let mut line: String = begin.chars().map(|c| if " \t>".contains(c) { c } else { ' ' }).collect();
    let quoted = line.contains('>');
    if !quoted && (context == Context::Html || (!after_blank && line.len() > 3)) {
        // In raw HTML, and on a line that goes on a paragraph, indentation means nothing: as a block's it would mean
        // code.
        line.truncate(if context == Context::Html { 0 } else { 3 });
    }
    let blank = line.trim_end_matches([' ', '\t']).to_owned();
    Lead { line, blank }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_block(before: &str, after: &str) -> String {
        let mut out = Out::default();
        out.copy(before, 0);
        out.block("<x>\n\ny", before.len(), Context::Text);
        out.copy(after, before.len());
        out.finish().0
    }

    #[test]
    fn a_block_stands_alone_where_the_leftover_stood() {
        assert_eq!(with_block("", ""), "<x>\n\ny");
        assert_eq!(with_block("a\n", "\nb"), "a\n\n<x>\n\ny\n\nb");
        assert_eq!(with_block("a ", " b"), "a \n\n<x>\n\ny\n\nb");
        assert_eq!(with_block("a\n\n", "\n\nb"), "a\n\n<x>\n\ny\n\nb");
        assert_eq!(with_block("> a\n> ", "\n> b"), "> a\n>\n> <x>\n>\n> y\n>\n> b");
        assert_eq!(with_block("1. a\n\n   ", "\n\nb"), "1. a\n\n   <x>\n\n   y\n\nb");
        assert_eq!(with_block("- ", "\n- b"), "- <x>\n\n  y\n\n- b");
        assert_eq!(with_block("a\n        ", "\nb"), "a\n\n   <x>\n\n   y\n\nb");
    }
}
