//! What tags of templates mean, by their names: the words that Liquid, Hugo, Hexo, Zola, VuePress, Docusaurus and the
//! themes around them share. `-`, `_` and case make no difference.
//!
//! A name that is not here is unknown: its tags go and are told, what stands between them stays.

use super::embeds;
use super::notices;

/// What a tag means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// `assign x = y`.
    Assign,
    /// `capture x`, up to its end.
    Capture,
    /// `if`: the first branch stays.
    Branch,
    /// A loop, a macro, data of a chart: nothing of it is text.
    Dropped,
    /// An image.
    Image,
    /// `video`, `audio`.
    Media,
    /// The address of an article: `ref`, `post_url`.
    Address,
    /// A link to an article: `post_link`.
    ArticleLink,
    /// The address of a file beside the article.
    AssetAddress,
    /// A link, `link`, `button`.
    Link,
    /// Something of another site.
    Embed,
    /// Code in the arguments or between the tags, which was read as Markdown.
    Quote,
    /// A box; its kind.
    Notice(&'static str),
    /// A part that opens on a click.
    Details,
    /// One of several parts; its name stands above it.
    Titled,
    /// Text in an element of the same meaning.
    Element(&'static str),
    /// Layout only: what is in it stays.
    Layout,
    /// A file of the site is included.
    Include,
    /// Something that shows nothing.
    Silent,
    /// Nothing known here.
    Unknown,
}

/// A name without what makes no difference.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The meaning of a plain name.
pub fn of(name: &str) -> Meaning {
    match name {
        "assign" | "increment" | "decrement" => Meaning::Assign,
        "set" | "capture" => Meaning::Capture,
        "if" | "unless" | "case" | "ifchanged" | "switch" => Meaning::Branch,
        "for" | "tablerow" | "macro" | "asynceach" | "asyncall" | "call" | "script" | "style" | "css" | "js"
        | "head" | "helmet" | "chart" | "chartjs" | "echarts" | "plotly" | "svg" | "template" | "schema"
        | "fragment" | "stylesheet" => Meaning::Dropped,
        "figure" | "fig" | "img" | "image" | "picture" | "photo" | "pic" | "imgproc" | "assetimg" | "lazyimg"
        | "zoomimage" | "imagewithclass" | "imgcap" | "imagezoom" | "resizeimage" | "nextimage" | "staticimage"
        | "gatsbyimage" | "imagefigure" | "illustration" | "screenshot" | "imagecaption" | "contentimage"
        | "cldimage" => Meaning::Image,
        "video" | "audio" | "videoplayer" | "audioplayer" | "html5video" | "mp4" | "mp3" => Meaning::Media,
        "ref" | "relref" | "posturl" | "postpath" => Meaning::Address,
        "postlink" => Meaning::ArticleLink,
        "assetpath" | "asseturl" => Meaning::AssetAddress,
        "link" | "button" | "btn" | "linkbutton" | "a" | "navlink" | "routerlink" | "linkwitharrow" | "cta"
        | "assetlink" | "externallink" | "linkto" | "urlfor" | "fullurlfor" | "nuxtlink" | "ulink" | "ubutton" => {
            Meaning::Link
        }
        "blockquote" | "quote" | "pullquote" | "quoteblock" | "centerquote" | "cq" | "testimonial" | "epigraph" => {
            Meaning::Quote
        }
        "details" | "expand" | "collapse" | "accordion" | "accordionitem" | "spoiler" | "toggle" | "hidetoggle"
        | "fold" | "foldable" | "folding" | "collapsible" | "expandable" | "hideblock" | "disclosure" | "detail" => {
            Meaning::Details
        }
        "tab" | "tabitem" | "codegroupitem" | "tabpanel" | "timelineitem" | "step" | "accordionpanel" => {
            Meaning::Titled
        }
        "kbd" => Meaning::Element("kbd"),
        "mark" | "hl" => Meaning::Element("mark"),
        "sub" => Meaning::Element("sub"),
        "sup" => Meaning::Element("sup"),
        "u" => Meaning::Element("u"),
        "del" | "s" => Meaning::Element("del"),
        "em" | "i" => Meaning::Element("em"),
        "strong" | "bold" => Meaning::Element("strong"),
        "badge" | "label" | "tag" | "pill" | "chip" => Meaning::Element("strong"),
        "abbr" | "abbreviation" | "tooltip" => Meaning::Element("span"),
        "tabs" | "tabgroup" | "tabset" | "steps" | "cards" | "row" | "rows" | "column" | "columns" | "col" | "cols"
        | "grid" | "div" | "section" | "center" | "rawhtml" | "html" | "md" | "markdown" | "markdownify"
        | "cardgroup" | "codegroup" | "group" | "wrap" | "wrapper" | "container" | "left" | "right" | "lead"
        | "small" | "gallery" | "galleries" | "grouppicture" | "gp" | "timeline" | "filter" | "block" | "with"
        | "math" | "katex" | "mathjax" | "latex" | "tex" | "span" | "text" | "article" | "content"
        | "figurecaption" | "p" | "paragraph" | "codeblock" | "code" | "codetabs" | "vpre" | "clientonly"
        | "translate" | "t" | "trans" | "h1" | "h2" | "h3" | "h4" | "heading" | "list" | "list2" | "table" | "flex"
        | "stack" | "box" | "wide" | "fullwidth" | "centered" | "autoescape" | "spaceless" | "raw" | "mdcode"
        | "codesnippet" | "highlight" | "accordions" | "filetree" | "prose" | "suspense" | "else" => Meaning::Layout,
        "include" | "includecached" | "includerelative" | "render" | "partial" | "readfile" | "import" | "extends"
        | "from" | "includecode" | "includes" | "remoteinclude" => Meaning::Include,
        "toc" | "tableofcontents" | "more" | "readmore" | "excerpt" | "summary" | "br" | "clear" | "clearfix"
        | "anchor" | "excerptend" | "endexcerpt" | "comment" | "break" | "newline" | "tocinline" | "inlinetoc" => {
            Meaning::Silent
        }
        name => match notices::kind(name) {
            Some(kind) => Meaning::Notice(kind),
            None if embeds::is_service(name) => Meaning::Embed,
            None => Meaning::Unknown,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_the_same_in_every_spelling() {
        assert_eq!(of(&plain("asset_img")), Meaning::Image);
        assert_eq!(of(&plain("post-link")), Meaning::ArticleLink);
        assert_eq!(of(&plain("LiteYouTube")), Meaning::Embed);
        assert_eq!(of(&plain("Callout")), Meaning::Notice(""));
        assert_eq!(of(&plain("termsofservice-compatible")), Meaning::Unknown);
    }
}
