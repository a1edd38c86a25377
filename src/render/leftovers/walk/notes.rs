//! Writes Obsidian's links between notes and its embeds of files.

use super::super::pieces::{self, ImagePiece};
use super::super::tokens::WikiPurpose;
use super::Walk;
use crate::render::heading;

/// Extensions of files that Obsidian shows as images.
const IMAGES: [&str; 8] = ["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"];

impl Walk<'_, '_> {
    /// `[[target|text]]`; a note that is embedded is a link.
    pub(super) fn wiki_link(&mut self, target: &str, text: &str, purpose: WikiPurpose, from: usize) {
        if purpose == WikiPurpose::Embed && is_image(target) {
            return self.embedded_image(target, text, from);
        }
        let (note, part) = target.split_once('#').unwrap_or((target, ""));
        let part = part.rsplit('#').next().unwrap_or_default().trim();
        let label = if text.is_empty() { target.replace('#', " > ") } else { text.to_owned() };
        let label = pieces::text(label.trim_start_matches(" > "));
        let page = match note.trim() {
            "" => Some(self.context.permalink.to_owned()),
            note => self.context.addresses.note(note, self.context.path),
        };
        match page {
            Some(page) => {
                // `#^id` names a block, which has no anchor on the page.
                let anchor = if part.starts_with('^') { String::new() } else { heading::anchor(part) };
                let page = page.split('#').next().unwrap_or_default();
                let url = if anchor.is_empty() { page.to_owned() } else { format!("{page}#{anchor}") };
                self.out.made(&pieces::link(&url, &label), from);
                self.rendered("a link between notes", from);
            }
            None => {
                self.out.made(&label, from);
                self.removed(&format!("the link to the note `{}`, which is not published,", note.trim()), from);
            }
        }
    }

    /// An embedded file: `![[image.png|300]]`, `![[image.png|text]]`.
    fn embedded_image(&mut self, target: &str, text: &str, from: usize) {
        let (width, height) = text.split_once('x').unwrap_or((text, ""));
        let is_size = |size: &str| !size.is_empty() && size.bytes().all(|b| b.is_ascii_digit());
        let name = target.rsplit('/').next().unwrap_or_default();
        let mut image = ImagePiece { src: target.to_owned(), alt: name.to_owned(), ..ImagePiece::default() };
        match (is_size(width), is_size(height)) {
            (true, true) => (image.width, image.height) = (width.to_owned(), height.to_owned()),
            (true, false) if height.is_empty() => image.width = width.to_owned(),
            _ if text.is_empty() => {}
            _ => image.alt = text.to_owned(),
        }
        self.out.made(&image.inline(), from);
        self.rendered("an embedded file", from);
    }
}

fn is_image(target: &str) -> bool {
    let extension = target.split('#').next().unwrap_or_default().rsplit_once('.').map(|(_, end)| end.to_lowercase());
    extension.is_some_and(|extension| IMAGES.contains(&extension.as_str()))
}
