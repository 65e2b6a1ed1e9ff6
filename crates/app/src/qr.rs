//! A text as a QR code.

use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;

use crate::error::CommandError;

/// The text as SVG, with the quiet zone that a reader needs.
///
/// # Errors
/// When the text is longer than a code holds.
pub(crate) fn svg(text: &str) -> Result<String, CommandError> {
    let code = QRBuilder::new(text).build().map_err(|error| CommandError::internal(&format!("{error:?}")))?;
    Ok(SvgBuilder::default().margin(4).to_str(&code))
}
