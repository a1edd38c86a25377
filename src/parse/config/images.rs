//! `images:` and `targets:`: which elements are written for images, how long facts stay valid, what a probe may connect
//! to, and which aggregators' requirements `check` reports.

use super::reader::ConfigReader;
use super::section::Section;
use super::value::ConfigValue;
use crate::model::{Aggregator, ImageParts, ImageRules, Reach};

/// The words of `targets`.
pub const TARGETS: [(&str, Aggregator); 1] = [("flipboard", Aggregator::Flipboard)];

/// The longest age: ten years.
const OLDEST: i64 = 3650 * 86_400;

/// Reads the section `images:`.
pub fn read(mut images: Section<'_>, reader: &mut ConfigReader<'_>) -> ImageRules {
    let default = ImageRules::default();
    let max_age = reader.value(images.take("max_age"), "an age, such as `30d`, `12h` or `90m`", age);
    let reach = match reader.flag(images.take("allow_private")) {
        Some(true) => Reach::Anywhere,
        _ => Reach::Public,
    };
    let mut part = |key: &'static str, default: bool| reader.flag(images.take(key)).unwrap_or(default);
    let parts = ImageParts {
        figure: part("figure", default.parts.figure),
        caption: part("caption", default.parts.caption),
        enclosure: part("enclosure", default.parts.enclosure),
        media: part("media", default.parts.media),
        attachments: part("attachments", default.parts.attachments),
        banner: part("banner", default.parts.banner),
    };
    images.finish(reader);
    ImageRules { parts, max_age: max_age.unwrap_or(default.max_age), reach }
}

/// Reads the list `targets:`.
pub fn targets(field: Option<ConfigValue<'_>>, reader: &mut ConfigReader<'_>) -> Vec<Aggregator> {
    let items = reader.list(field);
    let mut targets: Vec<Aggregator> =
        items.into_iter().filter_map(|item| reader.choice(Some(item), &TARGETS)).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// Seconds: a whole number and `d`, `h`, `m` or `s`.
pub fn age(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "d" => 86_400,
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        _ => return None,
    };
    let digits = number.trim_end();
    let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse::<i64>().ok().filter(|_| whole)?.checked_mul(unit).filter(|age| *age <= OLDEST)
}
