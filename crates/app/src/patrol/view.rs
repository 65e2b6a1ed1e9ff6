//! From a run to what a screen shows of it.

use std::collections::BTreeSet;

use causal::RecordId;
use domain::checked_time::span;
use domain::patrol::{PlanPoint, PlanWindow, ReadHow, RunOn, Stay, Visit, VisitResult, coverage, signer_part};
use domain::role::Role;
use domain::time::UtcMillis;

use super::amended::corrections;
use super::around::{Times, others, times};
use super::boarders::{boarder_count, may_answer};
use super::covering::numbers;
use super::findings::OpenFindings;
use super::own::is_here;
use super::reading;
use super::signal::{signal_views, signals_shown};
use super::signing::{signing_view, signs};
use super::stored::{ListedRun, Runs, StoredRun};
use crate::app::App;
use crate::document::{integer, text};
use crate::dto::finding::FindingRow;
use crate::dto::patrol::{
    ArrivalView, DoneBy, Elsewhere, Found, MissedView, PauseView, RunCoverage, RunPoint, RunStage, RunView, StrayScan,
    VisitView, WindowChoice,
};
use crate::error::CommandError;
use crate::finding::{self, StoredFinding};
use crate::load::if_readable;
use crate::names::Names;
use crate::people;
use crate::photo::Photos;

/// What a view of a run is made from.
struct Making<'a> {
    app: &'a App,
    names: Names<'a>,
    stored: &'a StoredRun,
    /// When its window begins and is over; none where there is none, or its route is not here.
    bounds: Option<(UtcMillis, UtcMillis)>,
    /// When the next window of the route begins.
    next_begins: Option<UtcMillis>,
    /// The other runs of the same window that the person sees.
    others: Runs,
    findings: OpenFindings,
    /// The roles of the person who works.
    roles: Vec<Role>,
}

/// The whole run.
pub(crate) fn run_view(app: &App, stored: &StoredRun) -> Result<RunView, CommandError> {
    let making = Making::new(app, stored)?;
    let (names, run, document) = (&making.names, &stored.run, &stored.corrected.document);
    let owned = |name: &str| text(document, name).map(str::to_owned);
    let plan = stored.plan.as_ref();
    let window = run.window.as_ref();
    let of_plan = plan.zip(window).and_then(|(plan, id)| plan.windows.iter().find(|window| window.id == *id));
    let part = signer_part(run, document, app.by().as_deref(), &stored.failing());
    let shown = signals_shown(app, &stored.campus)?;
    let signals = if shown.has_part(run) {
        let told = signal_views(app, &shown, &RunOn { run, plan }, (stored.id, document))?;
        Some(told.into_iter().map(|(signal, _)| signal).collect())
    } else {
        None
    };
    Ok(RunView {
        id: stored.id.0,
        version: stored.version.clone(),
        route: run.route.clone().unwrap_or_default(),
        route_name: plan.map(|plan| plan.name.clone()).unwrap_or_default(),
        route_name_en: plan.and_then(|plan| plan.name_en.clone()),
        window: run.window.clone(),
        window_name: of_plan.map(|window| window.name.clone()),
        window_name_en: of_plan.and_then(|window| window.name_en.clone()),
        day: owned("business_date").unwrap_or_default(),
        from: making.bounds.map(|(from, _)| from.0),
        to: making.bounds.map(|(_, to)| to.0),
        is_night: plan.is_some_and(|plan| plan.night),
        stage: making.stage(),
        is_here: is_here(app, stored.id)?,
        walk: run.walk.clone(),
        lead: run.leader.as_deref().map(|leader| names.person(leader)),
        started_at: integer(document, "occurred_at").unwrap_or_default(),
        finished_at: run.ends.first().map(|end| end.moment.at.0),
        late_reason: owned("late_reason"),
        points: making.points()?,
        next: stored.next_but_for(|point| making.is_visited_elsewhere(point)),
        pauses: making.pauses(),
        on_the_way: making.on_the_way()?,
        scans: making.scans(),
        signs: signs(&making.names, stored),
        signing: signing_view(app, &making.names, stored, &making.others)?,
        coverage: making.figures(),
        nil: part.is_nil,
        signals,
        windows: plan.iter().flat_map(|plan| &plan.windows).map(window_choice).collect(),
        corrections: corrections(names, stored),
    })
}

fn window_choice(window: &PlanWindow) -> WindowChoice {
    WindowChoice {
        id: window.id.clone(),
        name: window.name.clone(),
        name_en: window.name_en.clone(),
        from: window.from.clone(),
        to: window.to.clone(),
    }
}

/// Whether a point of a run was reached, as far as this device knows: by anybody of its window, or by what a screen has told.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn reached(app: &App, stored: &StoredRun) -> Result<impl Fn(&str) -> bool, CommandError> {
    let others = others(app, stored)?;
    let visits = others.all.iter().map(|listed| &listed.run).chain(std::iter::once(&stored.run));
    let mut points: BTreeSet<String> =
        visits.flat_map(|run| &run.visits).map(|visit| visit.checkpoint.clone()).collect();
    points.extend(stored.run.told.iter().flat_map(|told| told.points.clone()));
    Ok(move |point: &str| points.contains(point))
}

/// What of a run, and of those that walk along, is covered.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn figures(app: &App, stored: &StoredRun) -> Result<RunCoverage, CommandError> {
    Ok(Making::new(app, stored)?.figures())
}

impl<'a> Making<'a> {
    fn new(app: &'a App, stored: &'a StoredRun) -> Result<Self, CommandError> {
        let Times { bounds, next_begins } = times(app, stored)?;
        Ok(Self {
            app,
            names: Names::new(app),
            stored,
            bounds,
            next_begins,
            others: others(app, stored)?,
            findings: OpenFindings::seen(app, &stored.campus)?,
            roles: people::working_roles(app, &stored.campus)?,
        })
    }

    fn stage(&self) -> RunStage {
        let now = UtcMillis::from_stamp(self.app.now_ms());
        match () {
            () if self.stored.run.is_void => RunStage::Void,
            () if !self.stored.run.ends.is_empty() => RunStage::Finished,
            () if self.next_begins.is_some_and(|next| next <= now) => RunStage::Closing,
            () => RunStage::Open,
        }
    }

    fn figures(&self) -> RunCoverage {
        let first = self.stored.run.walk.clone().unwrap_or_else(|| self.stored.id.to_string());
        let is_along = |listed: &&ListedRun| listed.id.to_string() == first || listed.run.walk.as_ref() == Some(&first);
        let own = RunOn { run: &self.stored.run, plan: self.stored.plan.as_ref() };
        let along = self.others.all.iter().filter(is_along).map(|listed| self.others.on(listed));
        let runs: Vec<RunOn<'_>> = std::iter::once(own).chain(along).collect();
        let asked = self.stored.points().map(|point| point.id.as_str());
        numbers(&coverage(self.bounds.map(|(_, to)| to), asked, &runs))
    }

    fn points(&self) -> Result<Vec<RunPoint>, CommandError> {
        let planned: Vec<PlanPoint> = self.stored.points().cloned().collect();
        let mut points: Vec<PlanPoint> = planned;
        let visited = self.stored.run.steps();
        for step in visited {
            if points.iter().all(|point| point.id != step.checkpoint) {
                points.extend(self.point_besides(step.checkpoint)?);
            }
        }
        let stays = self.stored.run.stays();
        points.iter().map(|point| self.point(point, &stays)).collect()
    }

    /// A point that was visited though the run does not ask it: one that came to the route meanwhile, or is walked in other windows.
    fn point_besides(&self, id: &str) -> Result<Option<PlanPoint>, CommandError> {
        if let Some(point) = self.stored.plan.as_ref().and_then(|plan| plan.point(id)) {
            return Ok(Some(point.clone()));
        }
        let point = reading::point(self.app, id)?;
        Ok(point.map(|point| PlanPoint {
            id: point.id,
            seq: point.seq,
            name: point.name,
            name_en: point.name_en,
            area: point.area,
            look_at: point.look_at,
            look_at_en: point.look_at_en,
            items: point.items,
            must: point.must,
            min_seconds: point.min_seconds,
            photo: point.asks_for_photo,
            windows: point.windows,
        }))
    }

    fn point(&self, point: &PlanPoint, stays: &[(&Visit, Stay)]) -> Result<RunPoint, CommandError> {
        let (names, run, document) = (&self.names, &self.stored.run, &self.stored.corrected.document);
        let now = self.app.now_ms();
        let prefix = format!("visits/{}/", point.id);
        let is_photo = |name: &str| name.strip_prefix(&prefix).is_some_and(|rest| rest.contains("photos/"));
        let stored = document.iter().filter(|(name, value)| is_photo(name) && !value.is_null());
        let photos = Photos::new(self.app, names).list(stored.map(|(_, value)| value));
        let visit = |(visit, stay): &(&Visit, Stay)| self.visit(point, visit, *stay, !photos.is_empty());
        let of_point = stays.iter().filter(|(visit, _)| visit.checkpoint == point.id);
        let may = |item: &&String| may_answer(&self.roles, item);
        Ok(RunPoint {
            visits: of_point.map(visit).collect(),
            missed: self.missed(&point.id),
            arrival: self.arrival(&point.id),
            elsewhere: self.elsewhere(&point.id),
            boarders: boarder_count(self.app, names, self.stored, point, &self.roles)?,
            findings: self
                .findings
                .of_point(&point.id)
                .map(|found| finding::row(names, found.id.0, found.scope, &found.doc, now))
                .collect(),
            note: text(document, &format!("{prefix}note")).map(str::to_owned),
            photos,
            id: point.id.clone(),
            seq: point.seq,
            name: point.name.clone(),
            name_en: point.name_en.clone(),
            area_name: point.area.as_deref().and_then(|area| names.name(area)),
            look_at: (!point.look_at.is_empty()).then(|| point.look_at.clone()),
            look_at_en: point.look_at_en.clone(),
            min_seconds: point.min_seconds,
            items: point.items.iter().filter(may).count(),
            must: point.must.iter().any(|item| may(&item)) && run.visits_to(&point.id).next().is_none(),
            photo: point.photo,
        })
    }

    fn visit(&self, point: &PlanPoint, visit: &Visit, stay: Stay, has_photo: bool) -> VisitView {
        let is_by_hand = visit.how == ReadHow::Hand && !self.stored.run.is_entered;
        VisitView {
            id: visit.id.clone(),
            n: visit.n,
            by: visit.by.as_deref().map(|by| self.names.person(by)),
            how: visit.how,
            result: match visit.result {
                VisitResult::Normal => Found::Normal,
                VisitResult::Abnormal => Found::Abnormal,
            },
            arrived: visit.arrived.at.0,
            stay_s: stay.0.map(|stay| stay.max.max(0) / 1_000),
            short: stay.is_short(point.min_seconds),
            late: !self.stored.run.is_entered && self.bounds.is_some_and(|(_, to)| visit.arrived.is_after(to)),
            reason: visit.reason.clone(),
            still: visit.still.clone(),
            lacks_reason: is_by_hand && visit.reason.is_none() && !has_photo,
            lacks_photo: point.photo && !has_photo,
        }
    }

    fn missed(&self, checkpoint: &str) -> Option<MissedView> {
        let missed = self.stored.run.missed.iter().find(|missed| missed.checkpoint == checkpoint)?;
        let stored = self.stored.corrected.document.get(&format!("missed/{checkpoint}"));
        Some(MissedView {
            reason: missed.reason.clone(),
            by: missed.by.as_deref().map(|by| self.names.person(by)),
            at: stored.and_then(|stored| stored.get("at")?.as_i64()),
        })
    }

    fn arrival(&self, checkpoint: &str) -> Option<ArrivalView> {
        let arrival = self.stored.run.open_arrival().filter(|arrival| arrival.checkpoint == checkpoint)?;
        let time = self.app.time();
        let now = domain::checked_time::Moment { at: time.now, clock: time.stamp() };
        Some(ArrivalView {
            at: arrival.moment.at.0,
            how: arrival.how,
            ago_ms: span(&arrival.moment, &now).map(|span| span.min.max(0)),
        })
    }

    fn elsewhere(&self, checkpoint: &str) -> Option<Elsewhere> {
        let visits = self.others.all.iter().flat_map(|listed| listed.run.visits_to(checkpoint));
        let of_visit = |visit: &Visit| Elsewhere {
            by: visit.by.as_deref().map(|by| self.names.person(by)),
            at: visit.arrived.at.0,
            told: false,
        };
        let first = visits.min_by_key(|visit| visit.arrived.at).map(of_visit);
        let holds = |points: &[String]| points.iter().any(|point| point == checkpoint);
        let told = || self.stored.run.told.iter().find(|told| holds(&told.points));
        first.or_else(|| Some(Elsewhere { by: None, at: told()?.moment.at.0, told: true }))
    }

    fn is_visited_elsewhere(&self, checkpoint: &str) -> bool {
        self.others.all.iter().any(|listed| listed.run.visits_to(checkpoint).next().is_some())
    }

    fn pauses(&self) -> Vec<PauseView> {
        let view = |pause: &domain::patrol::Pause| PauseView {
            id: pause.id.clone(),
            n: pause.n,
            reason: pause.reason.clone(),
            begun: DoneBy { by: pause.by.as_deref().map(|by| self.names.person(by)), at: pause.moment.at.0 },
            until: pause.until.map(|until| until.at.0),
        };
        self.stored.run.pauses.iter().map(view).collect()
    }

    /// What was found at no point, as far as the person who works sees it.
    fn on_the_way(&self) -> Result<Vec<FindingRow>, CommandError> {
        let mut rows = Vec::new();
        for found in &self.stored.run.on_the_way {
            let Ok(id) = found.finding.parse() else { continue };
            let Some(held) = if_readable(StoredFinding::seen(self.app, RecordId(id)))? else { continue };
            rows.push(finding::row(&self.names, id, held.campus.id, &held.document, self.app.now_ms()));
        }
        Ok(rows)
    }

    fn scans(&self) -> Vec<StrayScan> {
        let run = &self.stored.run;
        let claimed = |id: &str| run.visits.iter().find(|visit| visit.id == id).map(|visit| visit.checkpoint.clone());
        let view = |scan: &domain::patrol::Scan| StrayScan {
            id: scan.id.clone(),
            tag: scan.tag.clone(),
            how: scan.how,
            by: scan.by.as_deref().map(|by| self.names.person(by)),
            at: scan.moment.at.0,
            claimed: claimed(&scan.id),
        };
        run.scans.iter().map(view).collect()
    }
}
