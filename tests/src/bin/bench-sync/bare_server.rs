//! The server of the baseline: rows in, rows out, nothing merged.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::routing::{get, post};
use rusqlite::Connection;

use crate::rows::{PAGE, insert, join, open, pack, split, unpack};

type Shared = Arc<Mutex<Connection>>;

/// Serves until it is ended; says first where.
pub(crate) fn serve(folder: &Path) -> anyhow::Result<()> {
    let server: Shared = Arc::new(Mutex::new(open(&folder.join("server.sqlite3"))?));
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        let router = Router::new().route("/rows", post(take)).route("/rows", get(give)).with_state(server);
        Ok(axum::serve(listener, router).await?)
    })
}

async fn take(State(server): State<Shared>, body: Bytes) -> Result<(), String> {
    let work = move || -> anyhow::Result<()> {
        let bytes = unpack(&body)?;
        insert(&mut server.lock().unwrap_or_else(PoisonError::into_inner), &split(&bytes)).context("insert")
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}

#[derive(serde::Deserialize)]
struct After {
    after: usize,
}

async fn give(State(server): State<Shared>, Query(After { after }): Query<After>) -> Result<Vec<u8>, String> {
    let work = move || -> anyhow::Result<Vec<u8>> {
        let connection = server.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection.prepare_cached("SELECT body FROM row WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
        let rows = statement.query_map([after as i64, PAGE as i64], |row| row.get::<_, Vec<u8>>(0))?;
        let rows: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
        Ok(pack(&join(rows.iter())))
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}
