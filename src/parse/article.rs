//! An article's head, from bytes to fields: fence, decoding, the dialect's tree, the fields, the first heading.
//!
//! Whether the bytes read so far suffice is decided before anything is reported, so that a second pass with the whole
//! file reports everything once.

use super::fence::{self, Dialect, Fault, FoundFence, FrontMatter, Wrap};
use super::heading::{self, Heading};
use super::tree::{Node, NodeKind, TreeFault};
use super::{Head, Parsed, decode, fast, fields, json, key_lines, toml, yaml};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{ArticlePath, BodyRef, ContentRules, Outcome, Place, RawArticle};
use memchr::memchr;

/// Reads a head.
pub(super) fn read(head: Head<'_>, rules: &ContentRules, sink: &mut dyn Sink) -> Parsed {
    if is_section_page(head.path) {
        let message = "section page of Hugo or Zola, not an article; it was left out";
        let note = Diagnostic::new(Code::SectionPage, head.display_path, Place::WHOLE, message);
        sink.report(note.help("if it is an article, rename it to `index.md`"));
        return Parsed::LeftOut(Outcome::Other);
    }
    match fence::find(head.bytes, head.extent) {
        FoundFence::Cut => Parsed::NeedsMore,
        FoundFence::Head(front) => with_front_matter(head, front, rules, sink),
        FoundFence::Absent(body) => without_front_matter(head, body, rules, sink),
        FoundFence::Empty => {
            let empty = Diagnostic::new(Code::NoFrontMatter, head.display_path, Place::WHOLE, "the file is empty");
            sink.report(empty.help("write the article, or delete the file"));
            Parsed::LeftOut(Outcome::Other)
        }
        FoundFence::Fault(fault) => {
            sink.report(finding(fault, head.display_path));
            Parsed::LeftOut(Outcome::Error)
        }
    }
}

/// Whether the file is `_index.md`, `_index.ru.md` or similar.
fn is_section_page(path: &ArticlePath) -> bool {
    path.stem().strip_prefix("_index").is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn with_front_matter(head: Head<'_>, front: FrontMatter<'_>, rules: &ContentRules, sink: &mut dyn Sink) -> Parsed {
    let mut findings = Vec::new();
    let Some(root) = tree(&front, head.display_path, &mut findings) else {
        report_all(findings, sink);
        return Parsed::LeftOut(Outcome::Error);
    };
    let pairs = match root.kind {
        NodeKind::Map(pairs) => pairs,
        NodeKind::Null => Vec::new(),
        NodeKind::Scalar(..) | NodeKind::List(_) => {
            let found = if matches!(root.kind, NodeKind::List(_)) { "a list" } else { "plain text" };
            let message = format!("the front matter is {found}, not `key: value` lines");
            findings.push(
                Diagnostic::new(Code::FrontMatterSyntax, head.display_path, root.at, message)
                    .help("write one `key: value` on each line, as in `title: …`"),
            );
            report_all(findings, sink);
            return Parsed::LeftOut(Outcome::Error);
        }
    };
    // Every dialect escapes by a backslash: nothing else writes a character that the file does not hold.
    let plain = memchr(b'\\', front.text).is_none() && pairs.iter().all(|(_, value)| is_flat(value));
    let read = if plain { fields::read_plain } else { fields::read };
    let mut raw = read(&pairs, head.path, rules, head.display_path, &mut findings);
    raw.body = front.body;
    raw.head = front.opening;
    complete(head, rules, raw, findings, sink)
}

/// A text, or a list of texts.
fn is_flat(value: &Node) -> bool {
    match &value.kind {
        NodeKind::Null | NodeKind::Scalar(..) => true,
        NodeKind::List(items) => items.iter().all(|item| matches!(item.kind, NodeKind::Null | NodeKind::Scalar(..))),
        NodeKind::Map(_) => false,
    }
}

/// A text without front matter is an article only if its path contains a date; otherwise it is a README or similar.
fn without_front_matter(head: Head<'_>, body: BodyRef, rules: &ContentRules, sink: &mut dyn Sink) -> Parsed {
    let at = Place::new(body.line, 1, 0);
    let raw = fields::read(&[], head.path, rules, head.display_path, &mut ());
    if raw.date.is_none() {
        let message = "no front matter, so the file is not an article and was left out";
        let note = Diagnostic::new(Code::NoFrontMatter, head.display_path, at, message);
        sink.report(note.help("if it is an article, begin it with the lines `---`, `title: …`, `date: …`, `---`"));
        return Parsed::LeftOut(Outcome::Other);
    }
    complete(head, rules, RawArticle { body, head: at, ..raw }, Vec::new(), sink)
}

/// Adds the heading where the title needs it.
fn complete(
    head: Head<'_>,
    rules: &ContentRules,
    mut raw: RawArticle,
    findings: Vec<Diagnostic>,
    sink: &mut dyn Sink,
) -> Parsed {
    if raw.title.as_ref().is_none_or(|title| heading::may_be_slug(&title.value)) {
        match heading::first(head.bytes, head.extent, raw.body, rules.engine) {
            Heading::Cut => return Parsed::NeedsMore,
            Heading::Found(text) => raw.heading = Some(text),
            Heading::Absent => {}
        }
    }
    report_all(findings, sink);
    Parsed::Article(Box::new(raw))
}

/// The tree of the front matter; `None` when it cannot be read.
pub(super) fn tree(front: &FrontMatter<'_>, display_path: &str, sink: &mut dyn Sink) -> Option<Node> {
    if let Wrap::Document(at) | Wrap::Head(at) = front.wrap {
        let what = if matches!(front.wrap, Wrap::Head(_)) { "front matter" } else { "whole document" };
        let message = format!("the {what} is wrapped in a code fence; the fence was ignored");
        sink.report(
            Diagnostic::new(Code::FencedDocument, display_path, at, message).help("delete the two lines of the fence"),
        );
    }
    let text = match decode::utf8(front.text, front.first_line) {
        Ok(text) => decode::clean(text, front.first_line, display_path, sink),
        Err(at) => {
            sink.report(not_utf8(display_path, at, "the front matter is not valid UTF-8 from here on"));
            return None;
        }
    };
    let read: Result<Node, TreeFault> = match front.dialect {
        Dialect::Yaml => fast::tree(&text, front.first_line).map_or_else(|| yaml::tree(&text, front.first_line), Ok),
        Dialect::Toml => toml::tree(&text, front.first_line),
        Dialect::Json if text.trim().is_empty() => Ok(Node { at: front.opening, kind: NodeKind::Null }),
        Dialect::Json => json::tree(&text, front.first_line),
        Dialect::Lines => Ok(key_lines::tree(&text, front.first_line)),
    };
    read.map_err(|fault| sink.report(syntax(front.dialect, fault, display_path))).ok()
}

fn syntax(dialect: Dialect, fault: TreeFault, display_path: &str) -> Diagnostic {
    let name = match dialect {
        Dialect::Yaml => "valid YAML",
        Dialect::Toml => "valid TOML",
        Dialect::Json => "valid JSON",
        Dialect::Lines => "a list of `Key: value` lines",
    };
    let help = match dialect {
        Dialect::Yaml => {
            "quote a value that contains `: `, `#` or quotes (with quotes of the other kind), and indent with spaces"
        }
        Dialect::Toml => "quote strings: `title = \"…\"`",
        Dialect::Json | Dialect::Lines => "look for a missing quote or comma just before this point",
    };
    let message = format!("the front matter is not {name}: {}", fault.message);
    Diagnostic::new(Code::FrontMatterSyntax, display_path, fault.at, message).help(help)
}

fn finding(fault: Fault, display_path: &str) -> Diagnostic {
    match fault {
        Fault::Unclosed { at, closing } => {
            let message = "the front matter that begins here is never closed";
            Diagnostic::new(Code::UnclosedFrontMatter, display_path, at, message)
                .help(format!("add a line `{closing}` after the last key"))
        }
        Fault::TooLarge(at) => {
            let message = format!("the front matter is longer than {} KiB or never closed", fence::LIMIT / 1024);
            Diagnostic::new(Code::FrontMatterTooLarge, display_path, at, message)
                .help("add the closing line, or move long data into the body")
        }
        Fault::NotText(at) => not_utf8(display_path, at, "the file is UTF-16 or not a text file"),
        Fault::Foreign(engine, at) => {
            let message = format!("{} cannot be read as front matter", engine.head());
            Diagnostic::new(Code::ForeignFrontMatter, display_path, at, message).help(
                "write the same keys as `key: value` between two `---` lines, or add the file to `content.exclude`",
            )
        }
    }
}

fn not_utf8(display_path: &str, at: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::NotUtf8, display_path, at, message).help("save the file as UTF-8")
}

fn report_all(findings: Vec<Diagnostic>, sink: &mut dyn Sink) {
    findings.into_iter().for_each(|finding| sink.report(finding));
}

#[cfg(test)]
mod tests;
