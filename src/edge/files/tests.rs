//! Obstacles at the path of a file or of a folder above it, and the result of each operation on them.
#![cfg(unix)]

use super::*;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

/// Puts one obstacle of each kind at a path of a fresh folder, then hands it over with the victim's folder.
fn each_obstacle(path: &str, try_it: impl Fn(&Path, &str)) {
    for kind in ["link to a file", "link to nothing", "link to a folder", "pipe", "socket", "folder"] {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("root");
        let full = root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::create_dir(temp.path().join("victims")).unwrap();
        fs::write(temp.path().join("victim"), "secret").unwrap();
        match kind {
            "link to a file" => symlink(temp.path().join("victim"), &full).unwrap(),
            "link to nothing" => symlink(temp.path().join("created"), &full).unwrap(),
            "link to a folder" => symlink(temp.path().join("victims"), &full).unwrap(),
            "pipe" => {
                let mode = rustix::fs::Mode::RWXU;
                rustix::fs::mknodat(rustix::fs::CWD, &full, rustix::fs::FileType::Fifo, mode, 0).unwrap();
            }
            "socket" => drop(UnixListener::bind(&full).unwrap()),
            _ => fs::create_dir(&full).unwrap(),
        }
        try_it(&root, kind);
        assert!(fs::symlink_metadata(&full).is_ok(), "{kind} is still there");
        assert_eq!(fs::read_to_string(temp.path().join("victim")).unwrap(), "secret", "{kind}");
        assert!(!temp.path().join("created").exists(), "{kind}");
        assert_eq!(fs::read_dir(temp.path().join("victims")).unwrap().count(), 0, "{kind}");
    }
}

#[test]
fn nothing_but_a_regular_file_is_opened_made_or_replaced() {
    each_obstacle("a/file", |folder, kind| {
        let (root, path) = (Root::new(folder), folder.join("a/file"));
        let expected = match kind {
            "pipe" | "socket" | "folder" => format!("is a {kind}, not a file; remove it"),
            _ => "is a symbolic link".to_owned(),
        };
        let append = open_with(&path, OpenOptions::new().append(true).create(true)).map(drop);
        let replaced = replace(&path, b"new", &folder.join("staged"));
        let staged = replace(&folder.join("free"), b"new", &path);
        for tried in [root.check("a/file"), root.read("a/file").map(drop), create(&path).map(drop), append, replaced] {
            let why = tried.unwrap_err().to_string();
            assert!(why.contains(&expected), "{kind}: {why}");
        }
        assert!(staged.is_err() && !folder.join("free").exists());
    });
}

#[test]
fn no_folder_above_a_file_may_be_anything_else() {
    each_obstacle("a/b", |folder, kind| {
        let root = Root::new(folder);
        let tried = [root.check("a/b/c/file"), root.read("a/b/c/file").map(drop), root.make_folders("a/b/file")];
        for tried in tried.into_iter().filter(|_| kind != "folder") {
            let why = tried.unwrap_err().to_string();
            assert!(why.contains(&format!("its folder {} is a", folder.join("a/b").display())), "{kind}: {why}");
        }
    });
}

#[test]
fn the_root_may_be_a_link_and_paths_stay_below_it() {
    let temp = tempfile::tempdir().unwrap();
    fs::create_dir(temp.path().join("real")).unwrap();
    symlink("real", temp.path().join("link")).unwrap();
    let root = Root::new(&temp.path().join("link"));
    root.make_folders("a/b/file").unwrap();
    replace(&root.join("a/b/file"), b"one", &root.join("a/staged")).unwrap();
    replace(&root.join("a/b/file"), b"two", &root.join("a/staged")).unwrap();
    assert_eq!(fs::read(temp.path().join("real/a/b/file")).unwrap(), b"two");
    assert_eq!(root.read("a/b/file").unwrap(), b"two");
    assert_eq!(root.open("a/b/none").unwrap_err().kind(), ErrorKind::NotFound);
    for out in ["../x", "a/../../x", "/etc/x/y"] {
        assert!(root.check(out).is_err(), "{out}");
    }
    assert!(!root.join("a/staged").exists());
}
