//! `feedmill explain [CODE]`: the page of one code, or a table of all codes. The pages are part of the program.

use super::print::{fit, harmless, unless_gone};
use crate::diagnostic::{Code, explain, nearest};
use crate::model::without_secrets;
use std::io::{self, Write};

/// Prints the page. Returns the exit code: 0, or 2 for an unknown code.
pub fn run(code: Option<&str>) -> io::Result<u8> {
    let (printed, exit) = match text(code) {
        Ok(text) => (put(&text, &mut io::stdout().lock()), 0),
        Err(fault) => (put(&format!("error: {fault}\n"), &mut io::stderr().lock()), 2),
    };
    unless_gone(printed).map(|()| exit)
}

/// The code does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown code `{written}`{}; `feedmill explain` lists them all", suggestion(*.meant))]
pub struct UnknownCode {
    written: String,
    meant: Option<&'static str>,
}

/// The page of a code, by its id or name in any case; without a code, the table of all.
pub fn text(code: Option<&str>) -> Result<String, UnknownCode> {
    let Some(written) = code else { return Ok(table()) };
    let written = written.trim();
    match Code::find(written) {
        Some(code) => Ok(format!("{}\n", explain(code).trim_end())),
        None => Err(unknown(written)),
    }
}

fn table() -> String {
    let wide = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let row =
        |code: &Code| format!("{code}  {:<wide$}  {:<7}  {}\n", code.name(), code.severity().name(), code.summary());
    let rows = Code::ALL.iter().map(row);
    match fit::width() {
        Some(width) => rows.map(|row| fit::cut(row.trim_end(), width) + "\n").collect(),
        None => rows.collect(),
    }
}

fn unknown(written: &str) -> UnknownCode {
    let short: String = harmless(&without_secrets(written)).chars().take(40).collect();
    let by_name = nearest(&short, Code::ALL.iter().map(|code| code.name()));
    UnknownCode { meant: by_name.or_else(|| nearest(&short, Code::ALL.iter().map(|code| code.id()))), written: short }
}

fn suggestion(meant: Option<&str>) -> String {
    meant.map(|word| format!(", did you mean `{word}`?")).unwrap_or_default()
}

fn put(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_by_id_and_name_in_any_case() {
        for written in ["A010", "a010", "bad-date", "Bad-Date", " A010 "] {
            assert!(text(Some(written)).is_ok_and(|page| page.starts_with("# A010 bad-date\n")), "{written}");
        }
    }

    #[test]
    fn no_code_lists_all() {
        let table = text(None).unwrap();
        assert_eq!(table.lines().count(), Code::ALL.len());
        assert!(table.contains("A010  bad-date "), "{table}");
        assert!(table.lines().all(|row| row.chars().count() <= 140 && !row.ends_with(' ')));
    }

    #[test]
    fn an_unknown_code_is_told_with_the_nearest() {
        let message = |written| text(Some(written)).unwrap_err().to_string();
        assert_eq!(
            message("bad-dat"),
            "unknown code `bad-dat`, did you mean `bad-date`?; `feedmill explain` lists them all"
        );
        assert!(message("A01").contains("did you mean `A001`?"));
        assert!(message("X\u{1b}[31m").starts_with("unknown code `X␛[31m`;"));
        assert!(message("https://u:p@h/").contains("`https://…@h/`"));
        assert!(message("").contains("lists them all"));
    }
}
