//! Where the next page of a feed is, by what the page before says.

use super::*;
use crate::model::AbsUrl;
use crate::parse::feed;

fn next(first: &str, at: &str, number: usize, feed: &str) -> Option<NextPage> {
    let url = |text: &str| AbsUrl::parse(text).unwrap();
    next_page(&url(first), &url(at), number, &feed::read(feed.as_bytes()).unwrap())
}

#[test]
fn pages_are_where_the_feed_or_its_engine_has_them() {
    let rss = |generator: &str| {
        format!("<rss><channel><generator>{generator}</generator><item><guid>a</guid></item></channel></rss>")
    };
    let guessed = |url: &str| Some(NextPage::Guessed(AbsUrl::parse(url).unwrap()));
    let home = "https://e.org/feed/";
    assert_eq!(next(home, home, 1, &rss("https://wordpress.org/?v=6.4")), guessed("https://e.org/feed/?paged=2"));
    let second = "https://e.org/feed/?paged=2&x=1";
    assert_eq!(next(second, second, 2, &rss("WordPress")), guessed("https://e.org/feed/?x=1&paged=3"));
    assert_eq!(next("https://e.org/rss/", home, 2, &rss("Ghost 5.8")), guessed("https://e.org/rss/3/"));
    assert_eq!(next(home, home, 1, &rss("Blogger")), guessed("https://e.org/feed/?start-index=2"));
    assert_eq!(next(home, home, 1, &rss("Hugo")), None);
    assert_eq!(next(home, home, 1, "<rss><channel><generator>WordPress</generator></channel></rss>"), None);
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"next\" href=\"?p=2\"/></feed>";
    assert_eq!(next(home, home, 1, atom), Some(NextPage::Named(AbsUrl::parse("https://e.org/feed/?p=2").unwrap())));
    assert_eq!(next(home, "https://e.org/feed/?p=2", 2, atom), None, "a page that names itself is the last");
}
