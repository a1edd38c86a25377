//! Constructs in a body that identify an engine: template tags, shortcodes, imports, containers, fold marks. Fenced
//! code is skipped.

/// The engine marks in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EngineMarks {
    /// `{% … %}` (Jekyll, Eleventy, Hexo).
    pub tag: bool,
    /// `{{< … >}}`, `{{% … %}}` (Hugo).
    pub shortcode: bool,
    /// `{{ … }}` (Jekyll, Eleventy).
    pub output: bool,
    /// `<!-- truncate -->` (Docusaurus).
    pub truncate: bool,
    /// `import … from` (MDX).
    pub import: bool,
    /// `:::` (Docusaurus, VuePress, Zenn).
    pub container: bool,
    /// `::name` (Nuxt Content).
    pub component: bool,
}

/// The marks of a body.
pub fn find(body: &str) -> EngineMarks {
    let mut marks = EngineMarks::default();
    let mut fence: Option<&str> = None;
    for line in body.lines() {
        let line = line.trim_start();
        let ticks = ["```", "~~~"].into_iter().find(|ticks| line.starts_with(ticks));
        match (fence, ticks) {
            (Some(open), Some(close)) if open == close => fence = None,
            (Some(_), _) => {}
            (None, Some(open)) => fence = Some(open),
            (None, None) => mark(line, &mut marks),
        }
    }
    marks
}

fn mark(line: &str, marks: &mut EngineMarks) {
    marks.tag |= line.contains("{%") && !line.contains("{{%");
    let shortcode = line.contains("{{<") || line.contains("{{%");
    marks.shortcode |= shortcode;
    marks.output |= line.contains("{{") && !shortcode;
    marks.truncate |= line.starts_with("<!--") && line.contains("truncate");
    marks.import |= line.starts_with("import ") && line.contains(" from ") && line.contains(['"', '\'']);
    let name = |rest: &str| rest.starts_with(|c: char| c.is_ascii_lowercase());
    marks.container |= line.starts_with(":::");
    marks.component |= line.strip_prefix("::").is_some_and(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_outside_code() {
        let seen = find("{% raw %}\n{{< a >}} b\n```\nimport x from 'y'\n{{ no }}\n```\n:::note\n<!-- truncate -->\n");
        assert_eq!(
            seen,
            EngineMarks { tag: true, shortcode: true, container: true, truncate: true, ..EngineMarks::default() }
        );
        assert!(find("{{ site.url }}").output && find("::card{a}").component && find("import A from \"b\"").import);
        assert_eq!(find(""), EngineMarks::default());
    }
}
