//! One ping: the request, its redirects (307 and 308 alone, three at most, never to http, never from a public address to
//! a private one), and the beginning of the answer. Takes no proxy, cookie or credential from anywhere.

use super::answer::{HubAnswer, plain, redirect_target, secrets};
use crate::edge::http::Clients;
use crate::edge::http::address::{Bounds, allowed};
use crate::edge::http::backoff::retry_after;
use crate::model::{AbsUrl, Reach};
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use std::error::Error;
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, timeout_at};
use url::{Url, form_urlencoded};

/// How much of a body is read, in bytes.
pub(super) const BODY: usize = 64 << 10;

/// Time limit of a whole request: 30 s for the hub to respond, and a second for both transfers, so that the error of
/// a hub which gives up after 30 s is still received.
pub(super) const TOTAL: Duration = Duration::from_secs(31);

const HOPS: usize = 3;

/// An unneeded body is read so that the connection can be reused, for at most this long.
const COURTESY: Duration = Duration::from_millis(500);

/// Why no response was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Silence {
    /// The network's doing: it may pass.
    Failed(String),
    /// A redirect that is not followed.
    Barred(String),
}

/// The bounds of a URL that the user wrote.
pub(super) const WRITTEN: Bounds = Bounds::new(Reach::Anywhere);

/// Pings a hub for one topic.
pub(super) async fn ping(clients: &Clients, hub: &AbsUrl, topic: &AbsUrl, end: Instant) -> Result<HubAnswer, Silence> {
    let end = end.min(Instant::now() + TOTAL);
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("hub.mode", "publish")
        .append_pair("hub.url", topic.as_str())
        .append_pair("hub.topic", topic.as_str())
        .finish();
    let mut url = Url::parse(hub.as_str()).map_err(|why| Silence::Barred(why.to_string()))?;
    let mut bounds = WRITTEN;
    allowed(&url, bounds).map_err(|refused| Silence::Barred(refused.0))?;
    for hop in 0.. {
        let client = clients.within(bounds);
        let request =
            client.post(url.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.clone());
        let response = match timeout_at(end, request.send()).await {
            Ok(Ok(response)) => response,
            Ok(Err(why)) => return Err(Silence::Failed(cause(&why))),
            Err(_) => return Err(Silence::Failed("the hub did not answer in time".into())),
        };
        bounds = bounds.after(response.remote_addr());
        let answer = HubAnswer { secrets: secrets(hub.as_str()), ..read(response, end).await };
        let follow = matches!(answer.status, 307 | 308) && hop < HOPS;
        let Some(location) = answer.location.as_deref().filter(|_| follow) else { return Ok(answer) };
        url = next(&url, location, bounds)?;
    }
    Err(Silence::Barred("it redirects for ever".into()))
}

/// Where a redirect may lead.
fn next(from: &Url, location: &str, bounds: Bounds) -> Result<Url, Silence> {
    let barred = |why: &str| Err(Silence::Barred(format!("the hub redirects to {}, {why}", redirect_target(location))));
    let Ok(to) = from.join(location) else { return barred("which is no URL") };
    if !matches!(to.scheme(), "http" | "https") || to.host().is_none() {
        return barred("which is no address of the web");
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return barred("from https to http, which is not followed");
    }
    if allowed(&to, bounds).is_err() {
        return barred("a private address, which is not followed");
    }
    if !to.username().is_empty() || to.password().is_some() {
        return barred("with a user name or a password, which is not followed");
    }
    Ok(to)
}

/// A body that is cut, endless or slow changes nothing of the status.
async fn read(mut response: Response, end: Instant) -> HubAnswer {
    let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let mut answer = HubAnswer {
        status: response.status().as_u16(),
        location: header(LOCATION),
        retry_after: header(RETRY_AFTER).and_then(|value| retry_after(&value, SystemTime::now())),
        ..HubAnswer::default()
    };
    let needed = answer.status == 207 || answer.status >= 300;
    let end = if needed { end } else { end.min(Instant::now() + COURTESY) };
    let mut bytes = Vec::new();
    while bytes.len() < BODY {
        match timeout_at(end, response.chunk()).await {
            Ok(Ok(Some(chunk))) => bytes.extend_from_slice(&chunk),
            _ => break,
        }
    }
    bytes.truncate(BODY);
    answer.body = String::from_utf8_lossy(&bytes).into_owned();
    answer
}

/// An error with its causes, without the URL, which the caller names.
pub(super) fn cause(fault: &reqwest::Error) -> String {
    if fault.is_timeout() {
        return if fault.is_connect() { "no connection in time".into() } else { "no answer in time".into() };
    }
    let mut last: &dyn Error = fault;
    while let Some(deeper) = last.source() {
        last = deeper;
    }
    let what = if fault.is_connect() { "no connection" } else { "the connection failed" };
    format!("{what}: {}", plain(&last.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_neither_down_nor_inside() {
        let go = |from: &str, to: &str, reach| {
            next(&Url::parse(from).unwrap(), to, Bounds::new(reach)).map(|url| url.to_string())
        };
        assert_eq!(go("https://h.example/a", "/b", Reach::Public), Ok("https://h.example/b".into()));
        assert_eq!(go("http://127.0.0.1:1/", "http://127.0.0.1:2/", Reach::Anywhere), Ok("http://127.0.0.1:2/".into()));
        let metadata = go("http://127.0.0.1:1/", "http://169.254.169.254/", Reach::Anywhere);
        assert!(matches!(metadata, Err(Silence::Barred(why)) if why.contains("private")));
        for (to, why) in [
            ("http://h.example/", "https to http"),
            ("https://127.0.0.1/", "private"),
            ("https://[::1]/", "private"),
            ("https://127.1/", "private"),
            ("https://u:p@h.example/", "password"),
            ("ftp://h.example/", "no address"),
            ("https://", "no URL"),
        ] {
            assert!(
                matches!(go("https://h.example/", to, Reach::Public), Err(Silence::Barred(barred)) if barred.contains(why)),
                "{to}"
            );
        }
    }
}
