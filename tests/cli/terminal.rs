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
