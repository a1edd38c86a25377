//! A document of the web, fetched whole: one request at a time, redirects each checked, sizes and times bounded.

use super::Clients;
use super::address::{self, Bounds};
use super::backoff::retry_after;
use crate::edge::EdgeError;
use crate::model::{AbsUrl, Reach};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, LOCATION, RETRY_AFTER};
use reqwest::{Response, StatusCode, Url};
use std::time::{Duration, SystemTime};

/// Redirects that are followed.
const MAX_REDIRECTS: usize = 5;

/// The time for one document, its redirects among it.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The longest pause that a host may ask for.
const MAX_PAUSE: Duration = Duration::from_secs(30);

/// How often a host may ask for a pause.
const MAX_PAUSES: usize = 3;

/// Fetches documents, one after another.
pub struct Fetcher {
    clients: Clients,
    runtime: tokio::runtime::Runtime,
    bounds: Bounds,
    max_bytes: u64,
    /// The pause before each request but the first.
    pause: Duration,
    requests: usize,
}

/// A document with the address that gave it.
#[derive(Debug)]
pub struct Fetched {
    /// Behind all redirects.
    pub url: AbsUrl,
    /// Bytes of the body.
    pub bytes: Vec<u8>,
}

/// Why a document could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchFault {
    /// The host answers with this status.
    #[error("the host answers {0}")]
    Status(StatusCode),
    /// Any other reason.
    #[error("{0}")]
    Failed(String),
}

impl Fetcher {
    /// For documents of at most so many bytes.
    pub fn new(reach: Reach, max_bytes: u64, pause: Duration) -> Result<Self, EdgeError> {
        let bounds = Bounds::new(reach);
        let clients = Clients::new(bounds).map_err(|why| EdgeError::network(&why))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|why| EdgeError::network(&why))?;
        Ok(Self { clients, runtime, bounds, max_bytes, pause, requests: 0 })
    }

    /// Fetches a document.
    pub fn fetch(&mut self, url: &AbsUrl) -> Result<Fetched, FetchFault> {
        let pause = if self.requests == 0 { Duration::ZERO } else { self.pause };
        self.requests += 1;
        self.runtime.block_on(async {
            tokio::time::sleep(pause).await;
            let within = tokio::time::timeout(TIMEOUT + MAX_PAUSE * 3, self.answer(url)).await;
            within.unwrap_or_else(|_| Err(FetchFault::Failed("no complete response in time".into())))
        })
    }

    async fn answer(&self, first: &AbsUrl) -> Result<Fetched, FetchFault> {
        let failed = |why: &dyn std::fmt::Display| FetchFault::Failed(why.to_string());
        let mut url = Url::parse(first.as_str()).map_err(|why| failed(&why))?;
        let (mut bounds, mut redirects, mut pauses) = (self.bounds, 0, 0);
        loop {
            url = address::allowed(&url, bounds).map_err(|why| failed(&why))?;
            let request = self.clients.within(bounds).get(url.clone()).timeout(TIMEOUT);
            let request = request.header(
                ACCEPT,
                "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8",
            );
            let response =
                request.header(ACCEPT_ENCODING, "identity").send().await.map_err(|why| failed(&cause(&why)))?;
            let status = response.status();
            let header = |name| response.headers().get(name)?.to_str().ok().map(str::to_owned);
            if status.is_redirection() {
                redirects += 1;
                let to = header(LOCATION).and_then(|to| url.join(to.trim()).ok());
                let to = to.filter(|_| redirects <= MAX_REDIRECTS).ok_or(FetchFault::Status(status))?;
                (bounds, url) = (bounds.after(response.remote_addr()), to);
            } else if let Some(pause) = asked_pause(status, header(RETRY_AFTER)).filter(|_| pauses < MAX_PAUSES) {
                pauses += 1;
                tokio::time::sleep(pause).await;
            } else if status == StatusCode::OK {
                let bytes = self.body(response).await?;
                return Ok(Fetched { url: AbsUrl::parse(url.as_str()).map_err(|why| failed(&why))?, bytes });
            } else {
                return Err(FetchFault::Status(status));
            }
        }
    }

    /// The body, as long as it is within the limit.
    async fn body(&self, mut response: Response) -> Result<Vec<u8>, FetchFault> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|why| FetchFault::Failed(cause(&why)))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > self.max_bytes {
                return Err(FetchFault::Failed(format!("it is larger than {} MiB", self.max_bytes >> 20)));
            }
        }
        Ok(bytes)
    }
}

/// The pause that a busy host asks for, if it is not too long.
fn asked_pause(status: StatusCode, retry: Option<String>) -> Option<Duration> {
    let is_busy = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let pause = retry.filter(|_| is_busy).and_then(|text| retry_after(&text, SystemTime::now()));
    pause.filter(|pause| *pause <= MAX_PAUSE)
}

/// The innermost reason, which names no URL.
fn cause(why: &reqwest::Error) -> String {
    let mut fault: &dyn std::error::Error = why;
    while let Some(inner) = fault.source() {
        fault = inner;
    }
    let reason = if fault.is::<reqwest::Error>() { "the connection failed".to_owned() } else { fault.to_string() };
    if why.is_timeout() { "no complete response in time".into() } else { reason }
}
