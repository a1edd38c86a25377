//! Reads config values by type, and reports what is wrong: the key, the expected type, the value found.

use super::value::{ConfigValue, short};
use crate::diagnostic::{Code, Diagnostic, Sink, nearest};
use crate::model::{Place, is_absolute, is_xml_char, without_secrets};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// Where findings of the config go, and what was learnt of its keys.
pub struct ConfigReader<'s> {
    path: &'s str,
    sink: &'s mut dyn Sink,
    clean: bool,
    /// Section and key of every key that was asked for.
    known: Vec<(String, &'static str)>,
}

impl<'s> ConfigReader<'s> {
    /// A reader of the config at a path.
    pub fn new(path: &'s str, sink: &'s mut dyn Sink) -> Self {
        Self { path, sink, clean: true, known: Vec::new() }
    }

    /// Whether nothing was reported.
    pub fn is_clean(&self) -> bool {
        self.clean
    }

    /// Reports a fault.
    pub fn report(&mut self, code: Code, at: Place, message: String, help: Option<String>) {
        self.clean = false;
        let finding = Diagnostic::new(code, self.path, at, message);
        self.sink.report(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    /// Reports a fault of a flag: it has no place in the file.
    pub fn report_flag(&mut self, message: String, help: Option<String>) {
        self.clean = false;
        let finding = Diagnostic::new(Code::BadValue, "", Place::WHOLE, message);
        self.sink.report(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    /// Reports a value that is not what is expected (`a number from 1, such as 50`).
    pub fn wrong(&mut self, field: &ConfigValue<'_>, expected: &str) {
        self.wrong_with_help(field, expected, None);
    }

    /// The same, with a help line.
    pub fn wrong_with_help(&mut self, field: &ConfigValue<'_>, expected: &str, help: Option<String>) {
        let written = field.node.text().filter(|text| is_absolute(text)).map(without_secrets);
        self.unexpected(field, expected, written, help);
    }

    /// The same of a value that should be a URL, of which no secret is shown.
    pub fn wrong_url(&mut self, field: &ConfigValue<'_>, expected: &str, help: Option<String>) {
        self.unexpected(field, expected, field.node.text().map(without_secrets), help);
    }

    fn unexpected(
        &mut self,
        field: &ConfigValue<'_>,
        expected: &str,
        described: Option<Cow<'_, str>>,
        help: Option<String>,
    ) {
        let written = match described.as_deref().or(field.node.text()) {
            Some("") => "an empty text".into(),
            Some(text) => format!("`{}`", short(text)),
            None => field.node.noun().to_owned(),
        };
        let message = format!("`{}` should be {expected}, not {written}", short(&field.name));
        self.report(Code::BadValue, field.node.at, message, help);
    }

    /// Reports a key that is not of the kind that its mapping is made of.
    pub fn wrong_key(&mut self, field: &ConfigValue<'_>, at: Place, expected: &str) {
        let message = format!("`{}` is not a valid key: expected {expected}", short(&field.name));
        self.report(Code::BadValue, at, message, None);
    }

    /// Remembers the keys of a section, for the sake of those that are written elsewhere.
    pub fn learn(&mut self, section: &str, keys: &[&'static str]) {
        self.known.extend(keys.iter().map(|key| (section.to_owned(), *key)));
    }

    /// All keys that were asked for, with their section.
    #[cfg(test)]
    pub fn known(&self) -> &[(String, &'static str)] {
        &self.known
    }

    /// The section that has such a key.
    pub fn section_that_knows(&self, key: &str) -> Option<String> {
        self.known.iter().find(|(section, k)| *k == key && !section.is_empty()).map(|(section, _)| section.clone())
    }

    /// One line of text, trimmed; blank is unset.
    pub fn text(&mut self, field: Option<ConfigValue<'_>>) -> Option<String> {
        let field = field?;
        let Some(text) = field.node.text() else {
            self.wrong(&field, "a text");
            return None;
        };
        let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(bad) = text.chars().find(|c| !is_xml_char(*c)) {
            let message = format!("`{}` holds the character U+{:04X}, which no feed may carry", field.name, bad as u32);
            self.report(Code::BadValue, field.node.at, message, None);
            return None;
        }
        (!text.is_empty()).then_some(text)
    }

    /// One line of text that must not be blank.
    pub fn name(&mut self, field: Option<ConfigValue<'_>>, expected: &str) -> Option<String> {
        let field = field?;
        if field.node.text().is_none_or(|text| text.trim().is_empty()) {
            self.wrong(&field, expected);
            return None;
        }
        self.text(Some(field))
    }

    /// A value read from its text; `None` from `read` is a fault.
    pub fn value<T>(
        &mut self,
        field: Option<ConfigValue<'_>>,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let field = field?;
        let value = field.node.text().map(str::trim).and_then(read);
        if value.is_none() {
            self.wrong(&field, expected);
        }
        value
    }

    /// `true` or `false`.
    pub fn flag(&mut self, field: Option<ConfigValue<'_>>) -> Option<bool> {
        let field = field?;
        let flag = field.node.boolean();
        if flag.is_none() {
            self.wrong(&field, "`true` or `false`");
        }
        flag
    }

    /// A whole number.
    pub fn number(
        &mut self,
        field: Option<ConfigValue<'_>>,
        range: RangeInclusive<usize>,
        example: usize,
    ) -> Option<usize> {
        let expected = format!("a whole number from {} to {}, such as {example}", range.start(), range.end());
        self.value(field, &expected, |text| text.parse().ok().filter(|n| range.contains(n)))
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, field: Option<ConfigValue<'_>>, choices: &[(&'static str, T)]) -> Option<T> {
        let field = field?;
        let text = field.node.text().unwrap_or_default().trim();
        let choice = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if choice.is_none() {
            let words = choices.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>();
            let near = nearest(text, choices.iter().map(|(word, _)| *word));
            self.wrong_with_help(&field, &one_of(&words), near.map(|near| format!("did you mean `{near}`?")));
        }
        choice
    }

    /// The items of a list, each under the list's name; one value is a list of one.
    pub fn list<'n>(&mut self, field: Option<ConfigValue<'n>>) -> Vec<ConfigValue<'n>> {
        let Some(field) = field else { return Vec::new() };
        let mut items = Vec::new();
        for node in field.node.items() {
            if node.is_null() {
                let message = format!("`{}` has an item with nothing in it", short(&field.name));
                self.report(Code::BadValue, node.at, message, Some("remove it, or write a value".into()));
            } else {
                items.push(ConfigValue { name: field.name.clone(), node });
            }
        }
        items
    }
}

fn one_of(words: &[String]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
