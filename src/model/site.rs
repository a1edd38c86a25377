//! The whole config, resolved: every stage gets it and nothing else of the user's settings.

use super::{
    AbsUrl, Aggregator, ContentRules, FeedRule, ImageRules, Lang, OutputRules, PageRules, Person, Publishing,
    PushRules, Since, Source, TagKey,
};
use crate::diagnostic::PolicyRules;
use std::collections::BTreeMap;

/// The site and all rules for its feeds.
#[derive(Debug, Clone)]
pub struct Site {
    /// Shown to readers; the host where unset.
    pub title: String,
    /// The site's root; ends with `/`.
    pub url: AbsUrl,
    /// Shown to readers.
    pub description: Option<String>,
    /// The site's language.
    pub lang: Option<Lang>,
    /// Dates without a zone are in this one, and all dates are shown in it.
    pub timezone: chrono_tz::Tz,
    /// Since when the site owns its host name: ids become `tag:` URIs.
    pub since: Option<Since>,
    /// Authors of articles that name none.
    pub authors: Vec<Person>,
    /// The site's image.
    pub image: Option<AbsUrl>,
    /// Its copyright line.
    pub copyright: Option<String>,
    /// `content:`.
    pub content: ContentRules,
    /// `output:`.
    pub output: OutputRules,
    /// `feeds:`; the feed of everything always exists beside them.
    pub feeds: Vec<FeedRule>,
    /// `tags.aliases`: key of the alias → spelling of the tag.
    pub aliases: BTreeMap<TagKey, String>,
    /// `sources:` by name.
    pub sources: BTreeMap<String, Source>,
    /// Who the keys of authors are (`content.authors_file`); filled by the edge.
    pub people: BTreeMap<TagKey, Person>,
    /// `websub.hubs`.
    pub hubs: Vec<AbsUrl>,
    /// Whether the visible credit line is written (`output.credit`, on by default).
    pub credit: Credit,
    /// `pages:`.
    pub pages: PageRules,
    /// `images:`.
    pub images: ImageRules,
    /// `targets:`, without twins.
    pub targets: Vec<Aggregator>,
    /// `output.target` and what belongs to it.
    pub publishing: Publishing,
    /// `push:`.
    pub push: PushRules,
    /// `policy:`.
    pub policy: PolicyRules,
}

/// Whether content ends with a visible line that names its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Credit {
    /// `Источник: …` at the end of the content.
    #[default]
    Shown,
    /// Machine-readable attribution only.
    Hidden,
}

impl Site {
    /// The file behind a URL of the site itself, below the content folder or the one that is served at the root.
    pub fn own_file(&self, url: &AbsUrl) -> Option<super::ArticlePath> {
        super::ArticlePath::below("", url.as_str().strip_prefix(self.url.as_str())?)
    }

    /// What the path of an article tells.
    pub fn path_info<'a>(&self, path: &'a super::ArticlePath) -> super::PathInfo<'a> {
        super::PathInfo::new(path, &self.content.languages, self.content.engine)
    }

    /// An article's path as findings name it: relative to the project folder.
    pub fn display_path(&self, path: &super::ArticlePath) -> String {
        match self.content.dir.trim_end_matches('/') {
            "" | "." => path.to_string(),
            dir => [dir.strip_prefix("./").unwrap_or(dir), "/", path.as_str()].concat(),
        }
    }
}
