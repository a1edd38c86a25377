//! Texts reduced to their words, so that Markdown and the HTML made of it are alike.

use crate::model::html;
use pulldown_cmark::{Event, Parser};
use similar::{Algorithm, capture_diff_slices, diff_ratio};

/// Words of a text that are compared.
const MAX_WORDS: usize = 2000;

/// Words below which two texts are not compared: short ones are alike by chance.
const MIN_WORDS: usize = 8;

/// How alike two texts of one article are.
const ALIKE: f32 = 0.98;

/// Letters and digits of a title, in lower case: quotes and dashes differ between engines.
pub(super) fn title_key(title: &str) -> String {
    let title = crate::model::composed(title.to_lowercase());
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a text without tags.
pub(super) fn of_text(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MAX_WORDS).map(str::to_lowercase).collect()
}

/// The words of an article's body.
pub(super) fn of_body(body: &str, is_html: bool) -> Vec<String> {
    if is_html {
        return of_text(&html::plain_text(body, body.len()));
    }
    let mut text = String::new();
    for event in Parser::new(body) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak | Event::Start(_) => text.push(' '),
            Event::Html(piece) | Event::InlineHtml(piece) => text.push_str(&html::plain_text(&piece, piece.len())),
            _ => {}
        }
    }
    of_text(&text)
}

/// Whether two texts are those of one article.
pub(super) fn are_alike(one: &[String], other: &[String]) -> bool {
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    if short < MIN_WORDS || short * 100 < long * 96 {
        return false;
    }
    let ops = capture_diff_slices(Algorithm::Myers, one, other);
    diff_ratio(&ops, one.len(), other.len()) >= ALIKE
}
