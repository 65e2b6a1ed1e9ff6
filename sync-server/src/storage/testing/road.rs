//! A road to the database that can be cut: a socket that passes everything on until it is told not to.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How a client asks for a commit.
const COMMIT: &[u8] = b"commit\0";

/// What is lost when the next commit passes.
#[derive(Clone, Copy)]
pub(crate) enum Cut {
    /// The commit itself.
    Question = 1,
    /// What the database says to it.
    Answer,
    /// The same, and nobody comes through any more.
    AnswerAndRoad,
}

/// The road; it goes away when dropped.
pub(crate) struct Road {
    folder: tempfile::TempDir,
    url: String,
    state: Arc<State>,
    /// How often something was lost.
    pub(crate) cuts: Arc<AtomicUsize>,
    /// How often somebody has asked something.
    pub(crate) asked: Arc<AtomicUsize>,
}

#[derive(Default)]
struct State {
    cut: AtomicU8,
    is_closed: AtomicBool,
    /// Whoever is on the road, or was.
    passing: Mutex<Vec<UnixStream>>,
}

impl State {
    fn lets_in(&self, client: &UnixStream, server: &UnixStream) -> bool {
        let mut passing = self.passing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_closed.load(Ordering::SeqCst) {
            return false;
        }
        passing.extend([client, server].map(|socket| socket.try_clone().expect("a socket")));
        true
    }
}

impl Road {
    /// A road to the database at `url`, whose host is the folder of a socket.
    pub(crate) fn to(url: &str) -> Self {
        let (before, host) = url.split_once('@').expect("an address with a user");
        let (host, database) = host.split_once('/').expect("an address with a database");
        let folder = tempfile::tempdir().expect("a folder");
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).expect("a socket");
        let own = folder.path().to_string_lossy().replace('/', "%2F");
        let url = format!("{before}@{own}/{database}");
        let target = format!("{}/.s.PGSQL.5432", host.replace("%2F", "/"));
        let (state, cuts, asked): (Arc<State>, Arc<AtomicUsize>, Arc<AtomicUsize>) = Default::default();
        let passing = (state.clone(), cuts.clone(), asked.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = UnixStream::connect(&target) else { continue };
                if passing.0.lets_in(&client, &server) {
                    pass(client, server, passing.clone());
                }
            }
        });
        Self { folder, url, state, cuts, asked }
    }

    /// The address by this road.
    pub(crate) fn url(&self) -> String {
        assert!(self.folder.path().is_dir());
        self.url.clone()
    }

    pub(crate) fn cut_at_commit(&self, cut: Cut) {
        self.state.cut.store(cut as u8, Ordering::SeqCst);
    }

    /// Ends all that is on the road, and lets nobody come after it: so a server looks to its database that was killed.
    pub(crate) fn sever(&self) {
        self.state.is_closed.store(true, Ordering::SeqCst);
        let mut passing = self.state.passing.lock().unwrap_or_else(PoisonError::into_inner);
        // One that has ended already is as good.
        passing.drain(..).for_each(|socket| drop(socket.shutdown(Shutdown::Both)));
    }

    /// Lets everybody through again.
    pub(crate) fn open(&self) {
        self.state.is_closed.store(false, Ordering::SeqCst);
    }
}

/// Passes on what both sides say, on threads of their own.
fn pass(client: UnixStream, server: UnixStream, passing: (Arc<State>, Arc<AtomicUsize>, Arc<AtomicUsize>)) {
    let (state, cuts, asked) = passing;
    let (mut from_server, mut to_client) =
        (server.try_clone().expect("a socket"), client.try_clone().expect("a socket"));
    let is_mute = Arc::new(AtomicBool::new(false));
    let mute = is_mute.clone();
    std::thread::spawn(move || {
        copy(&mut from_server, &mut to_client, |_| !mute.load(Ordering::SeqCst));
        // The other side learns of the end by its own reading.
        let _ = to_client.shutdown(Shutdown::Both);
    });
    std::thread::spawn(move || {
        let (mut from_client, mut to_server) = (client, server);
        copy(&mut from_client, &mut to_server, |said| {
            asked.fetch_add(1, Ordering::SeqCst);
            let is_commit = said.windows(COMMIT.len()).any(|part| part == COMMIT);
            let cut = if is_commit { state.cut.swap(0, Ordering::SeqCst) } else { 0 };
            match cut {
                0 => return true,
                cut if cut == Cut::Question as u8 => {
                    cuts.fetch_add(1, Ordering::SeqCst);
                    return false;
                }
                cut => state.is_closed.store(cut == Cut::AnswerAndRoad as u8, Ordering::SeqCst),
            }
            is_mute.store(true, Ordering::SeqCst);
            cuts.fetch_add(1, Ordering::SeqCst);
            true
        });
        let _ = to_server.shutdown(Shutdown::Both);
        let _ = from_client.shutdown(Shutdown::Both);
    });
}

/// Copies until one side ends, or `may_pass` refuses what was said.
fn copy(from: &mut UnixStream, to: &mut UnixStream, mut may_pass: impl FnMut(&[u8]) -> bool) {
    let mut bytes = [0; 64 << 10];
    while let Ok(read) = from.read(&mut bytes) {
        if read == 0 || !may_pass(&bytes[..read]) || to.write_all(&bytes[..read]).is_err() {
            return;
        }
    }
}
