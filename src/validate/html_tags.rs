//! The elements of HTML by what they do to their neighbours (HTML Living Standard, sections 13.1.2 and 13.2.6).

/// Every element that HTML has or had; readers know the old ones as well.
const KNOWN: &str = "a abbr acronym address area article aside audio b base basefont bdi bdo big blink blockquote body br \
    button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed \
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img \
    input ins isindex kbd label legend li link main map mark marquee menu meta meter nav nobr noembed noframes noscript \
    object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search \
    section select slot small source spacer span strike strong style sub summary sup table tbody td template textarea \
    tfoot th thead time title tr track tt u ul var video wbr xmp applet";

/// Elements that have no end tag.
pub(super) const VOID: &str = "area base br col embed hr img input link meta param source track wbr";

/// Elements before which an open paragraph ends by itself.
pub(super) const CLOSES_P: &str = "address article aside blockquote center dd details dialog dir div dl dt fieldset \
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary \
    table ul xmp";

/// Elements whose end tag may be left out before another end tag.
pub(super) const IMPLIED: &str = "dd dt li optgroup option p rb rp rt rtc";

/// Elements that may still be open at the end.
pub(super) const OPTIONAL_END: &str = "dd dt li optgroup option p rb rp rt rtc tbody td tfoot th thead tr body html";

/// Elements that must be closed before whatever holds them.
pub(super) const FORMATTING: &str = "a b big code em font i nobr s small strike strong tt u";

/// Elements that bound the search for an open paragraph.
pub(super) const SCOPE: &str = "applet button caption html marquee object table td template th";

/// Parts of a table that end one another.
pub(super) const ROWS: &str = "tbody thead tfoot";

/// Elements whose content is not markup.
pub(super) const RAW: &str = "script style textarea title xmp iframe noembed noframes";

/// The heading elements.
pub(super) const HEADINGS: &str = "h1 h2 h3 h4 h5 h6";

/// Whether HTML knows an element of this name, in lower case.
pub(super) fn is_known(name: &str) -> bool {
    among(KNOWN, name)
}

/// Whether one of these lists contains a name.
pub(super) fn among(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == name)
}
