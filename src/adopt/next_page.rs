//! The next page of a live feed: as the feed says (RFC 5005, `next_url`), else as its engine numbers them.

use crate::model::AbsUrl;
use crate::parse::feed::SourceFeed;

/// Where more entries of a feed are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextPage {
    /// The feed names it.
    Named(AbsUrl),
    /// Engines of this kind have it there; an error means that the pages before were all.
    Guessed(AbsUrl),
}

/// The page after the `number`th, which lies at `first` or follows it. `page` is what that one holds.
pub fn next_page(first: &AbsUrl, at: &AbsUrl, number: usize, page: &SourceFeed) -> Option<NextPage> {
    if !page.next.is_empty() {
        return at.join(&page.next).ok().filter(|next| next != at).map(NextPage::Named);
    }
    let generator = page.generator.to_lowercase();
    let guess = match () {
        () if page.entries.is_empty() => None,
        () if generator.contains("wordpress") => with_parameter(first, "paged", number + 1),
        () if generator.starts_with("ghost") && first.path().ends_with("/rss/") => {
            first.join(&format!("{}/", number + 1)).ok()
        }
        () if generator.contains("blogger") => with_parameter(at, "start-index", next_index(at, page)),
        () => None,
    };
    guess.map(NextPage::Guessed)
}

/// The number of the first entry behind a page of Blogger, from 1.
fn next_index(at: &AbsUrl, page: &SourceFeed) -> usize {
    let query = at.as_str().split_once('?').map_or("", |(_, query)| query);
    let index = query.split('&').find_map(|pair| pair.strip_prefix("start-index=")?.parse::<usize>().ok());
    index.unwrap_or(1).saturating_add(page.entries.len())
}

/// An address with this value of a parameter, in the place of the one that it has.
fn with_parameter(url: &AbsUrl, name: &str, value: usize) -> Option<AbsUrl> {
    let (path, query) = url.as_str().split_once('?').unwrap_or((url.as_str(), ""));
    let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(name);
    let others = query.split('&').filter(is_other).map(str::to_owned);
    let pairs: Vec<String> = others.chain([format!("{name}={value}")]).collect();
    AbsUrl::parse(&format!("{path}?{}", pairs.join("&"))).ok()
}
