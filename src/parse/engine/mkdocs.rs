//! MkDocs with the blog plugin of Material: `mkdocs.yml`. Posts are in `docs/blog/posts`; their links have no folder.

use super::config_file::Config;
use super::facts::Facts;
use super::keys;
use super::site_files::{SiteFiles, join};
use crate::parse::permalink;
use crate::parse::tree::Node;

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let Some(tree) = site_files.tree(by) else { return facts.note(format!("{by} could not be read")) };
    facts.title(keys::text(&tree, &["site_name"]), by);
    facts.url(keys::text(&tree, &["site_url"]), None, by);
    facts.description(keys::text(&tree, &["site_description"]), by);
    facts.author(keys::text(&tree, &["site_author"]), None, None);
    facts.copyright(keys::text(&tree, &["copyright"]), by);
    facts.language(keys::text(&tree, &["theme.language"]), by);
    let docs = join(&config.base, keys::text(&tree, &["docs_dir"]).unwrap_or("docs"));
    let plugins = keys::at(&tree, "plugins").map(Node::items).unwrap_or_default();
    let blog = plugins.iter().find_map(|plugin| keys::at(plugin, "blog"));
    let setting = |name: &str| blog.and_then(|blog| keys::text(blog, &[name]));
    let dir = setting("blog_dir").unwrap_or("blog").trim_matches(['/', '.']).to_owned();
    let posts = setting("post_dir").unwrap_or("{blog}/posts").replace("{blog}", &dir);
    let posts = join(&docs, posts.trim_matches('/'));
    let format = setting("post_url_format").unwrap_or("{date}/{slug}");
    let date = setting("post_url_date_format").unwrap_or("yyyy/MM/dd");
    let is_file = keys::at(&tree, "use_directory_urls").and_then(Node::boolean) == Some(false);
    let end = if is_file { ".html" } else { "/" };
    facts.rule(&posts, permalink::from_mkdocs(&format!("/{dir}/{format}{end}"), date), format, by);
    facts.author_files.push(join(&docs, &format!("{dir}/.authors.yml")));
    facts.static_dirs.push(docs);
    facts.roots.push(posts);
}
