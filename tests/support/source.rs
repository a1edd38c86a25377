//! Rust source as the house rules read it: comments and literals blanked out, test code separated. A small scanner,
//! not a parser: it keeps every line break, so that line numbers are those of the file.
#![allow(dead_code)] // each test binary uses its part

use std::path::{Path, PathBuf};

/// One file of `src/`.
pub struct Source {
    /// Relative to the repository, with `/`.
    pub path: String,
    /// As it stands on disk.
    pub raw: String,
    /// Without comments, literals and test code.
    pub code: String,
}

impl Source {
    /// The top module: `parse` of `src/parse/date.rs`, `lib` and `main` for the two roots.
    pub fn module(&self) -> &str {
        let inner = self.path.trim_start_matches("src/");
        inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
    }

    /// How many modules deep the file is: 1 for `src/parse/mod.rs` and `src/plan.rs`.
    pub fn depth(&self) -> usize {
        self.path.trim_start_matches("src/").split('/').filter(|part| *part != "mod.rs").count()
    }

    /// The line, from 1, of a byte of `code`.
    pub fn line(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }
}

/// Every Rust file under a folder of the repository, in order of path. A file that is declared under `#[cfg(test)]` has
/// no code but test code.
pub fn sources(folder: &str) -> Vec<Source> {
    let read = |path: String| (std::fs::read_to_string(root().join(&path)).unwrap(), path);
    let all: Vec<_> = files(folder).into_iter().filter(|path| path.ends_with(".rs")).map(read).collect();
    let blanked: Vec<String> = all.iter().map(|(raw, _)| blank(raw)).collect();
    let tests: Vec<String> = all.iter().zip(&blanked).flat_map(|((_, path), code)| test_modules(path, code)).collect();
    let source = |((raw, path), code): ((String, String), &String)| {
        let is_test = tests.iter().any(|test| path == format!("{test}.rs") || path.starts_with(&format!("{test}/")));
        let code = if is_test { String::new() } else { without_tests(code) };
        Source { path, raw, code }
    };
    all.into_iter().zip(&blanked).map(source).collect()
}

/// `src/parse/yaml/tests` for a `#[cfg(test)] mod tests;` in `src/parse/yaml.rs`.
fn test_modules(path: &str, code: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let folder = match stem.rsplit_once('/') {
        Some((folder, "mod" | "lib" | "main")) => folder,
        _ => stem,
    };
    let after = code.split("#[cfg(test)]").skip(1);
    let declared = after.filter_map(|rest| rest.split([';', '{']).next()?.split_once("mod "));
    declared.map(|(_, name)| format!("{folder}/{}", name.trim())).collect()
}

/// Every file under a folder of the repository, relative to it, in order.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(dir) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&dir) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => open.push(path),
                false => found.push(relative(&path)),
            }
        }
    }
    found.sort();
    found
}

/// The repository: the one cargo runs the test in.
pub fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// Where a word stands on its own, not inside a longer name.
pub fn words(code: &str, word: &str) -> Vec<usize> {
    let name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|at| {
            let before = code[..*at].chars().next_back();
            let after = code[at + word.len()..].chars().next();
            let joined_before = word.starts_with(name) && before.is_some_and(name);
            let joined_after = word.ends_with(name) && after.is_some_and(name);
            !joined_before && !joined_after
        })
        .collect()
}

/// What follows an opening bracket up to its partner.
pub fn bracketed(code: &str, open: usize) -> &str {
    let mut depth = 0usize;
    for (at, c) in code[open..].char_indices() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return &code[open + 1..open + at];
                }
            }
            _ => {}
        }
    }
    &code[open..]
}

/// Comments and the insides of literals become spaces; line breaks stay.
pub fn blank(raw: &str) -> String {
    let text: Vec<char> = raw.chars().collect();
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    while at < text.len() {
        let end = token_end(&text, at);
        match end {
            Some(end) => {
                out.extend(text[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
                at = end;
            }
            None => {
                out.push(text[at]);
                at += 1;
            }
        }
    }
    out
}

/// The end of the comment or literal that begins here, if one does.
fn token_end(text: &[char], at: usize) -> Option<usize> {
    let next = |n: usize| text.get(at + n).copied().unwrap_or('\0');
    let inside_name = at > 0 && (text[at - 1].is_alphanumeric() || text[at - 1] == '_');
    match text[at] {
        '/' if next(1) == '/' => Some(seek(text, at, |t, i| t[i] == '\n')),
        '/' if next(1) == '*' => Some(block_comment(text, at)),
        '"' => Some(quoted(text, at + 1)),
        'b' | 'c' if next(1) == '"' && !inside_name => Some(quoted(text, at + 2)),
        'r' if matches!(next(1), '"' | '#') && !inside_name => raw_string(text, at + 1),
        'b' | 'c' if next(1) == 'r' && matches!(next(2), '"' | '#') && !inside_name => raw_string(text, at + 2),
        '\'' if next(1) == '\\' => Some((seek(text, at + 3, |t, i| t[i] == '\'') + 1).min(text.len())),
        '\'' if next(2) == '\'' => Some(at + 3),
        _ => None,
    }
}

fn seek(text: &[char], from: usize, stop: impl Fn(&[char], usize) -> bool) -> usize {
    (from..text.len()).find(|i| stop(text, *i)).unwrap_or(text.len())
}

fn block_comment(text: &[char], at: usize) -> usize {
    let (mut depth, mut i) = (0usize, at);
    while i < text.len() {
        match (text[i], text.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            break;
        }
    }
    i
}

fn quoted(text: &[char], mut at: usize) -> usize {
    while at < text.len() && text[at] != '"' {
        at += if text[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(text.len())
}

fn raw_string(text: &[char], at: usize) -> Option<usize> {
    let hashes = text[at..].iter().take_while(|c| **c == '#').count();
    (text.get(at + hashes) == Some(&'"')).then(|| {
        let closes = |t: &[char], i: usize| t[i] == '"' && (1..=hashes).all(|n| t.get(i + n) == Some(&'#'));
        (seek(text, at + hashes + 1, closes) + 1 + hashes).min(text.len())
    })
}

/// Items under `#[cfg(test)]` become spaces.
pub fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let rest = &out[start..];
        let semicolon = rest.find(';').unwrap_or(rest.len() - 1);
        let end = match rest.find('{') {
            Some(brace) if brace < semicolon => start + brace + bracketed(rest, brace).len() + 2,
            _ => start + semicolon + 1,
        };
        let gap: String = out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &gap);
    }
    out
}
