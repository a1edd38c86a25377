//! The rewritten text in progress, with where each part of it comes from.
//!
//! A block that is written in place of a leftover stands in the quotation or list item in which the leftover stood, with
//! blank lines around it, so that Markdown takes it for a block and what follows for Markdown.

use super::origins::{Origins, Run};
use super::tokens::Context;

/// Text in progress.
#[derive(Debug, Default)]
pub struct Out {
    text: String,
    origins: Origins,
    /// Texts of `{% capture %}` that are open.
    captures: Vec<String>,
    /// What begins the lines after a block that has just been written.
    after_block: Option<Lead>,
}

/// How the lines of a block begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Lead {
    /// Of a line with text.
    line: String,
    /// Of a blank line.
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
                        self.write(&format!("\n{}", lead.blank), from, Run::Made);
                    }
                }
                None if trimmed.is_empty() => self.after_block = Some(lead),
                None => {
                    self.write(&format!("\n{}\n{}", lead.blank, lead.line), from, Run::Made);
                    from += part.len() - trimmed.len();
                    part = trimmed;
                }
            }
        }
        self.write(part, from, Run::Copied);
    }

    /// Writes text in place of what begins at `from`.
    pub fn made(&mut self, text: &str, from: usize) {
        if text.is_empty() {
            return;
        }
        if let Some(lead) = self.after_block.take() {
            self.write(&format!("\n{}\n{}", lead.blank, lead.line), from, Run::Made);
        }
        self.write(text, from, Run::Made);
    }

    /// Writes lines as a block of their own in place of what begins at `from`.
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
        self.write(&text, from, Run::Made);
        self.after_block = Some(lead);
    }

    /// Whether a block here would stand alone: nothing but white space and quotation marks before it on its line.
    pub fn at_line_start(&self) -> bool {
        self.after_block.is_some() || split_line(self.line()).1.is_empty()
    }

    /// The end of what was written, at most so many bytes.
    pub fn tail(&self, bytes: usize) -> &str {
        let text = self.current();
        let from = text.len().saturating_sub(bytes);
        (0..4).find_map(|more| text.get((from + more).min(text.len())..)).unwrap_or_default()
    }

    /// What is written from now on is kept apart.
    pub fn capture(&mut self) {
        self.after_block = None;
        self.captures.push(String::new());
    }

    /// What was kept apart since the last [`capture`](Self::capture).
    pub fn captured(&mut self) -> Option<String> {
        self.after_block = None;
        self.captures.pop()
    }

    /// The whole text and where it comes from.
    pub fn finish(mut self) -> (String, Origins) {
        for open in std::mem::take(&mut self.captures) {
            self.text.push_str(&open);
        }
        (self.text, self.origins)
    }

    fn current(&self) -> &str {
        self.captures.last().unwrap_or(&self.text)
    }

    fn line(&self) -> &str {
        let tail = self.tail(400);
        tail.rsplit('\n').next().unwrap_or(tail)
    }

    fn write(&mut self, text: &str, from: usize, run: Run) {
        if text.is_empty() {
            return;
        }
        match self.captures.last_mut() {
            Some(open) => open.push_str(text),
            None => {
                self.origins.step(self.text.len(), from, run);
                self.text.push_str(text);
            }
        }
    }

    /// Ends what stands before a block and begins its first line.
    fn begin_block(&mut self, from: usize, context: Context) -> Lead {
        if let Some(lead) = self.after_block.take() {
            self.write(&format!("\n{}\n{}", lead.blank, lead.line), from, Run::Made);
            return lead;
        }
        let line = self.line().to_owned();
        let (begin, text) = split_line(&line);
        let before = self.tail(800).rsplit('\n').nth(1).map(|before| before.trim_matches([' ', '\t', '>']).is_empty());
        let after_blank = before.unwrap_or(true);
        let lead = lead(begin, context, after_blank);
        let is_item = begin.contains(|c: char| !" \t>".contains(c));
        if !text.is_empty() {
            self.write(&format!("\n{}\n{}", lead.blank, lead.line), from, Run::Made);
        } else if !is_item && (lead.line != begin || !after_blank) {
            self.cut(line.len());
            let blank = if after_blank { String::new() } else { format!("{}\n", lead.blank) };
            self.write(&format!("{blank}{}", lead.line), from, Run::Made);
        }
        lead
    }

    fn cut(&mut self, bytes: usize) {
        let text = self.captures.last_mut().unwrap_or(&mut self.text);
        text.truncate(text.len() - bytes.min(text.len()));
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
        // In raw HTML, and on a line that goes on a paragraph, indentation means nothing: as a block's it would mean code.
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
