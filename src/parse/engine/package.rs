//! Hints beside an engine's config: the host in `CNAME` (GitHub Pages), and `package.json`.

use super::facts::Facts;
use super::ground::{Ground, join};
use super::keys;

pub fn read(ground: &Ground<'_>, base: &str, facts: &mut Facts) {
    for folder in ["", "static", "public", "source", "docs", "src", "content", "content/extra"] {
        let path = join(&join(base, folder), "CNAME");
        let host = ground.text(&path).map(str::trim).filter(|host| is_host(host));
        facts.url(host.map(|host| format!("https://{host}/")).as_deref(), None, &path);
    }
    for path in [join(base, "package.json"), "package.json".to_owned()] {
        let Some(tree) = ground.tree(&path) else { continue };
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
