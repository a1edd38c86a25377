//! Tables that fit the terminal: its width, and texts cut to so many columns. Elsewhere nothing is cut.

use std::io::{self, IsTerminal};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns of stdout, where it is a terminal.
pub fn width() -> Option<usize> {
    let out = io::stdout();
    let (width, _) = terminal_size::terminal_size_of(&out).filter(|_| out.is_terminal())?;
    Some(width.0.into())
}

/// The columns that a text takes: two for each character of East Asia.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// A text of at most so many columns.
pub fn cut(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let fits = |c: &char| {
        let wide = c.width().unwrap_or_default();
        let room = wide <= left;
        left = left.saturating_sub(wide);
        room
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// A text and blanks up to so many columns.
pub fn padded(text: &str, wide: usize) -> String {
    format!("{text}{}", " ".repeat(wide.saturating_sub(columns(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_columns() {
        assert_eq!(cut("日本語", 6), "日本語");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("abc", 2), "a…");
        assert_eq!((padded("日", 4).as_str(), columns("日本")), ("日  ", 4));
    }
}
