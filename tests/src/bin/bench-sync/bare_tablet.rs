//! A tablet of the baseline: it sends what lies in `out`, once, and receives all rows that it lacks.

use std::path::Path;

use reqwest::blocking::Client;

use crate::rows::{BATCH, insert, join, open, pack, split, unpack};

/// Exchanges once, and prints how many rows moved.
pub(crate) fn exchange(address: &str, folder: &Path) -> anyhow::Result<()> {
    // A second installation is refused, and is the same provider.
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = Client::new();
    let out = folder.join("out");
    let mut moved = 0;
    if let Ok(bytes) = std::fs::read(&out) {
        let rows = split(&bytes);
        for batch in rows.chunks(BATCH) {
            let sent = client.post(format!("{address}/rows")).body(pack(&join(batch.iter()))).send()?;
            anyhow::ensure!(sent.status().is_success());
        }
        moved += rows.len();
        std::fs::remove_file(&out)?;
    }
    moved += receive(&client, address, &folder.join("tablet.sqlite3"))?;
    println!("{{\"moved\":{moved}}}");
    Ok(())
}

fn receive(client: &Client, address: &str, file: &Path) -> anyhow::Result<usize> {
    let mut connection = open(file)?;
    let count: i64 = connection.query_row("SELECT count(*) FROM row", [], |row| row.get(0))?;
    let before = usize::try_from(count)?;
    let mut after = before;
    loop {
        let page = client.get(format!("{address}/rows?after={after}")).send()?.bytes()?;
        let bytes = unpack(&page)?;
        let rows = split(&bytes);
        if rows.is_empty() {
            return Ok(after - before);
        }
        insert(&mut connection, &rows)?;
        after += rows.len();
    }
}
