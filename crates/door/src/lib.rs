//! The browser's door: the commands, their changes and the photos over HTTP, and the built screens.
//!
//! One router serves the office and `rounds serve`; a [`Gate`] says who a request is and what is behind the door for them.
//! Nothing here knows what a command means.

mod answer;
mod blobs;
mod body;
mod call;
mod ending;
mod events;
mod feed;
mod gate;
mod guard;
mod imports;
mod loopback;
mod notice;
mod pages;
mod router;
mod sheets;
mod state;

pub use ending::told_to_end;
pub use feed::Feed;
pub use gate::{Caller, Entered, Gate, Reply, SessionCookie};
pub use loopback::Loopback;
pub use notice::Notice;
pub use pages::is_built;
pub use router::router;
