//! What [`text`](super::text) and [`markup`](super::markup) share: how references are written, and long CDATA sections.

/// How `<` and `&` are written in the text of an element, and in its plain-text attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntityStyle {
    /// `&lt;` and `&amp;`.
    Named,
    /// `&#x3C;` and `&#x26;`.
    Numeric,
    /// `&#x3C;` and `&#x26;`, in attributes as well.
    NumericAttributes,
}

/// Maximum bytes of a CDATA section; longer text continues in another. Ruby's XML parser takes minutes for a section
/// of a megabyte with tags in it, and seconds for the same in parts.
pub(super) const LONGEST_SECTION: usize = 32 << 10;

/// A long CDATA section as several, cut between characters.
pub(super) fn push_sections(out: &mut String, section: &str) {
    const END: &str = "]]>";
    let (mut rest, end) = section.strip_suffix(END).map_or((section, ""), |inside| (inside, END));
    while rest.len() > LONGEST_SECTION {
        let cut = (1..=LONGEST_SECTION).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let (part, after) = rest.split_at_checked(cut).unwrap_or((rest, ""));
        out.push_str(part);
        out.push_str("]]><![CDATA[");
        rest = after;
    }
    out.push_str(rest);
    out.push_str(end);
}
