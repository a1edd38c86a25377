//! URLs that only the engine understands: `{filename}a.md` of Pelican, `@/a.md` of Zola, `@site/static/a.png` of
//! Docusaurus, a relative `a.md`; and the size that Zenn and others write after the URL of an image.

use super::super::tokens::LeftoverKind;
use super::Scanner;

/// The longest address that is looked at, in bytes.
const MAX_ADDRESS_BYTES: usize = 2000;

impl<'t> Scanner<'t, '_> {
    /// The URL after `](`, `]: `, `href="` or `src="`, if this is the last byte before it.
    pub(super) fn address(&mut self, at: usize) -> Option<usize> {
        let before = self.text.as_bytes().get(..at)?;
        let from = match self.text.as_bytes().get(at)? {
            b'(' if before.ends_with(b"]") => at + 1,
            b'"' if before.ends_with(b"href=") || before.ends_with(b"src=") => at + 1,
            b':' if before.ends_with(b"]") && self.rest(at + 1).starts_with(' ') => at + 2,
            _ => return None,
        };
        // In angle brackets an address may hold blanks.
        let in_brackets = self.rest(from).starts_with('<');
        let ends: &[char] = if in_brackets { &['>', '\n'] } else { &['"', '(', ')', '>', '\n', ' '] };
        let from = from + usize::from(in_brackets);
        let written = self.ahead(from, MAX_ADDRESS_BYTES).split(ends).next().filter(|text| !text.is_empty())?;
        let span = from..from + written.len();
        if let Some((word, path)) = pelican(written) {
            return match word {
                "static" | "attach" | "photo" => {
                    Some(self.push(span, LeftoverKind::Replaced { what: "a path of Pelican", text: path.to_owned() }))
                }
                "filename" => Some(self.push(span, LeftoverKind::FileLink { what: "a path of Pelican", path })),
                _ => Some(self.push(span, LeftoverKind::FileLink { what: "a path of Pelican", path: "" })),
            };
        }
        if let Some(path) = written.strip_prefix("@site/static/").or(written.strip_prefix("pathname:///")) {
            let text = format!("/{path}");
            return Some(self.push(span, LeftoverKind::Replaced { what: "a path of Docusaurus", text }));
        }
        if let Some(path) = written.strip_prefix("@/") {
            return Some(self.push(span, LeftoverKind::FileLink { what: "a path of the engine", path }));
        }
        let file = written.split(['#', '?']).next().unwrap_or(written);
        let is_file = [".md", ".mdx", ".markdown"].iter().any(|end| file.ends_with(end));
        (is_file && !written.contains("://") && !written.contains(['{', '<']))
            .then(|| self.push(span, LeftoverKind::FileLink { what: "a link to a file of the folder", path: written }))
    }

    /// ` =250x` before the bracket that closes an image.
    pub(super) fn image_size(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at + 1);
        let size = rest.find(|c: char| !c.is_ascii_digit() && !"x%*".contains(c)).filter(|end| *end > 0)?;
        let before = self.behind(at, MAX_ADDRESS_BYTES).strip_suffix(' ')?;
        let word = before.rsplit([' ', '\n']).next()?;
        let address = word.rsplit_once("](").map(|(_, address)| address)?;
        let fits = rest.get(size..)?.starts_with(')') && rest.get(..size)?.contains('x') && !address.contains(')');
        fits.then(|| {
            self.push(
                at - 1..at + 1 + size,
                LeftoverKind::Replaced { what: "the size of an image", text: String::new() },
            )
        })
    }
}

/// `{word}path` and `|word|path`.
fn pelican(written: &str) -> Option<(&str, &str)> {
    let (word, path) = match written.strip_prefix('{') {
        Some(rest) => rest.split_once('}')?,
        None => written.strip_prefix('|')?.split_once('|')?,
    };
    ["static", "attach", "photo", "filename", "tag", "category", "author", "index"]
        .contains(&word)
        .then_some((word, path))
}
