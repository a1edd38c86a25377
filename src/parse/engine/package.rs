//! Hints outside an engine's config: the host in `CNAME` (GitHub Pages), and `package.json`.

use super::facts::Facts;
use super::keys;
use super::site_files::{SiteFiles, join};

pub fn read(site_files: &SiteFiles<'_>, base: &str, facts: &mut Facts) {
    for folder in ["", "static", "public", "source", "docs", "src", "content", "content/extra"] {
        let path = join(&join(base, folder), "CNAME");
        let host = site_files.text(&path).map(str::trim).filter(|host| is_host(host));
        facts.url(host.map(|host| format!("https://{host}/")).as_deref(), None, &path);
    }
    for path in [join(base, "package.json"), "package.json".to_owned()] {
        let Some(tree) = site_files.tree(&path) else { continue };
        let homepage = keys::text(&tree, &["homepage"]).filter(|url| !is_repository(url));
        facts.url(homepage, None, &path);
        facts.title(keys::text(&tree, &["displayName", "name"]).filter(|name| !name.starts_with('@')), &path);
        facts.description(keys::text(&tree, &["description"]), &path);
        let author = keys::text(&tree, &["author.name", "author"]).unwrap_or_default();
        // npm's own form: `Ann <ann@e.org> (https://e.org)`.
        let name = author.split(['<', '(']).next().filter(|name| !name.trim().is_empty());
        let email = author.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(email, _)| email);
        facts.author(name, email.or(keys::text(&tree, &["author.email"])), None);
    }
}

fn is_host(text: &str) -> bool {
    text.contains('.')
        && text.len() < 254
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}

fn is_repository(url: &str) -> bool {
    ["github.com/", "gitlab.com/", "bitbucket.org/", "npmjs.com/"].iter().any(|host| url.contains(host))
        || url.contains('#')
}

/// The folder of the pages that show a collection: of its own name, or the only one of the usual names.
pub fn route(site_files: &SiteFiles<'_>, parents: &[&str], name: &str) -> Option<String> {
    let is_in = |parent: &str, route: &str| site_files.folders_in(parent).any(|dir| dir == route);
    // Next's `(group)` is not part of the URL.
    let in_group = |parent: &str, route: &str| {
        site_files.folders_in(parent).any(|dir| dir.starts_with('(') && is_in(&join(parent, dir), route))
    };
    let is_there = |route: &&str| parents.iter().any(|parent| is_in(parent, route) || in_group(parent, route));
    let others: Vec<_> = ROUTES.into_iter().filter(is_there).collect();
    match others.as_slice() {
        _ if is_there(&name) => Some(name.to_owned()),
        [other] => Some((*other).to_owned()),
        _ => None,
    }
}

/// Usual names of the part of a site that holds articles.
const ROUTES: [&str; 7] = ["blog", "posts", "post", "articles", "writing", "news", "notes"];
