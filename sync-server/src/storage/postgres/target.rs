//! Where the database is, and how it is reached.

use std::net::IpAddr;
use std::path::Path;
use std::str::FromStr;
use std::sync::mpsc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::{Client, Config};

use super::error::cannot_connect;
use super::tls::Tls;
use crate::storage::{Result, StorageError};

/// How long one host may take to answer at all.
const REACH: Duration = Duration::from_secs(3);
/// How long a connection may take in all, whoever has to be asked for it.
const CONNECT: Duration = Duration::from_secs(12);
/// How long a peer may be silent before its connection is given up; otherwise a thread would wait for it for hours.
const SILENCE: Duration = Duration::from_secs(10);

/// A database, and the runtime on which connections to it are kept alive.
pub(super) struct Target {
    config: Config,
    tls: Tls,
    /// There until this is dropped.
    runtime: Option<Runtime>,
}

impl Target {
    /// Reads a URL like `postgres://user@host/database`, whose parts no message repeats: it holds a password.
    pub(super) fn parse(url: &str, ca: Option<&Path>) -> Result<Self> {
        let unfit = |why: &str| StorageError::Unfit(why.to_owned());
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(unfit("its address is not one like postgres://user@host/database"));
        }
        let (url, mode) = without_mode(url);
        // What the client says of a wrong address may repeat a part of it.
        let mut config = Config::from_str(&url).map_err(|_| {
            unfit("its address does not read; in a password, %, @, : and / are written as %25, %40, %3A and %2F")
        })?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(unfit("its address names no host"));
        }
        let mode = match mode.as_deref() {
            // Who is not checked by name may be anybody, so all of these are the last one.
            None | Some("require" | "verify-ca" | "verify-full") if !is_local(&config, Host::is_socket) => {
                SslMode::Require
            }
            None | Some("require" | "verify-ca" | "verify-full" | "disable") if is_local(&config, Host::is_socket) => {
                SslMode::Disable
            }
            Some("disable") if is_local(&config, Host::is_this_machine) => SslMode::Disable,
            Some("disable") => {
                return Err(unfit("over a network it is reached by TLS alone: leave sslmode=disable out"));
            }
            _ => return Err(unfit("sslmode is neither verify-full nor disable")),
        };
        config.ssl_mode(mode).application_name("rounds-server").connect_timeout(REACH);
        config.keepalives(true).keepalives_idle(SILENCE).tcp_user_timeout(SILENCE);
        if config.get_hosts().len() > 1 {
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("database").enable_all().build()?;
        Ok(Self { config, tls: Tls::new(ca)?, runtime: Some(runtime) })
    }

    /// A new connection.
    pub(super) fn connect(&self) -> Result<Client> {
        let (config, tls) = (self.config.clone(), self.tls.clone());
        let (give, given) = mpsc::channel();
        let runtime = self.runtime.as_ref().expect("it is taken only when dropped");
        runtime.spawn(async move {
            match config.connect(tls).await {
                Ok((client, connection)) => {
                    if give.send(Ok(client)).is_ok() {
                        // Whoever uses the client is told of the end as well.
                        drop(connection.await);
                    }
                }
                // Nobody may be waiting any more.
                Err(error) => drop(give.send(Err(error))),
            }
        });
        match given.recv_timeout(CONNECT) {
            Ok(connected) => connected.map_err(cannot_connect),
            Err(_) => Err(StorageError::Busy("the database does not answer".into())),
        }
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Whoever drops this may be on a runtime, where nobody may wait for the end of another.
            runtime.shutdown_background();
        }
    }
}

/// The address without its `sslmode`, of which there are more kinds than the client knows.
fn without_mode(url: &str) -> (String, Option<String>) {
    let Some((before, options)) = url.split_once('?') else { return (url.to_owned(), None) };
    let (modes, others): (Vec<&str>, Vec<&str>) = options.split('&').partition(|one| one.starts_with("sslmode="));
    let mode = modes.last().and_then(|one| one.split_once('=')).map(|(_, mode)| mode.to_owned());
    let options = others.join("&");
    (if options.is_empty() { before.to_owned() } else { format!("{before}?{options}") }, mode)
}

trait Near {
    fn is_socket(&self) -> bool;
    fn is_this_machine(&self) -> bool;
}

impl Near for Host {
    fn is_socket(&self) -> bool {
        !matches!(self, Self::Tcp(_))
    }

    fn is_this_machine(&self) -> bool {
        match self {
            Self::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
            _ => true,
        }
    }
}

fn is_local(config: &Config, is_near: impl Fn(&Host) -> bool) -> bool {
    config.get_hosts().iter().all(is_near) && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> std::result::Result<SslMode, String> {
        Target::parse(url, None).map(|target| target.config.get_ssl_mode()).map_err(|error| error.to_string())
    }

    #[test]
    fn over_a_network_there_is_tls_and_on_a_socket_there_is_none() {
        for url in
            ["postgres://u@db.example/r", "postgres://u@db.example/r?sslmode=require", "postgresql://u@10.0.0.7/r"]
        {
            assert_eq!(mode(url), Ok(SslMode::Require), "{url}");
        }
        assert_eq!(mode("postgres://u@%2Frun%2Fpostgresql/r"), Ok(SslMode::Disable));
        assert_eq!(mode("postgres://u@127.0.0.1/r?sslmode=disable"), Ok(SslMode::Disable));
        for url in ["postgres://u@db.example/r?sslmode=disable", "postgres://u@127.0.0.1/r?sslmode=prefer"] {
            assert!(mode(url).is_err(), "{url}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_and_its_password_is_told_to_nobody() {
        for url in ["mysql://u:secret@h/r", "u:secret@h", "postgres:///r", "postgres://u:secret@h/r?colour=red"] {
            let refused = mode(url).expect_err("it is no address");
            assert!(!refused.contains("secret"), "{refused}");
        }
    }
}
