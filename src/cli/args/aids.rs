//! The options of `schema`, `completions` and `man`, and the table of all commands that the last two are made from.

use clap::ValueEnum;
use clap_complete::Shell;

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaSubject {
    /// `feedmill.yaml`.
    Config,
    /// The front matter of an article.
    Article,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TypedSubject {
    /// feedmill.yaml
    Config,
    /// The front matter of an article
    Article,
}

impl TypedSubject {
    pub fn meant(self) -> SchemaSubject {
        match self {
            Self::Config => SchemaSubject::Config,
            Self::Article => SchemaSubject::Article,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TypedShell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl TypedShell {
    pub fn meant(self) -> Shell {
        match self {
            Self::Bash => Shell::Bash,
            Self::Elvish => Shell::Elvish,
            Self::Fish => Shell::Fish,
            Self::Powershell => Shell::PowerShell,
            Self::Zsh => Shell::Zsh,
        }
    }
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
