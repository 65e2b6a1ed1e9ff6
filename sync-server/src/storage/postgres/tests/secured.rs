//! A database on a network: by TLS alone, and with a certificate of its own name.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;

use super::super::{Identity, create};
use super::*;
use crate::storage::StorageError;

/// How long the question whether there is TLS is, and the two answers to it.
const QUESTION: usize = 8;
const YES: &[u8] = b"S";
const NO: &[u8] = b"N";

/// A door on a port of this machine, behind which the database is; it shuts when dropped.
struct Door {
    port: u16,
    _runtime: Runtime,
}

impl Door {
    /// One that speaks TLS as `acceptor` does, or none.
    fn to(scratch: &Scratch, acceptor: Option<TlsAcceptor>) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let socket = socket_of(&scratch.url());
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, socket.clone(), acceptor.clone()));
            }
        });
        Self { port, _runtime: runtime }
    }
}

/// Passes on what both sides say, until one of them goes away.
async fn pass(mut client: TcpStream, socket: PathBuf, acceptor: Option<TlsAcceptor>) -> std::io::Result<()> {
    client.read_exact(&mut [0; QUESTION]).await?;
    client.write_all(if acceptor.is_some() { YES } else { NO }).await?;
    if let Some(acceptor) = acceptor {
        let mut client = acceptor.accept(client).await?;
        copy_bidirectional(&mut client, &mut UnixStream::connect(socket).await?).await?;
    }
    Ok(())
}

/// The socket in the folder that an address names as its host.
fn socket_of(url: &str) -> PathBuf {
    let (_, host) = url.split_once('@').expect("an address with a user");
    let (host, _) = host.split_once('/').expect("an address with a database");
    Path::new(&host.replace("%2F", "/")).join(".s.PGSQL.5432")
}

/// TLS with a new certificate of this name, which is kept in `file`.
fn certified(name: &str, file: &Path) -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    std::fs::write(file, made.cert.pem()).expect("a file");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a certificate with its key");
    TlsAcceptor::from(Arc::new(config))
}

#[test]
fn over_a_network_the_database_is_reached_by_tls_with_a_certificate_of_its_name() {
    let Some(scratch) = scratch() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (own, others) = (folder.path().join("own.pem"), folder.path().join("others.pem"));
    drop(certified("localhost", &others));
    let secure = Door::to(&scratch, Some(certified("localhost", &own)));
    let open = Door::to(&scratch, None);
    let reach = |host: &str, door: &Door, ca: Option<&Path>| {
        let url = format!("postgres://rounds@{host}:{}/{}", door.port, scratch.name());
        create(&url, ca, Identity { process: Uuid::new_v4(), server: Uuid::new_v4() })
    };

    let store = reach("localhost", &secure, Some(&own)).expect("its name, and one who is trusted");
    write(&store, ORG, |txn| txn.insert_organisation(&organisation(ORG))).expect("an organisation");
    assert_eq!(step(&store, ORG).expect("a place"), 1);
    for (why, refused) in [
        ("nobody trusts it", reach("localhost", &secure, None)),
        ("another is trusted", reach("localhost", &secure, Some(&others))),
        ("it has another name", reach("127.0.0.1", &secure, Some(&own))),
        ("it speaks no TLS", reach("localhost", &open, Some(&own))),
    ] {
        assert!(matches!(refused, Err(StorageError::Unfit(_))), "{why}: {refused:?}");
    }
    assert!(matches!(reach("localhost", &secure, Some(&folder.path().join("none.pem"))), Err(StorageError::Unfit(_))));
}
