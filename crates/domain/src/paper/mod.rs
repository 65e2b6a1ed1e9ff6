//! A paper that was signed: what its page says as one text with one digest, who signed it, and what has changed since.
//!
//! The record is the proof: it is on every device of its scope and in the server's journal. There is no key; a code on the page only
//! says which signed content to lay beside it.

mod basis;
mod code;
mod content;
mod id;
mod signed;

pub use basis::{Basis, BasisSigner, Since, put_after_signing};
pub use code::{BadCode, PaperCode};
pub(crate) use code::{read as bits_of, written as digits_of};
pub use content::{Counts, Signatory, Signing, content, counts, said};
pub use id::paper_id;
pub use signed::{Revision, Signature, Signed};
