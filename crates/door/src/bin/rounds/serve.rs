//! `rounds serve`

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, Background, CommandError};
use door::{Feed, Loopback};
use tokio::sync::watch;
use wire::ProblemType;

use crate::output;

/// How long requests that are under way may still take when the program is told to end.
const DRAIN: std::time::Duration = std::time::Duration::from_secs(5);

/// Serves the screens of the tablet to a browser on this machine until it is told to end.
pub(crate) fn serve(app: App, listen: SocketAddr) -> ExitCode {
    if !listen.ip().is_loopback() {
        eprintln!(
            "error: --listen {listen} is not of this machine; the screens are served on 127.0.0.1 or [::1] alone"
        );
        return ExitCode::from(2);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    let store = app.shared_store();
    let served = runtime.block_on(run(Arc::new(app), listen));
    // An exchange that is under way ends with the process: it goes on where it was at the next start.
    runtime.shutdown_background();
    // It keeps the store open to the end, and whoever copies the file alone is to have everything.
    if let Err(error) = store.fold_log() {
        tracing::warn!(%error, "the newest changes stay in the log");
    }
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

async fn run(app: Arc<App>, listen: SocketAddr) -> std::io::Result<()> {
    let listener = TcpListener::bind(listen)?;
    listener.set_nonblocking(true)?;
    let listening = listener.local_addr()?;
    let told_to_end = door::told_to_end()?;
    let feed = Feed::new(app.clone());
    let telling = feed.clone();
    let background = Background::start(app.clone(), move |news| telling.tell(news))?;
    let gate = Arc::new(Loopback::new(app, feed, listening));
    announce(listening, gate.link().as_deref())?;
    let (stop, stopping) = watch::channel(false);
    let router = door::router(gate, stopping.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(tokio::net::TcpListener::from_std(listener)?, router);
    let mut stopped = stopping.clone();
    let serving = serving.with_graceful_shutdown(async move {
        // An error is the end as well.
        let _ = stopped.wait_for(|stopping| *stopping).await;
    });
    let serving = tokio::spawn(async move { serving.await });
    told_to_end.await;
    // Nobody may be listening any more.
    let _ = stop.send(true);
    drop(background);
    match tokio::time::timeout(DRAIN, serving).await {
        Ok(Ok(result)) => result,
        // Whoever is still not done by now is left alone: everything saved is on disk.
        Ok(Err(_)) | Err(_) => Ok(()),
    }
}

fn announce(listening: SocketAddr, open: Option<&str>) -> std::io::Result<()> {
    let document = serde_json::json!({ "listening": format!("http://{listening}"), "open": open });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{document}")?;
    out.flush()
}

fn fail(error: &std::io::Error) -> ExitCode {
    output::fail(&CommandError::new(ProblemType::CannotListen, error).problem())
}
