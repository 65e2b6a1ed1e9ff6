//! Every list is what a look at every record gives, whatever it asks for and however it is paged.

use causal::RecordId;
use proptest::prelude::*;
use replica::{Condition, Listing, Order, Save, Visible};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Tablet, id};

/// A record as the test knows it; few values, so that many records are alike.
#[derive(Clone, Debug)]
struct Known {
    is_finding: bool,
    scope: Option<u8>,
    day: Option<u8>,
    author: u8,
    inspection: u8,
    template: u8,
    due: Option<i64>,
    assignee: Option<u8>,
    /// Who found a finding.
    finder: Option<u8>,
    /// Who else is on a form.
    others: Vec<u8>,
    /// The category, of which sight asks for findings alone.
    sort: Option<u8>,
    /// A form that was submitted, or a finding that was put right.
    is_done: bool,
    is_deleted: bool,
    is_out: bool,
}

const DAYS: [&str; 3] = ["2026-09-01", "2026-09-02", "2026-09-03"];
const TEMPLATES: [&str; 3] = ["T01@1", "T02@1", "T10@1"];
/// The last is on every form no more.
const PEOPLE: [&str; 4] = ["li", "wang", "王老师", "wu"];
const SORTS: [&str; 2] = ["food", "fire"];

fn campus(number: u8) -> Uuid {
    id(900 + u128::from(number)).0
}

impl Known {
    fn kind(&self) -> &'static str {
        if self.is_finding { "finding" } else { "inspection" }
    }

    fn stage(&self) -> &'static str {
        match (self.is_finding, self.is_done, self.assignee) {
            (false, false, _) => "open",
            (false, true, _) => "submitted",
            (true, true, _) => "awaiting_recheck",
            (true, false, Some(_)) => "assigned",
            (true, false, None) => "unassigned",
        }
    }

    fn has_steps(&self) -> bool {
        self.is_done || self.assignee.is_some()
    }

    fn save(&self, tablet: &Tablet, number: u128) {
        let step = |name: &str, at: u64, after: &[&str], assignee: Option<u8>| {
            let assignee = assignee.map(|person| PEOPLE[usize::from(person)]);
            json!({"step": name, "by": "li", "at": at, "after": after, "assignee": assignee})
        };
        let mut fields = vec![
            ("created".to_owned(), json!({"by": PEOPLE[usize::from(self.author)], "at": 1})),
            ("inspection".to_owned(), json!(id(u128::from(self.inspection)).to_string())),
            ("template".to_owned(), json!(TEMPLATES[usize::from(self.template)])),
        ];
        fields.extend(self.is_out.then(|| ("active".to_owned(), json!(false))));
        fields.extend(self.day.map(|day| ("business_date".to_owned(), json!(DAYS[usize::from(day)]))));
        fields.extend(self.sort.map(|sort| ("category".to_owned(), json!(SORTS[usize::from(sort)]))));
        if self.is_finding {
            fields.extend(self.finder.map(|person| ("found_by".to_owned(), json!(PEOPLE[usize::from(person)]))));
            fields.extend(self.due.map(|due| ("due".to_owned(), json!(due))));
            let given = self.assignee.map(|person| ("steps/1".to_owned(), step("派发", 1, &[], Some(person))));
            let seen: &[&str] = if given.is_some() { &["1"] } else { &[] };
            fields.extend(self.is_done.then(|| ("steps/2".to_owned(), step("整改完成", 2, seen, None))));
            fields.extend(given);
        } else {
            let on_it = |person: &u8| (format!("people/{}", PEOPLE[usize::from(*person)]), json!(5));
            fields.extend(self.others.iter().map(on_it));
            fields.push((format!("people/{}", PEOPLE[3]), json!(null)));
            fields.extend(self.is_done.then(|| ("submits/li".to_owned(), json!(7))));
        }
        // It said something else before.
        let before = vec![("found_by".to_owned(), json!("wu")), ("category".to_owned(), json!("other"))];
        let save = |seen: Option<String>, fields: Vec<(String, serde_json::Value)>| {
            let set = fields.into_iter().map(|(name, value)| (name, value.into())).collect();
            let (kind, scope) = (self.kind().into(), self.scope.map(campus));
            let save = Save { id: Some(id(number)), kind, scope, seen, set, ..Save::default() };
            tablet.store().save(save).expect("a save").version
        };
        let seen = save(None, before);
        let is_said = |name: &str| fields.iter().any(|(own, _)| own == name);
        let gone: Vec<_> = ["found_by", "category"].into_iter().filter(|name| !is_said(name)).collect();
        fields.extend(gone.into_iter().map(|name| (name.to_owned(), json!(null))));
        let version = save(Some(seen), fields);
        if self.is_deleted {
            tablet.store().delete(id(number), &version, None).expect("deleted");
        }
    }

    fn is_wanted(&self, wanted: &Wanted) -> bool {
        let due = if self.is_finding { self.due } else { None };
        let assignee = if self.is_finding { self.assignee } else { None };
        !self.is_deleted
            && self.is_finding == wanted.of_findings
            && (wanted.scopes.is_empty() || self.scope.is_none_or(|own| wanted.scopes.contains(&own)))
            && wanted
                .visible
                .as_ref()
                .is_none_or(|entries| entries.iter().any(|entry| entry.iter().all(|it| self.fits(it))))
            && wanted.day.is_none_or(|day| self.day == Some(day))
            && wanted.days.is_none_or(|(from, to)| self.day.is_some_and(|day| (from..=to).contains(&day)))
            && wanted.inspection.is_none_or(|inspection| self.inspection == inspection)
            && wanted.template.is_none_or(|template| self.template == template)
            && wanted.field.is_none_or(|template| self.template == template)
            && (wanted.stages.is_empty() || wanted.stages.contains(&self.stage()))
            && wanted.assignee.is_none_or(|person| assignee == Some(person))
            && wanted.due_from.is_none_or(|from| due.is_some_and(|due| due >= from))
            && wanted.due_before.is_none_or(|before| due.is_some_and(|due| due < before))
    }
}

/// A condition as the test knows it.
#[derive(Clone, Debug)]
enum Sight {
    Author(u8),
    Template(u8),
    Checklists(Vec<u8>),
    Names(u8),
    Sort(u8),
    Campus(u8),
    Stages(Vec<&'static str>),
    Since(u8),
    InUse,
}

impl Sight {
    fn asked(&self) -> Condition {
        match self {
            Self::Author(person) => Condition::Author(PEOPLE[usize::from(*person)].to_owned()),
            Self::Template(template) => Condition::Holds {
                fields: vec!["subject".to_owned(), "template".to_owned()],
                value: TEMPLATES[usize::from(*template)].to_owned(),
            },
            Self::Checklists(templates) => {
                Condition::Checklist(templates.iter().map(|it| TEMPLATES[usize::from(*it)].to_owned()).collect())
            }
            Self::Names(person) => Condition::Names(PEOPLE[usize::from(*person)].to_owned()),
            Self::Sort(sort) => Condition::Sort(SORTS[usize::from(*sort)].to_owned()),
            Self::Campus(number) => Condition::Scope(campus(*number)),
            Self::Stages(stages) => Condition::Stage(stages.iter().map(|stage| (*stage).to_owned()).collect()),
            Self::InUse => Condition::InUse,
            Self::Since(day) => Condition::Since(DAYS[usize::from(*day)].to_owned()),
        }
    }
}

impl Known {
    fn fits(&self, sight: &Sight) -> bool {
        match sight {
            Sight::Author(person) => self.author == *person,
            Sight::Template(template) => self.template == *template,
            Sight::Checklists(templates) => templates.contains(&self.template),
            Sight::Names(person) if self.is_finding => {
                // The author of the steps is 李.
                self.finder == Some(*person) || self.assignee == Some(*person) || (self.has_steps() && *person == 0)
            }
            Sight::Names(person) => self.others.contains(person) || (self.is_done && *person == 0),
            Sight::Sort(sort) => self.is_finding && self.sort == Some(*sort),
            Sight::Campus(number) => self.scope.is_none_or(|own| own == *number),
            Sight::Stages(stages) => stages.contains(&self.stage()),
            Sight::InUse => !self.is_out,
            Sight::Since(first) => self.day.is_some_and(|day| day >= *first),
        }
    }
}

fn sight() -> impl Strategy<Value = Sight> {
    let stages = || prop::sample::subsequence(vec!["open", "submitted", "unassigned", "assigned"], 1..3);
    prop_oneof![
        (0..3_u8).prop_map(Sight::Author),
        (0..3_u8).prop_map(Sight::Template),
        prop::collection::vec(0..3_u8, 0..3).prop_map(Sight::Checklists),
        (0..4_u8).prop_map(Sight::Names),
        (0..2_u8).prop_map(Sight::Sort),
        (0..2_u8).prop_map(Sight::Campus),
        stages().prop_map(Sight::Stages),
        (0..3_u8).prop_map(Sight::Since),
        Just(Sight::InUse),
    ]
}

prop_compose! {
    fn known()(
        (is_finding, is_done) in (any::<bool>(), any::<bool>()),
        (is_deleted, is_out) in (prop::bool::weighted(0.1), prop::bool::weighted(0.2)),
        scope in prop::option::of(0..2_u8),
        (day, author, inspection, template) in (prop::option::weighted(0.8, 0..3_u8), 0..3_u8, 0..3_u8, 0..3_u8),
        due in prop::option::of(0..4_i64),
        (assignee, finder) in (prop::option::of(0..3_u8), prop::option::of(0..3_u8)),
        others in prop::sample::subsequence(vec![0_u8, 1, 2], 0..3),
        sort in prop::option::of(0..2_u8),
    ) -> Known {
        // What nobody was given cannot be put right.
        let is_done = is_done && (!is_finding || assignee.is_some());
        Known {
            is_finding, scope, day, author, inspection, template, due, assignee, finder, others, sort, is_done, is_deleted, is_out,
        }
    }
}

/// What a list asks for.
#[derive(Clone, Debug)]
struct Wanted {
    of_findings: bool,
    scopes: Vec<u8>,
    visible: Option<Vec<Vec<Sight>>>,
    day: Option<u8>,
    days: Option<(u8, u8)>,
    inspection: Option<u8>,
    template: Option<u8>,
    field: Option<u8>,
    stages: Vec<&'static str>,
    assignee: Option<u8>,
    due_from: Option<i64>,
    due_before: Option<i64>,
    order: Order,
    limit: u64,
}

fn seldom<S: Strategy>(strategy: S) -> impl Strategy<Value = Option<S::Value>>
where
    S::Value: Clone,
{
    prop::option::weighted(0.25, strategy)
}

prop_compose! {
    fn wanted()(
        of_findings in any::<bool>(),
        scopes in prop::sample::subsequence(vec![0_u8, 1], 0..=2),
        visible in seldom(prop::collection::vec(prop::collection::vec(sight(), 0..3), 0..3)),
        (day, days) in (seldom(0..3_u8), seldom((0..2_u8, 1..3_u8))),
        (inspection, template, field) in (seldom(0..3_u8), seldom(0..3_u8), seldom(0..3_u8)),
        stages in prop::sample::subsequence(vec!["open", "submitted", "unassigned", "assigned", "awaiting_recheck"], 0..3),
        assignee in seldom(0..3_u8),
        (due_from, due_before) in (seldom(0..4_i64), seldom(0..5_i64)),
        order in prop::sample::select(vec![Order::Id, Order::NewestFirst, Order::NewestDay, Order::Due, Order::Text]),
        limit in 1..5_u64,
    ) -> Wanted {
        Wanted {
            of_findings, scopes, visible, day, days, inspection, template, field, stages, assignee, due_from, due_before, order, limit,
        }
    }
}

/// The ids that every page of a list gives, the last page being empty.
fn read_all(tablet: &Tablet, listing: &Listing<'_>) -> Vec<RecordId> {
    let mut ids = Vec::new();
    let mut after = None;
    loop {
        let page = tablet.store().find(&Listing { after, ..listing.clone() }).expect("the store reads");
        let Some(last) = page.last() else { return ids };
        after = Some(listing.position_of(last));
        ids.extend(page.iter().map(|found| found.id));
    }
}

fn check(tablet: &Tablet, records: &[Known], wanted: &Wanted) {
    let named = |number: u8| PEOPLE[usize::from(number)];
    let scopes: Vec<Uuid> = wanted.scopes.iter().map(|scope| campus(*scope)).collect();
    let entries =
        |entries: &Vec<Vec<Sight>>| entries.iter().map(|entry| entry.iter().map(Sight::asked).collect()).collect();
    let visible = wanted.visible.as_ref().map(|known| Visible(entries(known)));
    let listing = Listing {
        kind: if wanted.of_findings { "finding" } else { "inspection" },
        scopes: &scopes,
        visible: visible.as_ref(),
        about: None,
        is_for_hooks: false,
        uncounted: None,
        text: None,
        by: (wanted.order == Order::Text).then_some("template"),
        day: wanted.day.map(|day| DAYS[usize::from(day)]),
        days: wanted.days.map(|(from, to)| (DAYS[usize::from(from)], DAYS[usize::from(to)])),
        parent: wanted.inspection.map(|inspection| id(u128::from(inspection))),
        template: wanted.template.map(|template| TEMPLATES[usize::from(template)]),
        field: wanted.field.map(|template| ("template", TEMPLATES[usize::from(template)])),
        stages: &wanted.stages,
        assignee: wanted.assignee.map(named),
        due_from: wanted.due_from,
        due_before: wanted.due_before,
        order: wanted.order,
        limit: wanted.limit,
        after: None,
    };
    let mut expected: Vec<(i64, RecordId, &Known)> = (1..)
        .zip(records)
        .filter(|(_, known)| known.is_wanted(wanted))
        .map(|(number, known)| (known.due.filter(|_| known.is_finding).unwrap_or(i64::MAX), id(number), known))
        .collect();
    match wanted.order {
        Order::Id => {}
        Order::NewestFirst => expected.reverse(),
        Order::NewestDay => expected.sort_by_key(|(_, id, known)| std::cmp::Reverse((known.day, *id))),
        Order::Text => expected.sort_by_key(|(_, id, known)| (known.template, *id)),
        Order::Due => expected.sort_by_key(|(due, id, _)| (*due, *id)),
    }
    let ids: Vec<RecordId> = expected.iter().map(|(_, id, _)| *id).collect();
    assert_eq!(read_all(tablet, &listing), ids);
    assert_eq!(tablet.store().count(&listing).expect("the store reads"), ids.len() as u64);
    assert_eq!(tablet.store().has(&listing).expect("the store reads"), !ids.is_empty());
    let mut templates: Vec<_> =
        expected.iter().map(|(_, _, known)| Some(TEMPLATES[usize::from(known.template)].to_owned())).collect();
    templates.sort();
    templates.dedup();
    assert_eq!(tablet.store().texts(&listing, &["template"]).expect("the store reads"), templates);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_list_is_what_a_look_at_every_record_gives(
        records in prop::collection::vec(known(), 0..24),
        lists in prop::collection::vec(wanted(), 1..24),
        // Which of them an earlier version of the app has derived, as the bits say.
        older in any::<u32>(),
    ) {
        let tablet = Tablet::new();
        for (number, known) in (1..).zip(&records) {
            known.save(&tablet, number);
        }
        lists.iter().for_each(|wanted| check(&tablet, &records, wanted));
        for old in ["derived = 4, marks = NULL, kin = NULL", "derived = 0, template = CASE WHEN row % 2 THEN 'T10@1' END"] {
            tablet.tamper(&format!("UPDATE record SET {old} WHERE ({older} >> row) & 1"));
            lists.iter().for_each(|wanted| check(&tablet, &records, wanted));
        }
    }
}
