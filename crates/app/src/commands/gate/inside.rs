//! Who is inside, from what this device holds, and how old that is.

use std::collections::{BTreeMap, BTreeSet};

use causal::RecordId;
use chrono::NaiveDate;
use domain::child::{Presence, class_key, presence};
use domain::gate::{Paired, Visit, closes_at, pairs};
use domain::permission::Permission;
use domain::register::{Right, part_id, register};
use domain::time::UtcMillis;
use replica::{ListedRecord, Listing};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::child::{Day, ListAge, Rows, children_of};
use crate::commands::handover::view::{Child, classes, field_of};
use crate::document::{integer, text};
use crate::dto::gate::{InsideClass, InsideStaff, InsideVehicle, InsideView, InsideVisitor, StayedClass, UnpairedView};
use crate::entry::naming::Naming;
use crate::entry::{is_here, is_locked_away, named};
use crate::error::CommandError;
use crate::names::Names;
use crate::people::not_allowed;
use crate::sight::Viewer;

/// Who asks for it: who stands at a gate, and who leads the house.
const SEERS: [Permission; 3] = [Permission::SeeVisitors, Permission::SeePickup, Permission::SeeAllRecords];

/// Arguments of `gate.inside`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InsideOf {
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

pub(super) fn inside(app: &App, arguments: InsideOf) -> Result<InsideView, CommandError> {
    let campus = Campus::named_or_here(app, arguments.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    if !SEERS.into_iter().any(|permission| viewer.sight.may(permission)) {
        return Err(not_allowed(Permission::SeeVisitors));
    }
    let names = Names::new(app);
    let naming = Naming::new(app, &names, &campus, &viewer);
    let looking = Looking { app, campus: &campus, naming: &naming, now: UtcMillis::from_stamp(app.now_ms()) };
    let age = ListAge::here(app)?;
    let classes = looking.classes()?;
    let (visitors, unpaired) = looking.visitors()?;
    let staff = looking.staff()?;
    let sum = |numbers: &mut dyn Iterator<Item = u32>| numbers.fold(0_u32, u32::saturating_add);
    Ok(InsideView {
        now: looking.now.0,
        as_of: age.as_of.map(|at| at.0),
        age_min: age.minutes,
        not_here: looking.not_here()?,
        locked: is_locked_away(app, &campus, named("visitor_entry")?)?,
        children_n: sum(&mut classes.iter().map(|class| class.counts.here)),
        visitors_n: sum(&mut visitors.iter().map(|visitor| visitor.people)),
        staff_n: u32::try_from(staff.len()).unwrap_or(u32::MAX),
        classes,
        visitors,
        unpaired,
        vehicles: looking.vehicles()?,
        stayed: looking.stayed()?,
        staff,
    })
}

struct Looking<'a> {
    app: &'a App,
    campus: &'a Campus,
    naming: &'a Naming<'a>,
    now: UtcMillis,
}

impl Looking<'_> {
    /// What of it is on other tablets alone.
    fn not_here(&self) -> Result<Vec<&'static str>, CommandError> {
        let mut missing = Vec::new();
        for (hold, kind) in [("children", "child_handover"), ("gate", "visitor_entry")] {
            if !is_here(self.app, self.campus, named(kind)?)? {
                missing.push(hold);
            }
        }
        Ok(missing)
    }

    /// The classes of which the person sees children, with who of them is here.
    fn classes(&self) -> Result<Vec<InsideClass>, CommandError> {
        let viewer = self.naming.viewer;
        let day = Day::load(self.app, self.campus, viewer.today)?;
        let children: Vec<Child> =
            children_of(self.app, self.campus, viewer, None)?.into_iter().map(Child::new).collect();
        let is_here = |child: &&Child| matches!(presence(day.rows_of(child.id())), Presence::Here { .. });
        let here: Vec<&Child> = children.iter().filter(is_here).collect();
        let medicine = Rows { app: self.app, campus: self.campus }.medicine(&viewer.today.to_string())?;
        let counted = classes(self.naming, &day, &children, &medicine).into_iter();
        Ok(counted
            .map(|counts| {
                let own = here.iter().filter(|child| child.class == Some(counts.class));
                let mut names: Vec<String> = own.map(|child| child.name(self.naming)).collect();
                names.sort_unstable();
                InsideClass { counts, names }
            })
            .collect())
    }

    /// The rows of a register at some of its stages, such as the person sees.
    fn seen(&self, kind: &str, stages: &[&str]) -> Result<Vec<ListedRecord>, CommandError> {
        let Some(register) = register(kind) else { return Ok(Vec::new()) };
        let visible = self.naming.viewer.visible(register, Right::See);
        if visible.is_none() {
            return Ok(Vec::new());
        }
        let rows = Rows { app: self.app, campus: self.campus };
        rows.find(Listing { kind, stages, visible: Some(&visible), ..Listing::default() })
    }

    /// The visits that are not over, and the leavings that a person has to pair.
    fn visitors(&self) -> Result<(Vec<InsideVisitor>, Vec<UnpairedView>), CommandError> {
        let found = self.seen("visitor_entry", &["inside", "unpaired", "paired"])?;
        let mut visits = Vec::new();
        for row in &found {
            let mut document = row.doc.clone();
            let part = self.app.store().find_one(RecordId(part_id(row.id.0, "identity")))?;
            document
                .extend(part.and_then(|part| part.doc.get("phone").cloned()).map(|phone| ("phone".to_owned(), phone)));
            visits.extend(Visit::read(row.id.0, &document));
        }
        let Paired { inside, offered, .. } = pairs(&visits);
        let row = |id: Uuid| found.iter().find(|row| row.id.0 == id);
        let name = |row: &ListedRecord| field_of("visitor_entry", self.naming, row, "name").unwrap_or_default();
        let view = |id: Uuid| {
            let (row, visit) = (row(id)?, visits.iter().find(|visit| visit.id == id)?);
            Some(InsideVisitor {
                id,
                name: name(row),
                org: text(&row.doc, "org").map(str::to_owned),
                people: visit.people,
                badge: visit.badge.clone(),
                host: text(&row.doc, "host").map(|host| self.naming.names.person(host)),
                at: visit.at.0,
                overdue: self.is_overdue(row),
            })
        };
        let visitors = inside.into_iter().filter_map(view).collect();
        let unpaired =
            offered.into_iter().filter_map(|(id, visits)| Some(UnpairedView { id, name: name(row(id)?), visits }));
        Ok((visitors, unpaired.collect()))
    }

    /// Whether the gate has closed over it.
    fn is_overdue(&self, row: &ListedRecord) -> bool {
        row.due.is_some_and(|due| due <= self.now.0)
    }

    /// Children that came today or yesterday, and of whom nobody wrote that they left before the gate closed.
    fn stayed(&self) -> Result<Vec<StayedClass>, CommandError> {
        let (viewer, zone) = (self.naming.viewer, self.campus.calendar.zone);
        let lately = [Some(viewer.today), viewer.today.pred_opt()].into_iter().flatten();
        let days: BTreeSet<NaiveDate> = lately.filter(|day| closes_at(*day, zone) <= self.now).collect();
        let mut stayed = Vec::new();
        let days = Day::of_days(self.app, self.campus, &days)?;
        if days.is_empty() {
            return Ok(stayed);
        }
        let children: Vec<Child> =
            children_of(self.app, self.campus, viewer, None)?.into_iter().map(Child::new).collect();
        for day in &days {
            let mut by_class: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
            for child in &children {
                if let (Some(class), Presence::Here { .. }) = (child.class, presence(day.rows_of(child.id()))) {
                    by_class.entry(class).or_default().push(child.name(self.naming));
                }
            }
            stayed.extend(by_class.into_iter().map(|(class, mut names)| {
                names.sort_unstable();
                let name = self.naming.names.name(&class.to_string()).unwrap_or_default();
                StayedClass { class, name, day: day.date().to_string(), names }
            }));
        }
        stayed.sort_by_cached_key(|one| (one.day.clone(), class_key(&one.name)));
        Ok(stayed)
    }

    fn vehicles(&self) -> Result<Vec<InsideVehicle>, CommandError> {
        let found = self.seen("vehicle_entry", &["inside"])?;
        let view = |row: &ListedRecord| {
            let plate = field_of("vehicle_entry", self.naming, row, "plate").unwrap_or_default();
            let overdue = self.is_overdue(row);
            Some(InsideVehicle { id: row.id.0, plate, at: integer(&row.doc, "at")?, overdue })
        };
        Ok(found.iter().filter_map(view).collect())
    }

    /// Who is on duty, whoever asks: a name on a shift is no secret when everybody must get out.
    fn staff(&self) -> Result<Vec<InsideStaff>, CommandError> {
        let rows = Rows { app: self.app, campus: self.campus };
        // A shift that nobody ended is over by the day after the next.
        let today = self.naming.viewer.today;
        let (first, last) = (today.pred_opt().unwrap_or(today).to_string(), today.to_string());
        let days = Some((first.as_str(), last.as_str()));
        let found = rows.find(Listing { kind: "duty_shift", stages: &["on"], days, ..Listing::default() })?;
        let view = |row: &ListedRecord| {
            let person = text(&row.doc, "person")?;
            Some(InsideStaff {
                person: self.naming.names.person(person),
                post: text(&row.doc, "post").and_then(|post| self.naming.names.name(post)),
                since: integer(&row.doc, "started_at"),
            })
        };
        Ok(found.iter().filter_map(view).collect())
    }
}
