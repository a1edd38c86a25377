//! How many feeds may hold an article. It depends on the article and the config alone, so that the limit of its output gives
//! the same result in a full and in a partial build.

use super::{axis, condition};
use crate::model::{Article, ContentMode, FeedRule, Site};

/// Number of feeds that hold the article with its whole text.
pub fn copies(article: &Article, site: &Site) -> usize {
    let is_whole = |content: &Option<ContentMode>| content.unwrap_or(site.output.content) != ContentMode::Summary;
    let by_rule = |rule: &FeedRule| match rule {
        FeedRule::By { axis, content, .. } if is_whole(content) => axis::count(*axis, article, site),
        FeedRule::Custom { condition, content, .. } if is_whole(content) => {
            usize::from(condition::holds(condition, article, site))
        }
        _ => 0,
    };
    usize::from(is_whole(&None)) + site.feeds.iter().map(by_rule).sum::<usize>()
}
