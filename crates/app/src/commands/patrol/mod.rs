//! Patrols: what is due, walking a run, and what was covered.
//!
//! Every tap is a save of its own, and every save is kept: nothing here refuses a visit because of an order, a stay, a tag or a clock.

mod arrive;
mod before;
mod board;
mod correct;
mod coverage;
mod due;
mod finish;
mod gap;
mod join;
mod pause;
mod point;
mod row;
mod sign;
mod signals;
mod start;
mod visit;

use crate::command::{Command, read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("patrol.due", "Lists the windows of a day, and what of each is covered.", due::due),
        write("patrol.start", "Begins a run, or gives the one that is open here for the same window.", start::start),
        write("patrol.arrive", "Keeps that somebody stands at a point, or has read a tag.", arrive::arrive),
        write("patrol.visit", "Keeps how it is at a point; 正常 answers no item.", visit::visit),
        write("patrol.undo", "Takes a visit back.", visit::undo),
        write("patrol.claim", "Says which point an unknown tag was read at.", arrive::claim),
        write(
            "patrol.finish",
            "Finishes a run, says why points were missed, and signs for one's own part.",
            finish::finish,
        ),
        write(
            "patrol.sign",
            "Signs for a run: for one's own visits, or as the second for those of others; no signature takes the place of another.",
            sign::sign,
        ),
        read("patrol.invite", "Gives the code by which a colleague's tablet takes part in a walk.", join::invite),
        write(
            "patrol.join",
            "Takes part in a walk by the code on a colleague's screen, without a network.",
            join::join,
        ),
        write("patrol.pause", "Breaks a run off for a while, with a reason.", pause::pause),
        write("patrol.resume", "Goes on with a run that was broken off.", pause::resume),
        read("patrol.before", "Gives what somebody should know before the first point of a run.", before::before),
        read("patrol.get", "Gives a run as it stands.", point::get),
        read("patrol.coverage", "Gives what was covered, by day and window.", coverage::coverage),
        read("patrol.board", "Gives one day: each window with its walks, and the key areas.", board::board),
        read(
            "patrol.signals",
            "Lists what of some days may be looked at: all of it for the head, one's own for others.",
            signals::signals,
        ),
        write("patrol.gap", "Makes a finding of what was missed in a window; it is there once.", gap::gap),
        read("patrol.point", "Gives the items of a point of a run as a form.", point::point),
        write("patrol.answer", "Answers one item at a point.", point::answer),
        write("patrol.note", "Writes the note of one item at a point.", point::note),
        write("patrol.photo", "Adds a photo to one item at a point.", point::photo),
        write("patrol.take_back", "Takes back the last answer to an item at a point, or a photo of it.", point::back),
        write(
            "patrol.another",
            "Says that what fails at a point is another one than what is open there.",
            point::another,
        ),
        write("patrol.fixed", "Puts what a run found right on the spot, with a photo.", point::fixed),
        write(
            "patrol.correct",
            "Corrects for which day or window a run counts, or one visit; the original stays readable.",
            correct::correct,
        ),
        write("patrol.void", "Voids a run by a new entry; the original stays readable.", correct::void),
    ]
}
