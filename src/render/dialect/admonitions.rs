//! Admonitions of Python-Markdown, `!!! note "Title"` and `??? tip` with an indented text below. They become alerts,
//! `> [!note] Title`, before Markdown would take the text for code.

use super::super::leftovers::{OriginRun, Origins};
use memchr::memmem;

/// Admonitions in one another that are rewritten.
const MAX_LEVELS: usize = 4;

/// The text with alerts in place of its admonitions, if it has any.
pub fn as_alerts(text: &str) -> Option<(String, Origins)> {
    let mut whole: Option<(String, Origins)> = None;
    for _ in 0..MAX_LEVELS {
        let (text, before) = whole.as_ref().map_or((text, None), |(text, origins)| (text.as_str(), Some(origins)));
        if ["!!! ", "??? ", "???+ "].iter().all(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_none()) {
            break;
        }
        let Some((next, origins)) = one_level(text) else { break };
        let origins = match before {
            Some(before) => origins.after(before),
            None => origins,
        };
        whole = Some((next, origins));
    }
    whole
}

fn one_level(text: &str) -> Option<(String, Origins)> {
    let mut rewriter = Rewriter::default();
    for line in text.split_inclusive('\n') {
        if !rewriter.continues(line) {
            rewriter.outside(line);
        }
        rewriter.at += line.len();
    }
    rewriter.found.then_some((rewriter.out, rewriter.origins))
}

#[derive(Default)]
struct Rewriter {
    out: String,
    origins: Origins,
    /// Where the line begins.
    at: usize,
    /// The sign of the code fence that is open.
    fence: Option<char>,
    /// How the lines of the open admonition begin.
    open: Option<String>,
    /// Blank lines after its last text.
    blank_lines: usize,
    found: bool,
}

impl Rewriter {
    /// Writes a line of the open admonition. Gives `false` if there is none, or the line ends it.
    fn continues(&mut self, line: &str) -> bool {
        let Some(begin) = self.open.take() else { return false };
        if line.trim_matches([' ', '\t', '>', '\n']).is_empty() {
            self.blank_lines += 1;
        } else if let Some(inside) = line.strip_prefix(begin.as_str()).and_then(unindented) {
            self.origins.step(self.out.len(), self.at, OriginRun::Made);
            for _ in 0..std::mem::take(&mut self.blank_lines) {
                self.out.push_str(&format!("{begin}>\n"));
            }
            self.out.push_str(&format!("{begin}> "));
            self.origins.step(self.out.len(), self.at + line.len() - inside.len(), OriginRun::Copied);
            self.out.push_str(inside);
        } else {
            self.origins.step(self.out.len(), self.at, OriginRun::Made);
            let blank = format!("{}\n", begin.trim_end());
            for _ in 0..std::mem::take(&mut self.blank_lines) + 1 {
                self.out.push_str(&blank);
            }
            return false;
        }
        self.open = Some(begin);
        true
    }

    fn outside(&mut self, line: &str) {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        let lead = line.get(..line.len() - rest.len()).unwrap_or_default();
        self.origins.step(self.out.len(), self.at, OriginRun::Copied);
        let mark = rest.chars().next().filter(|_| rest.starts_with("```") || rest.starts_with("~~~"));
        match (self.fence, mark) {
            (None, Some(mark)) => self.fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => self.fence = None,
            _ => {}
        }
        match head(rest).filter(|_| self.fence.is_none()) {
            Some((kind, title)) => {
                self.found = true;
                self.out.push_str(format!("{lead}> [!{kind}] {title}").trim_end());
                self.out.push('\n');
                self.open = Some(lead.to_owned());
            }
            None => self.out.push_str(line),
        }
    }
}

/// The kind and the title of an admonition's first line.
fn head(line: &str) -> Option<(&str, &str)> {
    let after = ["!!! ", "???+ ", "??? "].iter().find_map(|mark| line.strip_prefix(mark))?.trim();
    let (words, title) = after.split_once('"').unwrap_or((after, ""));
    let title = title.strip_suffix('"').unwrap_or(title);
    let kind = words.split_whitespace().next()?;
    let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    (words.split_whitespace().all(is_word) && kind.len() < 32).then_some((kind, title))
}

/// A line of the text below, without its indentation.
fn unindented(line: &str) -> Option<&str> {
    line.strip_prefix("    ").or_else(|| line.strip_prefix('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alerts(text: &str) -> String {
        as_alerts(text).map_or_else(|| text.to_owned(), |(text, _)| text)
    }

    #[test]
    fn admonitions_are_alerts() {
        assert_eq!(alerts("!!! note \"A b\"\n    c\n\n    d\n\ne\n"), "> [!note] A b\n> c\n>\n> d\n\n\ne\n");
        assert_eq!(alerts("??? tip\n    a\nb"), "> [!tip]\n> a\n\nb");
        assert_eq!(alerts("???+ tip inline end\n    a"), "> [!tip]\n> a");
        assert_eq!(alerts("!!! a\n    !!! b\n        c"), "> [!a]\n> > [!b]\n> > c");
        assert_eq!(alerts("- x\n\n    !!! a\n        b\n"), "- x\n\n    > [!a]\n    > b\n");
    }

    #[test]
    fn other_text_stays() {
        for text in ["Stop!!! now", "a ??? b", "```\n!!! note\n    a\n```\n", "!!! A sentence, with signs."] {
            assert_eq!(alerts(text), text);
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let (text, origins) = as_alerts("a\n\n!!! note\n    b [c](x)\n\nd").unwrap();
        assert_eq!(text, "a\n\n> [!note]\n> b [c](x)\n\n\nd");
        assert_eq!(origins.source_offset(text.find("[c]").unwrap()), 18);
        assert_eq!(origins.source_offset(text.find('d').unwrap()), 26);
    }
}
