//! The page in place of the screens when the store cannot be opened: what is wrong and what helps, in plain words.

use std::path::Path;

use app::CommandError;
use app::ProblemType;

use crate::fill::fill;

const PAGE: &str = include_str!("../pages/shut.html");

/// What a page says in one language.
struct Words {
    title: &'static str,
    help: &'static str,
}

/// Fills the page for this refusal.
pub(crate) fn page(error: &CommandError, folder: &Path) -> String {
    let [zh, en] = words(error.kind);
    let folder = folder.display().to_string();
    fill(
        PAGE,
        &[
            ("code", error.code()),
            ("title_zh", zh.title),
            ("help_zh", zh.help),
            ("title_en", en.title),
            ("help_en", en.help),
            ("folder", &folder),
            ("message", &error.message),
        ],
    )
}

/// Chinese and English, by the kind of the refusal.
fn words(kind: ProblemType) -> [Words; 2] {
    match kind {
        ProblemType::NewerStore => [
            Words {
                title: "这台设备上的数据来自更新的版本",
                help: "请先更新本应用，再打开。数据没有被改动，也没有丢失。",
            },
            Words {
                title: "The data on this device comes from a newer version",
                help: "Please update this app, then open it again. Nothing was changed, and nothing is lost.",
            },
        ],
        ProblemType::LostStore => [
            Words {
                title: "这台设备上的数据文件不见了或是空的",
                help: "请不要删除任何文件，也不要在这里重新开始。请联系负责平板的老师：把文件放回原处，或者用新的文件夹重新接入；已经发送的记录都在学校服务器上。",
            },
            Words {
                title: "The file with the data of this device is gone or empty",
                help: "Please do not delete any file, and do not start anew here. Ask whoever looks after the tablets: put the \
                       file back, or connect the tablet anew in a new folder; what was sent is safe on the school's server.",
            },
        ],
        ProblemType::DamagedStore | ProblemType::NotAStore => [
            Words {
                title: "这台设备上的数据已损坏，无法读取",
                help: "请不要删除任何文件。请联系负责平板的老师：已经发送的记录都在学校服务器上，还没发送的记录也许可以从文件中恢复。",
            },
            Words {
                title: "The data on this device is damaged and cannot be read",
                help: "Please do not delete any file. Ask whoever looks after the tablets: what was sent is safe on the school's \
                       server, and what was not yet sent can perhaps be recovered from the files.",
            },
        ],
        ProblemType::DiskFull => [
            Words {
                title: "设备的存储空间已满", help: "请腾出一些空间（例如删除不用的视频或应用），再点“再试一次”。"
            },
            Words {
                title: "The device's storage is full",
                help: "Please make some room, for example by removing videos or apps that nobody uses, then try again.",
            },
        ],
        _ => [
            Words {
                title: "打不开这台设备上的数据",
                help: "可能是存储空间已满，或者应用没有权限写入数据文件夹。请重启设备后再试；如果还是不行，请联系负责平板的老师。",
            },
            Words {
                title: "The data on this device cannot be opened",
                help: "The storage may be full, or the app may not be allowed to write to its folder. Restart the device and try \
                       again; if that does not help, ask whoever looks after the tablets.",
            },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: ProblemType, expected: &str) {
        let page = page(&CommandError::new(kind, "what happened"), Path::new("/a/folder"));
        assert!(page.contains(expected) && page.contains("what happened") && page.contains("/a/folder"), "{page}");
        assert!(!page.contains('{') || !page.contains("{title"), "every word is filled in: {page}");
    }

    #[test]
    fn each_trouble_has_its_own_words() {
        check(ProblemType::NewerStore, "更新本应用");
        check(ProblemType::DamagedStore, "请不要删除任何文件");
        check(ProblemType::LostStore, "put the file back");
        check(ProblemType::NotAStore, "Please do not delete any file");
        check(ProblemType::DiskFull, "存储空间已满");
        check(ProblemType::Store, "cannot be opened");
    }

    #[test]
    fn what_is_shown_is_text_and_never_markup() {
        let page = page(
            &CommandError::new(ProblemType::Store, "<script>alert(1)</script> {title_zh}"),
            Path::new("/a/\"<b>&"),
        );
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
        assert!(page.contains("{title_zh}") && page.contains("/a/&quot;&lt;b&gt;&amp;"));
    }
}
