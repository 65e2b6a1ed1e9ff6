//! `rounds-server serve`

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use clap::Args;
use hyper_util::rt::TokioTimer;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::json;
use tokio::sync::watch;
use wire::ProblemType;

use super::args::{StoreArgs, parse_time};
use super::error::CommandError;
use super::listener::{Listener, Peer};
use super::place::Place;
use super::store::OpenStore;
use crate::hub;
use crate::office::{self, Office, Served};
use crate::service::{Hub, OsRandom, SystemClock, change_store};
use crate::storage::{NOBODYS, Storage};

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long requests that are under way may still take after SIGTERM.
const DRAIN: Duration = Duration::from_secs(10);
/// The folder of the office's replicas in the data folder.
const OFFICE: &str = "office";

#[derive(Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Where to listen; port 0 picks a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// The certificate chain, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The private key, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Starts the clock at this time.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    now: Option<u64>,
}

pub(super) fn serve(args: ServeArgs) -> Result<(), CommandError> {
    let OpenStore { storage, database, blobs, lock: _lock } = OpenStore::open_serving(&args.store)?;
    let _place = database.map(Place::take).transpose()?;
    let clock = args.now.map_or_else(SystemClock::default, SystemClock::starting_at);
    set_clock(&*storage, &clock)?;
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(cert), Some(key)) => Some(tls_config(cert, key)?),
        _ => None,
    };
    match blobs.sweep_uploads() {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "uploads that were given up are removed"),
        // They take room, and nothing else.
        Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "old uploads cannot be removed"),
    }
    let hub = Hub::start(storage, Arc::new(blobs), Arc::new(clock), Arc::new(OsRandom))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(hub, args.store.data.join(OFFICE), args.listen, tls))
}

/// Lets the commands beside this server go by its clock.
fn set_clock(storage: &dyn Storage, clock: &SystemClock) -> Result<(), CommandError> {
    if storage.read()?.clock_offset_ms()? == clock.offset_ms() {
        return Ok(());
    }
    change_store(storage, &OsRandom, NOBODYS, |txn| Ok(Ok(txn.set_clock_offset_ms(clock.offset_ms())?)))?
}

async fn run(hub: Hub, replicas: PathBuf, listen: SocketAddr, tls: Option<RustlsConfig>) -> Result<(), CommandError> {
    let listener = TcpListener::bind(listen).map_err(|error| cannot_listen(listen, &error))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let handle = Handle::new();
    let (stop, stopping) = watch::channel(false);
    stop_on_signal(hub.clone(), stop, handle.clone())?;
    let served = Served { folder: replicas, port: address.port(), speaks_tls: tls.is_some() };
    let office = Office::new(hub.clone(), Arc::new(OsRandom), served, tokio::runtime::Handle::current());
    // Whoever asks as soon as it is told that the server listens is told whether its store takes anything.
    if let Err(error) = hub.beat() {
        tracing::error!(error = &error as &dyn std::error::Error, "the store takes nothing");
    }
    hub.keep_beating()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    announce(&format!("{scheme}://{address}"))?;
    let app = hub::router_beside(hub, office::router(office, stopping));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let listener = Listener::new(tokio::net::TcpListener::from_std(listener)?);
    let mut server = axum_server::Server::from_listener(listener).handle(handle).http1_only();
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
    match tls {
        None => server.serve(app).await?,
        Some(config) => server.acceptor(RustlsAcceptor::new(config)).serve(app).await?,
    }
    tracing::info!("stopped");
    Ok(())
}

fn announce(url: &str) -> Result<(), CommandError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", json!({"listening": url}))?;
    out.flush()?;
    Ok(())
}

/// From here on, signals end the server in order; it is called before anybody is told that the server listens.
fn stop_on_signal(hub: Hub, stop: watch::Sender<bool>, handle: Handle<Peer>) -> Result<(), CommandError> {
    let told_to_end = office::told_to_end()?;
    tokio::spawn(async move {
        told_to_end.await;
        // Streams of live changes never end by themselves.
        hub.stop_listening();
        // Nobody may be at the office.
        let _ = stop.send(true);
        handle.graceful_shutdown(Some(DRAIN));
        tracing::info!("stopping");
    });
    Ok(())
}

fn tls_config(cert: &Path, key: &Path) -> Result<RustlsConfig, CommandError> {
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| tls_problem(cert, &error))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| tls_problem(key, &error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private))
        .map_err(|error| tls_problem(cert, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

fn tls_problem(file: &Path, error: &dyn std::error::Error) -> CommandError {
    let detail = format!("{}: {error}", file.display());
    CommandError::problem(ProblemType::Tls, detail)
}

fn cannot_listen(listen: SocketAddr, error: &std::io::Error) -> CommandError {
    CommandError::problem(ProblemType::CannotListen, format_args!("{listen}: {error}"))
}
