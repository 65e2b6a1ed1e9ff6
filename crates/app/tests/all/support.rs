//! A tablet in a test: a store in a folder of its own, a clock that moves when told, and ids that come out the same each time.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use app::App;
use domain::checked_time::{Boot, Steady};
use replica::{Clock, Entropy, Ports, Store};
use serde_json::{Value, json};
use uuid::Uuid;

/// 2026-09-01 10:30 in Shanghai, a Tuesday.
pub(crate) const START_MS: u64 = 1_788_229_800_000;

/// What happens while somebody looks at the clock for the last time of so many.
type Event = (u32, Box<dyn FnOnce() + Send>);

/// A clock that moves when told, and a steady one beside it.
pub(crate) struct TestClock {
    wall: AtomicU64,
    event: Mutex<Option<Event>>,
    steady: Mutex<Steady>,
    /// Whether the test vouches for the wall clock.
    is_vouched: AtomicBool,
}

impl Clock for TestClock {
    fn now_ms(&self) -> u64 {
        let event = {
            let mut coming = self.event.lock().expect("the event");
            if let Some((looks, _)) = &mut *coming {
                *looks -= 1;
            }
            coming.take_if(|(looks, _)| *looks == 0)
        };
        if let Some((_, event)) = event {
            event();
        }
        self.wall.load(Ordering::Relaxed)
    }

    fn steady(&self) -> Steady {
        *self.steady.lock().expect("the steady clock")
    }

    fn is_vouched(&self) -> bool {
        self.is_vouched.load(Ordering::Relaxed)
    }
}

/// The same bytes in every run.
struct TestEntropy(AtomicU64);

impl Entropy for TestEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            // One step of SplitMix64.
            let mut z = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed).wrapping_add(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A tablet.
pub(crate) struct Tablet {
    folder: tempfile::TempDir,
    clock: Arc<TestClock>,
    entropy: Arc<TestEntropy>,
}

impl Tablet {
    pub(crate) fn new() -> Self {
        Self::another(1)
    }

    /// A further tablet, whose ids are others than those of the first.
    pub(crate) fn another(number: u64) -> Self {
        let clock = TestClock {
            wall: AtomicU64::new(START_MS),
            event: Mutex::new(None),
            steady: Mutex::new(Steady { boot: Boot(Uuid::from_u128(1)), ms: 60_000 }),
            is_vouched: AtomicBool::new(true),
        };
        Self {
            folder: tempfile::tempdir().expect("a folder for the test"),
            clock: Arc::new(clock),
            entropy: Arc::new(TestEntropy(AtomicU64::new(number))),
        }
    }

    fn ports(&self) -> Ports {
        Ports { clock: self.clock.clone(), entropy: self.entropy.clone() }
    }

    /// The app in the hands of one person, or of nobody known.
    pub(crate) fn app(&self, by: Option<&str>) -> Hand {
        Hand(App::open(self.folder.path(), self.ports(), by.map(Arc::from)).expect("a store"))
    }

    /// The app of a tablet that people share.
    pub(crate) fn shared(&self) -> Hand {
        Hand(App::open_shared(self.folder.path(), self.ports()).expect("a store"))
    }

    /// The app of the office over the same store, for the person of an account, or for an account without one.
    pub(crate) fn office(&self, person: Option<&str>) -> Hand {
        let store = Store::open(self.folder.path(), self.ports(), "0").expect("a store");
        Hand(App::office(Arc::new(store)).acting_as(person.map(Arc::from)))
    }

    pub(crate) fn wait_ms(&self, ms: u64) {
        self.clock.wall.fetch_add(ms, Ordering::Relaxed);
        self.clock.steady.lock().expect("the steady clock").ms += ms;
    }

    pub(crate) fn set_clock(&self, ms: u64) {
        self.clock.wall.store(ms, Ordering::Relaxed);
    }

    /// From now on the wall clock shows `ms`, and nobody vouches for it.
    pub(crate) fn shows_unchecked(&self, ms: u64) {
        self.clock.is_vouched.store(false, Ordering::Relaxed);
        self.set_clock(ms);
    }

    /// The machine starts anew, with its wall clock at `ms`.
    pub(crate) fn restarts_in(&self, ms: u64) {
        let mut steady = self.clock.steady.lock().expect("the steady clock");
        *steady = Steady { boot: Boot(Uuid::from_u128(steady.boot.0.as_u128() + 1)), ms: 1_000 };
        drop(steady);
        self.shows_unchecked(ms);
    }

    /// Lets something happen while the app looks at the clock for the n-th time from now.
    pub(crate) fn at_look(&self, n: u32, event: impl FnOnce() + Send + 'static) {
        *self.clock.event.lock().expect("the event") = Some((n, Box::new(event)));
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.now_ms()
    }
}

/// The app as somebody uses it.
pub(crate) struct Hand(pub(crate) App);

impl Hand {
    /// The app itself.
    pub(crate) fn app(&self) -> &App {
        &self.0
    }

    /// Runs a command that must be carried out.
    #[track_caller]
    pub(crate) fn call(&self, name: &str, arguments: Value) -> Value {
        match self.0.dispatch(name, &arguments.to_string()) {
            Ok(answer) => serde_json::from_str(&answer).expect("JSON"),
            Err(error) => panic!("{name} {arguments}: {error:?}"),
        }
    }

    /// Runs a command that may be refused, and gives the code then.
    pub(crate) fn tries(&self, name: &str, arguments: Value) -> Result<Value, &'static str> {
        let answer = self.0.dispatch(name, &arguments.to_string()).map_err(|error| error.code())?;
        Ok(serde_json::from_str(&answer).expect("JSON"))
    }

    /// Runs a command that must be refused, and gives the problem.
    #[track_caller]
    pub(crate) fn refused(&self, name: &str, arguments: Value) -> Value {
        match self.0.dispatch(name, &arguments.to_string()) {
            Ok(answer) => panic!("{name} {arguments} was carried out: {answer}"),
            Err(error) => {
                let mut problem = serde_json::to_value(error.problem()).expect("JSON");
                problem["code"] = error.code().into();
                problem
            }
        }
    }

    /// The code of a refusal, and the field it is about.
    #[track_caller]
    pub(crate) fn refusal(&self, name: &str, arguments: Value) -> (String, Option<String>) {
        let problem = self.refused(name, arguments);
        (text(&problem["code"]), problem["field"].as_str().map(str::to_owned))
    }

    /// Starts the kitchen check.
    pub(crate) fn kitchen(&self) -> String {
        text(&self.call("inspection.start", json!({"template": "T01@1", "subject": "中心食堂"}))["id"])
    }

    /// Answers an item.
    #[track_caller]
    pub(crate) fn answer(&self, id: &str, item: &str, result: Value) -> Value {
        self.call("inspection.answer", json!({"id": id, "item": item, "result": result}))
    }

    /// The item of a form.
    #[track_caller]
    pub(crate) fn item(&self, id: &str, code: &str) -> Value {
        let form = self.call("inspection.get", json!({"id": id}));
        let sections = form["sections"].as_array().expect("sections").clone();
        let mut items = sections.iter().flat_map(|section| section["items"].as_array().expect("items"));
        items.find(|item| item["code"] == code).expect("the item").clone()
    }

    /// All findings.
    pub(crate) fn findings(&self) -> Vec<Value> {
        self.call("finding.list", json!({}))["findings"].as_array().expect("findings").clone()
    }
}

/// A text of an answer.
#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// A reference to a photo whose digest is made of one digit.
pub(crate) fn photo(digit: char) -> Value {
    let blob = digit.to_string().repeat(64);
    json!({"blob": blob, "mime": "image/jpeg", "size": 80_000, "taken_at": START_MS, "source": "camera"})
}
