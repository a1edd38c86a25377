//! Output without a terminal: no bars, colours only on request, and events for programs. `.ci/terminal/bars.py`
//! checks the output to a terminal.

use crate::project::{Ran, TestProject};
use crate::site::twelve;

fn events(ran: &Ran) -> Vec<serde_json::Value> {
    let lines = ran.stderr.lines();
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{line}: {why}"))).collect()
}

#[test]
fn no_bar_and_no_colour_without_a_terminal() {
    let project = twelve();
    project.write("content/14.md", "---\ntitle: Bad\ndate: yesterday\n---\n");
    // Many feeds: were there bars, they would have something to show.
    for n in 0..60 {
        project.write(
            &format!("content/n{n}.md"),
            format!("---\ntitle: N {n}\nslug: n{n}\ndate: 2025-02-01T00:00:00Z\ntags: [t{n}]\n---\nX.\n"),
        );
    }
    let ran = project.run(&["build"]).ends(0);
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains(['\r', '\x1b']) && !text.contains("making feeds"), "{text}");
    }
    let mut command = project.command(&["build", "--now", crate::project::NOW]);
    let forced = Ran::new(command.env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1").output().unwrap(), &[]);
    assert!(forced.stdout.contains("\x1b[") && forced.stderr.contains("\x1b["), "{forced:?}");
    assert!(project.run(&["build", "--color", "always"]).ends(0).stdout.contains("\x1b["));
    assert!(!project.run(&["build", "--color", "never"]).ends(0).stdout.contains('\x1b'));
}

#[test]
fn a_log_is_one_object_a_line() {
    let project = twelve();
    project.write("content/14.md", "---\ntitle: Bad\ndate: yesterday\nimg: https://u:hunter2@e.org/x.png\n---\n");
    let ran = project.run(&["build", "--log", "json"]).ends(0);
    let reported = events(&ran);
    let named = |name: &str| reported.iter().filter(|event| event["event"] == name).collect::<Vec<_>>();
    assert!(
        reported.iter().all(|e| {
            // As docs/terminal.md shows it: 2026-11-21T11:30:12.345+00:00.
            let at = e["ts"].as_str().unwrap_or_default();
            at.len() == 29 && at.get(19..20) == Some(".") && at.ends_with("+00:00") && e["fields"].is_object()
        }),
        "{reported:?}"
    );
    assert!(named("step_began").len() >= 3 && named("step_began").len() == named("step_ended").len(), "{reported:?}");
    let finding = named("finding").into_iter().find(|event| event["fields"]["code"] == "A010").unwrap();
    assert_eq!((&finding["level"], &finding["fields"]["line"]), (&"error".into(), &3.into()));
    assert!(!named("document").is_empty() && !ran.stderr.contains("hunter2"), "{}", ran.stderr);
    let [ended] = named("ended")[..] else { panic!("{reported:?}") };
    assert_eq!((&ended["fields"]["verdict"], &ended["fields"]["articles"]["error"]), (&"warned".into(), &1.into()));
    assert!(ran.stdout.starts_with("build: done"), "{}", ran.stdout);
    let again = events(&project.run(&["build", "--log", "json"]).ends(0));
    assert!(again.iter().all(|event| event["event"] != "document"), "nothing changed: {again:?}");
}

#[test]
fn a_quiet_log_tells_errors_alone() {
    let project = twelve();
    assert_eq!(project.run(&["build", "--quiet", "--log", "json"]).ends(0).stderr, "");
    project.write("feedmill.yaml", "site: {tilte: x}\n");
    let reported = events(&project.run(&["build", "--quiet", "--log=json"]).ends(2));
    assert!(reported.iter().all(|event| event["level"] == "error"), "{reported:?}");
    assert_eq!(reported.last().unwrap()["event"], "ended");
    let usage = events(&project.run(&["build", "--log", "json", "--dry-rnu"]).ends(2));
    assert_eq!((usage.len(), &usage[0]["event"]), (1, &"usage".into()));
}

#[test]
fn a_summary_fits_a_screen() {
    let project = TestProject::empty();
    project.write("feedmill.yaml", "site: {url: \"https://e.org/\"}\n");
    for n in 0..200 {
        let date = ["2025-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "30.02.2025"][n % 3];
        let draft = if n % 7 == 0 { "draft: true\n" } else { "" };
        project.write(
            &format!("content/{n}.md"),
            format!("---\ntitle: N {n}\nslug: n{n}\ndate: {date}\n{draft}tags: [t{n}]\n---\nX.\n"),
        );
    }
    let reported = project.run(&["build"]).ends(0).stdout;
    assert!(reported.lines().count() <= 12 && reported.lines().all(|line| line.chars().count() <= 100), "{reported}");
    for word in ["articles  200 found", "left out: ", "with an error", "20 draft", "feeds ", "next due  2099"] {
        assert!(reported.contains(word), "{word}: {reported}");
    }
}

/// What must not be printed as it is: it moves the cursor, begins an escape sequence or turns the direction of writing.
fn harmful(c: char) -> bool {
    let controls = c.is_control() && c != '\n';
    controls || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

const STRANGE: [&str; 4] = ["a\u{1b}[31m\u{202e}b", "c\u{9b}2Jd", "e\u{2066}f\u{2069}\r", "g\u{200b}h\u{7f}"];

#[test]
fn names_of_strangers_are_escaped_in_every_report() {
    for strange in STRANGE {
        let project = TestProject::empty();
        project.write("feedmill.yaml", "site: {title: T, url: \"https://e.org/\"}\nfeeds: [{by: tag}]\n");
        let word = strange.trim_end();
        let head = format!("title: x\ndate: 30.02.2025\ntags: [\"{word}/x\"]\nimage: \"{word}\"");
        project.write(&format!("content/{strange}.md"), format!("---\n{head}\n---\n![](/{word}.png)\n"));
        project.write(&format!("content/{strange}2.md"), "---\ntitle: x\ndate: 2025-01-01\n---\nx\n");
        for report in ["human", "short", "github", "sarif", "json"] {
            let ran = project.run(&["check", "--report", report]).ends(1);
            for text in [&ran.stdout, &ran.stderr] {
                assert!(!text.contains(harmful), "{report}: {text:?}");
            }
            assert!(format!("{ran:?}").contains("A010"), "{report}: {ran:?}");
        }
        let logged = project.run(&["build", "--log", "json", "-v"]).ends(0).stderr;
        assert!(!logged.contains(harmful), "{logged:?}");
        let paths: Vec<_> =
            logged.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).collect();
        let path = format!("content/{strange}.md");
        assert!(
            paths.iter().any(|event| event["fields"]["path"] == *path),
            "programs read the path as it is: {logged:?}"
        );
    }
}

#[test]
fn init_escapes_what_it_reads_of_a_strangers_folder() {
    for strange in STRANGE {
        let text = strange.chars().map(|c| format!("\\u{:04x}", c as u32)).collect::<String>();
        let config =
            format!("title: \"{text}\"\nurl: https://e.org\npermalink: \"/{text}/:foo\"\nauthor: \"{text}\"\n");
        for file in ["_config.yml", &format!("{strange}/_config.yml")] {
            let project = TestProject::empty();
            project.write(file, &config);
            let folder = file.trim_end_matches("_config.yml");
            project.write(&format!("{folder}_posts/{strange}/2025-01-01-a.md"), "---\ntitle: A\n---\nx\n");
            let args = if folder.is_empty() { vec!["init"] } else { vec!["init", folder] };
            let ran = project.command(&args).output().unwrap();
            assert!(ran.status.success(), "{ran:?}");
            let written = project.read(&format!("{folder}feedmill.yaml"));
            let texts = [String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap(), written];
            assert!(texts.iter().all(|text| !text.contains(harmful)), "{texts:?}");
            assert!(texts[2].contains("\\u"), "the title keeps its characters: {}", texts[2]);
        }
    }
}
