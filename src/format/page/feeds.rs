//! The other feeds: on a feed's page its neighbours, on the page of everything all of them by family.

use super::Page;
use crate::model::{Axis, Directory, Format, Word};
use maud::{Markup, html};

/// Tags that go with this feed; nothing where there is none.
pub(super) fn related(page: &Page<'_>) -> Option<Markup> {
    let (related, root) = (&page.face.related, page.root());
    (!related.is_empty()).then(|| {
        html! {
            section.feeds aria-labelledby="related" {
                h2 #related lang=[page.fallback_lang()] { (page.words.word(Word::Related)) }
                ul { @for tag in related { (item(&root, &tag.folder, &tag.label, tag.shared)) } }
            }
        }
    })
}

/// Every feed except the feed of all articles; empty if there is no other.
pub(super) fn all(page: &Page<'_>, directory: &Directory) -> Option<Markup> {
    let axes = [None].into_iter().chain(Axis::ALL.map(Some));
    let families: Vec<_> =
        axes.map(|axis| (axis, directory.family(axis))).filter(|(_, feeds)| !feeds.is_empty()).collect();
    (!families.is_empty()).then(|| {
        html! {
            section.feeds #feeds aria-labelledby="all" {
                h2 #all lang=[page.fallback_lang()] { (page.words.word(Word::AllFeeds)) }
                @for (axis, feeds) in families {
                    div {
                        h3 lang=[page.fallback_lang()] { (page.words.of_family(axis)) }
                        ul { @for feed in feeds { (item("", &feed.folder, &feed.label, feed.total)) } }
                    }
                }
                p.small { a href=(Format::Opml.file_name()) lang=[page.fallback_lang()] { (page.words.word(Word::Opml)) } }
            }
        }
    })
}

/// A label is somebody's text: `bdi` keeps its direction to itself.
fn item(root: &str, folder: &str, label: &str, count: usize) -> Markup {
    html! { li { a href={ (root) (folder) } { bdi { (super::shortened(label, 80)) } small { (count) } } } }
}
