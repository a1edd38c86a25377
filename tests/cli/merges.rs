//! Branches that each add a post: git merges `feedmill.ids` by itself.

use crate::project::TestProject;
use std::process::Command;

fn write(project: &TestProject, name: &str, day: u32) {
    let head =
        format!("title: About {name}\nslug: {name}\ndate: 2024-{:02}-{:02}\ntags: [news]", 1 + day / 28, 1 + day % 28);
    project.write(&format!("content/{name}.md"), format!("---\n{head}\n---\nWords about {name}.\n"));
}

#[test]
fn branches_that_each_add_a_post_merge_without_a_conflict() {
    let base = TestProject::empty();
    base.write("feedmill.yaml", "site: {title: T, url: \"https://e.org/\", since: 2020}\n");
    (0..60).for_each(|n| write(&base, &format!("post-{n}"), n));
    base.run_at(None, &["build", "-q"]).ends(0);
    let branches: Vec<TestProject> = (0..9)
        .map(|n| {
            let branch = TestProject::copy_of(base.root());
            write(&branch, &format!("new-{n}"), 100 + n);
            branch.run_at(None, &["build", "-q"]).ends(0);
            branch
        })
        .collect();
    let (mut trials, mut clean) = (0, 0);
    for (at, ours) in branches.iter().enumerate() {
        for theirs in &branches[at + 1..] {
            let [ours, base, theirs] = [ours, &base, theirs].map(|project| project.path("feedmill.ids"));
            let merged = Command::new("git").args(["merge-file", "-p"]).args([ours, base, theirs]).output().unwrap();
            trials += 1;
            clean += usize::from(merged.status.success());
        }
    }
    assert!(trials == 36 && clean >= 34, "{clean} of {trials} merges are clean");
}
