//! A browser in a test: it says exactly what the test wants said, and reads what comes back.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use app::App;
use door::{Feed, Loopback, router};
use replica::{OsEntropy, Ports, SystemClock};
use serde_json::Value;
use tokio::sync::watch;

/// A door that stands open, and what is behind it.
pub(crate) struct Open {
    pub(crate) address: SocketAddr,
    pub(crate) app: Arc<App>,
    link: String,
    stop: watch::Sender<bool>,
    _background: app::Background,
    _runtime: tokio::runtime::Runtime,
    pub(crate) folder: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The last part of the problem's type.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{self:?}");
        let document = self.json();
        assert_eq!(document["status"], self.status, "the body says the same status");
        document["type"].as_str().and_then(|urn| urn.rsplit(':').next()).unwrap_or_default().to_owned()
    }
}

impl Open {
    /// A tablet whose screens are served.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let ports = Ports { clock: Arc::new(SystemClock), entropy: Arc::new(OsEntropy) };
        let app = Arc::new(App::open_shared(folder.path(), ports).expect("a store"));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener");
        let address = listener.local_addr().expect("an address");
        let feed = Feed::new(app.clone());
        let telling = feed.clone();
        let background = app::Background::start(app.clone(), move |news| telling.tell(news)).expect("threads");
        let gate = Arc::new(Loopback::new(app.clone(), feed, address));
        let link = gate.link().expect("a link");
        let (stop, stopping) = watch::channel(false);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, router(gate, stopping)).await
        });
        Self { address, app, link, stop, _background: background, _runtime: runtime, folder }
    }

    /// Follows the link that opens the door, and gives what came back.
    pub(crate) fn follow_link(&self) -> Answer {
        let path = self.link.strip_prefix(&format!("http://{}", self.address)).expect("the link leads here");
        self.ask("GET", path, &[], b"")
    }

    /// The header that tells who has opened the door.
    pub(crate) fn cookie(&self) -> (&'static str, String) {
        let opened = self.follow_link();
        let cookie = opened.headers["set-cookie"].split(';').next().expect("a cookie").to_owned();
        ("cookie", cookie)
    }

    /// Tells the streams to end.
    pub(crate) fn stop(&self) {
        self.stop.send(true).expect("somebody listens");
    }

    /// Asks as a browser on this machine would, with further headers.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Answer {
        let host = ("host", self.address.to_string());
        let headers: Vec<_> =
            std::iter::once(&host).chain(headers).map(|(name, value)| (*name, value.as_str())).collect();
        self.ask_exactly(method, path, &headers, body)
    }

    /// Asks with these headers and no others but the length.
    pub(crate) fn ask_exactly(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = self.send(method, path, headers, body);
        read(&mut stream)
    }

    /// The lines of a stream of events.
    pub(crate) fn listen(&self, headers: &[(&str, String)]) -> impl Iterator<Item = String> + use<> {
        let host = ("host", self.address.to_string());
        let headers: Vec<_> =
            std::iter::once(&host).chain(headers).map(|(name, value)| (*name, value.as_str())).collect();
        let stream = self.send("GET", "/app/events", &headers, b"");
        stream.get_ref().set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream.lines().map_while(Result::ok)
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).expect("the door is there");
        let head: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        write!(stream, "{method} {path} HTTP/1.1\r\n{head}{length}connection: close\r\n\r\n").expect("it reads");
        stream.write_all(body).expect("it reads to the end");
        BufReader::new(stream)
    }
}

fn read(stream: &mut impl BufRead) -> Answer {
    let mut line = String::new();
    stream.read_line(&mut line).expect("an answer");
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{line:?}"));
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).expect("a header");
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_owned(), value.to_owned());
    }
    let mut body = Vec::new();
    stream.read_to_end(&mut body).expect("a body");
    Answer { status, headers, body }
}
