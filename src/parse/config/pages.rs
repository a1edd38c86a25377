//! `pages:`: texts of pages in languages that feedmill does not know, or replacements for its own.

use super::reader::ConfigReader;
use super::section::Section;
use crate::model::{Lang, PageRules, Word};
use std::collections::BTreeMap;

/// Reads the section `pages:`.
pub fn read(mut pages: Section<'_>, reader: &mut ConfigReader<'_>) -> PageRules {
    let mut texts = BTreeMap::new();
    for (tag, field) in pages.section("texts", reader).names() {
        let Some(lang) = Lang::new(&tag.value) else {
            reader.wrong_key(&field, tag.at, "a language tag, such as `de`");
            continue;
        };
        let mut words = Section::from_field(field, reader);
        let mut own: BTreeMap<Word, String> = BTreeMap::new();
        for word in Word::ALL {
            own.extend(reader.text(words.take(word.name())).map(|text| (word, text)));
        }
        words.finish(reader);
        texts.insert(lang, own);
    }
    pages.finish(reader);
    PageRules { texts }
}
