//! Waits until something changes in the folders of a site. A watched folder may vanish and return; where the system
//! cannot watch (no such folder, no watches left), the folder is checked every second instead.
//!
//! An event carries little: the build thread compares stamps itself (`stamps.rs`). Only images have no stamps, so
//! events report them.

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// After a change, this long must be quiet.
const QUIET: Duration = Duration::from_millis(20);

/// Where it never gets quiet, this long is waited at most.
const PATIENCE: Duration = Duration::from_millis(250);

/// Between looks at what cannot be watched.
const LOOK: Duration = Duration::from_secs(1);

/// The longest wait.
const MAX_WAIT: Duration = Duration::from_secs(3600);

/// How deep a folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deep {
    /// Only its direct children.
    Flat,
    /// With all folders below.
    Whole,
}

/// The kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Changed {
    /// Texts, or nothing.
    #[default]
    Texts,
    /// Perhaps also images, or so much that the system lost count.
    Images,
}

/// The watch over a site's folders.
pub(super) struct Watch {
    watcher: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<Event>>,
    /// Held so that waiting never ends for want of a sender.
    _sender: Sender<notify::Result<Event>>,
    watched: BTreeMap<PathBuf, (Deep, Identity)>,
    /// Whether something that is wanted is not watched.
    blind: bool,
}

/// Which folder is at a path; another one may replace it.
type Identity = Option<(u64, u64)>;

impl Watch {
    pub(super) fn new() -> Self {
        let (sender, events) = channel();
        let teller = sender.clone();
        let tell = move |event| {
            // The receiver is gone only when the process ends.
            let _ = teller.send(event);
        };
        let watcher = notify::recommended_watcher(tell).ok();
        Self { watcher, events, _sender: sender, watched: BTreeMap::new(), blind: true }
    }

    /// Watches these folders from now on, and no others.
    pub(super) fn over(&mut self, wanted: &BTreeMap<PathBuf, Deep>) {
        let Some(watcher) = &mut self.watcher else { return };
        let now = |folder: &Path, deep: Deep| (deep, identity(folder));
        let stale: Vec<PathBuf> = self
            .watched
            .iter()
            .filter(|(folder, known)| wanted.get(*folder).map(|deep| now(folder, *deep)) != Some(**known))
            .map(|(folder, _)| folder.clone())
            .collect();
        for folder in stale {
            // A removed folder is no longer watched, which is not an error.
            let _ = watcher.unwatch(&folder);
            self.watched.remove(&folder);
        }
        self.blind = false;
        for (folder, deep) in wanted {
            if self.watched.contains_key(folder) {
                continue;
            }
            let mode = if *deep == Deep::Whole { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            match watcher.watch(folder, mode) {
                Ok(()) => drop(self.watched.insert(folder.clone(), now(folder, *deep))),
                Err(_) => self.blind = true,
            }
        }
    }

    /// Waits for a change, at most so long; then until it is quiet.
    pub(super) fn wait(&mut self, most: Option<Duration>) -> Changed {
        let most = most.unwrap_or(MAX_WAIT).min(if self.blind { LOOK } else { MAX_WAIT });
        let until = Instant::now() + most;
        while let Ok(event) = self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if let Some(first) = self.hear(&event) {
                return self.settle(&event, first);
            }
        }
        if self.blind { Changed::Images } else { Changed::Texts }
    }

    fn settle(&mut self, first: &notify::Result<Event>, mut changed: Changed) -> Changed {
        let began = Instant::now();
        let mut left = BTreeSet::new();
        departed(first, &mut left);
        while let Ok(event) = self.events.recv_timeout(QUIET) {
            departed(&event, &mut left);
            if self.hear(&event) == Some(Changed::Images) {
                changed = Changed::Images;
            }
            if began.elapsed() > PATIENCE {
                break;
            }
        }
        if left.is_empty() { changed } else { Changed::Images }
    }

    /// A folder that is moved or removed is watched no more, even where it comes back the same.
    fn hear(&mut self, event: &notify::Result<Event>) -> Option<Changed> {
        if let Ok(event) = event
            && matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
        {
            for path in &event.paths {
                if self.watched.remove(path).is_some()
                    && let Some(watcher) = &mut self.watcher
                {
                    let _ = watcher.unwatch(path);
                }
            }
        }
        meaning(event)
    }
}

/// Names that may be of folders and were moved out of sight, with their images; not those by which editors save a file.
fn departed(event: &notify::Result<Event>, left: &mut BTreeSet<PathBuf>) {
    let Ok(event) = event else { return };
    match (event.kind, event.paths.as_slice()) {
        (EventKind::Modify(ModifyKind::Name(RenameMode::From)), [from]) if from.extension().is_none() => {
            left.insert(from.clone());
        }
        (EventKind::Modify(ModifyKind::Name(RenameMode::Both)), [from, to]) if !to.is_dir() => {
            left.remove(from);
        }
        _ => {}
    }
}

/// The change that an event reports; `None` if nothing changed: most events come from our own reading.
fn meaning(event: &notify::Result<Event>) -> Option<Changed> {
    let Ok(event) = event else { return Some(Changed::Images) };
    if event.need_rescan() {
        return Some(Changed::Images);
    }
    let folder = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => return None,
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => true,
        EventKind::Modify(ModifyKind::Name(_)) => event.paths.iter().any(|path| path.is_dir()),
        _ => false,
    };
    let hidden =
        |path: &PathBuf| path.components().any(|part| part.as_os_str() == "node_modules" || part.as_os_str() == ".git");
    if !event.paths.is_empty() && event.paths.iter().all(hidden) {
        return None;
    }
    let picture = |path: &PathBuf| {
        let kind = mime_guess::from_path(path).first();
        kind.is_some_and(|kind| ["image", "audio", "video"].contains(&kind.type_().as_str()))
    };
    Some(if folder || event.paths.iter().any(picture) { Changed::Images } else { Changed::Texts })
}

#[cfg(unix)]
fn identity(folder: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(folder).ok().map(|about| (about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Identity {
    std::fs::metadata(folder).ok().map(|_| (0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_is_no_change_and_images_are_told() {
        let event = |kind, path: &str| meaning(&Ok(Event::new(kind).add_path(path.into())));
        let write = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert_eq!(event(EventKind::Access(AccessKind::Open(AccessMode::Any)), "a.md"), None);
        assert_eq!(event(EventKind::Access(AccessKind::Close(AccessMode::Read)), "a.md"), None);
        assert_eq!(event(write, "a.md"), Some(Changed::Texts));
        assert_eq!(event(write, "a.png"), Some(Changed::Images));
        assert_eq!(event(EventKind::Create(CreateKind::Folder), "a"), Some(Changed::Images));
        assert_eq!(event(write, "x/.git/index"), None);
        assert_eq!(meaning(&Err(notify::Error::generic("lost"))), Some(Changed::Images));
    }

    #[test]
    fn a_folder_that_leaves_takes_its_images_and_saving_by_a_rename_takes_none() {
        let root = tempfile::tempdir().unwrap();
        let (content, file) = (root.path().join("content"), root.path().join("content/a.md"));
        std::fs::create_dir_all(content.join("pictures")).unwrap();
        let mut watch = Watch::new();
        watch.over(&BTreeMap::from([(content.clone(), Deep::Whole)]));
        std::fs::write(content.join("sedAbc"), "x").unwrap();
        std::fs::rename(content.join("sedAbc"), &file).unwrap();
        assert_eq!(watch.wait(Some(Duration::from_secs(10))), Changed::Texts);
        std::fs::rename(content.join("pictures"), root.path().join("away")).unwrap();
        assert_eq!(watch.wait(Some(Duration::from_secs(10))), Changed::Images);
    }

    #[test]
    fn a_folder_that_comes_back_is_watched_again() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("content");
        let wanted = BTreeMap::from([(root.path().to_owned(), Deep::Flat), (folder.clone(), Deep::Whole)]);
        let mut watch = Watch::new();
        watch.over(&wanted);
        assert!(watch.blind);
        for _ in 0..2 {
            std::fs::create_dir(&folder).unwrap();
            watch.over(&wanted);
            assert!(!watch.blind && watch.watched.contains_key(&folder));
            while watch.events.recv_timeout(QUIET).is_ok() {}
            std::fs::write(folder.join("a.md"), "x").unwrap();
            let reported = watch.events.recv_timeout(Duration::from_secs(10)).unwrap();
            assert_eq!(meaning(&reported), Some(Changed::Texts));
            std::fs::remove_dir_all(&folder).unwrap();
            watch.over(&wanted);
            assert!(watch.blind);
        }
    }
}
