//! A request → its answer, from the snapshot of the moment. Documents are found in a map; no part of a request's path ever
//! reaches the disk.

use super::conditions;
use super::events::ResponseBody;
use super::pages::{self, ROOT};
use super::resource::Resource;
use super::snapshot::Snapshot;
use super::{cards, events, hosts, overlay};
use crate::model::{Format, decoded};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::http::response::Builder;
use hyper::{Method, Request, Response, StatusCode, Version};
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::{Semaphore, watch};

/// Content security policy of the preview's own pages: everything from this server and nothing inline, except images
/// of entries.
const POLICY: &str = "default-src 'none'; img-src https: http: data:; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Everything needed to respond to a request.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) bound: IpAddr,
    pub(super) snapshots: watch::Receiver<Arc<Snapshot>>,
    /// One place for each page that waits for changes.
    pub(super) streams: Arc<Semaphore>,
}

/// Answers one request.
pub(super) fn to<B>(request: &Request<B>, desk: &Desk) -> Response<ResponseBody> {
    let mut answer = found(request, desk);
    let headers = answer.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    answer
}

fn found<B>(request: &Request<B>, desk: &Desk) -> Response<ResponseBody> {
    if let Some(refused) = refused(request, desk) {
        return refused;
    }
    let Some(path) = clean(request.uri().path()) else { return plain(StatusCode::BAD_REQUEST, "no such path can be") };
    let now = Arc::clone(&desk.snapshots.borrow());
    match path.strip_prefix(ROOT) {
        Some(own) => of_preview(request, &path, own, desk, &now),
        None if path == ROOT.trim_end_matches('/') => moved(StatusCode::MOVED_PERMANENTLY, ROOT),
        None => document(request, &path, &now),
    }
}

/// Whoever does not name this machine, or wants more than to look.
fn refused<B>(request: &Request<B>, desk: &Desk) -> Option<Response<ResponseBody>> {
    let named = request.headers().get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or_default());
    let named: Vec<&str> = named.chain(request.uri().authority().map(|authority| authority.as_str())).collect();
    if named.is_empty() && request.version() >= Version::HTTP_11 {
        return Some(plain(StatusCode::BAD_REQUEST, "a request names its host"));
    }
    if named.is_empty() || !named.iter().all(|host| hosts::names_us(host, desk.bound)) {
        let text = "this preview answers to localhost and to the address it listens on";
        return Some(plain(StatusCode::MISDIRECTED_REQUEST, text));
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "a preview is for looking");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(refused);
    }
    None
}

fn of_preview<B>(request: &Request<B>, path: &str, own: &str, desk: &Desk, now: &Snapshot) -> Response<ResponseBody> {
    let query = request.uri().query().unwrap_or_default();
    let query: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let asked = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    if own == "events" {
        let (page, mark) = (asked("page").unwrap_or_default(), asked("mark").unwrap_or_default());
        return stream(request.method(), desk, page, mark);
    }
    let resource = match own.trim_end_matches('/') {
        "" => Some(pages::list(now)),
        "live.js" => Some(Resource::made(include_str!("face/live.js"), "text/javascript; charset=utf-8")),
        "live.css" => Some(Resource::made(include_str!("face/live.css"), "text/css; charset=utf-8")),
        "preview.css" => Some(Resource::made(include_str!("face/preview.css"), "text/css; charset=utf-8")),
        "findings.json" => Some(Resource::made(overlay::json(now), "application/json")),
        name => match name.strip_prefix("explain/") {
            Some(code) => pages::explanation(code, now),
            None => cards::page(name, asked("format").as_deref(), now),
        },
    };
    match resource {
        Some(resource) => with_policy(sent(request, resource, StatusCode::OK)),
        None => absent(request, path, now),
    }
}

fn document<B>(request: &Request<B>, path: &str, now: &Snapshot) -> Response<ResponseBody> {
    let index = Format::Page.file_name();
    let base = decoded(&now.base).unwrap_or_default();
    if path == "/" && (base != "/" || !now.documents.contains_key(index)) {
        let there = if now.documents.contains_key(index) { now.base.as_str() } else { ROOT };
        return moved(StatusCode::FOUND, there);
    }
    if format!("{path}/") == base {
        return moved(StatusCode::MOVED_PERMANENTLY, &now.base);
    }
    let Some(name) = path.strip_prefix(&base) else { return absent(request, path, now) };
    let whole = if name.is_empty() || name.ends_with('/') {
        let indexes = [index, "index.xml", "index.json"].map(|index| format!("{name}{index}"));
        let there = indexes.iter().find(|path| now.documents.contains_key(*path));
        there.cloned().unwrap_or_else(|| format!("{name}{index}"))
    } else {
        name.to_owned()
    };
    match now.documents.get(&whole) {
        Some(kept) if kept.format == Format::Page => sent(request, pages::of_feed(kept, now), StatusCode::OK),
        Some(kept) => sent(request, Resource::document(kept, &now.hubs), StatusCode::OK),
        None if now.documents.contains_key(&format!("{name}/{index}")) => {
            moved(StatusCode::MOVED_PERMANENTLY, &format!("{}/", request.uri().path()))
        }
        None => absent(request, path, now),
    }
}

/// The path without encoding. `None` where it climbs, or hides a separator or a control character.
fn clean(written: &str) -> Option<String> {
    let lower = written.to_ascii_lowercase();
    if lower.contains("%2f") || lower.contains("%5c") {
        return None;
    }
    let path = decoded(written)?;
    let climbs = path.split('/').any(|part| part == "." || part == "..");
    let odd = path.contains(|c: char| c == '\\' || c.is_control());
    (path.starts_with('/') && !climbs && !odd).then_some(path)
}

/// Sends a resource, or 304 if the client has it already.
fn sent<B>(request: &Request<B>, resource: Resource, status: StatusCode) -> Response<ResponseBody> {
    let etag = resource.etag();
    let mut answer = Response::builder()
        .header(header::CONTENT_TYPE, resource.media_type)
        .header(header::ETAG, &etag)
        .header(header::CACHE_CONTROL, "no-cache");
    if let Some(modified) = resource.modified {
        answer = answer.header(header::LAST_MODIFIED, conditions::http_date(modified));
    }
    for link in &resource.links {
        answer = answer.header(header::LINK, link);
    }
    if status == StatusCode::OK && conditions::is_known(request.headers(), &etag, resource.modified) {
        return built(answer.status(StatusCode::NOT_MODIFIED), Bytes::new());
    }
    let answer = answer.status(status).header(header::CONTENT_LENGTH, resource.bytes.len());
    built(answer, if *request.method() == Method::HEAD { Bytes::new() } else { resource.bytes })
}

/// Our own headers are plain ASCII. A hub's URL that is not makes the response invalid, which is reported to the
/// client.
fn built(answer: Builder, bytes: Bytes) -> Response<ResponseBody> {
    let spoilt = || plain(StatusCode::INTERNAL_SERVER_ERROR, "a hub has an address that no header can hold");
    answer.body(Full::new(bytes).boxed()).unwrap_or_else(|_| spoilt())
}

fn stream(method: &Method, desk: &Desk, page: String, mark: String) -> Response<ResponseBody> {
    let body = if *method == Method::HEAD {
        Full::new(Bytes::new()).boxed()
    } else if let Ok(place) = Arc::clone(&desk.streams).try_acquire_owned() {
        events::stream(desk.snapshots.clone(), page, mark, place)
    } else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "too many pages of this preview are open");
    };
    let mut answer = Response::new(body);
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn absent<B>(request: &Request<B>, path: &str, now: &Snapshot) -> Response<ResponseBody> {
    with_policy(sent(request, pages::missing(path, now), StatusCode::NOT_FOUND))
}

fn with_policy(mut answer: Response<ResponseBody>) -> Response<ResponseBody> {
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    answer
}

fn moved(status: StatusCode, to: &str) -> Response<ResponseBody> {
    let mut answer = plain(status, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

fn plain(status: StatusCode, text: &'static str) -> Response<ResponseBody> {
    let mut answer = Response::new(Full::new(Bytes::from(format!("{text}\n"))).boxed());
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    answer
}
