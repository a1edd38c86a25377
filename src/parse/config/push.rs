//! `push:`: how hubs are pinged.

use super::reader::ConfigReader;
use super::section::Section;
use crate::model::{PushRules, Verify};

/// The words of `verify`.
pub const VERIFY: [(&str, Verify); 2] = [("bytes", Verify::Bytes), ("off", Verify::Off)];

/// Reads the section `push:`.
pub fn read(mut push: Section<'_>, reader: &mut ConfigReader<'_>) -> PushRules {
    let rules = PushRules::default();
    let purge = match push.take("purge") {
        // A command in one text is words between blanks; what needs more is written as a list.
        Some(field) if field.node.text().is_some() => {
            let text = reader.name(Some(field), "a command and its arguments").unwrap_or_default();
            text.split_whitespace().map(str::to_owned).collect()
        }
        field => {
            let items = reader.list(field);
            items
                .into_iter()
                .filter_map(|item| {
                    item.node.text().map(str::to_owned).or_else(|| {
                        reader.wrong(&item, "a list of a command and its arguments");
                        None
                    })
                })
                .collect()
        }
    };
    let read = PushRules {
        purge,
        at_once: reader.number(push.take("at_once"), 1..=64, rules.at_once).unwrap_or(rules.at_once),
        per_second: reader.number(push.take("per_second"), 1..=1000, rules.per_second).unwrap_or(rules.per_second),
        verify: reader.choice(push.take("verify"), &VERIFY).unwrap_or_default(),
    };
    push.finish(reader);
    read
}
