//! Reading a stream of events, `text/event-stream`, as it comes.

/// More than this in one line or one event is no stream of this server.
const LONGEST: usize = 64 << 10;

/// What is known of a stream so far.
#[derive(Debug, Default)]
pub(super) struct Events {
    line: Vec<u8>,
    /// The name of the event that is being read.
    name: String,
    has_data: bool,
    after_return: bool,
}

/// The stream is none of this server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoEvents;

impl Events {
    /// Takes the next bytes of the stream; gives the names of the events that they complete.
    ///
    /// An event without data is none; one without a name is called `message`.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<Vec<String>, NoEvents> {
        let mut complete = Vec::new();
        for byte in bytes {
            let follows_return = std::mem::take(&mut self.after_return);
            match byte {
                b'\n' if follows_return => {}
                b'\n' | b'\r' => {
                    self.after_return = *byte == b'\r';
                    complete.extend(self.end_line());
                }
                _ if self.line.len() >= LONGEST => return Err(NoEvents),
                _ => self.line.push(*byte),
            }
        }
        Ok(complete)
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            let name = std::mem::take(&mut self.name);
            let has_data = std::mem::take(&mut self.has_data);
            return has_data.then(|| if name.is_empty() { "message".to_owned() } else { name });
        }
        let line = String::from_utf8_lossy(&line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        match field {
            "event" => self.name = value.strip_prefix(' ').unwrap_or(value).to_owned(),
            "data" => self.has_data = true,
            // A line that begins with a colon is a comment, and others are not ours.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stream: &str, expected: &[&str]) {
        let whole = Events::default().read(stream.as_bytes()).expect("a stream");
        assert_eq!(whole, expected, "{stream:?}");
        let mut events = Events::default();
        let by_bytes: Vec<String> = stream.bytes().flat_map(|byte| events.read(&[byte]).expect("a stream")).collect();
        assert_eq!(by_bytes, expected, "{stream:?} byte by byte");
    }

    #[test]
    fn events_are_read_however_they_are_cut() {
        check("event: change\ndata: {\"cursor\":\"7\"}\n\n", &["change"]);
        check("event:change\r\ndata\r\n\r\nevent: change\rdata: 1\r\r", &["change", "change"]);
        check(": hello\n\n: still here\n\n", &[]);
        check("data: a\ndata: b\n\n", &["message"]);
        check("event: change\n\n", &[]);
        check("event: change\ndata: 1\n", &[]);
        check("id: 1\nretry: 5\nevent: other\ndata: 变化\n\n", &["other"]);
        check("event: change\n\ndata: 1\n\n", &["message"]);
    }

    #[test]
    fn a_line_without_an_end_is_refused() {
        let mut events = Events::default();
        assert_eq!(events.read(&vec![b'x'; LONGEST]), Ok(Vec::new()));
        assert_eq!(events.read(b"x"), Err(NoEvents));
    }
}
