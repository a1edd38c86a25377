//! The pages of the docs, split into fenced blocks.

use std::path::Path;

/// A page.
pub struct Page {
    /// `docs/config.md`.
    pub path: String,
    pub text: String,
    pub blocks: Vec<Block>,
}

/// A fenced block.
pub struct Block {
    /// `docs/config.md:12`: where its fence stands.
    pub place: String,
    /// `sh`, and what follows it.
    pub info: Vec<String>,
    /// The comment in the line above it.
    pub comment: Option<String>,
    pub text: String,
}

impl Block {
    pub fn is(&self, info: &str) -> bool {
        self.info.join(" ") == info
    }

    pub fn language(&self) -> &str {
        self.info.first().map_or("", String::as_str)
    }

    /// The value behind `needs=`.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.info.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn all() -> Vec<Page> {
    let mut paths = vec!["README.md".to_owned()];
    let docs = std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    paths.extend(docs.map(|name| format!("docs/{}", name.to_str().unwrap())).filter(|path| path.ends_with(".md")));
    paths.sort();
    paths.into_iter().map(page).collect()
}

pub fn page(path: String) -> Page {
    let text = std::fs::read_to_string(root().join(&path)).unwrap();
    let blocks = blocks(&path, &text);
    Page { path, text, blocks }
}

fn blocks(path: &str, text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<(String, Block)> = None;
    let mut before = "";
    for (number, line) in (1..).zip(text.lines()) {
        let fence: String = line.chars().take_while(|c| *c == '`').collect();
        match &mut open {
            Some((end, _)) if line.trim_end() == end => blocks.extend(open.take().map(|(_, block)| block)),
            Some((_, block)) => block.text += &format!("{line}\n"),
            None if fence.len() >= 3 => {
                let info = line[fence.len()..].split_whitespace().map(str::to_owned).collect();
                let comment = before.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
                let place = format!("{path}:{number}");
                open = Some((fence, Block { place, info, comment: comment.map(str::to_owned), text: String::new() }));
            }
            None => {
                assert!(!line.starts_with("    "), "{path}:{number}: write a fenced block, so that it can be tested")
            }
        }
        before = line;
    }
    assert!(open.is_none(), "{path}: a fence is left open");
    blocks
}

#[test]
fn a_page_is_taken_apart() {
    let text = "a\n<!-- file: x.md -->\n````markdown broken\n```sh\n````\n\n```sh needs=hub\nfeedmill push\n```\n";
    let found = blocks("p.md", text);
    let [first, second] = found.as_slice() else { panic!("{}", found.len()) };
    assert_eq!((first.place.as_str(), first.text.as_str(), first.language()), ("p.md:3", "```sh\n", "markdown"));
    assert_eq!(first.comment.as_deref(), Some("file: x.md"));
    assert_eq!((second.word("needs"), second.word("exit"), second.is("sh needs=hub")), (Some("hub"), None, true));
}
