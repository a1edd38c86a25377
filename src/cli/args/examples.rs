//! What stands below the help of a command: lines that can be typed as they are.

/// Examples under `feedmill --help`.
pub(super) const TOP_EXAMPLES: &str = "\
Examples:
  feedmill init --url https://example.org/    begin: write feedmill.yaml
  feedmill build                              write feeds/ from content/
  feedmill check                              say what is wrong, write nothing
  feedmill serve                              look at the feeds while you write
  feedmill publish --quiet                    from cron: build, put in place, tell hubs
  feedmill explain A010                       what a code means and how to mend it

Exit codes: 0 done, also with warnings; 1 refused; 2 usage or config;
3 disk, network or lock failed; 4 hubs are still owed something, run again;
5 a hub refused for good.";

/// Examples under `init --help`.
pub(super) const INIT_EXAMPLES: &str = "\
Examples:
  feedmill init --url https://example.org/           in a folder of Jekyll, Hugo, Hexo, Zola, Eleventy, Astro… posts, or an empty one
  feedmill init blog                                 in another folder";

/// Examples under `build --help`.
pub(super) const BUILD_EXAMPLES: &str = "\
Examples:
  feedmill build                                     write feeds/ from content/, as feedmill.yaml says
  feedmill build -C site --quiet                     from cron: prints nothing when all is well
  feedmill build --dry-run --drafts --future         what would it look like with everything in?";

/// Examples under `check --help`.
pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  feedmill check                                     everything, strictly: a warning is a refusal
  feedmill check content/hello.md                    one article
  feedmill check --fix --dry-run                     what could be mended, as a diff; without --dry-run it is
  feedmill check --lenient --report json             for a machine";

/// Examples under `list --help`.
pub(super) const LIST_EXAMPLES: &str = "\
Examples:
  feedmill list                                      a table of all feeds, the feed of all articles first
  feedmill list --report json                        for a machine: also titles, families and every format";

/// Examples under `snippet --help`.
pub(super) const SNIPPET_EXAMPLES: &str = "\
Examples:
  feedmill snippet                                   for every page of the site
  feedmill snippet --tag layer2                      for the pages of a tag";

/// Examples under `probe --help`.
pub(super) const PROBE_EXAMPLES: &str = "\
Examples:
  feedmill probe                                     learn what is unknown or older than images.max_age
  feedmill probe --dry-run                           how many would be asked for?
  feedmill build --probe                             probe, then build";

/// Examples under `images --help`.
pub(super) const IMAGES_EXAMPLES: &str = "\
Examples:
  feedmill images                                    a table of all images, offline
  feedmill images --refresh --prune                  ask for all anew, forget what is not used
  feedmill images --report json                      for a machine";

/// Examples under `explain --help`.
pub(super) const EXPLAIN_EXAMPLES: &str = "\
Examples:
  feedmill explain                                   every code in a table
  feedmill explain A010                              by id
  feedmill explain bad-date                          by name";
