//! Putting a file into a folder of the person's own, where nothing that lies there is overwritten.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use wire::ProblemType;

use super::file::SheetFile;
use crate::error::CommandError;

/// So many files of one name are told apart in a folder.
const MOST_OF_A_NAME: u32 = 1_000;

impl SheetFile {
    /// Writes it into `folder`, which is made where it is not there, under its own name or one with a number behind it.
    ///
    /// # Errors
    /// `disk-full`; `failed` with the folder and the reason. Nothing of the file is left there then.
    pub fn save_into(&self, folder: &Path) -> Result<PathBuf, CommandError> {
        let refused = |error: std::io::Error| {
            let kind = match error.kind() {
                ErrorKind::StorageFull => ProblemType::DiskFull,
                _ => ProblemType::Failed,
            };
            CommandError::new(kind, format_args!("{}: {error}", folder.display())).field("folder")
        };
        std::fs::create_dir_all(folder).map_err(refused)?;
        let (path, mut file) = new_file(folder, &self.name).map_err(refused)?;
        let written = file.write_all(&self.bytes).and_then(|()| file.sync_all());
        if let Err(error) = written {
            // The refusal tells of the first error.
            let _ = std::fs::remove_file(&path);
            return Err(refused(error));
        }
        Ok(path)
    }
}

/// A file that was not there before.
fn new_file(folder: &Path, name: &str) -> std::io::Result<(PathBuf, File)> {
    for number in 1..=MOST_OF_A_NAME {
        let path = folder.join(numbered(name, number));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// `waste.csv`, `waste (2).csv` and so on.
fn numbered(name: &str, number: u32) -> String {
    match (number, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (_, Some((stem, extension))) => format!("{stem} ({number}).{extension}"),
        (_, None) => format!("{name} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> SheetFile {
        SheetFile { name: "废弃物处置.csv".to_owned(), mime: "text/csv", rows: 0, bytes: bytes.to_vec() }
    }

    #[test]
    fn a_file_never_overwrites_another_and_says_where_it_lies() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("下载");
        let paths = [b"one", b"two"].map(|bytes| file(bytes).save_into(&folder).expect("it is written"));
        let names = paths.each_ref().map(|path| path.file_name().expect("a name").to_string_lossy().into_owned());
        assert_eq!(names, ["废弃物处置.csv", "废弃物处置 (2).csv"]);
        assert_eq!(paths.map(|path| std::fs::read(path).expect("a file")), [b"one".to_vec(), b"two".to_vec()]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named_and_nothing_is_left() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("taken");
        std::fs::write(&folder, "a file stands where the folder should be").expect("a file");
        let refused = file(b"one").save_into(&folder).expect_err("it is refused");
        assert_eq!((refused.kind, refused.field.as_deref()), (ProblemType::Failed, Some("folder")));
        assert!(refused.message.contains("taken"), "{refused}");
    }
}
