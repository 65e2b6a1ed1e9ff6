//! Words that the papers of patrols have in common.

use domain::field::{Cell, Language};
use domain::patrol::{ReadHow, WindowNil, signing, since_signed};
use domain::time::UtcMillis;

use super::book::Book;
use super::walk::Walk;
use crate::dto::key_area::NotAsked;

/// How a point was told.
pub(super) fn how(how: ReadHow, language: Language) -> &'static str {
    match how {
        ReadHow::Nfc => "NFC",
        ReadHow::Qr => language.of("扫码", "code"),
        ReadHow::Wedge => language.of("扫码枪", "scanner"),
        ReadHow::Typed => language.of("手输码", "typed"),
        ReadHow::Hand => language.of("手动", "by hand"),
        ReadHow::Claimed => language.of("事后认领", "claimed later"),
    }
}

/// Why nobody was to walk a key area.
pub(super) fn not_asked(why: NotAsked, language: Language) -> &'static str {
    match why {
        NotAsked::Closed => language.of("关闭中", "closed"),
        NotAsked::NoRoute => language.of("不在任何路线", "on no route"),
    }
}

/// What a window reports as a whole.
pub(super) fn nil(nil: WindowNil, language: Language) -> &'static str {
    match nil {
        WindowNil::Nil => language.of("零报告", "nothing found"),
        WindowNil::Waiting => language.of("待齐", "not complete"),
        WindowNil::Abnormal => language.of("有异常", "something found"),
    }
}

/// A cell of words; nothing where there are none.
pub(super) fn words(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

/// A cell with a number; nothing for nought.
pub(super) fn count(number: usize) -> Cell {
    if number == 0 { Cell::Empty } else { Cell::Number(number.into()) }
}

/// Texts behind each other, each once.
pub(super) fn joined(texts: impl IntoIterator<Item = String>, language: Language) -> String {
    let mut all: Vec<String> = Vec::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all.join(language.of("；", "; "))
}

/// Who has signed for a window, and how many persons are missing.
pub(super) fn signed(book: &Book<'_>, walk: &Walk<'_>) -> String {
    let language = book.order.language;
    let runs: Vec<_> = walk.runs.iter().map(|listed| &listed.run).collect();
    let signing = signing(walk.is_fire, runs.iter().copied());
    let first = |person: &str| -> Option<UtcMillis> {
        runs.iter().flat_map(|run| &run.signs).filter(|sign| sign.by == person).map(|sign| sign.moment.at).min()
    };
    let named = |person: &String| {
        let at = first(person).map(|at| book.local(at).format(" %H:%M").to_string());
        format!("{}{}", book.person(person), at.unwrap_or_default())
    };
    let unproved = signing
        .unproved
        .iter()
        .map(|person| format!("{}{}", book.person(person), language.of("（未核验）", " (not verified)")));
    let missing = match (signing.missing(), language) {
        (0, _) => String::new(),
        (1, _) if signing.lacks_second() => language.of("缺第二人签名", "second signature missing").to_owned(),
        (n, Language::Zh) => format!("缺 {n} 人签名"),
        (n, Language::En) => format!("signatures missing: {n}"),
    };
    let since = walk.runs.iter().map(|listed| since_signed(&listed.run, &listed.document));
    let (added, changed) = since.fold((0, 0), |sum, (added, changed)| (sum.0 + added, sum.1 + changed));
    let told = |n: usize, zh: &str, en: &str| match language {
        _ if n == 0 => String::new(),
        Language::Zh => format!("{zh} {n} 点"),
        Language::En => format!("{en}: {n}"),
    };
    let since = [told(added, "签后新增", "added after signing"), told(changed, "签后更正", "changed after signing")];
    joined(signing.signers.iter().map(named).chain(unproved).chain([missing]).chain(since), language)
}
