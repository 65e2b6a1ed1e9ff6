//! What the papers of patrols are made of: the windows of the days, the runs that were walked for them, and what they found.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use domain::patrol::{Occurrence, RunOn, Tally, WindowState, coverage, window_nil};
use domain::sheet::Gap;
use domain::time::UtcMillis;

use super::super::order::Order;
use super::super::source::{is_office, known_until};
use super::faults::{Fault, faults};
use super::walk::{Point, Walk};
use crate::error::CommandError;
use crate::patrol::{Covered, Facts, Hearing, ListedRun, RouteFacts, Runs, Tallies, covered, runs_of, tallies_of};

/// What the papers of some days are made of.
pub(super) struct Book<'o> {
    pub(super) order: &'o Order<'o>,
    pub(super) facts: Facts,
    pub(super) routes: Vec<RouteFacts>,
    pub(super) runs: Runs,
    /// What of the runs counts.
    pub(super) tallies: Tallies,
    /// The windows by day and time; those that nobody walked among them.
    walks: Vec<WalkAt>,
    /// What each run has found.
    faults: HashMap<String, Vec<Fault>>,
    /// The business days, those to come left out.
    pub(super) days: Vec<NaiveDate>,
    /// The last day that is over, and of which this device has heard; none where it knows of no such day.
    pub(super) known_until: Option<NaiveDate>,
    /// How many void runs are left out.
    pub(super) void: usize,
    is_office: bool,
    hearing: Hearing,
    now: UtcMillis,
}

/// Where a walk stands in the lists of the book.
struct WalkAt {
    day: NaiveDate,
    /// The route and the window among those of the book; none for what was walked without being due.
    due: Option<(usize, String)>,
    /// The runs, by their place.
    runs: Vec<usize>,
}

impl<'o> Book<'o> {
    pub(super) fn load(order: &'o Order<'o>) -> Result<Self, CommandError> {
        let today = order.viewer.today;
        let days: Vec<NaiveDate> = match order.days {
            Some((from, to)) => from.iter_days().take_while(|day| *day <= to && *day <= today).collect(),
            None => Vec::new(),
        };
        let (from, to) = order.days.unwrap_or((today, today));
        let routes = RouteFacts::seen(order.app, order.campus, None)?;
        let facts = Facts::of(order.app, order.campus.clone())?;
        let (first, last) = (from.to_string(), to.to_string());
        let runs = runs_of(order.app, order.campus, (&first, &last))?;
        let known = known_until(order.app, order.campus, order.viewer)?.map(|known| known.min(to));
        let mut book = Self {
            walks: Vec::new(),
            faults: faults(order, (from, to))?,
            known_until: known.filter(|known| from <= *known),
            void: runs.all.iter().filter(|listed| listed.run.is_void).count(),
            is_office: is_office(order.app),
            tallies: tallies_of(order.app, order.campus, (&first, &last))?,
            hearing: Hearing::of(order.app, order.campus)?,
            now: order.app.time().now,
            order,
            facts,
            routes,
            runs,
            days,
        };
        book.walks = book.all_walks();
        Ok(book)
    }

    /// The windows that were due, and what was walked besides them.
    fn all_walks(&self) -> Vec<WalkAt> {
        type Key<'k> = (Option<NaiveDate>, Option<&'k str>, Option<&'k str>);
        let mut by_window: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
        for (at, ListedRun { run, .. }) in self.runs.all.iter().enumerate().filter(|(_, listed)| !listed.run.is_void) {
            by_window.entry((run.day, run.route.as_deref(), run.window.as_deref())).or_default().push(at);
        }
        let mut walks = Vec::new();
        let mut used: HashSet<Key<'_>> = HashSet::new();
        for day in &self.days {
            for (at, of) in self.routes.iter().enumerate() {
                for occurrence in self.facts.due(&of.route, *day) {
                    let key = (Some(*day), Some(of.route.id.as_str()), Some(occurrence.window.id.as_str()));
                    let runs = by_window.get(&key).cloned().unwrap_or_default();
                    used.insert(key);
                    walks.push(WalkAt { day: *day, due: Some((at, occurrence.window.id.clone())), runs });
                }
            }
        }
        let besides = by_window.into_iter().filter(|(key, _)| !used.contains(key));
        walks.extend(besides.filter_map(|((day, ..), runs)| Some(WalkAt { day: day?, due: None, runs })));
        walks
    }

    /// The walks in the order of their days and times.
    pub(super) fn walks(&self) -> Vec<Walk<'_>> {
        let mut walks: Vec<Walk<'_>> = self.walks.iter().filter_map(|at| self.walk_at(at)).collect();
        walks.sort_by(|a, b| (a.day, a.begins(), &a.route).cmp(&(b.day, b.begins(), &b.route)));
        walks
    }

    fn walk_at<'b>(&'b self, at: &WalkAt) -> Option<Walk<'b>> {
        let runs: Vec<&ListedRun> = at.runs.iter().filter_map(|at| self.runs.all.get(*at)).collect();
        let due = at.due.as_ref().and_then(|(route, window)| {
            let of = self.routes.get(*route)?;
            Some((of, Occurrence::on(&of.route, of.route.window(window)?, at.day, self.order.campus.calendar.zone)))
        });
        match due {
            Some((of, occurrence)) => Some(self.due_walk(of, occurrence, runs)),
            None => self.other_walk(at.day, runs),
        }
    }

    fn due_walk<'b>(&'b self, of: &'b RouteFacts, occurrence: Occurrence<'b>, runs: Vec<&'b ListedRun>) -> Walk<'b> {
        let Covered { coverage, state, nil, is_heard, .. } =
            covered(&self.facts, of, occurrence, &self.tallies, (self.now, &self.hearing));
        let (route, window) = (occurrence.route, occurrence.window);
        let clock = |at: UtcMillis| self.local(at).format("%H:%M");
        let asked = occurrence.asked(&of.points, &self.facts.areas).into_iter();
        Walk {
            day: occurrence.day,
            key: format!("{}/{}", route.id, window.id),
            route: self.of(&route.name, route.name_en.as_deref()),
            window: format!(
                "{} {}-{}",
                self.of(&window.name, window.name_en.as_deref()),
                clock(occurrence.from),
                clock(occurrence.to)
            ),
            bounds: Some((occurrence.from, occurrence.to)),
            is_due: true,
            is_fire: route.is_fire,
            asked: asked.map(|point| Point::of_route(point, self.order.language)).collect(),
            is_over: occurrence.to <= self.now,
            is_heard,
            state: Some(state),
            nil,
            runs,
            coverage,
        }
    }

    /// What was walked without being due: outside of all windows (临时), or for a window that was not asked for.
    fn other_walk<'b>(&'b self, day: NaiveDate, runs: Vec<&'b ListedRun>) -> Option<Walk<'b>> {
        let first = runs.first()?;
        let on: Vec<RunOn<'_>> = runs.iter().map(|listed| self.runs.on(listed)).collect();
        let plan = on.iter().find_map(|on| on.plan);
        let id = first.run.window.as_deref();
        let named = plan.zip(id).and_then(|(plan, id)| plan.windows.iter().find(|window| window.id == id));
        let coverage = coverage(None, std::iter::empty::<&str>(), &on);
        let tallies: Vec<Tally> = runs.iter().map(|listed| Tally::of(&listed.run, &listed.document)).collect();
        Some(Walk {
            day,
            key: format!("{}/{}", first.run.route.as_deref().unwrap_or_default(), id.unwrap_or("extra")),
            route: plan.map_or_else(String::new, |plan| self.of(&plan.name, plan.name_en.as_deref())),
            window: named.map_or_else(
                || self.of("临时", Some("besides")),
                |window| format!("{} {}-{}", self.of(&window.name, window.name_en.as_deref()), window.from, window.to),
            ),
            bounds: None,
            is_due: false,
            is_fire: plan.is_some_and(|plan| plan.fire) && id.is_some(),
            asked: Vec::new(),
            is_over: true,
            is_heard: true,
            state: None,
            nil: window_nil(&coverage, &tallies),
            runs,
            coverage,
        })
    }

    /// The windows that were due, are over, and of which no walk is here.
    pub(super) fn missing<'w, 'b>(&self, walks: &'w [Walk<'b>]) -> impl Iterator<Item = &'w Walk<'b>> {
        let until = self.known_until;
        let is_known = move |walk: &Walk<'_>| until.is_some_and(|until| walk.day <= until) && walk.is_over;
        walks.iter().filter(move |walk| walk.is_due && walk.runs.is_empty() && is_known(walk))
    }

    /// The same as gaps; `is_fire` where the daily fire patrol alone is asked about.
    pub(super) fn gaps(&self, walks: &[Walk<'_>], is_fire: bool) -> Vec<Gap> {
        let gap = |walk: &Walk<'_>| Gap {
            day: walk.day,
            until: None,
            place: None,
            what: format!("{} {}", walk.title(), self.absent(walk)),
            options: Vec::new(),
            people: Vec::new(),
        };
        self.missing(walks).filter(|walk| walk.is_fire || !is_fire).map(gap).collect()
    }

    /// What it is called that a walk, or a point of it, is not here: 漏巡 only where it is known to be missing.
    pub(super) fn absent(&self, walk: &Walk<'_>) -> &'static str {
        let of = |zh, en| self.order.language.of(zh, en);
        match () {
            () if walk.state == Some(WindowState::Later) => of("未到时间", "later"),
            () if !walk.is_over => of("还没有巡", "not yet"),
            () if walk.is_heard => of("漏巡", "missed"),
            () if self.is_office => of("未到报", "not heard of"),
            () => of("本机未见", "not seen on this device"),
        }
    }

    /// What a run has found.
    pub(super) fn faults(&self, run: &ListedRun) -> &[Fault] {
        self.faults.get(&run.id.to_string()).map_or(&[], Vec::as_slice)
    }

    /// Who walked anything in these days.
    pub(super) fn walkers(&self) -> impl Iterator<Item = &str> {
        let standing = self.runs.all.iter().filter(|listed| !listed.run.is_void);
        standing.flat_map(|listed| listed.run.visits.iter().filter_map(|visit| visit.by.as_deref()))
    }

    /// Whether somebody walked a fire patrol in these days.
    pub(super) fn walks_on_fire_patrols(&self, person: &str) -> bool {
        let standing = self.runs.all.iter().filter(|listed| !listed.run.is_void);
        let mut fire = standing.map(|listed| self.runs.on(listed)).filter(|on| on.plan.is_some_and(|plan| plan.fire));
        fire.any(|on| on.run.visits.iter().any(|visit| visit.by.as_deref() == Some(person)))
    }

    /// What a person is called.
    pub(super) fn person(&self, id: &str) -> String {
        let unknown = || self.order.language.of("本机没有", "not on this device").to_owned();
        self.order.names.person(id).name.unwrap_or_else(unknown)
    }

    /// One of two names, in the language of the paper.
    pub(super) fn of(&self, zh: &str, en: Option<&str>) -> String {
        self.order.language.of(zh, en.unwrap_or(zh)).to_owned()
    }

    /// A time on the clock of the campus.
    pub(super) fn local(&self, at: UtcMillis) -> NaiveDateTime {
        at.local(self.order.campus.calendar.zone)
    }
}
