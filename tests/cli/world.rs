//! What the machine does to a run, and what the run says of it: a full disk, names that are not UTF-8, folders that are not
//! there. The cause is told, and nothing that only follows from it.

use crate::mill::{NOW, Ran};
use crate::site::twelve;
use std::path::Path;

/// The binary where no file may grow beyond so many blocks of 512 bytes, as on a disk that is full.
fn run_within(blocks: u32, folder: &Path, args: &[&str]) -> Ran {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = assert_cmd::Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_feedmill")]).args(args).current_dir(folder);
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    Ran::of(command.output().unwrap(), args)
}

#[test]
fn a_full_disk_is_told_alone_and_the_next_run_completes_the_set() {
    let mill = twelve();
    let build = ["build", "--report", "json", "--now", NOW];
    mill.run(&["build"]).ends(0);
    let (before, whole) = (mill.tree("feeds"), twelve());
    for mill in [&mill, &whole] {
        mill.write("content/01.md", mill.read("content/01.md") + "\nMore.\n");
    }
    let ran = run_within(1, mill.root(), &build).ends(3);
    assert_eq!(ran.codes(), Vec::<String>::new(), "articles and feeds that only seem to be gone: {}", ran.stdout);
    assert!(ran.json()["error"].as_str().is_some_and(|why| why.contains("feeds/.feedmill/stage")), "{}", ran.stdout);
    assert_eq!(mill.tree("feeds"), before);
    mill.run(&["build"]).ends(0);
    whole.run(&["build"]).ends(0);
    assert_eq!(mill.tree("feeds"), whole.tree("feeds"));
}
