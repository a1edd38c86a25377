//! The explain pages: what a finding means, why it matters to readers, how to fix it.

use super::Code;

/// The page of a code, Markdown, beginning with `# A010 bad-date`.
pub const fn explain(code: Code) -> &'static str {
    code.page()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: [&str; 3] = ["## What it means", "## Why it matters", "## How to fix it"];

    #[test]
    fn every_code_has_a_page_in_three_parts_with_an_example() {
        for code in Code::ALL {
            let page = explain(*code);
            let lines: Vec<&str> = page.lines().collect();
            assert_eq!(lines.first(), Some(&format!("# {code} {}", code.name()).as_str()));
            let headings: Vec<&str> = lines.iter().copied().filter(|line| line.starts_with("## ")).collect();
            assert_eq!(headings, HEADINGS, "{code}");
            assert!(!lines.iter().any(|line| *line == code.summary()), "{code} has a placeholder");
            let parts: Vec<&str> = page.split("\n## ").skip(1).collect();
            assert!(parts.iter().all(|part| part.len() > 80), "{code}: a part says next to nothing");
            assert!(parts.last().is_some_and(|part| part.contains("\n    ")), "{code} shows no example");
            assert!((10..=32).contains(&lines.len()), "{code} has {} lines", lines.len());
            assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "{code}");
        }
    }

    #[test]
    fn pages_name_only_codes_that_exist() {
        for code in Code::ALL {
            for word in explain(*code).split(|c: char| !c.is_ascii_alphanumeric()) {
                let digits = word.strip_prefix(['A', 'C', 'F', 'M', 'P', 'W']).filter(|rest| rest.len() == 3);
                if digits.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())) {
                    assert!(Code::find(word).is_some(), "{code} names {word}");
                }
            }
        }
    }
}
