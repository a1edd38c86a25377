//! `schema`, `completions` and `man`: whole, for every command, and readable by those that they are for.

use crate::project::TestProject;
use std::process::Command;

fn commands(project: &TestProject) -> Vec<String> {
    let help = project.run_at(None, &["--help"]).ends(0).stdout;
    let listed = help.split_once("Commands:\n").and_then(|(_, rest)| rest.split_once("\n\n")).unwrap().0.to_owned();
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).filter(|name| name != "help").collect()
}

#[test]
fn every_command_has_examples_a_page_and_completions() {
    let project = TestProject::empty();
    let reported = project.run_at(None, &["man", "pages"]).ends(0);
    let commands = commands(&project);
    assert!(
        commands.len() >= 13 && reported.stdout.starts_with(&format!("{} pages", commands.len() + 1)),
        "{reported:?}"
    );
    let scripts: Vec<String> = ["bash", "zsh", "fish", "powershell", "elvish"]
        .map(|shell| project.run_at(None, &["completions", shell]).ends(0).stdout)
        .to_vec();
    for command in &commands {
        let help = project.run_at(None, &[command, "--help"]).ends(0).stdout;
        assert!(help.contains("Examples:\n  feedmill "), "{command} --help shows no example");
        let page = project.read(&format!("pages/feedmill-{command}.1"));
        assert!(page.contains(".SH EXAMPLES") && !page.contains(".SH EXTRA"), "{page}");
        assert!(
            page.contains(&format!("feedmill {command}")) || page.contains(&format!("feedmill\\-{command}")),
            "{page}"
        );
        assert!(scripts.iter().all(|script| script.contains(command.as_str())), "{command} is not completed");
    }
    assert!(project.run_at(None, &["man"]).ends(0).stdout.contains(".TH FEEDMILL 1"));
}

#[test]
fn shells_read_their_scripts() {
    let project = TestProject::empty();
    for shell in ["bash", "zsh", "fish"] {
        let script = project.run_at(None, &["completions", shell]).ends(0).stdout;
        project.write(shell, script);
        // Where a shell is not there, .ci/terminal/shells.sh fetches it.
        if let Ok(ran) = Command::new(shell).arg("-n").arg(project.path(shell)).output() {
            assert!(ran.status.success(), "{shell}: {}", String::from_utf8_lossy(&ran.stderr));
        }
    }
}

#[test]
fn a_schema_is_one_json_document() {
    let project = TestProject::empty();
    let config = project.run_at(None, &["schema"]).ends(0);
    assert_eq!(config.stdout, project.run_at(None, &["schema", "config"]).stdout);
    assert_eq!(config.json()["additionalProperties"], false);
    assert!(project.run_at(None, &["schema", "article"]).ends(0).json()["properties"]["title"].is_object());
    assert!(project.run_at(None, &["schema", "artcle"]).ends(2).stderr.contains("'article'"));
}

#[test]
fn what_is_misspelt_is_guessed() {
    let project = TestProject::empty();
    project.write("feedmill.yaml", "site: {url: \"https://e.org/\"}\n");
    project.write("content/a.md", "---\ntitle: A\nslug: a\ndate: 2025-01-01T00:00:00Z\ntags: [Layer2]\n---\nX.\n");
    for (args, meant) in [
        (vec!["bulid"], "'build'"),
        (vec!["build", "--dry-rnu"], "'--dry-run'"),
        (vec!["build", "--report", "jsno"], "'json'"),
        (vec!["snippet", "--tag", "layre2"], "`Layer2`"),
        (vec!["explain", "bad-dat"], "`bad-date`"),
        (vec!["completions", "bsah"], "'bash'"),
    ] {
        let reported = project.run_at(None, &args).ends(2);
        assert!(reported.stderr.contains(meant), "{args:?}: {}", reported.stderr);
    }
    for (config, meant) in [("otuput: {}", "`output`"), ("policy: {levels: {bad-dat: deny}}", "`bad-date`")] {
        project.write("feedmill.yaml", format!("site: {{url: \"https://e.org/\"}}\n{config}\n"));
        let reported = project.run(&["build"]).ends(2);
        assert!(reported.stderr.contains(&format!("did you mean {meant}?")), "{config}: {}", reported.stderr);
    }
}
