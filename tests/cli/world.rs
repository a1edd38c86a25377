//! Faults of the machine and their reports: a full disk, names that are not UTF-8, missing folders. The cause is
//! reported, and not its consequences.

use crate::project::{NOW, Ran, TestProject};
use crate::site::{CONFIG, twelve};
use std::path::Path;

/// The binary where no file may grow beyond so many blocks of 512 bytes, as on a disk that is full.
fn run_within(blocks: u32, folder: &Path, args: &[&str]) -> Ran {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = assert_cmd::Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_feedmill")]).args(args).current_dir(folder);
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("CI").env("NO_COLOR", "1");
    Ran::new(command.output().unwrap(), args)
}

#[test]
fn a_full_disk_is_told_alone_and_the_next_run_completes_the_set() {
    let project = twelve();
    let build = ["build", "--report", "json", "--now", NOW];
    project.run(&["build"]).ends(0);
    let (before, whole) = (project.tree("feeds"), twelve());
    for project in [&project, &whole] {
        project.write("content/01.md", project.read("content/01.md") + "\nMore.\n");
    }
    let ran = run_within(1, project.root(), &build).ends(3);
    assert_eq!(ran.codes(), Vec::<String>::new(), "articles and feeds that only seem to be gone: {}", ran.stdout);
    assert!(ran.json()["error"].as_str().is_some_and(|why| why.contains("feeds/.feedmill/stage")), "{}", ran.stdout);
    assert_eq!(project.tree("feeds"), before);
    project.run(&["build"]).ends(0);
    whole.run(&["build"]).ends(0);
    assert_eq!(project.tree("feeds"), whole.tree("feeds"));
}

#[test]
fn a_project_folder_may_be_called_anything() {
    use std::os::unix::ffi::OsStrExt;
    let project = twelve();
    let odd = project.root().join(std::ffi::OsStr::from_bytes(b"caf\xe9 \xff"));
    std::fs::create_dir(&odd).unwrap();
    for name in ["content", "feedmill.yaml"] {
        std::fs::rename(project.path(name), odd.join(name)).unwrap();
    }
    for named in [&["check"][..], &["check", "content/03.md"], &["build"], &["build", "--no-cache"], &["list"]] {
        let mut command = project.command(named);
        Ran::new(command.args(["--now", NOW, "-C"]).arg(&odd).output().unwrap(), named).ends(0);
    }
    std::fs::copy(odd.join("content/03.md"), odd.join("content").join(std::ffi::OsStr::from_bytes(b"\xff.md")))
        .unwrap();
    let mut command = project.command(&["build", "--report", "short"]);
    let ran = Ran::new(command.args(["--now", NOW, "-C"]).arg(&odd).output().unwrap(), &["build"]).ends(0);
    assert_eq!(ran.stderr.matches("the file name is not valid UTF-8").count(), 1, "{}", ran.stderr);
}

#[test]
fn folders_that_are_not_there_are_told_with_what_names_them() {
    let project = TestProject::empty();
    let of_content = "./content: there is no such folder; content.dir or --content names the folder of articles";
    let of_project = "nowhere: there is no such folder; -C names the one where feedmill.yaml lies";
    let url = ["--url", "https://e.org/"];
    for (command, reported) in [("build", of_content), ("check", of_content), ("list", of_content)] {
        assert!(project.run(&[&[command][..], &url].concat()).ends(3).stderr.contains(reported), "{command}");
        assert!(project.run(&[&[command, "-C", "nowhere"][..], &url].concat()).ends(3).stderr.contains(of_project));
    }
    assert!(project.command(&["serve", "-C", "nowhere"]).output().unwrap().status.code() == Some(3));
    project.write("content", "no folder");
    assert!(project.run(&[&["build"][..], &url].concat()).ends(3).stderr.contains(of_content));
}

#[test]
fn a_config_that_is_no_text_is_a_fault_of_the_config_with_its_place() {
    let project = twelve();
    project.write("feedmill.yaml", b"site:\n  url: https://example.org/\n  title: caf\xe9\n");
    let ran = project.run(&["build", "--report", "short"]).ends(2);
    let reported = "feedmill.yaml:3:13: error[C001] config-syntax: the config holds bytes that are not UTF-8";
    assert!(ran.stderr.contains(reported), "{}", ran.stderr);
    let utf16: Vec<u8> = CONFIG.encode_utf16().flat_map(u16::to_le_bytes).collect();
    project.write("feedmill.yaml", [b"\xff\xfe".to_vec(), utf16].concat());
    assert!(project.run(&["check"]).ends(2).stderr.contains("UTF-16"));
}

#[test]
fn a_config_that_is_a_link_to_nowhere_is_not_none() {
    let project = twelve();
    std::fs::remove_file(project.path("feedmill.yaml")).unwrap();
    std::os::unix::fs::symlink("../shared.yaml", project.path("feedmill.yaml")).unwrap();
    let ran = project.run(&["build", "--url", "https://e.org/"]).ends(3);
    assert!(ran.stderr.contains("it is a link to ../shared.yaml, which is not there"), "{}", ran.stderr);
    assert!(!project.has("feeds"));
}

#[test]
fn articles_may_be_named_from_where_feedmill_runs() {
    let project = twelve();
    let above = project.root().parent().unwrap().to_owned();
    let site = project.root().file_name().unwrap().to_str().unwrap().to_owned();
    let check = |name: &str| {
        let args = ["check", "--report", "json", "-C", &site, name];
        Ran::new(project.command(&args).current_dir(&above).output().unwrap(), &args)
    };
    assert_eq!(check(&format!("{site}/content/03.md")).ends(0).json()["articles"]["found"], 1);
    assert_eq!(check("content/03.md").ends(0).json()["articles"]["found"], 1);
    let nothing = check("content/nowhere.md").ends(1).json();
    assert_eq!(nothing["diagnostics"][0]["message"], "content/nowhere.md does not exist");
}

#[test]
fn init_leaves_no_half_of_a_file_behind() {
    let (project, whole) = (TestProject::empty(), TestProject::empty());
    let init = ["init", "--url", "https://e.org/"];
    for blocks in [0, 1] {
        let ran = run_within(blocks, project.root(), &init).ends(3);
        assert!(ran.stderr.contains("error: ./"), "{}", ran.stderr);
        assert!(!project.has("feedmill.yaml"));
    }
    // The article fits into a block, the config does not.
    assert_eq!(project.tree("."), [("content/hello.md".to_owned(), whole_of(&whole, &init))].into());
}

/// The example article of an undisturbed `init`.
fn whole_of(project: &TestProject, init: &[&str]) -> Vec<u8> {
    Ran::new(project.command(init).output().unwrap(), init).ends(0);
    project.read("content/hello.md").into_bytes()
}
