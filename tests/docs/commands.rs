//! Each page's commands, run one after another in a folder of its own.

use crate::pages::{Block, Page, all, root};
use crate::project::{NOW, TestProject};
use std::path::Path;
use std::process::{Command, Output};

/// What a command may need that a test has not, and why it is not run.
const NEEDS: [(&str, &str); 8] = [
    ("network", "asks hosts of the web"),
    ("hub", "tells a hub of the web"),
    ("bucket", "writes to an object store"),
    ("repository", "builds feedmill itself"),
    ("bench", "needs the bench kit, valgrind or minutes"),
    ("root", "changes the machine"),
    ("server", "runs until it is ended"),
    (".ci/publish/docs.py", "run by .ci/publish/docs.py"),
];

/// The site that a page's commands find, unless the page says `<!-- an empty folder -->`.
const SITE: [(&str, &str); 4] = [
    ("feedmill.yaml", "site: {title: Example, url: \"https://example.org/\", since: 2025}\n"),
    (
        "content/hello.md",
        "---\ntitle: Hello\nslug: hello\ndate: 2025-06-08T10:00:00Z\ntags: [Example]\n---\n\nThe first article.\n",
    ),
    (
        "content/2025/one.md",
        "---\ntitle: One\nslug: one\ndate: 2025-06-09T10:00:00Z\ntags: [Layer2]\n---\n\nThe second.\n",
    ),
    (
        "content/2025/two.md",
        "---\ntitle: Two\nslug: two\ndate: 2025-06-10T10:00:00Z\ntags: [Layer2]\n---\n\nThe third.\n",
    ),
];

#[test]
fn every_command_is_run_or_says_what_it_needs() {
    let (mut ran, mut marked) = (0, Vec::new());
    for page in all() {
        ran += walk(&page, &mut marked);
    }
    println!("{ran} commands of the docs were run; these were not:");
    marked.iter().for_each(|line| println!("  {line}"));
    assert!(ran >= 40, "{ran}");
}

fn walk(page: &Page, marked: &mut Vec<String>) -> usize {
    let project = TestProject::empty();
    if !page.text.contains("<!-- an empty folder -->") {
        SITE.iter().for_each(|(path, text)| project.write(path, text));
    }
    let (mut ran, mut last) = (0, None);
    for block in &page.blocks {
        match (block.language(), block.comment.as_deref()) {
            ("sh", _) => match block.word("needs") {
                Some(needs) => {
                    let known = NEEDS.iter().find(|(name, _)| *name == needs);
                    let (_, why) = known.unwrap_or_else(|| panic!("{}: needs={needs} is not known", block.place));
                    marked.extend(commands(block).iter().map(|command| format!("{}: {command} ({why})", block.place)));
                }
                None => {
                    for command in commands(block) {
                        last = Some(run(&project, &command, block));
                        ran += 1;
                    }
                }
            },
            (_, Some("stdout")) => displayed(block, last.as_ref().map(|output| &output.stdout)),
            (_, Some("stderr")) => displayed(block, last.as_ref().map(|output| &output.stderr)),
            (_, Some(comment)) => {
                if let Some(path) = comment.strip_prefix("file: ") {
                    project.write(path, &block.text);
                } else if let Some(path) = comment.strip_prefix("part of: ") {
                    assert!(
                        project.read(path).contains(&block.text),
                        "{}: not in {path}:\n{}",
                        block.place,
                        project.read(path)
                    );
                }
            }
            _ => {}
        }
    }
    ran
}

/// Lines that are not comments; a line that ends in `\` continues.
fn commands(block: &Block) -> Vec<String> {
    let joined = block.text.replace("\\\n", " ");
    joined.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

fn run(project: &TestProject, command: &str, block: &Block) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_feedmill")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("bash");
    shell.args(["-euo", "pipefail", "-c", command]).current_dir(project.root());
    // 2030: SOURCE_DATE_EPOCH is the clock, so that what is shown stays true.
    let now = chrono::DateTime::parse_from_rfc3339(NOW).unwrap().timestamp();
    shell.env("PATH", path).env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", now.to_string()).env("HOME", project.root());
    let output = shell.output().unwrap();
    let wanted: i32 = block.word("exit").map_or(0, |code| code.parse().unwrap());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(
        output.status.code(),
        Some(wanted),
        "{}: {command}\n{}{}",
        block.place,
        text(&output.stdout),
        text(&output.stderr)
    );
    output
}

/// What a page shows of a command's output is all of it. `FEEDMILL_BLESS=1` writes what was printed.
fn displayed(block: &Block, printed: Option<&Vec<u8>>) {
    let printed = printed.unwrap_or_else(|| panic!("{}: no command stands before it", block.place));
    let printed = String::from_utf8_lossy(printed);
    if printed != block.text && std::env::var_os("FEEDMILL_BLESS").is_some() {
        let page = root().join(block.place.split(':').next().unwrap());
        let text = std::fs::read_to_string(&page).unwrap();
        let fenced = |text: &str| format!("```text\n{text}```");
        std::fs::write(page, text.replacen(&fenced(&block.text), &fenced(&printed), 1)).unwrap();
        return;
    }
    assert_eq!(printed, block.text, "{}: FEEDMILL_BLESS=1 cargo test --test docs writes it", block.place);
}
