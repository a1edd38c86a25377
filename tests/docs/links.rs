//! Links between the pages lead to files and headings that are there, and the contents name every page.

use crate::pages::{all, page, root};
use std::path::Path;

#[test]
fn links_lead_somewhere() {
    let mut faults = Vec::new();
    for page in all() {
        for link in links(&page.text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let folder = Path::new(&page.path).parent().unwrap();
            let target = if file.is_empty() { Path::new(&page.path).to_owned() } else { folder.join(file) };
            let whole = root().join(&target);
            match std::fs::read_to_string(&whole) {
                Ok(text) if anchor.is_empty() || anchors(&text).contains(&anchor.to_owned()) => {}
                Ok(_) => faults.push(format!("{}: {link}: there is no such heading", page.path)),
                Err(_) if whole.is_dir() => {}
                Err(why) => faults.push(format!("{}: {link}: {why}", page.path)),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Targets of `[text](target)` outside fences and code.
fn links(text: &str) -> Vec<String> {
    let outside = text.split("```").step_by(2).collect::<String>();
    let plain: String = outside.split('`').step_by(2).collect();
    plain.split("](").skip(1).filter_map(|rest| rest.split(')').next()).map(str::to_owned).collect()
}

/// As GitHub makes them of headings.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| -> String {
        let kept = heading.to_lowercase();
        let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn the_contents_name_every_page() {
    let contents = links(&page("docs/README.md".into()).text);
    for page in all().iter().filter_map(|page| page.path.strip_prefix("docs/").map(str::to_owned)) {
        assert!(page == "README.md" || contents.contains(&page), "docs/README.md does not name {page}");
    }
}

#[test]
fn anchors_are_those_of_github() {
    assert_eq!(anchors("## `site`: who speaks\nx\n# A b_c-d (e)"), ["site-who-speaks", "a-b_c-d-e"]);
    assert_eq!(links("[a](b.md#c) `[x](y)`\n```\n[n](m)\n```\n[d](e)"), ["b.md#c", "e"]);
}
