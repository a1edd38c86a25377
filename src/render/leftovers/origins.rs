//! The origin of each byte of a rewritten body, so that later findings have the lines and columns of the file.
//!
//! A body that was not rewritten has an empty map: offsets are unchanged. Text that feedmill wrote in place of a
//! leftover has the leftover's start as its origin.

/// From places in the rewritten text to places in the text as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    /// Byte in the rewritten text → byte as written, and whether the bytes after it go on as written. Ascending.
    steps: Vec<(usize, usize, OriginRun)>,
}

/// What follows a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginRun {
    /// Text as written.
    Copied,
    /// Text in place of a leftover.
    Made,
}

impl Origins {
    /// From `to` on, the rewritten text comes from `from`.
    pub fn step(&mut self, to: usize, from: usize, run: OriginRun) {
        if self.steps.last().is_some_and(|last| last.0 == to) {
            self.steps.pop();
        }
        self.steps.push((to, from, run));
    }

    /// The byte as written that a byte of the rewritten text comes from.
    pub fn source_offset(&self, offset: usize) -> usize {
        let at = self.steps.partition_point(|(to, ..)| *to <= offset).checked_sub(1);
        match at.and_then(|at| self.steps.get(at)) {
            Some((to, from, OriginRun::Copied)) => from + (offset - to),
            Some((_, from, OriginRun::Made)) => *from,
            None => offset,
        }
    }

    /// The map of a text that was rewritten by this one after it was rewritten by `first`.
    pub fn after(mut self, first: &Self) -> Self {
        if first.steps.is_empty() {
            return self;
        }
        if self.steps.is_empty() {
            return first.clone();
        }
        let mut both = Self::default();
        let ends: Vec<usize> = self.steps.iter().skip(1).map(|step| step.0).chain([usize::MAX]).collect();
        for ((to, from, run), end) in self.steps.drain(..).zip(ends) {
            if run == OriginRun::Made {
                both.step(to, first.source_offset(from), run);
                continue;
            }
            let inner = first.steps.partition_point(|step| step.0 <= from);
            let before = inner.checked_sub(1).and_then(|at| first.steps.get(at));
            both.step(to, first.source_offset(from), before.map_or(OriginRun::Copied, |step| step.2));
            for (at, origin, run) in first.steps.iter().skip(inner) {
                let place = to.saturating_add(at - from);
                if place >= end {
                    break;
                }
                both.step(place, *origin, *run);
            }
        }
        both
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_maps_are_one() {
        assert_eq!(Origins::default().source_offset(7), 7);
        // "aaXXbb" → "aaYbb" → "aZbb"
        let mut first = Origins::default();
        first.step(0, 0, OriginRun::Copied);
        first.step(2, 2, OriginRun::Made);
        first.step(3, 4, OriginRun::Copied);
        let mut second = Origins::default();
        second.step(0, 0, OriginRun::Copied);
        second.step(1, 1, OriginRun::Made);
        second.step(2, 2, OriginRun::Copied);
        let both = second.after(&first);
        assert_eq!((0..5).map(|at| both.source_offset(at)).collect::<Vec<_>>(), [0, 1, 2, 4, 5]);
    }
}
