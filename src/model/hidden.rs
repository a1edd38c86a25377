//! Which HTML elements a page does not display: those with the attribute `hidden` and those that their own `style`
//! hides.
//!
//! Style sheets and scripts are not read. `hidden="until-found"` is displayed as soon as a visitor searches for the
//! text
//! (HTML, "The hidden attribute"), so it is like `<details>`. `aria-hidden` hides nothing from sighted readers.

use super::html::value;

/// Whether an element with these attributes is displayed. Names are in lower case, values are decoded.
pub fn is_hidden(attributes: &[(String, String)]) -> bool {
    let style = value(attributes, "style").unwrap_or_default();
    if matches!(declared(style, "visibility").as_deref(), Some("hidden" | "collapse")) {
        return true;
    }
    match declared(style, "display").as_deref() {
        Some("none") => true,
        // An element's own style overrides the browser's rule for `hidden`.
        Some(other) if !matches!(other, "" | "revert" | "revert-layer") => false,
        _ => value(attributes, "hidden").is_some_and(|state| !state.trim().eq_ignore_ascii_case("until-found")),
    }
}

/// The value, in lower case, that a `style` gives to a property: the last one, but `!important` wins over others
/// (CSS Cascading, "Importance").
fn declared(style: &str, property: &str) -> Option<String> {
    let mut winner: Option<(bool, String)> = None;
    for declaration in declarations(&without_comments(style)) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        if !name.trim().eq_ignore_ascii_case(property) {
            continue;
        }
        let value = value.trim().to_ascii_lowercase();
        let marked = value.strip_suffix("important").and_then(|value| value.trim_end().strip_suffix('!'));
        let important = marked.is_some();
        let value = marked.unwrap_or(&value).trim_end().to_owned();
        if important || !winner.as_ref().is_some_and(|(important, _)| *important) {
            winner = Some((important, value));
        }
    }
    winner.map(|(_, value)| value)
}

/// The parts between semicolons that are outside strings and brackets.
fn declarations(style: &str) -> Vec<&str> {
    let (mut quote, mut depth) = (None, 0_usize);
    style
        .split(|c: char| {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(c),
                (None, '(') => depth += 1,
                (None, ')') => depth = depth.saturating_sub(1),
                (None, ';') => return depth == 0,
                _ => {}
            }
            false
        })
        .collect()
}

fn without_comments(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::html::tags;

    fn hides(attributes: &str) -> bool {
        let html = format!("<p {attributes}>");
        is_hidden(&tags(&html).next().unwrap().attributes())
    }

    #[test]
    fn what_a_page_does_not_display() {
        for attributes in [
            "hidden",
            "HIDDEN=\"\"",
            "hidden=hidden",
            "hidden=false",
            "class=a hidden id=b",
            "style=display:none",
            "style=\"color: red; DISPLAY : None !important; margin: 0\"",
            "style=\"/* a; */ display/**/:/* b */none\"",
            "style=\"display:none ! important; display:block\"",
            "style=\"display:block;display:none\"",
            "style='visibility: hidden'",
            "style='visibility:collapse;'",
            "style='display&colon;none'",
            "style='background:url(a;b);display:none'",
        ] {
            assert!(hides(attributes), "{attributes}");
        }
    }

    #[test]
    fn what_a_page_displays() {
        for attributes in [
            "",
            "hidden=until-found",
            "aria-hidden=true",
            "data-hidden",
            "class=hidden",
            "style=display:block",
            "style='display:none;display:block'",
            "style='display:inline !important;display:none'",
            "style='content:\";display:none\"'",
            "style='/* display:none */'",
            "style='--display:none'",
            "style='visibility:visible'",
            "hidden style='display:block'",
            "title='display:none'",
        ] {
            assert!(!hides(attributes), "{attributes}");
        }
    }
}
