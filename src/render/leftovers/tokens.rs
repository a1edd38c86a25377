//! The leftovers of one body as they stand in it: where each begins and ends, and what it says.
//!
//! [`scan`](super::scan) finds them, [`pairs`](super::pairs) matches them, [`walk`](super::walk) writes what they become.

use super::arguments::Arguments;
use std::ops::Range;

/// One leftover.
#[derive(Debug, Clone)]
pub struct Leftover<'t> {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it says.
    pub kind: LeftoverKind<'t>,
    /// Where it stands.
    pub context: Context,
}

/// Where a leftover stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In Markdown.
    Text,
    /// In a block of raw HTML, whose text is no Markdown.
    Html,
}

/// What a leftover says.
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
    /// What the author wants shown as it is: `{% raw %}`, `{{</* x */>}}`.
    Literal(String),
    /// `{% highlight x %}` and its kin, with the text between the tags.
    Code {
        /// The name of the tag.
        name: String,
        /// What the tag says of the code.
        arguments: &'t str,
        /// The code, as written.
        code: &'t str,
    },
    /// What cannot be shown and is told: a delimiter that nothing closes, an included file.
    Lost(&'static str),
    /// The first line of a GitHub alert, after its `>`.
    Alert {
        /// `NOTE`.
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
    /// What Markdown does not know and other text says as well: the size of an image, an attribute of MDX.
    Replaced {
        /// What it is, for the report.
        what: &'static str,
        /// What says the same.
        text: String,
    },
    /// An address that the engine makes of the path of a file: `{filename}a.md`, `@/a.md`, `a.md`.
    FileLink {
        /// What it is, for the report.
        what: &'static str,
        /// The path of an article or a file.
        path: &'t str,
    },
    /// A tag of HTML that holds Markdown, as it does in MDX: it stands as a block of its own.
    Flow(String),
    /// White space that means nothing in MDX and much in Markdown.
    Indent,
}

/// A tag of a template.
#[derive(Debug, Clone)]
pub struct TemplateTag<'t> {
    /// Whose it is.
    pub family: Family,
    /// Lower case; as written in `display_name`.
    pub name: String,
    /// As written.
    pub display_name: &'t str,
    /// What follows the name.
    pub arguments: TagArguments<'t>,
    /// Which side.
    pub side: PairSide,
    /// How many colons a container has; 0 for all others.
    pub colons: usize,
}

/// The arguments of a tag.
#[derive(Debug, Clone)]
pub enum TagArguments<'t> {
    /// As written.
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

    /// Split.
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
    /// `:::x`.
    Container,
    /// `<X>`.
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
