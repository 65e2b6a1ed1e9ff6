//! The tags of points: labels that are printed here, and chips that are bought.

mod bind;
mod label;
mod list;

use crate::command::{Command, read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("tag.list", "Lists the tags of a campus, of a route or of a point.", list::list),
        read("tag.resolve", "Says which point a tag means.", list::resolve),
        write("tag.bind", "Gives a tag to a point, or one more spelling to a tag.", bind::bind),
        write("tag.replace", "Puts a new tag in the place of one that was lost or torn.", bind::replace),
        write("tag.retire", "Says that a tag is no longer used.", bind::retire),
        write("tag.make", "Makes labels for points that have none.", label::make),
        read("tag.labels", "Gives the labels of a route to be printed.", label::labels),
    ]
}
