//! The help text of a finding: how to fix it. Most texts are fixed strings, and many findings share the others.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::sync::Arc;

/// A help line. Compared and ordered as text.
#[derive(Debug, Clone)]
pub enum Help {
    /// Of the program.
    Ours(&'static str),
    /// Made for a finding, or for several.
    Made(Arc<str>),
}

impl std::ops::Deref for Help {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Ours(text) => text,
            Self::Made(text) => text,
        }
    }
}

impl From<Cow<'static, str>> for Help {
    fn from(text: Cow<'static, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Ours(text),
            Cow::Owned(text) => Self::Made(text.into()),
        }
    }
}

impl PartialEq for Help {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Help {}

impl PartialOrd for Help {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Help {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl std::fmt::Display for Help {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}

impl Serialize for Help {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Help {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::Made(String::deserialize(from)?.into()))
    }
}
