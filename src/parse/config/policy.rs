//! `policy:`: when a run is refused, and the level of each code.

use super::reader::ConfigReader;
use super::section::Section;
use super::value::short;
use crate::diagnostic::{Code, Level, Mode, PolicyRules, nearest};

/// The words of `mode`.
pub const MODES: [(&str, Mode); 2] = [("strict", Mode::Strict), ("lenient", Mode::Lenient)];
/// The words of a level.
pub const LEVELS: [(&str, Level); 3] = [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

/// Reads the section `policy:`.
pub fn read(mut policy: Section<'_>, reader: &mut ConfigReader<'_>) -> PolicyRules {
    let mut rules = PolicyRules { mode: reader.choice(policy.take("mode"), &MODES), ..PolicyRules::default() };
    for (key, level) in policy.section("levels", reader).names() {
        match Code::find(&key.value) {
            Some(code) => {
                if let Some(level) = reader.choice(Some(level), &LEVELS) {
                    rules.levels.insert(code, level);
                }
            }
            None => {
                let names = Code::ALL.iter().flat_map(|code| [code.name(), code.id()]);
                let help = match nearest(&key.value, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`feedmill explain` lists every code".into(),
                };
                reader.report(Code::BadValue, key.at, format!("unknown code `{}`", short(&key.value)), Some(help));
            }
        }
    }
    policy.finish(reader);
    rules
}
