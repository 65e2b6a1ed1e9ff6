//! The door of `rounds serve`: the screens of this tablet, in a browser on this machine.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use app::{App, CommandError};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use wire::ProblemType;

use crate::feed::Feed;
use crate::gate::{Caller, Entered, Gate, SessionCookie};
use crate::notice::Notice;

/// How long a browser keeps the cookie; it works as long as the program runs.
const COOKIE_S: u64 = 30 * 86_400;

/// Lets in whoever opened the link that the program printed, and nobody else.
pub struct Loopback {
    entered: Entered,
    listening: SocketAddr,
    /// The secret of the link, until it is used.
    link: Mutex<Option<String>>,
    session: String,
}

impl Loopback {
    /// A door at `listening` to the store of `app`.
    pub fn new(app: Arc<App>, feed: Arc<Feed>, listening: SocketAddr) -> Self {
        let (link, session) = (Mutex::new(Some(secret(&app))), secret(&app));
        Self { entered: Entered { app, feed }, listening, link, session }
    }

    /// The link that opens the door once; none after that.
    pub fn link(&self) -> Option<String> {
        let link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        link.as_ref().map(|secret| format!("http://{}/open/{secret}", self.listening))
    }

    fn has_opened(&self, caller: &Caller) -> bool {
        caller.session.as_ref().is_some_and(|session| is_same(session, &self.session))
    }
}

impl Gate for Loopback {
    /// Browsers give a cookie to every port of a machine, so the name tells the ports apart.
    fn cookie_name(&self, _is_secure: bool) -> String {
        format!("rounds-{}", self.listening.port())
    }

    fn admits_host(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        let own = match self.listening {
            SocketAddr::V4(address) => address.ip().to_string(),
            SocketAddr::V6(address) => format!("[{}]", address.ip()),
        };
        port == Some(self.listening.port()) && (name == "localhost" || name == own)
    }

    fn enter(&self, caller: &Caller) -> Result<Entered, CommandError> {
        let refused = || CommandError::new(ProblemType::SignedOut, "open the link that the program printed");
        self.has_opened(caller).then(|| self.entered.clone()).ok_or_else(refused)
    }

    fn notice(&self, caller: &Caller) -> Option<Notice> {
        (!self.has_opened(caller)).then_some(Notice::NotOpened)
    }

    fn open(&self, secret: &str) -> Option<SessionCookie> {
        let mut link = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        link.take_if(|known| is_same(known, secret)).map(|_| SessionCookie::Set(self.session.clone(), COOKIE_S))
    }
}

/// 256 random bits.
fn secret(app: &App) -> String {
    let mut bytes = [0; 32];
    app.store().ports().entropy.fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether two secrets are the same; it takes the same time wherever they differ.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
