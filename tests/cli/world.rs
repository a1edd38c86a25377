//! What the machine does to a run, and what the run says of it: a full disk, names that are not UTF-8, folders that are not
//! there. The cause is told, and nothing that only follows from it.

use crate::mill::{Mill, NOW, Ran};
use crate::site::{CONFIG, twelve};
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

#[test]
fn a_project_folder_may_be_called_anything() {
    use std::os::unix::ffi::OsStrExt;
    let mill = twelve();
    let odd = mill.root().join(std::ffi::OsStr::from_bytes(b"caf\xe9 \xff"));
    std::fs::create_dir(&odd).unwrap();
    for name in ["content", "feedmill.yaml"] {
        std::fs::rename(mill.path(name), odd.join(name)).unwrap();
    }
    for named in [&["check"][..], &["check", "content/03.md"], &["build"], &["build", "--no-cache"], &["list"]] {
        let mut command = mill.command(named);
        Ran::of(command.args(["--now", NOW, "-C"]).arg(&odd).output().unwrap(), named).ends(0);
    }
    std::fs::copy(odd.join("content/03.md"), odd.join("content").join(std::ffi::OsStr::from_bytes(b"\xff.md")))
        .unwrap();
    let mut command = mill.command(&["build", "--report", "short"]);
    let ran = Ran::of(command.args(["--now", NOW, "-C"]).arg(&odd).output().unwrap(), &["build"]).ends(0);
    assert_eq!(ran.stderr.matches("its name is not UTF-8").count(), 1, "{}", ran.stderr);
}

#[test]
fn folders_that_are_not_there_are_told_with_what_names_them() {
    let mill = Mill::empty();
    let of_content = "./content: there is no such folder; content.dir or --content names the folder of articles";
    let of_project = "nowhere: there is no such folder; -C names the one where feedmill.yaml lies";
    let url = ["--url", "https://e.org/"];
    for (command, told) in [("build", of_content), ("check", of_content), ("list", of_content)] {
        assert!(mill.run(&[&[command][..], &url].concat()).ends(3).stderr.contains(told), "{command}");
        assert!(mill.run(&[&[command, "-C", "nowhere"][..], &url].concat()).ends(3).stderr.contains(of_project));
    }
    assert!(mill.command(&["serve", "-C", "nowhere"]).output().unwrap().status.code() == Some(3));
    mill.write("content", "no folder");
    assert!(mill.run(&[&["build"][..], &url].concat()).ends(3).stderr.contains(of_content));
}

#[test]
fn a_config_that_is_no_text_is_a_fault_of_the_config_with_its_place() {
    let mill = twelve();
    mill.write("feedmill.yaml", b"site:\n  url: https://example.org/\n  title: caf\xe9\n");
    let ran = mill.run(&["build", "--report", "short"]).ends(2);
    let told = "feedmill.yaml:3:13: error[C001] config-syntax: the config holds bytes that are not UTF-8";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    let utf16: Vec<u8> = CONFIG.encode_utf16().flat_map(u16::to_le_bytes).collect();
    mill.write("feedmill.yaml", [b"\xff\xfe".to_vec(), utf16].concat());
    assert!(mill.run(&["check"]).ends(2).stderr.contains("UTF-16"));
}

#[test]
fn a_config_that_is_a_link_to_nowhere_is_not_none() {
    let mill = twelve();
    std::fs::remove_file(mill.path("feedmill.yaml")).unwrap();
    std::os::unix::fs::symlink("../shared.yaml", mill.path("feedmill.yaml")).unwrap();
    let ran = mill.run(&["build", "--url", "https://e.org/"]).ends(3);
    assert!(ran.stderr.contains("it is a link to ../shared.yaml, which is not there"), "{}", ran.stderr);
    assert!(!mill.has("feeds"));
}

#[test]
fn articles_may_be_named_from_where_feedmill_runs() {
    let mill = twelve();
    let above = mill.root().parent().unwrap().to_owned();
    let site = mill.root().file_name().unwrap().to_str().unwrap().to_owned();
    let check = |name: &str| {
        let args = ["check", "--report", "json", "-C", &site, name];
        Ran::of(mill.command(&args).current_dir(&above).output().unwrap(), &args)
    };
    assert_eq!(check(&format!("{site}/content/03.md")).ends(0).json()["articles"]["found"], 1);
    assert_eq!(check("content/03.md").ends(0).json()["articles"]["found"], 1);
    let nothing = check("content/nowhere.md").ends(1).json();
    assert_eq!(nothing["diagnostics"][0]["message"], "there is no content/nowhere.md");
}

#[test]
fn init_leaves_no_half_of_a_file_behind() {
    let (mill, whole) = (Mill::empty(), Mill::empty());
    let init = ["init", "--url", "https://e.org/"];
    for blocks in [0, 1] {
        let ran = run_within(blocks, mill.root(), &init).ends(3);
        assert!(ran.stderr.contains("error: ./"), "{}", ran.stderr);
        assert!(!mill.has("feedmill.yaml"));
    }
    // The article fits into a block, the config does not.
    assert_eq!(mill.tree("."), [("content/hello.md".to_owned(), whole_of(&whole, &init))].into());
}

/// The example article of an undisturbed `init`.
fn whole_of(mill: &Mill, init: &[&str]) -> Vec<u8> {
    Ran::of(mill.command(init).output().unwrap(), init).ends(0);
    mill.read("content/hello.md").into_bytes()
}
