//! One paper.

use super::arguments::Get;
use crate::app::App;
use crate::dto::sheet::SheetView;
use crate::error::CommandError;
use crate::sheet::make;

pub(super) fn get(app: &App, arguments: Get) -> Result<SheetView, CommandError> {
    Ok(make(app, &arguments.into())?.0.into())
}
