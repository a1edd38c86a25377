//! SVG: whether a file is one, its size in CSS pixels, and whether it contains scripts (SVG 2, sections 8.2 and 15;
//! HTML event handlers). Reads only the bytes given. Entities are not resolved, so that entity expansion has no
//! effect.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The properties of an SVG file.
#[derive(Debug, PartialEq, Eq)]
pub struct Svg {
    /// Width and height in CSS pixels.
    pub size: Option<(u32, u32)>,
    /// It holds a script, an event handler, a script address or foreign content.
    pub active: bool,
}

/// Reads an SVG; `None` for anything else.
pub fn read(bytes: &[u8]) -> Option<Svg> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.iter().find(|b| !b.is_ascii_whitespace()) != Some(&b'<') {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut svg: Option<Svg> = None;
    loop {
        match (reader.read_event(), &mut svg) {
            (Ok(Event::Start(element) | Event::Empty(element)), svg) => match svg {
                Some(svg) => svg.active |= runs(&element),
                None if element.local_name().as_ref() == "svg" => {
                    *svg = Some(Svg { size: size(&element), active: runs(&element) });
                }
                None => return None,
            },
            (Ok(Event::Text(text)), None) if !text.trim().is_empty() => return None,
            (Ok(Event::Eof) | Err(_), _) => return svg,
            _ => {}
        }
    }
}

fn runs(element: &BytesStart<'_>) -> bool {
    let name = element.local_name().as_ref().to_ascii_lowercase();
    let attribute_runs = || {
        element.attributes().with_checks(false).flatten().any(|attribute| {
            let name = attribute.key.local_name().as_ref().to_ascii_lowercase();
            let value = quick_xml::escape::unescape(&attribute.value).unwrap_or_default();
            let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(11).collect();
            name.starts_with("on") || value.eq_ignore_ascii_case("javascript:")
        })
    };
    matches!(name.as_str(), "script" | "foreignobject" | "iframe" | "handler") || attribute_runs()
}

/// `width` and `height`, else those of `viewBox`.
fn size(element: &BytesStart<'_>) -> Option<(u32, u32)> {
    let value = |name: &str| {
        let attribute = element.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
        Some(attribute.value.trim().to_owned())
    };
    let whole = |number: f64| (0.5..1e9).contains(&number).then_some(number.round() as u32);
    let view: Vec<f64> = value("viewBox")
        .unwrap_or_default()
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter_map(|part| part.parse().ok())
        .collect();
    let view = |at: usize| view.get(at).copied().filter(|n| *n > 0.0);
    match (value("width").and_then(|text| pixels(&text)), value("height").and_then(|text| pixels(&text))) {
        (Some(width), Some(height)) => Some((whole(width)?, whole(height)?)),
        // The other side follows from the proportions.
        (Some(width), None) => Some((whole(width)?, whole(width * view(3)? / view(2)?)?)),
        (None, Some(height)) => Some((whole(height * view(2)? / view(3)?)?, whole(height)?)),
        (None, None) => Some((whole(view(2)?)?, whole(view(3)?)?)),
    }
}

/// A length in CSS pixels (CSS Values 4, section 6.2); `None` for what depends on the page.
fn pixels(text: &str) -> Option<f64> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '+' | '-')).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let scale = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        _ => return None,
    };
    number.parse::<f64>().ok().map(|number| number * scale)
}
