//! Connections: accepts them, speaks HTTP/1.1, and lets none take a place for ever.

use super::answer::{self, Desk};
use super::snapshot::Snapshot;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

/// Connections at one time; more wait.
const MAX_CONNECTIONS: usize = 1024;

/// How long a request's head may take.
const HEAD: Duration = Duration::from_secs(30);

/// Serves for ever.
pub(super) async fn run(listener: TcpListener, bound: SocketAddr, snapshots: watch::Receiver<Arc<Snapshot>>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // No file handles are left, or the peer has gone: neither ends the server.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let desk = Desk { bound: bound.ip(), snapshots: snapshots.clone() };
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let answer = answer::to(&request, &desk);
                async { Ok::<_, Infallible>(answer) }
            });
            let mut connection = http1::Builder::new();
            connection.timer(TokioTimer::new()).header_read_timeout(HEAD);
            // A peer that disconnects or does not speak HTTP is not an error of the server.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}
