//! Literals of a Python config: lines such as `SITENAME = 'text'` at the left margin.
//!
//! Nothing is executed. Computed values are skipped, except the default of `os.environ.get(…)` and `os.getenv(…)`.

/// The text of a name; of several assignments the last.
pub fn text<'t>(source: &'t str, name: &str) -> Option<&'t str> {
    literal(assigned(source, name)?)
}

/// The text of a name, or what else is assigned to it, such as `None` and `20`.
pub fn value<'t>(source: &'t str, name: &str) -> Option<&'t str> {
    let value = assigned(source, name)?;
    literal(value).or_else(|| value.split('#').next().map(str::trim))
}

/// What is assigned to a name at last.
fn assigned<'t>(source: &'t str, name: &str) -> Option<&'t str> {
    let mut found = None;
    let mut inside: Option<&str> = None;
    for line in source.lines() {
        if let Some(quotes) = inside {
            inside = if line.contains(quotes) { None } else { inside };
            continue;
        }
        for quotes in ["\"\"\"", "'''"] {
            if line.matches(quotes).count() % 2 == 1 {
                inside = Some(quotes);
            }
        }
        let Some(rest) = line.strip_prefix(name) else { continue };
        let Some(value) = rest.trim_start().strip_prefix('=').filter(|rest| !rest.starts_with('=')) else { continue };
        found = Some(value.trim());
    }
    found
}

/// The texts of each row of a tuple of tuples that begins on the line of its name.
pub fn rows<'t>(source: &'t str, name: &str) -> Vec<Vec<&'t str>> {
    let begins = |line: &&str| {
        let value = line.strip_prefix(name).and_then(|rest| rest.trim_start().strip_prefix('='));
        value.is_some_and(|value| matches!(value.trim(), "(" | "["))
    };
    let inside = source.lines().skip_while(|line| !begins(line)).skip(1);
    let rows = inside.map(str::trim).take_while(|line| !line.starts_with([')', ']']));
    let texts = |row: &'t str| row.split(['"', '\'']).skip(1).step_by(2).collect();
    rows.filter(|row| row.starts_with(['(', '['])).map(texts).collect()
}

fn literal(value: &str) -> Option<&str> {
    let value = value.trim_start_matches('(').trim_start();
    if let Some(arguments) =
        ["os.environ.get(", "environ.get(", "os.getenv(", "getenv("].iter().find_map(|call| value.strip_prefix(call))
    {
        let (_, default) = arguments.split_once(',')?;
        return quoted(default.trim_start());
    }
    quoted(value)
}

/// The text of a literal that is all of the value but for a comment.
fn quoted(value: &str) -> Option<&str> {
    let value = value.strip_prefix(['u', 'r', 'U', 'R']).unwrap_or(value);
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let triple = quote.to_string().repeat(3);
    let (text, after) = match value.strip_prefix(triple.as_str()) {
        Some(inside) => inside.split_once(triple.as_str())?,
        None => value.get(1..)?.split_once(quote)?,
    };
    let after = after.trim_start().trim_start_matches(')').trim_start();
    let is_whole = after.is_empty() || after.starts_with('#');
    (is_whole && !text.contains('\\')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{rows, text};

    #[test]
    fn names_at_the_margin() {
        let source = "\"\"\"doc\nSITENAME = 'no'\n\"\"\"\nAUTHOR = \"Ann O'Neil\"  # who\nSITENAME = u'A'\nSITENAME = 'B'\n  URL = 'x'\n\
                      SITEURL = os.environ.get('SITEURL', 'https://e.org')\nSUM = 'a' + 'b'\nSITENAMES = 'c'\nPATH = ('content')\n";
        assert_eq!(text(source, "AUTHOR"), Some("Ann O'Neil"));
        assert_eq!(text(source, "SITENAME"), Some("B"));
        assert_eq!(text(source, "SITEURL"), Some("https://e.org"));
        assert_eq!(text(source, "PATH"), Some("content"));
        for name in ["URL", "SUM", "NONE"] {
            assert_eq!(text(source, name), None, "{name}");
        }
    }

    #[test]
    fn rows_of_a_tuple() {
        let source = "OTHER = (\n(\"x\",),\n)\nPOSTS = (\n    (\"posts/*.md\", \"posts\", \"post.tmpl\"),\n    # (\"no\",),\n)\n(\"no\",)\n";
        assert_eq!(rows(source, "POSTS"), [["posts/*.md", "posts", "post.tmpl"]]);
        assert!(rows("POSTS = (", "POSTS").is_empty() && rows(source, "PAGES").is_empty());
    }

    #[test]
    fn damage_ends() {
        for source in ["A =", "A = '", "A = u", "A = '''", "A = os.getenv(", "A = é"] {
            assert_eq!(text(source, "A"), None, "{source}");
        }
    }
}
