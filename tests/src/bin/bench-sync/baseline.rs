//! The same bytes through zstd, HTTP and one SQLite insert each side; nobody merges anything.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::routing::{get, post};
use reqwest::blocking::Client;
use rusqlite::Connection;
use tempfile::TempDir;

const BATCH: usize = 200;
const PAGE: usize = 500;

type Shared = Arc<Mutex<Connection>>;

/// The time until every tablet has every row, and the time of one more tablet.
pub(crate) fn measure(bodies: &[Vec<Vec<u8>>]) -> anyhow::Result<(Duration, Duration)> {
    let folder = TempDir::new()?;
    let server: Shared = Arc::new(Mutex::new(open(&folder.path().join("server.sqlite3"))?));
    let runtime = tokio::runtime::Runtime::new()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/rows", post(take)).route("/rows", get(give)).with_state(server);
    runtime.spawn(async move { axum::serve(listener, router).await });
    let start = Instant::now();
    std::thread::scope(|scope| {
        let running: Vec<_> = bodies
            .iter()
            .enumerate()
            .map(|(n, rows)| {
                let (folder, address) = (folder.path(), address.clone());
                scope.spawn(move || -> anyhow::Result<()> {
                    rows.chunks(BATCH).try_for_each(|batch| send(&address, batch))?;
                    receive(&address, &folder.join(format!("tablet-{n}.sqlite3"))).map(drop)
                })
            })
            .collect();
        running.into_iter().try_for_each(|tablet| tablet.join().expect("a tablet does not panic"))
    })?;
    let total = bodies.iter().map(Vec::len).sum::<usize>();
    // A tablet that was done before the last row came reads the rest once more.
    for n in 0..bodies.len() {
        receive(&address, &folder.path().join(format!("tablet-{n}.sqlite3")))?;
    }
    let exchange = start.elapsed();
    let start = Instant::now();
    let received = receive(&address, &folder.path().join("new.sqlite3"))?;
    anyhow::ensure!(received == total, "{received} of {total} rows arrived");
    Ok((exchange, start.elapsed()))
}

fn open(file: &Path) -> anyhow::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE IF NOT EXISTS row (seq INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")?;
    Ok(connection)
}

fn insert(connection: &mut Connection, rows: &[&[u8]]) -> rusqlite::Result<()> {
    let txn = connection.transaction()?;
    for row in rows {
        txn.prepare_cached("INSERT INTO row (body) VALUES (?1)")?.execute([row])?;
    }
    txn.commit()
}

fn join(rows: impl Iterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for row in rows {
        let row = row.as_ref();
        bytes.extend_from_slice(&(row.len() as u32).to_le_bytes());
        bytes.extend_from_slice(row);
    }
    zstd::bulk::compress(&bytes, 1).expect("memory to compress into")
}

fn unpack(packed: &[u8]) -> anyhow::Result<Vec<u8>> {
    Ok(zstd::bulk::decompress(packed, 64 << 20)?)
}

fn split(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut rows = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
        let (row, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
        rows.push(row);
        bytes = rest;
    }
    rows
}

fn send(address: &str, batch: &[Vec<u8>]) -> anyhow::Result<()> {
    let sent = Client::new().post(format!("{address}/rows")).body(join(batch.iter())).send()?;
    anyhow::ensure!(sent.status().is_success());
    Ok(())
}

fn receive(address: &str, file: &Path) -> anyhow::Result<usize> {
    let mut connection = open(file)?;
    let client = Client::new();
    let mut after: usize =
        connection.query_row("SELECT count(*) FROM row", [], |row| row.get::<_, i64>(0))?.try_into()?;
    loop {
        let page = client.get(format!("{address}/rows?after={after}")).send()?.bytes()?;
        let bytes = unpack(&page)?;
        let rows = split(&bytes);
        if rows.is_empty() {
            return Ok(after);
        }
        insert(&mut connection, &rows)?;
        after += rows.len();
    }
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
        Ok(join(rows.iter()))
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}
