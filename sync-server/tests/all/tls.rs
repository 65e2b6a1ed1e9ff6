//! HTTPS without a proxy in front.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::support::*;

#[test]
fn a_server_with_a_certificate_speaks_tls() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&cert, made.cert.pem()).expect("a file");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("a file");
    let files = [cert.to_str().expect("a path"), key.to_str().expect("a path")];
    let server = Server::on(folder.path(), &["--tls-cert", files[0], "--tls-key", files[1]]);
    assert!(server.url.starts_with("https://"), "{}", server.url);

    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("a root");
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a connection");
    let mut stream = StreamOwned::new(connection, TcpStream::connect(server.address).expect("the server listens"));
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").expect("is sent");
    let mut answer = Vec::new();
    // The server may close without the farewell of TLS; what came before is what counts.
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).expect("is text");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#"{"status":"ok"}"#), "{answer}");
}

#[test]
fn a_certificate_that_cannot_be_used_is_told_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let file = folder.path().join("nothing.pem");
    std::fs::write(&file, "nothing").expect("a file");
    let (data, file) = (folder.path().to_str().expect("a path"), file.to_str().expect("a path"));
    let (code, document) = cli(&["serve", "--data", data, "--tls-cert", file, "--tls-key", file]);
    assert_eq!((code, &document["problem"]["type"]), (Some(1), &"urn:rounds:problem:tls".into()));
}
