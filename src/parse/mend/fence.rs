//! Removes the lines of a code fence around the document, or around a head that has its own delimiters.

use super::super::fence::{Wrap, without_closing_fence};
use super::edit::{Edit, LineChange, Rows};
use super::proof::Reading;

/// The edits; none if there is no such fence, or if its end is unknown because the body is not UTF-8.
pub(super) fn edits(bytes: &[u8], reading: &Reading<'_>, rows: &Rows<'_>) -> Vec<Edit> {
    let offset = usize::try_from(reading.front.body.offset).unwrap_or(usize::MAX);
    let (opening, closing) = match reading.front.wrap {
        Wrap::None => return Vec::new(),
        Wrap::Head(at) => (at, rows.line_before(offset)),
        Wrap::Document(at) => {
            let Some(Ok(body)) = bytes.get(offset..).map(std::str::from_utf8) else { return Vec::new() };
            let end = offset + without_closing_fence(body).len();
            (at, rows.line_from(end).filter(|line| line.start == end))
        }
    };
    let what = "a line of the code fence is removed";
    let remove = |line: u32| Edit { line, change: LineChange::Remove, what: what.to_owned() };
    std::iter::once(opening.line).chain(closing.map(|line| line.number)).map(remove).collect()
}
