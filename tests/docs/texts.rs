//! Configs, articles and other texts of the docs are read by those that read them.

use crate::pages::{Block, all};
use feedmill::internals::diagnostic::{Diagnostic, Severity};
use feedmill::internals::model::{ArticlePath, Extent, Site};
use feedmill::internals::parse::{self, Head, Overrides, Parsed};

fn read(config: &str, findings: &mut Vec<Diagnostic>) -> Option<Site> {
    let url = (!config.contains("url:") || !config.contains("site:")).then(|| "https://example.org/".to_owned());
    parse::config(Some(config), "feedmill.yaml", &Overrides { url, ..Overrides::default() }, findings)
}

fn is_article(text: &str, block: &Block) {
    let (site, path) = (read("", &mut Vec::new()).unwrap(), ArticlePath::new("a.md"));
    let head = Head { path: &path, display_path: "a.md", bytes: text.as_bytes(), extent: Extent::Whole };
    let mut findings: Vec<Diagnostic> = Vec::new();
    let parsed = parse::article(head, &site, &mut findings);
    let bad = findings.iter().filter(|finding| finding.code.severity() > Severity::Note).collect::<Vec<_>>();
    assert!(matches!(parsed, Parsed::Article(_)) && bad.is_empty(), "{}: {parsed:?} {bad:?}", block.place);
}

#[test]
fn every_block_is_of_a_known_kind_and_can_be_read() {
    for page in all() {
        for block in &page.blocks {
            let text = &block.text;
            match block.info.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["sh", rest @ ..] => {
                    let known = |word: &&str| word.starts_with("needs=") || word.starts_with("exit=");
                    assert!(rest.iter().all(known), "{}: {rest:?}", block.place);
                }
                ["yaml"] => {
                    let mut findings = Vec::new();
                    let site = read(text, &mut findings);
                    assert!(site.is_some() && findings.is_empty(), "{}: {findings:?}", block.place);
                }
                ["yaml", "article"] => {
                    is_article(&format!("---\ntitle: T\ndate: 2025-06-08\n{text}---\n\nX.\n"), block)
                }
                ["yaml", "workflow"] => {
                    parse::yaml::tree(text, 1).unwrap_or_else(|fault| panic!("{}: {fault:?}", block.place));
                }
                ["markdown"] => is_article(text, block),
                ["json"] => {
                    serde_json::from_str::<serde_json::Value>(text)
                        .unwrap_or_else(|why| panic!("{}: {why}", block.place));
                }
                // A doctest of src/lib.rs.
                ["rust"] => assert_eq!(page.path, "docs/library.md", "{}: nothing compiles it here", block.place),
                ["markdown", "broken"] | ["text" | "xml" | "html" | "toml" | "ini" | "crontab"] => {}
                other => panic!("{}: {other:?} is no kind of block that a test knows", block.place),
            }
        }
    }
}

#[test]
fn the_readme_shows_every_section_of_the_config() {
    let readme = crate::pages::page("README.md".into());
    let config = readme.blocks.iter().find(|block| block.is("yaml")).unwrap();
    let site = read(&config.text, &mut Vec::new()).unwrap();
    assert!(site.feeds.len() == 4 && !site.aliases.is_empty() && !site.sources.is_empty() && !site.hubs.is_empty());
}
