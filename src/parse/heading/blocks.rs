//! Just enough of CommonMark's blocks to know which line is a heading of level one.

use super::super::file_lines::Line;
use super::html::{self, Raw};

/// What a line turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing of interest.
    Nothing,
    /// A heading of its own (`# …`).
    Heading,
    /// The underline (`===`) of the paragraph that begins here.
    Underline {
        /// In bytes of the file.
        start: usize,
        /// The paragraph's first line.
        number: u32,
    },
}

/// What the lines so far have opened.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    open: Open,
    paragraph: Option<(usize, u32)>,
    /// Whether the paragraph belongs to a list or a quote.
    nested: bool,
    /// How far the content of the list around is indented.
    list: Option<usize>,
    after_blank: bool,
}

#[derive(Debug, Default)]
enum Open {
    #[default]
    Nothing,
    /// A code block with this mark and length.
    Fence(u8, usize),
    /// Raw HTML or a template's own block.
    Raw(Raw),
}

impl Blocks {
    /// Takes the next line.
    pub(super) fn take(&mut self, line: Line<'_>) -> Verdict {
        let text = line.text.trim_ascii();
        let indent = indent_of(line.text);
        let mut verdict = Verdict::Nothing;
        match self.open {
            Open::Fence(mark, length) if indent < 4 + self.list.unwrap_or(0) && closes_fence(text, mark, length) => {
                self.open = Open::Nothing;
            }
            Open::Raw(raw) if raw.ends_with(text) => self.open = Open::Nothing,
            Open::Nothing => verdict = self.block(line, text, indent),
            _ => {}
        }
        self.after_blank = text.is_empty();
        verdict
    }

    fn block(&mut self, line: Line<'_>, text: &[u8], indent: usize) -> Verdict {
        if text.is_empty() {
            self.paragraph = None;
            return Verdict::Nothing;
        }
        if let Some(content) = self.list {
            if indent >= content {
                return self.in_list(text);
            }
            if self.after_blank && list_marker(text).is_none() {
                self.list = None;
            }
        }
        if indent >= 4 {
            return Verdict::Nothing;
        }
        if let Some((start, number)) = self.paragraph.filter(|_| !self.nested)
            && text.iter().all(|b| *b == b'=')
        {
            self.paragraph = None;
            return Verdict::Underline { start, number };
        }
        if is_heading(text) {
            self.end_of_blocks();
            return if text.starts_with(b"##") { Verdict::Nothing } else { Verdict::Heading };
        }
        if let Some((mark, length)) = fence(text) {
            self.end_of_blocks();
            self.open = Open::Fence(mark, length);
        } else if let Some(raw) = html::opens(text, self.paragraph.is_some()) {
            self.end_of_blocks();
            self.open = raw.map_or(Open::Nothing, Open::Raw);
        } else if is_rule(text) {
            self.end_of_blocks();
        } else if text.starts_with(b">") {
            self.begin(line, true);
        } else if let Some(width) = list_marker(text) {
            self.list = Some(indent + width);
            self.begin(line, true);
        } else if self.paragraph.is_none() {
            self.begin(line, false);
        }
        Verdict::Nothing
    }

    /// A heading inside a list is not the article's; only code blocks must be followed there.
    fn in_list(&mut self, text: &[u8]) -> Verdict {
        if let Some((mark, length)) = fence(text) {
            self.open = Open::Fence(mark, length);
        }
        Verdict::Nothing
    }

    fn begin(&mut self, line: Line<'_>, nested: bool) {
        self.paragraph = Some((line.start, line.number));
        self.nested = nested;
    }

    fn end_of_blocks(&mut self) {
        self.paragraph = None;
        self.nested = false;
        self.list = None;
    }
}

fn indent_of(line: &[u8]) -> usize {
    let mut width = 0;
    for byte in line {
        match byte {
            b' ' => width += 1,
            b'\t' => width += 4 - width % 4,
            _ => break,
        }
    }
    width
}

/// `#` to `######`, then white space or the end.
fn is_heading(text: &[u8]) -> bool {
    let level = text.iter().take_while(|b| **b == b'#').count();
    (1..=6).contains(&level) && text.get(level).is_none_or(u8::is_ascii_whitespace)
}

/// The mark and the length of an opening code fence.
fn fence(text: &[u8]) -> Option<(u8, usize)> {
    let mark = text.first().copied().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = text.iter().take_while(|b| **b == mark).count();
    let info = text.get(length..).unwrap_or_default();
    (length >= 3 && !(mark == b'`' && info.contains(&b'`'))).then_some((mark, length))
}

fn closes_fence(text: &[u8], mark: u8, length: usize) -> bool {
    text.len() >= length && text.iter().all(|b| *b == mark)
}

fn is_rule(text: &[u8]) -> bool {
    let mark = text.first().copied().unwrap_or(0);
    let marks = text.iter().filter(|b| **b == mark).count();
    matches!(mark, b'-' | b'*' | b'_') && marks >= 3 && text.iter().all(|b| *b == mark || b.is_ascii_whitespace())
}

/// The width of `- `, `* `, `+ `, `1. `, `12) `.
fn list_marker(text: &[u8]) -> Option<usize> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let mark = match (digits, text.get(digits)?) {
        (0, b'-' | b'*' | b'+') => 1,
        (1..=9, b'.' | b')') => digits + 1,
        _ => return None,
    };
    let blanks = text.get(mark..)?.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    match blanks {
        0 if text.len() > mark => None,
        1..=4 => Some(mark + blanks),
        _ => Some(mark + 1),
    }
}
