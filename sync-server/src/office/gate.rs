//! The office: who is signed in, and the replica that they work on.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use app::{App, CommandError};
use door::{Caller, SessionCookie};
use tokio::runtime::Handle;
use uuid::Uuid;
use wire::ProblemType;

use super::failure::unavailable;
use super::replica::OfficeReplica;
use super::sessions::{LONGEST, Sessions};
use super::throttle::Throttle;
use crate::service::{Hub, Random};
use crate::storage::AccountRow;

/// Where and how the office is served.
#[derive(Clone, Debug)]
pub struct Served {
    /// The folder of its replicas.
    pub folder: PathBuf,
    /// The port on which the server listens.
    pub port: u16,
    /// Whether the server speaks TLS.
    pub speaks_tls: bool,
}

/// Where the replica of one organisation is, once it was opened.
type Slot = Arc<Mutex<Option<Arc<OfficeReplica>>>>;

/// The office of all organisations of a server.
pub struct Office {
    pub(super) hub: Hub,
    pub(super) random: Arc<dyn Random>,
    pub(super) sessions: Sessions,
    pub(super) throttle: Throttle,
    pub(super) served: Served,
    runtime: Handle,
    replicas: Mutex<HashMap<Uuid, Slot>>,
}

/// Somebody who is signed in.
pub(super) struct SignedIn {
    /// The account.
    pub(super) account: AccountRow,
    /// The organisation's replica.
    pub(super) replica: Arc<OfficeReplica>,
}

impl SignedIn {
    /// The organisation.
    pub(super) fn organisation(&self) -> Uuid {
        self.replica.device.organisation
    }

    /// Whether the owner has still to say who they are.
    pub(super) fn must_begin(&self) -> bool {
        self.account.must_begin || self.account.person.is_none()
    }

    /// Whether the owner is known, and has still to choose a password in the place of one that somebody else has set.
    pub(super) fn must_change_password(&self) -> bool {
        self.account.must_change_password && !self.must_begin()
    }
}

impl Office {
    /// An office over `hub`; its replicas are opened when somebody signs in.
    pub fn new(hub: Hub, random: Arc<dyn Random>, served: Served, runtime: Handle) -> Self {
        let sessions = Sessions::new(random.clone());
        Self { hub, random, sessions, throttle: Throttle::default(), served, runtime, replicas: Mutex::default() }
    }

    /// Where what goes on beside the calls is run.
    pub(super) fn runtime(&self) -> &Handle {
        &self.runtime
    }

    /// The replica of an organisation.
    pub(super) fn replica(&self, organisation: Uuid) -> Result<Arc<OfficeReplica>, CommandError> {
        let slot =
            self.replicas.lock().unwrap_or_else(PoisonError::into_inner).entry(organisation).or_default().clone();
        // Held while it is opened, so that it is opened once; the others do not wait for that.
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(replica) = &*slot {
            return Ok(replica.clone());
        }
        let replica = OfficeReplica::open(&self.hub, &self.served.folder, organisation)?;
        replica.keep_up(&self.hub, &self.runtime)?;
        *slot = Some(replica.clone());
        Ok(replica)
    }

    /// Whoever is signed in.
    ///
    /// # Errors
    /// `signed-out`
    pub(super) fn signed_in(&self, caller: &Caller) -> Result<SignedIn, CommandError> {
        let refused = || CommandError::new(ProblemType::SignedOut, "sign in first");
        let token = caller.session.as_deref().ok_or_else(refused)?;
        let acts = !caller.is_by_itself;
        let session = self.sessions.find(token, Instant::now(), acts).ok_or_else(refused)?;
        let accounts = self.hub.accounts(session.organisation).map_err(unavailable)?;
        let Some(account) = accounts.into_iter().find(|account| session.is_of(account)) else {
            self.sessions.end(token);
            return Err(refused());
        };
        Ok(SignedIn { account, replica: self.replica(session.organisation)? })
    }

    /// Whoever is signed in, and the app in their hands.
    ///
    /// # Errors
    /// `signed-out`; `must-begin` before the first log-in is done; `must-change-password` while somebody else has set the
    /// password; `inactive` for somebody who no longer works here.
    pub(super) fn at_work(&self, caller: &Caller) -> Result<(SignedIn, App), CommandError> {
        let signed_in = self.signed_in(caller)?;
        let begun = signed_in.account.person.filter(|_| !signed_in.must_begin());
        let person = begun
            .ok_or_else(|| CommandError::new(ProblemType::MustBegin, "say first who you are, and choose a password"))?;
        if signed_in.must_change_password() {
            let message = "somebody else has set this password: choose one of your own first";
            return Err(CommandError::new(ProblemType::MustChangePassword, message));
        }
        if signed_in.replica.app.person(person)?.is_some_and(|person| !person.active) {
            return Err(CommandError::new(ProblemType::Inactive, "the person of this account no longer works here"));
        }
        let app = signed_in.replica.app.acting_as(Some(person.to_string().into()));
        Ok((signed_in, app))
    }

    /// Ends every session of an account, and what is made aside for its person; pages that listen with one hear nothing more.
    pub(super) fn end_sessions(&self, replica: &OfficeReplica, account: &str, person: Option<Uuid>) {
        self.sessions.end_all(replica.device.organisation, account);
        replica.feed.look_who_listens();
        end_exports(replica, person);
    }

    /// Ends the session of a browser, and what is made aside for its person in whichever browser they asked for it: that is not for
    /// who finds a browser open.
    pub(super) fn end_session(&self, caller: &Caller) {
        let signed_in = self.signed_in(caller).ok();
        if let Some(token) = &caller.session {
            self.sessions.end(token);
        }
        if let Some(SignedIn { account, replica }) = signed_in {
            replica.feed.look_who_listens();
            end_exports(&replica, account.person);
        }
    }

    /// Begins a session of an account, and gives the cookie for it.
    pub(super) fn begin_session(&self, organisation: Uuid, account: &AccountRow) -> SessionCookie {
        SessionCookie::Set(self.sessions.begin(organisation, account, Instant::now()), LONGEST.as_secs())
    }
}

fn end_exports(replica: &OfficeReplica, person: Option<Uuid>) {
    replica.app.acting_as(person.map(|person| person.to_string().into())).end_exports();
}
