//! One author's text: `Name`, `Name <mail@host>`, `Name (https://…)`, `mail@host (Name)`, `<a href="…">Name</a>`,
//! `[Name](https://…)`.

use crate::model::{Located, Place, RawAuthor};

/// `a, b and c` → three names. `Jr.`, `Ph.D.`, `Inc.` and the like belong to the name before them.
pub(super) fn several(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let words = [" and ", " & ", " и "];
    let text = text.trim();
    // Most texts are one name: without a mark, and without a word between two spaces.
    let words_between = text.bytes().filter(|b| *b == b' ').count() > 1 || text.starts_with("and ");
    if !text.is_empty() && !words_between && !text.contains(MARKS) {
        return vec![text.to_owned()];
    }
    let text = words.iter().fold(text.to_owned(), |text, word| text.replace(word, ", "));
    for part in text.split(MARKS).map(|p| p.trim().trim_start_matches("and ").trim()) {
        let suffix = part.to_lowercase().replace('.', "");
        match out.last_mut() {
            Some(before) if SUFFIXES.contains(&suffix.as_str()) => {
                before.push_str(", ");
                before.push_str(part);
            }
            _ if part.is_empty() => {}
            _ => out.push(part.to_owned()),
        }
    }
    out
}

const MARKS: [char; 4] = [',', ';', '，', '、'];

const SUFFIXES: [&str; 13] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "inc", "llc", "ltd", "gmbh", "ооо"];

/// Reads one author. `None` where nothing is left that could be a name.
pub(in super::super) fn read(text: &str, at: Place) -> Option<RawAuthor> {
    let mut author = RawAuthor { name: Located::new(String::new(), at), email: None, url: None };
    let text = if text.contains("</a>") { link(text, &mut author) } else { text.to_owned() };
    let name = match beside(&text) {
        Some((outside, inside)) => match note(&inside, &mut author) {
            // Markdown's link has brackets around the name.
            true => {
                outside.strip_prefix('[').and_then(|name| name.strip_suffix(']')).map(str::to_owned).unwrap_or(outside)
            }
            // `mail@host (Name)`, as RSS writes people.
            false if is_address(&outside) => {
                author.email = Some(outside);
                inside
            }
            false => text,
        },
        None => text,
    };
    let name = name.trim();
    author.name.value = match name.strip_prefix("mailto:").unwrap_or(name) {
        "" => author.email.as_deref().and_then(|m| m.split('@').next()).unwrap_or_default().to_owned(),
        address if is_address(address) => {
            author.email = Some(address.to_owned());
            address.split('@').next().unwrap_or_default().to_owned()
        }
        page if is_web(page) => {
            author.url = Some(page.to_owned());
            page.split("://").nth(1).unwrap_or_default().trim_end_matches('/').to_owned()
        }
        name => name.to_owned(),
    };
    (!author.name.value.is_empty()).then_some(author)
}

/// Whether a text is `name@host`.
pub(super) fn is_address(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ':' | '/'));
    plain
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.contains('@') && host.trim_matches('.').contains('.'))
}

fn is_web(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// The text before brackets at the end, and the text inside them.
fn beside(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let (open, inner) = match text.chars().last()? {
        '>' => ('<', text.strip_suffix('>')?),
        ')' => ('(', text.strip_suffix(')')?),
        _ => return None,
    };
    let (outside, inside) = inner.rsplit_once(open)?;
    Some((outside.trim().trim_matches('"').to_owned(), inside.trim().to_owned()))
}

/// Takes an address or a page; false when it is neither.
fn note(inside: &str, author: &mut RawAuthor) -> bool {
    let address = inside.strip_prefix("mailto:").unwrap_or(inside);
    if is_address(address) {
        author.email = Some(address.to_owned());
    } else if is_web(inside) {
        author.url = Some(inside.to_owned());
    } else {
        return false;
    }
    true
}

/// The text of a link; its target becomes the author's page.
fn link(text: &str, author: &mut RawAuthor) -> String {
    let target = text.split_once("href=").and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    });
    if let Some(target) = target {
        note(target.trim(), author);
    }
    let mut inside_tag = false;
    let visible = text.chars().filter(|c| match c {
        '<' => {
            inside_tag = true;
            false
        }
        '>' => {
            inside_tag = false;
            false
        }
        _ => !inside_tag,
    });
    visible.collect::<String>().trim().to_owned()
}
