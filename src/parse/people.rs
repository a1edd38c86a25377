//! Files of people, which articles name by a key: Jekyll's `_data/authors.yml`, Docusaurus' `authors.yml`, a mapping or
//! a list in YAML, TOML or JSON; and folders with one file for each, whose name is the key (Hugo's `data/authors/`, or
//! `content/authors/ann/_index.md`).
//!
//! An entry without a name is reported (C006) and skipped: articles then use its key as the name.

use super::fence::{self, FoundFence};
use super::tree::{Node, NodeKind};
use super::{json, toml, yaml};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{AbsUrl, Extent, Person, Place};

/// A file of people.
#[derive(Debug, Clone, Copy)]
pub struct PeopleFile<'a> {
    /// As findings name it.
    pub display_path: &'a str,
    /// The key, where the file is one person.
    pub key: Option<&'a str>,
    /// The bytes of the file.
    pub bytes: &'a [u8],
}

/// The people of a file by key.
pub fn people(file: PeopleFile<'_>, sink: &mut dyn Sink) -> Vec<(String, Person)> {
    let root = match tree(file) {
        Ok(root) => root,
        Err((at, why)) => {
            tell(file, at, format!("the authors file cannot be read: {why}"), sink);
            return Vec::new();
        }
    };
    match file.key {
        Some(key) => match person(&root).or_else(|| person_in(&root)) {
            Some(person) => vec![(key.to_owned(), person)],
            None => {
                tell(file, root.at, format!("the author `{key}` has no name"), sink);
                Vec::new()
            }
        },
        None => all(file, &root, sink),
    }
}

/// The tree of the file, by the end of its name.
fn tree(file: PeopleFile<'_>) -> Result<Node, (Place, String)> {
    let extension = file.display_path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let (bytes, line) = match extension.as_str() {
        "md" | "markdown" | "mdx" => match fence::find(file.bytes, Extent::Whole) {
            FoundFence::Head(head) => (head.text, head.first_line),
            _ => return Err((Place::WHOLE, "it has no front matter".into())),
        },
        _ => (file.bytes, 1),
    };
    let text = std::str::from_utf8(bytes).map_err(|_| (Place::WHOLE, "it is not UTF-8".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_toml = extension == "toml" || (line > 1 && file.bytes.trim_ascii_start().starts_with(b"+++"));
    let read = match extension.as_str() {
        _ if is_toml => toml::tree(text, line),
        "json" => json::tree(text, line),
        _ => yaml::tree(text, line),
    };
    read.map_err(|fault| (fault.at, fault.message))
}

fn all(file: PeopleFile<'_>, root: &Node, sink: &mut dyn Sink) -> Vec<(String, Person)> {
    let root = ["authors", "people", "author"]
        .iter()
        .find_map(|name| root.entry(name).filter(|node| matches!(node.kind, NodeKind::List(_) | NodeKind::Map(_))))
        .filter(|_| root.entries().is_some_and(|entries| entries.len() == 1))
        .unwrap_or(root);
    let mut people = Vec::new();
    let mut take = |key: Option<String>, node: &Node| match (key, person(node)) {
        (Some(key), Some(person)) => people.push((key, person)),
        (key, _) => {
            let who = key.map_or_else(|| "an author".to_owned(), |key| format!("the author `{}`", cut(&key)));
            tell(file, node.at, format!("{who} has no name or no key"), sink);
        }
    };
    match &root.kind {
        NodeKind::Map(entries) => entries.iter().for_each(|(key, node)| take(Some(key.value.clone()), node)),
        NodeKind::List(items) => {
            for item in items {
                let keys = ["key", "id", "slug", "username", "login", "nickname", "handle", "name"];
                take(keys.iter().find_map(|name| text(item.entry(name)?)), item);
            }
        }
        NodeKind::Null => {}
        NodeKind::Scalar(..) => {
            tell(file, root.at, "the authors file is plain text, not a mapping of keys".into(), sink)
        }
    }
    people
}

/// A name, or a mapping with one.
fn person(node: &Node) -> Option<Person> {
    if node.entries().is_none() {
        return Some(Person { name: text(node)?, email: None, url: None });
    }
    let first = |names: &[&str]| names.iter().find_map(|name| text(node.entry(name)?));
    let parts = || match (first(&["first_name"]), first(&["last_name"])) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (one, other) => one.or(other),
    };
    let name = first(&["name", "display_name", "displayName", "full_name", "fullName"])
        .or_else(parts)
        .or_else(|| first(&["title"]))?;
    let email = first(&["email", "mail"]).filter(|email| email.contains('@'));
    let url = first(&["url", "homepage", "website", "web", "site", "link", "uri"]);
    Some(Person { name, email, url: url.and_then(|url| AbsUrl::parse(&url).ok()).filter(|u| !u.has_credentials()) })
}

/// A file that is one person may hold them one level down.
fn person_in(root: &Node) -> Option<Person> {
    match root.entries()? {
        [(_, node)] if node.entries().is_some() => person(node),
        _ => None,
    }
}

fn text(node: &Node) -> Option<String> {
    let text = node.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, _) = crate::model::strip_forbidden(&text);
    (!text.is_empty()).then(|| text.into_owned())
}

fn cut(text: &str) -> String {
    text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn tell(file: PeopleFile<'_>, at: Place, message: String, sink: &mut dyn Sink) {
    let finding = Diagnostic::new(Code::BadPeople, file.display_path, at, message);
    sink.report(finding.help("write each author as `key: {name: …}`, or change `content.authors_file`"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(display_path: &str, key: Option<&str>, text: &str) -> (String, Vec<u32>) {
        let mut sink: Vec<Diagnostic> = Vec::new();
        let found = people(PeopleFile { display_path, key, bytes: text.as_bytes() }, &mut sink);
        assert!(sink.iter().all(|f| f.code == Code::BadPeople));
        let said = |(key, p): (String, Person)| {
            format!("{key}={};{};{}", p.name, p.email.unwrap_or_default(), p.url.map_or("".into(), |u| u.to_string()))
        };
        (found.into_iter().map(said).collect::<Vec<_>>().join("|"), sink.iter().map(|f| f.at.line).collect())
    }

    #[test]
    fn people_of_every_shape() {
        for (file, key, text, expected) in [
            (
                "authors.yml",
                None,
                "ann: {name: Ann, email: a@e.org, url: 'https://e.org'}\nbob: Bob B\n",
                "ann=Ann;a@e.org;https://e.org/|bob=Bob B;;",
            ),
            ("authors.yml", None, "ann:\n  name: Ann Lee\n  title: Boss\n  url: /team/ann\n", "ann=Ann Lee;;"),
            ("people.json", None, "[{\"id\": \"ann\", \"name\": \"Ann\"}, {\"name\": \"Bob\"}]", "ann=Ann;;|Bob=Bob;;"),
            ("authors.toml", None, "[ann]\ndisplay_name = \"Ann\"\n", "ann=Ann;;"),
            ("site.yml", None, "authors:\n- {key: ann, name: Ann}\n", "ann=Ann;;"),
            ("authors/ann.yaml", Some("ann"), "name: Ann\n", "ann=Ann;;"),
            ("authors/ann/_index.md", Some("ann"), "---\ndisplay_name: Ann\nfirst_name: A\n---\nx", "ann=Ann;;"),
            ("authors/ann/_index.md", Some("ann"), "+++\ntitle = \"Ann\"\n+++\nx", "ann=Ann;;"),
            ("authors/ann.json", Some("ann"), "{\"first_name\": \"Ann\", \"last_name\": \"Lee\"}", "ann=Ann Lee;;"),
            ("authors.yml", None, "", ""),
        ] {
            assert_eq!(read(file, key, text), (expected.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn faults_have_their_line() {
        assert_eq!(read("a.yml", None, "ann: {name: Ann}\nbob: {url: x}\n"), ("ann=Ann;;".into(), vec![2]));
        assert_eq!(read("a.yml", None, "ann: [\n").0, "");
        assert_eq!(read("a.yml", None, "just text\n"), (String::new(), vec![1]));
        assert_eq!(read("a.yml", Some("ann"), "url: x\n").1.len(), 1);
        assert_eq!(read("a.md", Some("ann"), "no head\n").1.len(), 1);
        assert_eq!(read("a.json", None, "{").1.len(), 1);
        let mut sink: Vec<Diagnostic> = Vec::new();
        assert_eq!(people(PeopleFile { display_path: "a.yml", key: None, bytes: b"\xff" }, &mut sink), []);
        assert_eq!(sink.len(), 1);
    }
}
