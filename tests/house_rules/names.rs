//! Rules of names and comments.

use super::source::{Source, sources, words};
use super::{first_name, hold};

#[test]
fn names_are_the_fields_own_words() {
    let mut breaches = Vec::new();
    for source in sources("src") {
        for at in words(&source.code, "fn") {
            let name = first_name(source.code[at + 2..].trim_start());
            if ["get_", "do_", "handle_", "process_"].iter().any(|empty| name.starts_with(empty)) {
                breaches.push(format!("{}:{}: fn {name}", source.path, source.line(at)));
            }
        }
        for (at, _) in source.code.match_indices("Manager") {
            breaches.push(format!("{}:{}: Manager", source.path, source.line(at)));
        }
    }
    hold("Say what it does in RSS's, Atom's or WebSub's own words:", breaches);
}

#[test]
fn the_name_of_a_public_type_is_unique() {
    hold("Rename the less central type:", shared_type_names(&sources("src")));
}

#[test]
fn the_scanner_of_type_names_sees_a_second_standing() {
    let source = |path: &str, code: &str| Source { path: path.to_owned(), raw: code.to_owned(), code: code.to_owned() };
    let one = source("src/a.rs", "pub struct Standing;\nstruct Own;\n");
    let other = source("src/b.rs", "\npub(crate) enum Standing {}\nstruct Own;\n");
    assert_eq!(shared_type_names(&[one, other]), ["Standing: src/a.rs:1, src/b.rs:2"]);
}

/// Types that are visible outside their module and share a name, each with its places.
fn shared_type_names(sources: &[Source]) -> Vec<String> {
    let mut places = std::collections::BTreeMap::<String, Vec<String>>::new();
    for source in sources {
        for (at, line) in source.code.lines().enumerate() {
            if let Some(name) = public_type(line) {
                places.entry(name).or_default().push(format!("{}:{}", source.path, at + 1));
            }
        }
    }
    let shared = places.into_iter().filter(|(_, places)| places.len() > 1);
    shared.map(|(name, places)| format!("{name}: {}", places.join(", "))).collect()
}

/// The name of the type that a line declares, if its visibility is written.
fn public_type(line: &str) -> Option<String> {
    let rest = line.trim_start().strip_prefix("pub")?;
    let rest = if rest.starts_with('(') { rest.split_once(')')?.1 } else { rest };
    let (kind, rest) = rest.trim_start().split_once(' ')?;
    ["struct", "enum", "trait", "type", "union"].contains(&kind).then(|| first_name(rest))
}

#[test]
fn no_comment_names_a_document_outside_the_repository() {
    let outside = ["DESIGN", "STYLE.md", "anchors.md", "issue "];
    let mut breaches = Vec::new();
    for source in sources("src").iter().chain(&sources("tests")) {
        for (at, line) in source.raw.lines().enumerate() {
            let comment = line.trim_start().strip_prefix("//").unwrap_or_default();
            let named = outside.iter().filter(|name| {
                let after = |rest: &str| !name.ends_with(' ') || rest.starts_with(|c: char| c.is_ascii_digit());
                comment.match_indices(*name).any(|(i, _)| after(&comment[i + name.len()..]))
            });
            breaches.extend(named.map(|name| format!("{}:{}: {}", source.path, at + 1, name.trim_end())));
        }
    }
    hold("Say what it is; readers have no such document:", breaches);
}
