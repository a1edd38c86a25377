//! The engine that articles were written for, and how to read them where the text alone is ambiguous.

/// The engine that articles were written for (`content.engine`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Engine {
    /// No known engine.
    #[default]
    None,
    /// The generator Jekyll.
    Jekyll,
    /// The generator Hugo.
    Hugo,
    /// The generator Hexo.
    Hexo,
    /// The generator Zola.
    Zola,
    /// The generator Eleventy.
    Eleventy,
    /// The framework Astro.
    Astro,
    /// The generator Docusaurus.
    Docusaurus,
    /// The framework Next.js.
    Next,
    /// The framework Nuxt.
    Nuxt,
    /// The generator Pelican.
    Pelican,
    /// The generator Nikola.
    Nikola,
    /// The generator MkDocs with the theme Material.
    MkDocs,
    /// The generator VitePress.
    VitePress,
    /// The editor Obsidian, whose notes are published.
    Obsidian,
    /// The publishing system Quarto.
    Quarto,
    /// MyST Markdown: Jupyter Book and Sphinx.
    Myst,
    /// Another engine. Nothing is known of its rules, except that it kept its articles in a folder of their own.
    Other,
}

impl Engine {
    /// All engines, `Other` and `None` last.
    pub const ALL: [Self; 18] = [
        Self::Jekyll,
        Self::Hugo,
        Self::Hexo,
        Self::Zola,
        Self::Eleventy,
        Self::Astro,
        Self::Docusaurus,
        Self::Next,
        Self::Nuxt,
        Self::Pelican,
        Self::Nikola,
        Self::MkDocs,
        Self::VitePress,
        Self::Obsidian,
        Self::Quarto,
        Self::Myst,
        Self::Other,
        Self::None,
    ];

    /// The name used in the config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Jekyll => "jekyll",
            Self::Hugo => "hugo",
            Self::Hexo => "hexo",
            Self::Zola => "zola",
            Self::Eleventy => "eleventy",
            Self::Astro => "astro",
            Self::Docusaurus => "docusaurus",
            Self::Next => "next",
            Self::Nuxt => "nuxt",
            Self::Pelican => "pelican",
            Self::Nikola => "nikola",
            Self::MkDocs => "mkdocs",
            Self::VitePress => "vitepress",
            Self::Obsidian => "obsidian",
            Self::Quarto => "quarto",
            Self::Myst => "myst",
            Self::Other => "other",
        }
    }
}

/// The order of the numbers in `03/04/2020` (`content.date_order`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum DateOrder {
    /// The day comes first: 3 April.
    DayFirst,
    /// The month comes first: 4 March.
    MonthFirst,
    /// The year comes first: `03/04/05` is 4 May 2003.
    YearFirst,
}

impl DateOrder {
    /// The name used in the config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "dmy",
            Self::MonthFirst => "mdy",
            Self::YearFirst => "ymd",
        }
    }
}

/// How the cache detects that an article's file has changed (`content.change_detection`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChangeDetection {
    /// By size, times and inode, without opening the file.
    #[default]
    Stat,
    /// By its content: for file systems whose times are unreliable.
    Hash,
}

/// How one text that holds several tags is split (`content.tag_separator`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TagSeparator {
    /// `one tag, another`.
    #[default]
    Comma,
    /// `one another`, as Jekyll does.
    Space,
}

/// Whether the first image of the body is used if the front matter has none (`content.body_image`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyImage {
    /// The first image is used.
    #[default]
    First,
    /// The body is not searched.
    Never,
}
