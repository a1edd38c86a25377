//! Raw HTML (CommonMark section 4.6) and highlight tags of template languages: blocks in which `#` is no heading.

/// How a raw block ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// With the line that holds this text.
    Until(&'static [u8]),
    /// With a blank line.
    Blank,
}

impl Raw {
    /// Whether this line is its last.
    pub(super) fn ends_with(self, line: &[u8]) -> bool {
        match self {
            Self::Until(end) => holds(line, end),
            Self::Blank => line.is_empty(),
        }
    }
}

/// What a line opens: `Some(None)` for a block that the line itself ends.
pub(super) fn opens(line: &[u8], in_paragraph: bool) -> Option<Option<Raw>> {
    let until = |end: &'static [u8], rest| Some((!holds(rest, end)).then_some(Raw::Until(end)));
    if let Some((start, end)) = SPANS.iter().find(|(start, _)| line.starts_with(start)) {
        return until(end, line.get(start.len()..).unwrap_or_default());
    }
    if line.starts_with(b"<!") && line.get(2).is_some_and(u8::is_ascii_alphabetic) {
        return until(b">", line);
    }
    let after = line.strip_prefix(b"<")?;
    let closing = after.starts_with(b"/");
    let tag = if closing { after.get(1..).unwrap_or_default() } else { after };
    let name: Vec<u8> = tag.iter().take_while(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
    let behind = tag.get(name.len());
    if name.is_empty() || !behind.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')) {
        return None;
    }
    if let Some((_, end)) = VERBATIM.iter().find(|(verbatim, _)| **verbatim == *name) {
        return if closing { lone(line, in_paragraph) } else { until(end, line) };
    }
    if BLOCK_TAGS.contains(&name.as_slice()) { Some(Some(Raw::Blank)) } else { lone(line, in_paragraph) }
}

/// Any other tag opens raw HTML alone on its line, and not inside a paragraph.
fn lone(line: &[u8], in_paragraph: bool) -> Option<Option<Raw>> {
    let marks = line.iter().filter(|b| **b == b'<').count();
    let ends = line.iter().filter(|b| **b == b'>').count();
    (!in_paragraph && marks == 1 && ends == 1 && line.ends_with(b">")).then_some(Some(Raw::Blank))
}

/// Whether the text stands somewhere in the line, in any case.
fn holds(line: &[u8], text: &[u8]) -> bool {
    line.windows(text.len().max(1)).any(|w| w.eq_ignore_ascii_case(text))
}

const SPANS: [(&[u8], &[u8]); 6] = [
    (b"<!--", b"-->"),
    (b"<?", b"?>"),
    (b"<![CDATA[", b"]]>"),
    (b"{% highlight", b"{% endhighlight"),
    (b"{{< highlight", b"{{< /highlight"),
    (b"{{% highlight", b"{{% /highlight"),
];

const VERBATIM: [(&[u8], &[u8]); 4] =
    [(b"pre", b"</pre>"), (b"script", b"</script>"), (b"style", b"</style>"), (b"textarea", b"</textarea>")];

const BLOCK_TAGS: [&[u8]; 62] = [
    b"address",
    b"article",
    b"aside",
    b"base",
    b"basefont",
    b"blockquote",
    b"body",
    b"caption",
    b"center",
    b"col",
    b"colgroup",
    b"dd",
    b"details",
    b"dialog",
    b"dir",
    b"div",
    b"dl",
    b"dt",
    b"fieldset",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"frame",
    b"frameset",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"head",
    b"header",
    b"hr",
    b"html",
    b"iframe",
    b"legend",
    b"li",
    b"link",
    b"main",
    b"menu",
    b"menuitem",
    b"nav",
    b"noframes",
    b"ol",
    b"optgroup",
    b"option",
    b"p",
    b"param",
    b"search",
    b"section",
    b"summary",
    b"table",
    b"tbody",
    b"td",
    b"tfoot",
    b"th",
    b"thead",
    b"title",
    b"tr",
    b"track",
    b"ul",
];
