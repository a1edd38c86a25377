//! The leftovers of one body as written: their start, end and meaning.
//!
//! [`scan`](super::scan) finds them, [`pairs`](super::pairs) matches them, [`walk`](super::walk) writes their
//! replacement.

use super::arguments::Arguments;
use std::ops::Range;

/// One leftover of a body.
#[derive(Debug, Clone)]
pub struct Leftover<'t> {
    /// Its byte range in the body.
    pub span: Range<usize>,
    /// The kind of leftover, with its values.
    pub kind: LeftoverKind<'t>,
    /// Its position in the body.
    pub context: Context,
}

/// The position of a leftover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In Markdown text.
    Text,
    /// In a block of raw HTML, whose text is not Markdown.
    Html,
}

/// A kind of leftover, with its values.
#[derive(Debug, Clone)]
pub enum LeftoverKind<'t> {
    /// `{% x %}`, `{{< x >}}`, `{{ x() }}`, `<X>`, `:::x`.
    Tag(TemplateTag<'t>),
    /// `{{ expression }}`.
    Output(&'t str),
    /// What a template never shows: a comment, a table of contents, a list of attributes, an import.
    Silent(&'static str),
    /// `%%…%%` of Obsidian.
    Comment,
    /// Text that the author wants to be displayed literally: `{% raw %}`, `{{</* x */>}}`.
    Literal(String),
    /// `{% highlight x %}` and its kin, with the text between the tags.
    Code {
        /// The name of the tag.
        name: String,
        /// The arguments of the tag about the code.
        arguments: &'t str,
        /// The code, as written.
        code: &'t str,
    },
    /// A leftover that is removed and reported: a delimiter without an end, an included file.
    Lost(&'static str),
    /// The first line of a GitHub alert, after its `>`.
    Alert {
        /// The kind as written, such as `NOTE`.
        kind: &'t str,
        /// A title after it, as Obsidian has them.
        title: &'t str,
    },
    /// `@[service](argument)` of Zenn, `%[URL]` of Hashnode.
    Card {
        /// Who shows it; empty for a bare URL.
        service: &'t str,
        /// A URL or an id.
        argument: &'t str,
    },
    /// `{expression}` of MDX.
    Expression(&'t str),
    /// Syntax that Markdown does not know but for which there is an equivalent: the size of an image, an attribute of
    /// MDX.
    Replaced {
        /// What it is, for the report.
        what: &'static str,
        /// The equivalent text.
        text: String,
    },
    /// An address that the engine makes of the path of a file: `{filename}a.md`, `@/a.md`, `a.md`.
    FileLink {
        /// What it is, for the report.
        what: &'static str,
        /// The path of an article or a file.
        path: &'t str,
    },
    /// `[[target|text]]` of Obsidian.
    WikiLink {
        /// A note with its heading, or a file.
        target: &'t str,
        /// The text of the link; may be empty.
        text: &'t str,
        /// What it does with the target.
        purpose: WikiPurpose,
    },
    /// An HTML tag that contains Markdown, as in MDX: it is written as a separate block.
    Flow(String),
    /// White space that means nothing in MDX and much in Markdown.
    Indent,
}

/// What Obsidian does with the target of `[[…]]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WikiPurpose {
    /// It is linked.
    Link,
    /// It is displayed: there is a `!` before it.
    Embed,
}

/// A tag of a template.
#[derive(Debug, Clone)]
pub struct TemplateTag<'t> {
    /// Whose it is.
    pub family: Family,
    /// Lower case; as written in `display_name`.
    pub name: String,
    /// The name as written.
    pub display_name: &'t str,
    /// What follows the name.
    pub arguments: TagArguments<'t>,
    /// Whether it opens or closes a pair.
    pub side: PairSide,
    /// How many colons a container has; 0 for all others.
    pub colons: usize,
}

/// The arguments of a tag.
#[derive(Debug, Clone)]
pub enum TagArguments<'t> {
    /// The text as written.
    Text(&'t str),
    /// Attributes, read already.
    Read(Arguments),
}

impl TagArguments<'_> {
    /// As text; empty for attributes.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Read(_) => "",
        }
    }

    /// The arguments, split into parts.
    pub fn split(&self) -> Arguments {
        match self {
            Self::Text(text) => Arguments::parse(text),
            Self::Read(arguments) => arguments.clone(),
        }
    }
}

/// Whose tag it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// `{% x %}` of Liquid, Nunjucks, Hexo.
    Liquid,
    /// `{{< x >}}`, `{{% x %}}`.
    Hugo,
    /// `{{ x() }}`, `{% x() %}`.
    Zola,
    /// A container, `:::x`.
    Container,
    /// A component, `<X>`.
    Component,
}

impl Family {
    /// A tag of this family as a message shows it.
    pub fn display_name(self, name: &str) -> String {
        match self {
            Self::Liquid => format!("the template tag `{{% {name} %}}`"),
            Self::Hugo => format!("the shortcode `{name}`"),
            Self::Zola => format!("the shortcode `{name}()`"),
            Self::Container => format!("the container `:::{name}`"),
            Self::Component => format!("the component <{name}>"),
        }
    }
}

/// Which side of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairSide {
    /// It may have an end further on.
    Open,
    /// It is an end.
    Close,
    /// It has none: `{{< x />}}`, `<X />`.
    Alone,
    /// `{% else %}` and its kin.
    Between,
}
