//! The options of `adopt`: as typed, and as meant.

use super::reporting::TypedReporting;
use super::timing::instant;
use super::{FolderArgs, OutputArgs};
use crate::app::{AdoptOptions, Commit};
use crate::model::{Reach, Timestamp};
use crate::parse::Overrides;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct TypedAdopt {
    /// Live feeds (URLs), saved feeds, folders of them, and exports of WordPress (XML) and Ghost (JSON)
    #[arg(value_name = "SOURCE", required_unless_present = "from_manifest")]
    sources: Vec<String>,
    /// Keep the ids that the last run gave out, whatever the config gives now
    #[arg(long)]
    from_manifest: bool,
    /// Write nothing; print which entry is which article
    #[arg(long)]
    dry_run: bool,
    /// Also fetch from private and loopback addresses
    #[arg(long)]
    allow_private: bool,
    /// Project folder, which contains feedmill.yaml
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Read articles from this folder [default: content.dir of the config, else content]
    #[arg(long, value_name = "DIR")]
    content: Option<String>,
    /// Folder of the feeds of earlier runs [default: output.dir of the config, else feeds]
    #[arg(long, value_name = "DIR")]
    out: Option<String>,
    /// URL of the site [default: site.url of the config]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Use this as the current time [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    now: Option<Timestamp>,
    #[command(flatten)]
    reporting: TypedReporting,
}

impl TypedAdopt {
    pub(super) fn meant(self) -> (FolderArgs, AdoptOptions, OutputArgs) {
        let overrides = Overrides { url: self.url, content: self.content, out: self.out, ..Overrides::default() };
        let folder = FolderArgs { dir: self.dir, overrides, endpoint: None };
        let options = AdoptOptions {
            sources: self.sources,
            from_manifest: self.from_manifest,
            commit: if self.dry_run { Commit::Dry } else { Commit::Write },
            reach: if self.allow_private { Reach::Anywhere } else { Reach::Public },
            now: self.now,
        };
        (folder, options, self.reporting.meant())
    }
}

pub(super) const EXAMPLES: &str = "\
Examples:
  feedmill adopt https://example.org/feed/ --dry-run    which entry is which article?
  feedmill adopt old/rss.xml old/atom.xml               all formats of a saved feed at once
  feedmill adopt wordpress.xml https://example.org/feed/
                                                        an export has the ids of all posts, the feed what readers have
  feedmill adopt --from-manifest                        keep the ids of the last run though the config changed

Exit codes: 0 done, also where entries could not be matched; 1 refused; 2 usage or config;
3 disk or network failed, or a source cannot be read: feedmill.ids is as it was.";
