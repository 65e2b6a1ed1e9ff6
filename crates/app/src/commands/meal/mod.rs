//! Meals: the card of a meal, what it needs besides the rows of its registers, and where its food came from.
//!
//! Rows of a card, such as samples, temperatures and deliveries, are saved, acted on and corrected by `entry.*`.

mod arguments;
mod card;
mod change;
mod dish;
mod dispose;
mod label;
mod ledgers;
mod leftovers;
mod samples;
mod trace;

use crate::command::{Command, read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("meal.card", "Gives how a meal stands: its stages, clocks and problems; it writes nothing.", card::card),
        read("meal.list", "Lists the meals of a day, and the samples that may go.", card::list),
        read(
            "meal.ledgers",
            "Compares the ledgers of some days: each gap with its day, its dish or its person.",
            ledgers::ledgers,
        ),
        read(
            "meal.samples",
            "Lists the samples of a campus with their clocks: those of the last weeks, and all that are held.",
            samples::samples,
        ),
        read("meal.leftovers", "Gives what classes left on some days, and of which dishes.", leftovers::leftovers),
        write("meal.dish", "Adds a dish to a meal, or changes one; a new name changes nothing else.", dish::dish),
        write("meal.strike", "Takes a dish off a meal, with a reason; its sample keeps its clock.", dish::strike),
        write("meal.same", "Says that two dishes are one.", dish::same),
        write("meal.time", "Keeps when a dish came out of the pot, or to the table.", dish::time),
        write("meal.link", "Says of which lines of deliveries a dish was made.", dish::link),
        write("meal.stage", "Says that a stage is not needed, with a reason, or takes that back.", change::stage),
        write("meal.cancel", "Cancels a meal or moves it; nothing that was written moves.", change::cancel),
        write("meal.uncancel", "Takes back that a meal was cancelled.", change::uncancel),
        write(
            "meal.close",
            "Closes a meal by a signature; its samples are disposed of later all the same.",
            change::close,
        ),
        read("meal.labels", "Gives the labels of a meal's samples, each with its code as a picture.", label::labels),
        read("meal.scan", "Gives the clock of the sample whose label or short code was read.", dispose::scan),
        write(
            "meal.dispose",
            "Disposes of a sample by its id or label; one that is too early is asked about and kept.",
            dispose::dispose,
        ),
        read(
            "meal.trace",
            "Gives of which lines a dish was made, and which dishes and classes had of a line.",
            trace::trace,
        ),
    ]
}
