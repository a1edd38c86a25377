//! The options of `schema`, `completions` and `man`.

use clap::ValueEnum;

/// What a schema is of. The comments of the variants are help texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaSubject {
    /// The config, feedmill.yaml
    Config,
    /// The front matter of an article
    Article,
}

/// Examples under `schema --help`.
pub(super) const SCHEMA_EXAMPLES: &str = "\
Examples:
  feedmill schema > .feedmill.schema.json            then let feedmill.yaml begin with the line
                                                     # yaml-language-server: $schema=.feedmill.schema.json
  feedmill schema article                            of front matter, for editors and linters of Markdown";

/// Examples under `completions --help`.
pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  feedmill completions bash > ~/.local/share/bash-completion/completions/feedmill
  feedmill completions zsh > ~/.zfunc/_feedmill      where ~/.zfunc is in fpath
  feedmill completions fish > ~/.config/fish/completions/feedmill.fish";

/// Examples under `man --help`.
pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  feedmill man | man -l -                            read it now
  feedmill man ~/.local/share/man/man1               `man feedmill`, `man feedmill-build` from then on";
