//! Links: to articles by the path of their file, to pages by their URL, to embedded content of other services.

use super::super::embeds;
use super::super::pieces;
use super::super::tokens::Family;
use super::{Part, TagOutcome, TagShape};

const TARGETS: [&str; 8] = ["href", "to", "url", "link", "src", "path", "file", "page"];

impl Part<'_, '_> {
    /// `{{< ref "a.md" >}}`, `{% post_url 2020-05-02-a %}`: an address.
    pub(super) fn article_address(&self) -> (TagShape, TagOutcome) {
        let written =
            self.arguments.named(&["path", "page", "slug"]).or_else(|| self.arguments.at(0)).unwrap_or_default();
        let found = match written.strip_prefix('#') {
            Some(anchor) => Some(format!("{}#{anchor}", self.context.permalink)),
            None => self.context.addresses.find(written, self.context.path),
        };
        let outcome = if found.is_some() { TagOutcome::Rendered } else { TagOutcome::Removed };
        (TagShape::Address(found), outcome)
    }

    /// `{% post_link slug Title %}`: a link, or its text.
    pub(super) fn article_link(&self) -> (TagShape, TagOutcome) {
        let mut words = self.arguments.positional.iter().map(String::as_str);
        let slug = words.next().unwrap_or_default();
        let mut title: Vec<&str> = words.collect();
        if title.len() > 1 || matches!(title.as_slice(), ["true" | "false"]) {
            title.pop_if(|last| matches!(*last, "true" | "false"));
        }
        let known = self.context.addresses.title(slug, self.context.path);
        let title = if title.is_empty() { known.unwrap_or(slug).to_owned() } else { title.join(" ") };
        let html = pieces::text(&title);
        match self.context.addresses.find(slug, self.context.path) {
            Some(url) => (TagShape::Inline(pieces::link(&url, &html)), TagOutcome::Rendered),
            None => (TagShape::Inline(html), TagOutcome::Removed),
        }
    }

    /// `link`, `button`, `<Link to>` and their kin.
    pub(super) fn link(&self) -> (TagShape, TagOutcome) {
        let positional = &self.arguments.positional;
        if let ([path], Family::Liquid, "link") = (positional.as_slice(), self.tag.family, self.name.as_str())
            && self.arguments.named.is_empty()
            && !path.contains("://")
        {
            let page = self.context.addresses.find(path, self.context.path);
            let file = || {
                pieces::is_address(path).then(|| {
                    format!("{}{}/{}", self.context.origin, self.context.site_path, path.trim_start_matches('/'))
                })
            };
            let found = page.or_else(|| if path.ends_with(".md") { None } else { file() });
            let outcome = if found.is_some() { TagOutcome::Rendered } else { TagOutcome::Removed };
            return (TagShape::Address(found), outcome);
        }
        let is_target = |text: &&String| pieces::is_address(text);
        let place = positional.iter().position(|text| is_target(&text));
        let target = self.arguments.named(&TARGETS).or_else(|| place.and_then(|place| self.arguments.at(place)));
        let url = target.and_then(|target| {
            let page =
                target.ends_with(".md").then(|| self.context.addresses.find(target, self.context.path)).flatten();
            page.or_else(|| pieces::is_address(target).then(|| target.to_owned()))
        });
        if self.is_paired() {
            return match url {
                Some(url) => (
                    TagShape::Around(format!("<a href=\"{}\">", pieces::attribute(&url)), "</a>".into()),
                    TagOutcome::Rendered,
                ),
                None => (TagShape::Content, TagOutcome::Removed),
            };
        }
        let others = positional.iter().enumerate().filter(|(at, word)| {
            let flag = matches!(word.as_str(), "true" | "false" | "external" | "_blank");
            Some(*at) != place && !flag && !pieces::is_address(word)
        });
        let others = others.map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ");
        let text = self.text_argument().map_or(others, str::to_owned);
        match (url, text.trim()) {
            (Some(url), "") => (TagShape::Inline(pieces::bare_link(&url)), TagOutcome::Rendered),
            (Some(url), text) => (TagShape::Inline(pieces::link(&url, &pieces::line(text))), TagOutcome::Rendered),
            (None, "") => (TagShape::Gone, TagOutcome::Removed),
            (None, text) => (TagShape::Inline(pieces::line(text)), TagOutcome::Removed),
        }
    }

    /// A video, a post, a page of another site: a link to it.
    pub(super) fn embed(&self) -> Option<TagShape> {
        let first = || {
            let named = self.arguments.named.iter().map(|(_, value)| value);
            self.arguments
                .positional
                .iter()
                .chain(named)
                .find(|text| text.starts_with("https://") || text.starts_with("http://"))
        };
        let page = embeds::page(&self.name, &self.arguments).or_else(|| first().map(|url| embeds::watched(url)))?;
        Some(TagShape::Inline(self.titled_link(&page)))
    }

    /// A link with the title of the tag, else with its address.
    pub(super) fn titled_link(&self, url: &str) -> String {
        match self.arguments.named(&["title", "caption", "label", "text", "alt"]) {
            Some(title) => pieces::link(url, &pieces::line(title)),
            None => pieces::bare_link(url),
        }
    }
}
