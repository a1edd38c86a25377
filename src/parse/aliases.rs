//! Addresses that an article had before, by its front matter: `aliases` (Hugo, Zola), `redirect_from` (Jekyll), and the number that
//! WordPress gave the post.

use super::article;
use super::fence::{self, FoundFence};
use crate::model::Extent;

/// Keys that hold one address or a list of them.
const ADDRESS_KEYS: [&str; 5] = ["aliases", "alias", "redirect_from", "redirect-from", "redirects"];

/// Keys that hold the number of a post.
const NUMBER_KEYS: [&str; 3] = ["wordpress_id", "wp_id", "post_id"];

/// The addresses in a file's front matter; none where it cannot be read, which other steps report.
pub fn read(bytes: &[u8], extent: Extent) -> Vec<String> {
    let FoundFence::Head(front) = fence::find(bytes, extent) else { return Vec::new() };
    let Some(root) = article::tree(&front, "", &mut ()) else { return Vec::new() };
    let texts = |key: &str| root.entry(key).map(|value| value.items().iter().filter_map(|item| item.text()));
    let addresses = ADDRESS_KEYS.into_iter().filter_map(texts).flatten().map(str::to_owned);
    let numbers = NUMBER_KEYS.into_iter().filter_map(texts).flatten().map(|number| format!("/?p={}", number.trim()));
    addresses.chain(numbers).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_every_dialect() {
        let read = |text: &str| read(text.as_bytes(), Extent::Whole);
        assert_eq!(read("---\naliases: [/a/, /b.html]\nwordpress_id: 17\n---\n"), ["/a/", "/b.html", "/?p=17"]);
        assert_eq!(read("+++\naliases = [\"/a/\"]\n+++\n"), ["/a/"]);
        assert_eq!(read("---\nredirect_from: /old\n---\n"), ["/old"]);
        assert_eq!(read("no front matter"), [""; 0]);
    }
}
