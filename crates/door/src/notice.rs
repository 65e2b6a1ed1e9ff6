//! What stands in the place of the screens, for whoever has no program that reads a problem.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// Where the notices find their style; none may stand in a page.
pub(crate) const STYLE_PATH: &str = "notice.css";
pub(crate) const STYLE: &str = ":root{color-scheme:light dark;font:1.25rem/1.7 system-ui,sans-serif}\
    main{max-width:40rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.6rem}[lang=en]{opacity:.75;font-size:1rem}";

/// A page that stands in the place of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The screens were not built.
    NotBuilt,
    /// The door was not opened with its link yet.
    NotOpened,
    /// The link was used, or never was one.
    LinkUsed,
    /// There is no such page.
    NotThere,
}

impl IntoResponse for Notice {
    fn into_response(self) -> Response {
        let (status, zh, en) = match self {
            Self::NotBuilt => (
                StatusCode::OK,
                "服务已经在运行，但这个程序里没有界面。请在源代码目录运行 <code>cargo xtask run</code>，它会先构建界面。",
                "The program runs, but the screens were not built into it. <code>cargo xtask run</code> builds them first.",
            ),
            Self::NotOpened => (
                StatusCode::UNAUTHORIZED,
                "请用程序启动时给出的链接打开本页。",
                "Open this page with the link that the program printed when it started.",
            ),
            Self::LinkUsed => (
                StatusCode::GONE,
                "这个链接只能用一次，已经失效。请重新启动程序，用新的链接打开。",
                "This link works once and no longer does. Start the program again and use its new link.",
            ),
            Self::NotThere => (
                StatusCode::NOT_FOUND,
                r#"没有这个页面。<a href="/">回到首页</a>"#,
                r#"There is no such page. <a href="/">Go to the start</a>"#,
            ),
        };
        let page = format!(
            r#"<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>校园巡检</title><link rel="stylesheet" href="/{STYLE_PATH}"><main><h1>校园巡检</h1><p>{zh}</p><p lang="en">{en}</p></main></html>"#
        );
        (status, [(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
    }
}
