//! The allow-list of HTML elements and attributes in bodies, with the rules by which a start tag ends an open element
//! (HTML, "Optional tags").
//!
//! Refused with a finding: what readers must not run or cannot use (W3C classes SecurityRisk and SecurityRiskAttr).

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementOutcome {
    /// The element stays.
    Keep(&'static Element),
    /// Its tags are removed, its content stays.
    Unwrap,
    /// Its tag goes; reported.
    Refuse(&'static str),
    /// It goes with all that it holds; reported.
    RefuseContent(&'static str, RefusedContent),
    /// No element of HTML.
    Unknown,
}

/// The content of a refused element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedContent {
    /// Text up to the end tag, even if it looks like tags.
    Raw,
    /// Text and other elements.
    Elements,
}

/// An element that stays.
#[derive(Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name, lower case.
    pub name: &'static str,
    /// How it behaves.
    pub shape: ElementShape,
    /// Attributes that stay, besides those of every element.
    pub attributes: &'static [&'static str],
}

/// How an element behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementShape {
    /// Allowed in a paragraph.
    Phrasing,
    /// Ends a paragraph.
    Flow,
    /// Stands in a paragraph, has no end tag.
    Void,
    /// Ends a paragraph, has no end tag.
    FlowVoid,
}

impl Element {
    /// Whether it is not allowed in a paragraph.
    pub fn is_flow(&self) -> bool {
        matches!(self.shape, ElementShape::Flow | ElementShape::FlowVoid)
    }

    /// Whether it has no end tag.
    pub fn is_void(&self) -> bool {
        matches!(self.shape, ElementShape::Void | ElementShape::FlowVoid)
    }
}

/// How the value of an attribute is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeValue {
    /// A URL that is followed.
    Link,
    /// A URL that is loaded.
    Media,
    /// URLs that are loaded, with descriptors.
    Set,
    /// An anchor's name.
    Id,
    /// A number, or a percentage.
    Number,
    /// Present or not.
    Flag,
    /// Any text is allowed.
    Text,
}

/// Attributes that every element keeps.
pub const EVERYWHERE: [&str; 4] = ["dir", "id", "lang", "title"];

const fn phrasing(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, shape: ElementShape::Phrasing, attributes }
}

const fn flow(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, shape: ElementShape::Flow, attributes }
}

const fn void(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, shape: ElementShape::Void, attributes }
}

/// All elements that stay, by name.
pub static KEPT: &[Element] = &[
    phrasing("a", &["href", "hreflang"]),
    phrasing("abbr", &[]),
    flow("address", &[]),
    flow("aside", &[]),
    phrasing("audio", &["controls", "loop", "muted", "src"]),
    phrasing("b", &[]),
    phrasing("bdi", &[]),
    phrasing("bdo", &[]),
    flow("blockquote", &["cite"]),
    void("br", &[]),
    flow("caption", &[]),
    phrasing("cite", &[]),
    phrasing("code", &[]),
    Element { name: "col", shape: ElementShape::FlowVoid, attributes: &["span"] },
    flow("colgroup", &["span"]),
    flow("dd", &[]),
    phrasing("del", &["cite", "datetime"]),
    flow("details", &["open"]),
    phrasing("dfn", &[]),
    flow("div", &[]),
    flow("dl", &[]),
    flow("dt", &[]),
    phrasing("em", &[]),
    flow("figcaption", &[]),
    flow("figure", &[]),
    flow("h1", &[]),
    flow("h2", &[]),
    flow("h3", &[]),
    flow("h4", &[]),
    flow("h5", &[]),
    flow("h6", &[]),
    Element { name: "hr", shape: ElementShape::FlowVoid, attributes: &[] },
    phrasing("i", &[]),
    void("img", &["alt", "height", "sizes", "src", "srcset", "width"]),
    phrasing("ins", &["cite", "datetime"]),
    phrasing("kbd", &[]),
    flow("li", &["value"]),
    phrasing("mark", &[]),
    flow("ol", &["reversed", "start", "type"]),
    flow("p", &[]),
    phrasing("picture", &[]),
    flow("pre", &[]),
    phrasing("q", &["cite"]),
    phrasing("rp", &[]),
    phrasing("rt", &[]),
    phrasing("ruby", &[]),
    phrasing("s", &[]),
    phrasing("samp", &[]),
    flow("section", &[]),
    phrasing("small", &[]),
    void("source", &["height", "media", "sizes", "src", "srcset", "type", "width"]),
    phrasing("span", &[]),
    phrasing("strong", &[]),
    phrasing("sub", &[]),
    flow("summary", &[]),
    phrasing("sup", &[]),
    flow("table", &[]),
    flow("tbody", &[]),
    flow("td", &["colspan", "headers", "rowspan"]),
    flow("tfoot", &[]),
    flow("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    flow("thead", &[]),
    phrasing("time", &["datetime"]),
    flow("tr", &[]),
    void("track", &["kind", "label", "src", "srclang"]),
    phrasing("u", &[]),
    flow("ul", &[]),
    phrasing("var", &[]),
    phrasing("video", &["controls", "height", "loop", "muted", "poster", "src", "width"]),
    void("wbr", &[]),
];

/// What becomes of the element of this name, lower case.
pub fn outcome(name: &str) -> ElementOutcome {
    let name = match name {
        "article" | "center" | "dialog" | "fieldset" | "footer" | "form" | "header" | "hgroup" | "main" | "nav" => {
            "div"
        }
        "acronym" => "abbr",
        "image" => "img",
        "strike" => "s",
        "tt" => "code",
        other => other,
    };
    if let Some(kept) = KEPT.iter().find(|element| element.name == name) {
        return ElementOutcome::Keep(kept);
    }
    match REFUSED.iter().find(|(refused, _)| *refused == name) {
        Some((name, None)) => ElementOutcome::Refuse(name),
        Some((name, Some(content))) => ElementOutcome::RefuseContent(name, *content),
        None if UNWRAPPED.contains(&name) => ElementOutcome::Unwrap,
        None => ElementOutcome::Unknown,
    }
}

const REFUSED: [(&str, Option<RefusedContent>); 29] = [
    ("applet", None),
    ("base", None),
    ("bgsound", None),
    ("button", Some(RefusedContent::Elements)),
    ("canvas", None),
    ("datalist", Some(RefusedContent::Elements)),
    ("embed", None),
    ("frame", None),
    ("frameset", Some(RefusedContent::Elements)),
    ("iframe", Some(RefusedContent::Raw)),
    ("input", None),
    ("isindex", None),
    ("keygen", None),
    ("link", None),
    ("math", Some(RefusedContent::Elements)),
    ("meta", None),
    ("noembed", Some(RefusedContent::Raw)),
    ("noframes", Some(RefusedContent::Raw)),
    ("object", None),
    ("param", None),
    ("plaintext", None),
    ("portal", None),
    ("script", Some(RefusedContent::Raw)),
    ("select", Some(RefusedContent::Elements)),
    ("style", Some(RefusedContent::Raw)),
    ("svg", Some(RefusedContent::Elements)),
    ("template", Some(RefusedContent::Elements)),
    ("textarea", Some(RefusedContent::Raw)),
    ("title", Some(RefusedContent::Raw)),
];

const UNWRAPPED: [&str; 27] = [
    "area", "big", "blink", "body", "data", "dir", "font", "head", "html", "label", "legend", "listing", "map",
    "marquee", "menu", "meter", "nobr", "noscript", "optgroup", "option", "output", "progress", "rb", "rtc", "search",
    "slot", "xmp",
];

/// How an attribute's value is read.
pub fn value(attribute: &str) -> AttributeValue {
    match attribute {
        "href" | "cite" => AttributeValue::Link,
        "src" | "poster" => AttributeValue::Media,
        "srcset" => AttributeValue::Set,
        "id" => AttributeValue::Id,
        "width" | "height" | "colspan" | "rowspan" | "span" | "start" | "value" => AttributeValue::Number,
        "controls" | "loop" | "muted" | "open" | "reversed" => AttributeValue::Flag,
        _ => AttributeValue::Text,
    }
}

/// Whether the start tag of `new` ends an open `open`.
pub fn ends(new: &Element, open: &Element) -> bool {
    let table_part = |name: &str| matches!(name, "caption" | "colgroup" | "tbody" | "tfoot" | "thead");
    let heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    match open.name {
        "p" => new.is_flow(),
        "a" | "li" => new.name == open.name,
        "dt" | "dd" => matches!(new.name, "dt" | "dd"),
        "rt" | "rp" => matches!(new.name, "rt" | "rp"),
        "td" | "th" => matches!(new.name, "td" | "th" | "tr") || table_part(new.name),
        "tr" => new.name == "tr" || table_part(new.name),
        name if table_part(name) => table_part(new.name) || (name == "colgroup" && new.name == "tr"),
        name => heading(name) && heading(new.name),
    }
}

/// Whether the search for an element that `new` ends stops at an open `open`.
pub fn is_boundary(new: &Element, open: &Element) -> bool {
    match new.name {
        "li" => matches!(open.name, "ul" | "ol" | "td" | "th" | "table"),
        "dt" | "dd" => matches!(open.name, "dl" | "td" | "th" | "table"),
        "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => open.name == "table",
        _ => matches!(open.name, "td" | "th" | "caption" | "table" | "li" | "dd" | "figure"),
    }
}

/// Elements that directly hold parts of a table and nothing else.
pub const TABLE: [&str; 6] = ["colgroup", "table", "tbody", "tfoot", "thead", "tr"];

/// The elements of which one must be open for this one to be valid.
pub fn parents(element: &Element) -> Option<&'static [&'static str]> {
    match element.name {
        "li" => Some(&["ol", "ul"]),
        "dt" | "dd" => Some(&["dl"]),
        "rp" | "rt" => Some(&["ruby"]),
        "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => Some(&["table"]),
        _ => None,
    }
}

/// Whether an open `open` stops an end tag of `element` from closing elements around it, as a table cell does.
pub fn shields(open: &Element, element: &Element) -> bool {
    let of_table = matches!(element.name, "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "caption" | "table");
    matches!(open.name, "td" | "th" | "caption" | "table") && !of_table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_element_has_two_fates() {
        for element in KEPT {
            assert_eq!(outcome(element.name), ElementOutcome::Keep(element));
            assert!(REFUSED.iter().all(|(name, _)| *name != element.name) && !UNWRAPPED.contains(&element.name));
        }
        assert_eq!(outcome("script"), ElementOutcome::RefuseContent("script", RefusedContent::Raw));
        assert_eq!(outcome("font"), ElementOutcome::Unwrap);
        assert_eq!(outcome("protokol"), ElementOutcome::Unknown);
    }
}
