//! What subscribers were given, gathered from `feedmill.ids` and the target's manifest.

use crate::diagnostic::{Code, Diagnostic, Place, Sink};
use crate::edge::cache::Learned;
use crate::edge::{EdgeError, ledger};
use crate::ledger::{FILE_NAME, Ledger};
use crate::plan::Before;
use std::path::{Path, PathBuf};

/// The file as a run found it.
#[derive(Debug)]
pub(crate) struct LedgerFile {
    project: PathBuf,
    pub(crate) ledger: Ledger,
    /// Whether it has been read.
    is_read: bool,
    /// Whether its lines are in the order in which they are written.
    is_in_order: bool,
    /// The state of the file before it was read.
    pub(crate) learned: Learned,
    /// What the live feeds say (`--against`).
    pub(crate) live: Ledger,
}

impl LedgerFile {
    /// The state of the file of a project folder, without reading it.
    pub(crate) fn state(project: &Path) -> Learned {
        Learned::at(&project.join(FILE_NAME))
    }

    /// The file of a project folder, not read yet.
    pub(crate) fn new(project: &Path) -> Self {
        let learned = Self::state(project);
        Self {
            project: project.to_owned(),
            ledger: Ledger::default(),
            is_read: false,
            is_in_order: true,
            learned,
            live: Ledger::default(),
        }
    }

    /// Reads the file, once.
    pub(crate) fn read(&mut self, sink: &mut dyn Sink) -> Result<(), EdgeError> {
        if std::mem::replace(&mut self.is_read, true) {
            return Ok(());
        }
        self.learned = Self::state(&self.project);
        (self.ledger, self.is_in_order) = ledger::read(&self.project, sink)?;
        Ok(())
    }

    /// With what the target has given out since, and with what the live feeds say.
    pub(crate) fn with(&self, before: &Before) -> Ledger {
        let mut all = self.ledger.clone();
        if let Some(manifest) = before.known() {
            all.extend(manifest.ledger());
            manifest.complete(&mut all);
        }
        all.extend(self.live.clone());
        all
    }

    /// Writes what a run gave out, where it is other than the file.
    pub(crate) fn write(&mut self, next: &Ledger) -> Result<(), EdgeError> {
        if !self.is_in_order || !next.without(&self.ledger).is_empty() {
            ledger::write(&self.project, next)?;
            self.ledger = next.clone();
            self.learned = Self::state(&self.project);
        }
        Ok(())
    }

    /// With `--locked`: how many lines would say other ids, dates or addresses.
    pub(crate) fn locked(&self, next: &Ledger) -> Option<Diagnostic> {
        let mut known = self.ledger.clone();
        known.extend(self.live.clone());
        let count = known.changes_for_subscribers(next);
        let text = format!("{count} lines of {FILE_NAME} would change, and --locked forbids it");
        let help = "run `feedmill build` in a working copy, look at the change and commit the file";
        (count > 0).then(|| Diagnostic::new(Code::LockedLedger, "", Place::WHOLE, text).help(help))
    }
}
