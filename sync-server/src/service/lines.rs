//! Who waits to write: a line for each organisation, so that none waits for what another does.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;
use uuid::Uuid;

/// Jobs that wait at most in one line; further callers wait for a place.
const PLACES: usize = 64;

/// The lines, and who works on them.
pub(super) struct Lines<J> {
    state: Mutex<State<J>>,
    wake: Condvar,
}

struct State<J> {
    lines: HashMap<Uuid, Line<J>>,
    /// Organisations in whose lines somebody waits, and that nobody works on.
    ready: VecDeque<Uuid>,
    is_closed: bool,
}

struct Line<J> {
    enter: mpsc::Sender<J>,
    /// Away while a batch of it is worked on.
    waiting: Option<mpsc::Receiver<J>>,
    /// Whether somebody has come since the line was last looked through.
    is_rung: bool,
}

/// Some jobs of one organisation, whose line is given back with [`Lines::give_back`].
pub(super) struct Batch<J> {
    organisation: Uuid,
    jobs: Vec<J>,
    line: mpsc::Receiver<J>,
}

impl<J> Default for Lines<J> {
    fn default() -> Self {
        let state = State { lines: HashMap::new(), ready: VecDeque::new(), is_closed: false };
        Self { state: Mutex::new(state), wake: Condvar::new() }
    }
}

impl<J> Lines<J> {
    fn state(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where one enters the line of an organisation; whoever has entered rings.
    pub(super) fn entrance(&self, organisation: Uuid) -> mpsc::Sender<J> {
        let mut state = self.state();
        let line = state.lines.entry(organisation).or_insert_with(|| {
            let (enter, waiting) = mpsc::channel(PLACES);
            Line { enter, waiting: Some(waiting), is_rung: false }
        });
        line.enter.clone()
    }

    /// Somebody has entered the line of an organisation.
    pub(super) fn ring(&self, organisation: Uuid) {
        let mut state = self.state();
        let State { lines, ready, .. } = &mut *state;
        let Some(line) = lines.get_mut(&organisation) else { return };
        if !std::mem::replace(&mut line.is_rung, true) && line.waiting.is_some() {
            ready.push_back(organisation);
            self.wake.notify_one();
        }
    }

    /// Waits for jobs; nothing once the lines are closed and empty.
    pub(super) fn take(&self) -> Option<Batch<J>> {
        let mut state = self.state();
        loop {
            while let Some(organisation) = state.ready.pop_front() {
                let Some(line) = state.lines.get_mut(&organisation) else { continue };
                let Some(mut waiting) = line.waiting.take() else { continue };
                line.is_rung = false;
                drop(state);
                let jobs = std::iter::from_fn(|| waiting.try_recv().ok()).take(PLACES).collect();
                return Some(Batch { organisation, jobs, line: waiting });
            }
            if state.is_closed {
                return None;
            }
            state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets somebody else work on the line; it goes behind the others when somebody waits in it.
    pub(super) fn give_back(&self, organisation: Uuid, line: mpsc::Receiver<J>) {
        let mut state = self.state();
        let State { lines, ready, .. } = &mut *state;
        let Some(of) = lines.get_mut(&organisation) else { return };
        of.is_rung |= !line.is_empty();
        of.waiting = Some(line);
        if of.is_rung {
            ready.push_back(organisation);
            self.wake.notify_one();
        }
    }

    /// Nobody will come any more.
    pub(super) fn close(&self) {
        self.state().is_closed = true;
        self.wake.notify_all();
    }
}

impl<J> Batch<J> {
    /// The jobs, and the line that is to be given back.
    pub(super) fn split(self) -> (Uuid, Vec<J>, mpsc::Receiver<J>) {
        (self.organisation, self.jobs, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORG: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn enter(lines: &Lines<u32>, organisation: Uuid, job: u32) {
        lines.entrance(organisation).try_send(job).expect("a place");
        lines.ring(organisation);
    }

    #[test]
    fn one_organisation_is_worked_on_by_one_thread_at_a_time_and_others_beside_it() {
        let lines = Lines::default();
        enter(&lines, ORG, 1);
        enter(&lines, ORG, 2);
        let (first, jobs, line) = lines.take().expect("jobs").split();
        assert_eq!((first, jobs), (ORG, vec![1, 2]));
        enter(&lines, ORG, 3);
        enter(&lines, OTHER, 4);
        let (second, jobs, other) = lines.take().expect("jobs").split();
        assert_eq!((second, jobs), (OTHER, vec![4]), "the first is taken");
        lines.give_back(OTHER, other);
        lines.give_back(ORG, line);
        assert_eq!(lines.take().expect("jobs").split().1, [3]);
    }

    #[test]
    fn a_long_line_goes_behind_the_others() {
        let lines = Lines::default();
        let full = u32::try_from(PLACES).expect("a small number");
        (0..full).for_each(|job| enter(&lines, ORG, job));
        let (_, jobs, line) = lines.take().expect("jobs").split();
        assert_eq!(jobs.len(), PLACES);
        enter(&lines, ORG, 100);
        enter(&lines, OTHER, 200);
        lines.give_back(ORG, line);
        let (_, jobs, other) = lines.take().expect("jobs").split();
        assert_eq!(jobs, [200]);
        lines.give_back(OTHER, other);
        assert_eq!(lines.take().expect("jobs").split().1, [100]);
    }

    #[test]
    fn closed_lines_are_emptied_first() {
        let lines = Lines::default();
        enter(&lines, ORG, 1);
        lines.close();
        let (_, jobs, line) = lines.take().expect("what was handed over is done").split();
        assert_eq!(jobs, [1]);
        lines.give_back(ORG, line);
        assert!(lines.take().is_none());
    }
}
