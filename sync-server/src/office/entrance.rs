//! The office's door: who a browser is, and what is behind the door for them.

use std::sync::Arc;

use app::CommandError;
use door::{Caller, Entered, Gate, Reply};

use super::commands;
use super::gate::Office;

/// What may be asked before one has said who one is: whether there is a campus already, which then is not to be made.
const BEFORE_BEGINNING: &str = "campus.list";

impl Gate for Office {
    fn cookie_name(&self, is_secure: bool) -> String {
        // Browsers give a cookie to every port of a machine, so the name tells the ports apart. One with the prefix can be set
        // by nobody but the host itself.
        let prefix = if is_secure { "__Host-" } else { "" };
        format!("{prefix}rounds-office-{}", self.served.port)
    }

    fn speaks_tls(&self) -> bool {
        self.served.speaks_tls
    }

    /// The office goes by many names, and a page of a stranger gains nothing: without the cookie, which is bound to the name
    /// that was signed in under, there is nothing to be had.
    fn admits_host(&self, _host: &str) -> bool {
        true
    }

    fn enter(&self, caller: &Caller) -> Result<Entered, CommandError> {
        let (signed_in, app) = self.at_work(caller)?;
        Ok(Entered { app: Arc::new(app), feed: signed_in.replica.feed.clone() })
    }

    fn deliver(&self, caller: &Caller) -> Result<(), CommandError> {
        self.signed_in(caller)?.replica.deliver()
    }

    fn call(&self, caller: &Caller, name: &str, arguments: &str) -> Reply {
        if let Some(command) = commands::find(name) {
            return command.run(self, caller, arguments);
        }
        if name == BEFORE_BEGINNING
            && let Ok(signed_in) = self.signed_in(caller)
            && signed_in.must_begin()
        {
            return signed_in.replica.app.dispatch(name, arguments).into();
        }
        let dispatched = self.at_work(caller).and_then(|(signed_in, app)| {
            let answer = app.dispatch_for(caller.shown.as_deref(), name, arguments)?;
            signed_in.replica.deliver()?;
            Ok(answer)
        });
        dispatched.into()
    }
}
