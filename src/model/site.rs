//! The whole config, resolved. It holds all settings of the user; every step takes them from here.

use super::{
    AbsUrl, Aggregator, ContentRules, FeedRule, ImageRules, Lang, OutputRules, PageRules, Person, Publishing,
    PushRules, Since, Source, TagKey,
};
use crate::diagnostic::PolicyRules;
use std::collections::BTreeMap;

/// The site and all rules for its feeds.
#[derive(Debug, Clone)]
pub struct Site {
    /// The title that readers display; the host if unset.
    pub title: String,
    /// The site's root; ends with `/`.
    pub url: AbsUrl,
    /// The description that readers display.
    pub description: Option<String>,
    /// The site's language.
    pub lang: Option<Lang>,
    /// The zone of dates that are written without one, and of all displayed dates.
    pub timezone: chrono_tz::Tz,
    /// The date since which the site owns its host name: ids become `tag:` URIs.
    pub since: Option<Since>,
    /// The host that ids name, where it is not the site's present one: a site that moves keeps its ids (`site.id_host`).
    pub id_host: Option<String>,
    /// The authors of articles that name none.
    pub authors: Vec<Person>,
    /// The site's image.
    pub image: Option<AbsUrl>,
    /// The site's copyright line.
    pub copyright: Option<String>,
    /// The section `content:`.
    pub content: ContentRules,
    /// The section `output:`.
    pub output: OutputRules,
    /// `feeds:`; the feed of all articles exists in any case.
    pub feeds: Vec<FeedRule>,
    /// `tags.aliases`: key of the alias → spelling of the tag.
    pub aliases: BTreeMap<TagKey, String>,
    /// `sources:` by name.
    pub sources: BTreeMap<String, Source>,
    /// The people behind author keys (`content.authors_file`); filled in by the edge.
    pub people: BTreeMap<TagKey, Person>,
    /// The list `websub.hubs`.
    pub hubs: Vec<AbsUrl>,
    /// Whether the visible credit line is written (`output.credit`, on by default).
    pub credit: Credit,
    /// The section `pages:`.
    pub pages: PageRules,
    /// The section `images:`.
    pub images: ImageRules,
    /// `targets:`, without duplicates.
    pub targets: Vec<Aggregator>,
    /// `output.target` and the settings that belong to it.
    pub publishing: Publishing,
    /// The section `push:`.
    pub push: PushRules,
    /// The section `policy:`.
    pub policy: PolicyRules,
}

/// Whether content ends with a visible line that credits its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Credit {
    /// `Источник: …` at the end of the content.
    #[default]
    Shown,
    /// Machine-readable attribution only.
    Hidden,
}

impl Site {
    /// The start of the site's `tag:` URIs, `tag:example.org,2025:` (RFC 4151 section 2.1). `None` where the site does not say
    /// since when it owns its host, or the host cannot be in such a URI.
    pub fn tag_prefix(&self) -> Option<String> {
        let (host, since) = (self.id_host.clone().unwrap_or_else(|| self.url.host()), self.since.as_ref()?);
        super::is_dns_name(&host).then(|| ["tag:", &host, ",", since.as_str(), ":"].concat())
    }

    /// The file behind a URL of the site itself, below the content folder or the folder that is served at the root.
    pub fn own_file(&self, url: &AbsUrl) -> Option<super::ArticlePath> {
        super::ArticlePath::below("", url.as_str().strip_prefix(self.url.as_str())?)
    }

    /// The parts of an article's path: its day, language, name and sections.
    pub fn path_info<'a>(&self, path: &'a super::ArticlePath) -> super::PathInfo<'a> {
        super::PathInfo::new(path, &self.content.languages, self.content.engine)
    }

    /// The section of an article: its first folder below the content folder, without those of languages and of Jekyll.
    pub fn section<'a>(&self, path: &'a super::ArticlePath) -> Option<&'a str> {
        self.path_info(path).sections.first().copied()
    }

    /// An article's path as findings display it: relative to the project folder.
    pub fn display_path(&self, path: &super::ArticlePath) -> String {
        match self.content.dir.trim_end_matches('/') {
            "" | "." => path.to_string(),
            dir => [dir.strip_prefix("./").unwrap_or(dir), "/", path.as_str()].concat(),
        }
    }
}
