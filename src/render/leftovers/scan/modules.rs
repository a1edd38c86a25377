//! `import` and `export` statements of MDX. The words also occur in prose, so only valid JavaScript statements count.
//!
//! An import binds a name to a file; if the file is an image, components and Markdown of the body may use it.

use super::super::tokens::LeftoverKind;
use super::Scanner;

/// The longest statement, in bytes.
const MAX_STATEMENT_BYTES: usize = 1 << 16;

impl<'t> Scanner<'t, '_> {
    /// The statement that begins here; the end of its last line.
    pub(super) fn module(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let length = match rest.strip_prefix("import") {
            Some(_) => {
                let import = import(self.ahead(at + "import".len(), 4096))?;
                if let Some(name) = import.name {
                    self.imports.insert(name, import.path);
                }
                "import".len() + import.length
            }
            None => {
                let after = rest.strip_prefix("export ")?;
                if !declares(after.split('\n').next().unwrap_or_default()) {
                    return None;
                }
                let reach = MAX_STATEMENT_BYTES.min(self.fuel);
                let length = statement(rest, reach);
                self.burn(length.searched);
                length.end
            }
        };
        let end = self.push(at..at + length, LeftoverKind::Silent("an import or export of MDX"));
        self.module_may_begin = true;
        Some(end)
    }
}

struct Import<'t> {
    name: Option<&'t str>,
    path: &'t str,
    length: usize,
}

/// `name, {a, b as c} from "path";` or `"path";` after the word `import`.
fn import(after: &str) -> Option<Import<'_>> {
    let text = after.split("\n\n").next().unwrap_or(after);
    let trimmed = text.trim_start();
    let (clause, path) = if trimmed.starts_with(['"', '\'']) {
        ("", trimmed)
    } else {
        let from = text.match_indices("from").find(|(at, _)| {
            let after = text.get(at + 4..).unwrap_or_default().trim_start();
            let before = text.get(..*at).unwrap_or_default();
            after.starts_with(['"', '\'']) && before.ends_with([' ', '}', '\n', '\t'])
        });
        let (at, _) = from?;
        (text.get(..at)?, text.get(at + 4..)?.trim_start())
    };
    let is_clause =
        clause.is_empty() || (clause.starts_with([' ', '{', '*', '\t']) && clause.chars().all(is_clause_char));
    let quote = path.chars().next()?;
    let (path, tail) = path.strip_prefix(quote)?.split_once(quote)?;
    let line = tail.split('\n').next().unwrap_or_default();
    let ends = line.trim().trim_start_matches(';').trim_start();
    if !is_clause || path.contains('\n') || !(ends.is_empty() || ends.starts_with("//") || ends.starts_with("import "))
    {
        return None;
    }
    let name = clause.trim().split([',', ' ', '{', '*']).next().filter(|name| !name.is_empty());
    Some(Import { name, path, length: text.len() - tail.len() + line.len() })
}

fn is_clause_char(c: char) -> bool {
    c.is_alphanumeric() || c.is_whitespace() || "_$,{}*".contains(c)
}

/// Whether a line after `export` is a declaration.
fn declares(line: &str) -> bool {
    let mut words = line.split_whitespace();
    match words.next().unwrap_or_default() {
        "const" | "let" | "var" => line.contains('='),
        "function" | "function*" => line.contains('('),
        "async" => words.next() == Some("function"),
        "class" | "type" | "interface" | "enum" => line.contains(['{', '=']),
        "default" => {
            let value = words.next().unwrap_or_default();
            let one_word = words.next().is_none() && value.chars().all(|c| c.is_alphanumeric() || "_$.;".contains(c));
            one_word
                || value.starts_with(['(', '{', '['])
                || line.contains(['{', '('])
                || line.trim_end().ends_with(';')
        }
        word => (word.starts_with('{') && line.contains('}')) || (word == "*" && line.contains("from")),
    }
}

struct Statement {
    end: usize,
    searched: usize,
}

/// Up to the end of the line on which all brackets are closed and nothing of the statement follows; if they never are,
/// up to the first blank line.
fn statement(text: &str, reach: usize) -> Statement {
    let (mut depth, mut at) = (0_i64, 0);
    let mut first_blank = None;
    for line in text.split_inclusive('\n') {
        if at > reach {
            break;
        }
        let bare = line.trim();
        if bare.is_empty() && at > 0 {
            if depth <= 0 {
                return Statement { end: at.saturating_sub(1), searched: 0 };
            }
            first_blank = first_blank.or(Some(at.saturating_sub(1)));
        }
        depth += balance(line);
        at += line.len();
        if depth <= 0 && (bare.ends_with(';') || bare == "}") {
            let end = at - usize::from(line.ends_with('\n'));
            return Statement { end, searched: 0 };
        }
    }
    match first_blank {
        Some(end) => Statement { end, searched: at },
        None => Statement { end: text.get(..at).unwrap_or(text).trim_end().len(), searched: at },
    }
}

/// Opened less closed brackets of a line, outside strings.
fn balance(line: &str) -> i64 {
    let mut quote = None;
    let mut depth = 0;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{' | '(' | '[') => depth += 1,
            (None, '}' | ')' | ']') => depth -= 1,
            (None, _) => {}
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_from_prose() {
        let path = |text: &str| {
            import(text.strip_prefix("import").unwrap())
                .map(|import| (import.name.map(str::to_owned), import.path.to_owned()))
        };
        let found = |name: Option<&str>, path: &str| Some((name.map(str::to_owned), path.to_owned()));
        assert_eq!(path("import Tabs from '@theme/Tabs';"), found(Some("Tabs"), "@theme/Tabs"));
        assert_eq!(path("import {\n  A,\n  B as C\n} from \"x\"\n\nfrom"), found(None, "x"));
        assert_eq!(path("import * as x from 'y' // z"), found(None, "y"));
        assert_eq!(path("import 'a.css'"), found(None, "a.css"));
        assert_eq!(path("import duties from \"old\" times were high"), None);
        assert_eq!(path("import and export these labels?"), None);
        assert!(declares("const a = 1") && declares("default function X() {") && declares("default Layout;"));
        assert!(!declares("format, and if not") && !declares("default settings are fine") && !declares("the key."));
        assert_eq!(statement("export const a = {\n\n  b: 1,\n};\n\nText", 999).end, 30);
        assert_eq!(statement("export const a = 1\n\nText", 999).end, 18);
        assert_eq!(statement("export const a = {\n\nText", 999).end, 18);
    }
}
