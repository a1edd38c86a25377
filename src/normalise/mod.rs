//! What was written → what it means: identity, dates, tags and slugs, image, attribution, and checks over the whole collection.

use crate::diagnostic::Sink;
use crate::model::{Article, ArticlePath, RawArticle, Site, TagTable};

/// All articles of a run that may stand in feeds, with their tags.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    /// In the order of their paths.
    pub articles: Vec<Article>,
    /// Every tag in use.
    pub tags: TagTable,
    /// Articles refused because another has their id or permalink; reported.
    pub refused: Vec<ArticlePath>,
}

/// Completes one article. `None` when it has an error; the finding has been reported.
pub fn article(raw: RawArticle, site: &Site, sink: &mut dyn Sink) -> Option<Article> {
    let _ = (raw, site, sink);
    None
}

/// Checks over all articles: twins, colliding instants, tags. The order of the input has no say.
pub fn collection(articles: Vec<Article>, site: &Site, sink: &mut dyn Sink) -> Collection {
    let _ = (site, sink);
    Collection { articles, ..Collection::default() }
}
