//! The options of `serve`. The comments of the fields are help texts.

use super::Verbosity;
use super::timing::instant;
use crate::model::Timestamp;
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// The options of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeOptions {
    /// Project folder, which contains feedmill.yaml
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Read articles from this folder [default: content.dir of the config, else content]
    #[arg(long, value_name = "DIR")]
    pub content: Option<String>,
    /// URL of the site [default: site.url of the config]
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Address to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4000", value_parser = address)]
    pub addr: SocketAddr,
    /// Allow access from other machines, which then see drafts too
    #[arg(long)]
    pub public: bool,
    /// Show only what a build would publish: no drafts, no future articles
    #[arg(long)]
    pub published: bool,
    /// Use this as the current time, e.g. 2025-06-08T12:00:00+03:00 [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub now: Option<Timestamp>,
    /// Use N threads [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Print only the address and errors
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Also print warnings
    #[arg(short, long)]
    verbose: bool,
}

impl ServeOptions {
    /// How much is printed.
    pub const fn verbosity(&self) -> Verbosity {
        Verbosity::from_flags(self.quiet, self.verbose)
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix("localhost:").or_else(|| text.strip_prefix(':')).and_then(|port| port.parse().ok());
    let loopback = |port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    port.map(loopback)
        .or_else(|| text.parse().ok())
        .ok_or_else(|| format!("{text:?} is no address with a port; write one such as 127.0.0.1:4000"))
}

pub(super) const EXAMPLES: &str = "\
Examples:
  feedmill serve                      look at http://127.0.0.1:4000/ while you write
  feedmill serve --published          the same as a build would publish it now
  feedmill serve --addr 127.0.0.1:0   on any free port
  feedmill serve --addr 0.0.0.0:4000 --public   from a phone in the same network

Open http://127.0.0.1:4000/_preview/ to see what readers make of each feed.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_write_them() {
        for (text, meant) in [
            ("127.0.0.1:4000", "127.0.0.1:4000"),
            ("localhost:80", "127.0.0.1:80"),
            (":0", "127.0.0.1:0"),
            ("[::1]:4000", "[::1]:4000"),
            ("0.0.0.0:1", "0.0.0.0:1"),
        ] {
            assert_eq!(address(text).map(|a| a.to_string()).as_deref(), Ok(meant));
        }
        for wrong in ["4000", "127.0.0.1", "example.org:80", "localhost:99999", ""] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
