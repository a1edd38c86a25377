//! Translates messages of the YAML parser for people who write articles.

use serde_yaml::granit_parser::ErrorKind as E;

/// One sentence about an error at a byte of the text; of two it names the line where the fault lies, which is before
/// the place at which the parser sees it. `line` gives the number of a byte's line.
pub fn fault(kind: &E, text: &str, byte: usize, line: impl Fn(usize) -> u32) -> String {
    let before = text.get(..byte).unwrap_or_default();
    let cause = match kind {
        E::InvalidQuotedScalarIndent => {
            super::mend::opening_quote(before).filter(|(at, _)| line(*at) < line(byte)).map(|(at, _)| {
                format!(
                    "the quote on line {} is not closed, or this line, which continues it, is not indented",
                    line(at)
                )
            })
        }
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::InvalidSimpleKey => line_without_colon(before)
            .map(|at| format!("line {} has no `:`, where a line of the shape `key: value` is expected", line(at))),
        _ => None,
    };
    cause.unwrap_or_else(|| sentence(kind))
}

/// The line before a key at the start of a line, where it is a text at the start of its line without a colon.
fn line_without_colon(before: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let (lines, key) = before.rsplit_once('\n')?;
    let line = lines.lines().rev().find(|line| !line.trim().is_empty())?;
    let fits = key.starts_with(is_word) && key.chars().all(is_word) && line.starts_with(is_word) && !line.contains(':');
    let end = lines.trim_end().len();
    fits.then(|| end.saturating_sub(line.trim_end().len()))
}

/// One sentence without a position.
fn sentence(kind: &E) -> String {
    match kind {
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabInPlainScalar => {
            "a tab is used where YAML allows only spaces".into()
        }
        E::TabAtBlockScalarStart => "a block of text starts with a tab where YAML allows only spaces".into(),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => "a quote is opened and never closed".into(),
        E::UnclosedFlowCollection { open } => format!("`{open}` is opened and never closed"),
        E::UnexpectedEofFlowSequence | E::ExpectedFlowSequenceSeparator => "a list needs `,` or `]` here".into(),
        E::UnexpectedEofFlowMapping | E::ExpectedFlowMappingSeparator => "a mapping needs `,` or `}` here".into(),
        E::MismatchedFlowCollectionEnd { open, close } => format!("`{open}` is closed by `{close}`"),
        E::MisplacedFlowCollectionEnd => "this bracket was never opened".into(),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::InvalidSimpleKey => {
            "unexpected `:`; a value that contains `: ` needs quotes".into()
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            "text follows a closing quote; a quote within quotes must be escaped".into()
        }
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => {
            "unknown escape in double quotes; write a backslash twice, or use single quotes".into()
        }
        E::UnknownAnchor => {
            "an alias refers to an anchor that does not exist; a value that begins with `*` needs quotes".into()
        }
        E::MissingAnchorOrAliasName => "`*` or `&` has no name; a value that begins with it needs quotes".into(),
        E::RecursionLimitExceeded => super::too_deep(),
        E::UnexpectedCharacter { character } if character.is_control() => {
            format!("the character U+{:04X} is not allowed here", *character as u32)
        }
        E::UnexpectedCharacter { character } => format!("a value cannot begin with `{character}`; put it in quotes"),
        E::ExpectedBlockMappingKey | E::SimpleKeyExpected => "a line of the shape `key: value` is expected here".into(),
        E::ExpectedNodeContent => "a value is expected here".into(),
        E::InvalidQuotedScalarIndent => "a quote is not closed, or its next line is not indented".into(),
        E::InvalidIndentation | E::InvalidBlockScalarIndent | E::InvalidFlowScalarIndent => {
            "the line is indented by a wrong number of spaces".into()
        }
        E::BlockSequenceEntryNotAllowed => "a list item `- ` is not allowed here".into(),
        E::BomInsideDocument => "a byte order mark is in the middle of the text".into(),
        other => other.to_string(),
    }
}
