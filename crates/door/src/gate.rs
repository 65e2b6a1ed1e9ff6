//! Who a request is: the one thing in which the office and a tablet's own browser door differ.

use app::{App, CommandError};
use std::net::IpAddr;
use std::sync::Arc;

use crate::feed::Feed;
use crate::notice::Notice;

/// Who calls, as far as HTTP tells.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// What the cookie of the door holds.
    pub session: Option<String>,
    /// Where the call comes from.
    pub address: Option<IpAddr>,
    /// The person whom the page shows as working, where it says so.
    pub shown: Option<String>,
    /// The host and port that the caller asked for.
    pub host: String,
    /// Whether the caller speaks TLS with us, or with a proxy on this machine.
    pub is_secure: bool,
    /// Whether the page called by itself, and no person did anything.
    pub is_by_itself: bool,
}

/// What is behind the door for a caller.
#[derive(Clone)]
pub struct Entered {
    /// The app, in the hands of the caller.
    pub app: Arc<App>,
    /// What changes in its store.
    pub feed: Arc<Feed>,
}

/// A change of the door's cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionCookie {
    /// The caller is known by this from now on, for so many seconds at most.
    Set(String, u64),
    /// The caller is known no longer.
    Clear,
}

/// What a command ended with.
pub struct Reply {
    /// The answer, or the refusal.
    pub result: Result<String, CommandError>,
    /// What becomes of the cookie; nothing for most.
    pub cookie: Option<SessionCookie>,
}

impl From<Result<String, CommandError>> for Reply {
    fn from(result: Result<String, CommandError>) -> Self {
        Self { result, cookie: None }
    }
}

/// Who may come in, and what is behind the door for them.
///
/// The methods may block; they are called on threads for that, except those about names and encryption.
pub trait Gate: Send + Sync + 'static {
    /// The name of the cookie.
    fn cookie_name(&self, is_secure: bool) -> String;

    /// Whether all connections are encrypted.
    fn speaks_tls(&self) -> bool {
        false
    }

    /// Whether a request that asks for this host and port is meant for us at all.
    ///
    /// A page of a stranger can make a browser ask us under the stranger's own name; then it would count as ours.
    fn admits_host(&self, host: &str) -> bool;

    /// Lets the caller in.
    ///
    /// # Errors
    /// `signed-out`, or why there is nothing for this caller.
    fn enter(&self, caller: &Caller) -> Result<Entered, CommandError>;

    /// Carries out a command.
    fn call(&self, caller: &Caller, name: &str, arguments: &str) -> Reply {
        let shown = caller.shown.as_deref();
        self.enter(caller).and_then(|entered| entered.app.dispatch_for(shown, name, arguments)).into()
    }

    /// Brings what was saved beside a command to where it belongs, before it is answered.
    ///
    /// # Errors
    /// When it cannot be brought there.
    fn deliver(&self, _caller: &Caller) -> Result<(), CommandError> {
        Ok(())
    }

    /// What is shown in the place of the screens; none for the screens.
    fn notice(&self, _caller: &Caller) -> Option<Notice> {
        None
    }

    /// Opens the door with a link that works once; the cookie, or none for a link that does not work.
    fn open(&self, _secret: &str) -> Option<SessionCookie> {
        None
    }
}
