//! Asking for one image: the request, redirects each checked anew, retries with back-off, and what the answer means
//! (RFC 9110: conditional requests section 13, ranges section 14, `Retry-After` section 10.2.3).

use super::body::{self, ImageStart, header};
use super::hosts::{Host, Hosts, LONGEST_PAUSE, Turn};
use super::{Ask, Manner, ProbeOutcome};
use crate::edge::http::Clients;
use crate::edge::http::address::{self, Bounds, Refused};
use crate::edge::http::backoff::{backoff, retry_after};
use crate::edge::images::{self, START, lock::ImageRecord};
use crate::model::{ImageFacts, ImageFlaw, MediaType};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION, RANGE, RETRY_AFTER,
};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, sleep};

const REDIRECTS: usize = 5;
/// Requests for one image.
const ATTEMPTS: u32 = 3;

/// The shortest wait after the first of them.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// The longest validator that is kept.
const LONGEST_VALIDATOR: usize = 512;

/// Asks for images.
pub struct Asker {
    clients: Clients,
    hosts: Hosts,
    manner: Manner,
}

/// Why an attempt gave nothing.
#[derive(Debug)]
enum Trouble {
    /// A retry may succeed; the host may have given a delay.
    Again(String, Option<Duration>),
    /// It will not.
    Final(String),
}

/// How a request may differ from the usual one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ranged,
    Whole,
    Head,
}

/// The target of a request: the image's own URL, or one that it redirects to.
struct Hop {
    url: Url,
    bounds: Bounds,
}

/// An answer whose body is not yet read.
struct Asked {
    response: Response,
    host: Arc<Host>,
    turn: Turn,
}

/// An answer that has been read.
struct Read {
    body: ImageStart,
    etag: Option<String>,
    last_modified: Option<String>,
    declared: Option<MediaType>,
}

impl Asker {
    /// With clients of its own.
    pub fn new(manner: Manner) -> Result<Self, String> {
        let clients = Clients::new(manner.bounds).map_err(|why| cause(&why))?;
        Ok(Self { clients, hosts: Hosts::default(), manner })
    }

    /// Asks for one image until there is an answer or no hope.
    pub async fn answer(&self, ask: &Ask) -> ProbeOutcome {
        let Ok(url) = Url::parse(ask.url.as_str()) else {
            return ProbeOutcome::Failed("the URL is not valid".into());
        };
        let mut attempts = 0;
        loop {
            attempts += 1;
            match self.attempt(&url, ask.before.as_ref()).await {
                Ok(outcome) => return outcome,
                Err(Trouble::Again(_, asked)) if attempts < ATTEMPTS => {
                    sleep(backoff(FIRST_WAIT, attempts).max(asked.unwrap_or_default())).await;
                }
                Err(Trouble::Again(why, _) | Trouble::Final(why)) => return ProbeOutcome::Failed(why),
            }
        }
    }

    async fn attempt(&self, first: &Url, before: Option<&ImageRecord>) -> Result<ProbeOutcome, Trouble> {
        let mut left = self.manner.timeout;
        let mut kind = Kind::Ranged;
        let mut hop = Hop { url: first.clone(), bounds: self.manner.bounds };
        let mut hops = 0;
        loop {
            let Asked { response, host, turn } = self.request(&hop, kind, before, &mut left).await?;
            let status = response.status();
            match status {
                StatusCode::NOT_MODIFIED => {
                    let Some(before) = before else {
                        return Err(Trouble::Final("the host answers 304 although feedmill has no copy".into()));
                    };
                    return Ok(ProbeOutcome::Confirmed(ImageRecord { learned: self.manner.now, ..before.clone() }));
                }
                StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(ProbeOutcome::Learned(self.gone())),
                StatusCode::OK | StatusCode::PARTIAL_CONTENT => {
                    let read = self.read(response, &host, &mut left).await?;
                    drop(turn);
                    return self.learned(read, hop, &mut left).await;
                }
                StatusCode::RANGE_NOT_SATISFIABLE if kind == Kind::Ranged => kind = Kind::Whole,
                _ if status.is_redirection() => {
                    hops += 1;
                    if hops > REDIRECTS {
                        return Err(Trouble::Final(format!("the host redirects more than {REDIRECTS} times")));
                    }
                    let Some(to) = header(&response, &LOCATION).and_then(|to| hop.url.join(to.trim()).ok()) else {
                        return Err(Trouble::Final(format!("the host answers {} without a target", status.as_u16())));
                    };
                    hop = Hop { url: to, bounds: hop.bounds.after(response.remote_addr()) };
                }
                _ => return Err(refused(&response, &host)),
            }
        }
    }

    /// One request, within the time that is left.
    async fn request(
        &self,
        hop: &Hop,
        kind: Kind,
        before: Option<&ImageRecord>,
        left: &mut Duration,
    ) -> Result<Asked, Trouble> {
        let url = address::allowed(&hop.url, hop.bounds).map_err(|refused| Trouble::Final(refused.0))?;
        let host = self.hosts.host(url.host_str().unwrap_or_default());
        let turn = self.hosts.turn(&host).await.map_err(Trouble::Final)?;
        let began = Instant::now();
        let response = tokio::time::timeout(*left, self.dressed(Hop { url, ..*hop }, kind, before).send()).await;
        *left = left.saturating_sub(began.elapsed());
        match response {
            Ok(Ok(response)) => {
                host.answered();
                Ok(Asked { response, host, turn })
            }
            Ok(Err(why)) => {
                host.silent();
                Err(trouble(&why))
            }
            Err(_) => {
                host.silent();
                Err(self.slow())
            }
        }
    }

    fn dressed(&self, hop: Hop, kind: Kind, before: Option<&ImageRecord>) -> RequestBuilder {
        let method = if kind == Kind::Head { Method::HEAD } else { Method::GET };
        let client = self.clients.within(hop.bounds);
        let mut request =
            client.request(method, hop.url).header(ACCEPT, "image/*,*/*;q=0.8").header(ACCEPT_ENCODING, "identity");
        if kind == Kind::Ranged {
            request = request.header(RANGE, format!("bytes=0-{}", START - 1));
        }
        let validators = before.filter(|known| kind != Kind::Head && known.facts.flaw != Some(ImageFlaw::Gone));
        let header = |text: &Option<String>| text.as_deref().and_then(|text| HeaderValue::from_str(text).ok());
        if let Some(etag) = validators.and_then(|known| header(&known.etag)) {
            request = request.header(IF_NONE_MATCH, etag);
        } else if let Some(date) = validators.and_then(|known| header(&known.last_modified)) {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        request
    }

    /// Reads an answer's first bytes, within the time that is left.
    async fn read(&self, response: Response, host: &Host, left: &mut Duration) -> Result<Read, Trouble> {
        let validator = |name| header(&response, &name).filter(|text| text.len() <= LONGEST_VALIDATOR);
        let (etag, last_modified) = (validator(ETAG), validator(LAST_MODIFIED));
        let declared = header(&response, &CONTENT_TYPE).and_then(|text| MediaType::new(&text));
        let began = Instant::now();
        let body = tokio::time::timeout(*left, body::read(response)).await;
        *left = left.saturating_sub(began.elapsed());
        match body {
            Ok(Ok(body)) => Ok(Read { body, etag, last_modified, declared }),
            Ok(Err(why)) => Err(Trouble::Again(format!("the response ends too early: {}", cause(&why)), None)),
            Err(_) => {
                host.silent();
                Err(self.slow())
            }
        }
    }

    /// The facts that the bytes give; sends a HEAD as well if they leave the length open.
    async fn learned(&self, read: Read, hop: Hop, left: &mut Duration) -> Result<ProbeOutcome, Trouble> {
        let Read { body: ImageStart { start, mut length, opaque }, etag, last_modified, declared } = read;
        if length.is_none() && !opaque {
            length = self.length_by_head(&hop, start.len() as u64, left).await;
        }
        let mut facts = images::facts(&start, length);
        if facts.media_type.is_none() {
            let playable =
                |kind: &MediaType| ["image/", "audio/", "video/"].iter().any(|k| kind.as_str().starts_with(k));
            facts.media_type = declared.filter(|kind| playable(kind) || kind.as_str().starts_with("text/"));
        }
        if start.is_empty() && !opaque {
            return Err(Trouble::Final("the response is empty".into()));
        }
        Ok(ProbeOutcome::Learned(ImageRecord { facts, etag, last_modified, learned: self.manner.now }))
    }

    /// The length that a HEAD gives, if it agrees with the bytes received.
    async fn length_by_head(&self, hop: &Hop, received: u64, left: &mut Duration) -> Option<u64> {
        let Asked { response, .. } = self.request(hop, Kind::Head, None, left).await.ok()?;
        let plain = header(&response, &reqwest::header::CONTENT_ENCODING).is_none_or(|code| code == "identity");
        let length = body::length(&header(&response, &CONTENT_LENGTH)?)?;
        (response.status() == StatusCode::OK && plain && length > 0 && length >= received).then_some(length)
    }

    fn slow(&self) -> Trouble {
        Trouble::Again(format!("no complete response within {} s", self.manner.timeout.as_secs()), None)
    }

    fn gone(&self) -> ImageRecord {
        let facts = ImageFacts { flaw: Some(ImageFlaw::Gone), ..ImageFacts::default() };
        ImageRecord { facts, etag: None, last_modified: None, learned: self.manner.now }
    }
}

/// An answer that is none: too many requests, a broken server, or a plain no.
fn refused(response: &Response, host: &Host) -> Trouble {
    let status = response.status();
    let why = format!("the host answers {}", status);
    if !(status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429)) {
        return Trouble::Final(why);
    }
    let asked = header(response, &RETRY_AFTER).and_then(|text| retry_after(&text, SystemTime::now()));
    if let Some(asked) = asked {
        host.pause(asked);
    }
    match asked {
        Some(asked) if asked > LONGEST_PAUSE => Trouble::Final(format!("{why} and asks to wait {} s", asked.as_secs())),
        asked => Trouble::Again(why, asked),
    }
}

fn trouble(why: &reqwest::Error) -> Trouble {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(why);
    while let Some(fault) = source {
        if let Some(refused) = fault.downcast_ref::<Refused>() {
            return Trouble::Final(refused.0.clone());
        }
        source = fault.source();
    }
    if why.is_builder() {
        return Trouble::Final(cause(why));
    }
    let what = if why.is_connect() { "the host cannot be reached" } else { "the request failed" };
    Trouble::Again(format!("{what}: {}", cause(why)), None)
}

/// The innermost reason, which names no URL.
fn cause(why: &reqwest::Error) -> String {
    let mut fault: &dyn std::error::Error = why;
    while let Some(inner) = fault.source() {
        fault = inner;
    }
    match fault.downcast_ref::<reqwest::Error>() {
        Some(_) if why.is_timeout() => "timeout".into(),
        Some(_) => "the connection failed".into(),
        None => fault.to_string(),
    }
}
