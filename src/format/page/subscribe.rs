//! How to subscribe: links for readers that take an address, and the addresses themselves as text that can be selected.

use super::Page;
use crate::model::Word;
use maud::{Markup, html};

/// Readers in the web with the link that adds a feed, before its encoded address.
const READERS: [(&str, &str); 3] = [
    ("Feedly", "https://feedly.com/i/subscription/feed/"),
    ("Inoreader", "https://www.inoreader.com/?add_feed="),
    ("NewsBlur", "https://www.newsblur.com/?url="),
];

/// The section on how to subscribe.
pub(super) fn section(page: &Page<'_>) -> Markup {
    let words = &page.words;
    let first = page.addresses().next();
    html! {
        section.subscribe aria-labelledby="subscribe" {
            h2 #subscribe lang=[page.fallback_lang()] { (words.word(Word::Subscribe)) }
            @if let Some((_, address)) = first {
                ul.readers {
                    // A program that is installed takes addresses of its own scheme.
                    li { a.strong href={ "feed:" (address.as_str()) } lang=[page.fallback_lang()] { (words.word(Word::Reader)) } }
                    @for (name, link) in READERS { li { a href={ (link) (encoded(address.as_str())) } { (name) } } }
                }
            }
            p lang=[page.fallback_lang()] dir="auto" { (words.word(Word::Addresses)) }
            dl {
                @for (format, address) in page.addresses() {
                    div { dt { (format.label()) } dd { code dir="ltr" { (address.as_str()) } } }
                }
            }
            p.small lang=[page.fallback_lang()] dir="auto" { (words.word(Word::Elsewhere)) }
        }
    }
}

/// Percent-encoded as one component of a URL (RFC 3986 section 2.3).
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len() * 2);
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
