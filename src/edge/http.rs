//! What requests to other hosts have in common: the clients, and the rule for redirects. A client uses no proxy, no
//! cookies and no credentials, and it does not follow redirects: the caller checks each one with `address::allowed`.

pub(super) mod address;
pub(super) mod backoff;
pub mod document;

use crate::model::Reach;
use address::{BoundedResolver, Bounds};
use reqwest::Client;
use std::sync::Arc;
use std::time::Duration;

/// The time limit of a connection attempt.
pub(super) const CONNECT: Duration = Duration::from_secs(5);

/// `User-Agent` of every request. It contains no URL, because feedmill has no home page yet.
const USER_AGENT: &str = concat!("feedmill/", env!("CARGO_PKG_VERSION"));

/// The clients of a run, one for each [`Reach`].
#[derive(Debug, Clone)]
pub(super) struct Clients {
    anywhere: Client,
    public: Client,
}

impl Clients {
    /// Makes a client that resolves names within these bounds, and one that resolves them to public addresses only.
    pub fn new(bounds: Bounds) -> Result<Self, reqwest::Error> {
        // Another part of the program may have chosen a provider before; either will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = |bounds| {
            Client::builder()
                .user_agent(USER_AGENT)
                .no_proxy()
                .referer(false)
                .redirect(reqwest::redirect::Policy::none())
                .dns_resolver(Arc::new(BoundedResolver(bounds)))
                .connect_timeout(CONNECT)
                .build()
        };
        let public = client(Bounds { reach: Reach::Public, ..bounds })?;
        let anywhere = if bounds.reach == Reach::Public { public.clone() } else { client(bounds)? };
        Ok(Self { anywhere, public })
    }

    /// The client for requests within these bounds.
    pub fn within(&self, bounds: Bounds) -> &Client {
        match bounds.reach {
            Reach::Public => &self.public,
            Reach::Anywhere => &self.anywhere,
        }
    }
}
