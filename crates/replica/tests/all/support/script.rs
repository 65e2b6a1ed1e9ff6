//! A server that does what the test wrote down, in that order, and remembers every call.

use std::collections::VecDeque;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use causal::{Record, RecordId};
use replica::{BlobId, BlobProgress, PullAsk, Transport, TransportError};
use wire::{
    Digest, EnrolAnswer, EnrolRequest, Outcome, Problem, ProblemType, PullAnswer, PushAnswer, PushRequest, PushResult,
    RecordsWriter, digest, encode_pull_answer, encode_push_answer,
};

use super::EPOCH;

/// A push as it arrived.
#[derive(Debug)]
pub struct Sent {
    pub body: Vec<u8>,
    pub request: PushRequest,
}

impl Sent {
    fn new(body: &[u8]) -> Self {
        Self { body: body.to_vec(), request: PushRequest::decode(body).expect("a push is of the right shape") }
    }

    pub fn number(&self) -> u64 {
        self.request.head.number
    }

    pub fn digest(&self) -> Digest {
        digest(&self.body)
    }

    pub fn records(&self) -> Vec<Record> {
        let records = self.request.records.iter().map(|received| received.record.as_ref());
        records.map(|record| record.expect("a store sends valid records").clone()).collect()
    }

    pub fn ids(&self) -> Vec<RecordId> {
        self.records().iter().map(|record| record.id).collect()
    }

    #[track_caller]
    pub fn record(&self, id: RecordId) -> Record {
        self.records().into_iter().find(|record| record.id == id).expect("the push carries the record")
    }
}

/// One call that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    Push(Vec<u8>),
    Pull(Option<String>),
    Enrol(EnrolRequest),
}

/// The answer to a push; at first everything is merged and nothing comes back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub number: u64,
    pub digest: Digest,
    pub results: Vec<PushResult>,
    pub records: Vec<Record>,
}

impl Answer {
    pub fn to(sent: &Sent) -> Self {
        let result = |id: RecordId| PushResult { id: id.to_string(), outcome: Outcome::Merged, problem: None };
        let results = sent.ids().into_iter().map(result).collect();
        Self { number: sent.number(), digest: sent.digest(), results, records: Vec::new() }
    }

    /// The record was not taken.
    pub fn rejecting(mut self, id: RecordId, problem: ProblemType) -> Self {
        let result = self.results.iter_mut().find(|result| result.id == id.to_string()).expect("the push carries it");
        result.outcome = Outcome::Rejected;
        result.problem = Some(Problem::new(problem));
        self
    }

    /// The server knew all of it.
    pub fn knowing(mut self, id: RecordId) -> Self {
        let result = self.results.iter_mut().find(|result| result.id == id.to_string()).expect("the push carries it");
        result.outcome = Outcome::Unchanged;
        self
    }

    /// Nothing is said about the record.
    pub fn silent_on(mut self, id: RecordId) -> Self {
        self.results.retain(|result| result.id != id.to_string());
        self
    }

    /// A record is named that was not sent.
    pub fn naming(mut self, id: RecordId) -> Self {
        self.results.push(PushResult { id: id.to_string(), outcome: Outcome::Unchanged, problem: None });
        self
    }

    /// The server's state comes back.
    pub fn with(mut self, record: &Record) -> Self {
        self.records.push(record.clone());
        self
    }

    fn taken(&self) -> impl Iterator<Item = &str> {
        self.results.iter().filter(|result| result.outcome == Outcome::Merged).map(|result| &*result.id)
    }

    fn finish(&self) -> PushAnswer {
        let body = encode_push_answer(EPOCH, self.number, self.digest, &self.results, writer(&self.records));
        PushAnswer::decode(&body).expect("the script answers in the right shape")
    }
}

/// A page of the feed.
#[derive(Clone, Debug)]
pub struct Page {
    pub epoch: &'static str,
    pub records: Vec<Record>,
    pub cursor: String,
    pub more: bool,
}

impl Page {
    /// The last page there is, with these records.
    pub fn of(records: impl IntoIterator<Item = Record>, cursor: &str) -> Self {
        Self { epoch: EPOCH, records: records.into_iter().collect(), cursor: cursor.to_owned(), more: false }
    }

    pub fn and_more(self) -> Self {
        Self { more: true, ..self }
    }

    fn finish(&self) -> PullAnswer {
        let body = encode_pull_answer(self.epoch, writer(&self.records), &self.cursor, self.more);
        PullAnswer::decode(&body).expect("the script answers in the right shape")
    }
}

type Judge = Arc<dyn Fn(&Sent) -> Result<Answer, Problem> + Send + Sync>;
type PushReply = Box<dyn FnOnce(&Sent) -> Result<Answer, TransportError> + Send>;

enum Expected {
    Push(PushReply),
    /// Any number of pushes, until something else is called.
    Pushes(Judge),
    Page(Result<Page, TransportError>),
    Echo(String),
    Enrol(Result<EnrolAnswer, TransportError>),
}

/// The calls that a test expects, with their answers.
///
/// A call that comes when another is due, or when none is, fails the test; so does a call that never comes.
#[derive(Default)]
pub struct Script {
    expected: Mutex<VecDeque<Expected>>,
    calls: Mutex<Vec<Call>>,
    /// What answers have named as merged since the last echo.
    taken: Mutex<Vec<Record>>,
    /// How many records the store has said that it owes, by its pulls.
    owed: Mutex<Vec<u64>>,
}

impl Script {
    pub fn new() -> Self {
        Self::default()
    }

    /// How many records the store has said that it owes, by its pulls.
    pub fn owed(&self) -> Vec<u64> {
        locked(&self.owed).clone()
    }

    /// A push comes, and is answered so.
    pub fn push(&self, reply: impl FnOnce(&Sent) -> Answer + Send + 'static) -> &Self {
        self.expect(Expected::Push(Box::new(|sent| Ok(reply(sent)))))
    }

    /// Pushes come, as many as the tablet likes, and each is judged so.
    pub fn judges(&self, judge: impl Fn(&Sent) -> Result<Answer, Problem> + Send + Sync + 'static) -> &Self {
        self.expect(Expected::Pushes(Arc::new(judge)))
    }

    /// A push comes, and everything in it is merged.
    pub fn takes(&self) -> &Self {
        self.push(Answer::to)
    }

    /// A push comes, and is refused whole.
    pub fn refuses(&self, problem: Problem) -> &Self {
        self.expect(Expected::Push(Box::new(|_| Err(TransportError::Refused(Box::new(problem))))))
    }

    /// A push comes, and nothing comes back.
    pub fn loses_a_push(&self) -> &Self {
        self.expect(Expected::Push(Box::new(|_| Err(TransportError::NoAnswer("lost".into())))))
    }

    /// A pull comes, and gets this page.
    pub fn page(&self, page: Page) -> &Self {
        self.expect(Expected::Page(Ok(page)))
    }

    /// A pull comes, and reads the end of a feed that brings back everything taken.
    pub fn echo(&self, cursor: &str) -> &Self {
        self.expect(Expected::Echo(cursor.to_owned()))
    }

    /// A pull comes, and is refused.
    pub fn refuses_a_pull(&self, problem: Problem) -> &Self {
        self.expect(Expected::Page(Err(TransportError::Refused(Box::new(problem)))))
    }

    /// A pull comes, and nothing comes back.
    pub fn loses_a_pull(&self) -> &Self {
        self.expect(Expected::Page(Err(TransportError::NoAnswer("lost".into()))))
    }

    /// An enrolment comes, and is answered so.
    pub fn enrols(&self, answer: EnrolAnswer) -> &Self {
        self.expect(Expected::Enrol(Ok(answer)))
    }

    /// An enrolment comes, and is refused.
    pub fn refuses_an_enrolment(&self, problem: Problem) -> &Self {
        self.expect(Expected::Enrol(Err(TransportError::Refused(Box::new(problem)))))
    }

    /// Nothing that was expected need come any more.
    pub fn takes_out(&self) {
        locked(&self.expected).clear();
    }

    /// Every call so far.
    pub fn calls(&self) -> Vec<Call> {
        locked(&self.calls).clone()
    }

    /// Every push so far.
    pub fn pushes(&self) -> Vec<Sent> {
        let bodies =
            self.calls().into_iter().filter_map(|call| if let Call::Push(body) = call { Some(body) } else { None });
        bodies.map(|body| Sent::new(&body)).collect()
    }

    /// The last push.
    #[track_caller]
    pub fn last_push(&self) -> Sent {
        self.pushes().pop().expect("something was pushed")
    }

    /// Fails when a call was expected that has not come.
    #[track_caller]
    pub fn expect_done(&self) {
        assert_eq!(locked(&self.expected).len(), 0, "calls that never came, after {:?}", self.kinds());
    }

    fn kinds(&self) -> Vec<&'static str> {
        let name = |call: &Call| match call {
            Call::Push(_) => "push",
            Call::Pull(_) => "pull",
            Call::Enrol(_) => "enrol",
        };
        locked(&self.calls).iter().map(name).collect()
    }

    fn expect(&self, expected: Expected) -> &Self {
        locked(&self.expected).push_back(expected);
        self
    }

    fn next(&self, call: Call) -> Expected {
        let is_push = matches!(call, Call::Push(_));
        locked(&self.calls).push(call);
        let mut expected = locked(&self.expected);
        if let Some(Expected::Pushes(judge)) = expected.front() {
            if is_push {
                return Expected::Pushes(judge.clone());
            }
            expected.pop_front();
        }
        let next = expected.pop_front();
        drop(expected);
        next.unwrap_or_else(|| panic!("nobody expected the last of {:?}", self.kinds()))
    }

    fn wrong_call(&self) -> ! {
        panic!("another call was due than the last of {:?}", self.kinds())
    }
}

impl Transport for Script {
    fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        match self.next(Call::Enrol(request.clone())) {
            Expected::Enrol(answer) => answer,
            _ => self.wrong_call(),
        }
    }

    fn push(&self, _token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        let sent = Sent::new(body);
        let answer = match self.next(Call::Push(body.to_vec())) {
            Expected::Push(reply) => reply(&sent)?,
            Expected::Pushes(judge) => judge(&sent).map_err(|problem| TransportError::Refused(Box::new(problem)))?,
            _ => self.wrong_call(),
        };
        let mut taken = locked(&self.taken);
        for id in answer.taken() {
            let record = sent.record(id.parse().expect("an id that was sent"));
            // The feed holds the newest state of each record alone.
            taken.retain(|older| older.id != record.id);
            taken.push(record);
        }
        Ok(answer.finish())
    }

    fn pull(&self, _token: &str, ask: PullAsk<'_>) -> Result<PullAnswer, TransportError> {
        locked(&self.owed).push(ask.owes);
        match self.next(Call::Pull(ask.after.map(str::to_owned))) {
            Expected::Page(page) => Ok(page?.finish()),
            Expected::Echo(cursor) => Ok(Page::of(std::mem::take(&mut *locked(&self.taken)), &cursor).finish()),
            _ => self.wrong_call(),
        }
    }

    fn blob_state(&self, _token: &str, _id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
        Err(TransportError::not_offered())
    }

    fn send_blob(
        &self,
        _token: &str,
        _id: BlobId,
        _offset: u64,
        _total: u64,
        _bytes: &[u8],
    ) -> Result<u64, TransportError> {
        Err(TransportError::not_offered())
    }

    fn get_blob(&self, _token: &str, _id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
        Err(TransportError::not_offered())
    }

    fn live(&self, _token: &str, _stop: &AtomicBool, _on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
        Err(TransportError::not_offered())
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.expect_done();
        }
    }
}

fn writer(records: &[Record]) -> RecordsWriter {
    let mut writer = RecordsWriter::new();
    records.iter().for_each(|record| writer.push(record));
    writer
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
