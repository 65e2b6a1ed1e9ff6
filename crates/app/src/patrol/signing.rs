//! Who has signed for a run and for its window, as screens show it.

use domain::patrol::{Sign, Signing, Visit, fingerprint, saw, signing};
use domain::permission::Permission;

use super::around::others;
use super::stored::{Runs, StoredRun};
use crate::app::App;
use crate::dto::patrol::{RunSign, RunSigning};
use crate::dto::value::Strokes;
use crate::error::CommandError;
use crate::names::Names;
use crate::sight::Viewer;

/// Whether somebody has to do with patrols, and so may sign for one.
pub(crate) fn may_sign(viewer: &Viewer) -> bool {
    viewer.sight.may(Permission::Patrol) || viewer.sight.may(Permission::SeeAllRecords)
}

/// Who has signed for the window of a run, as far as the person who works sees its runs.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn signers(app: &App, stored: &StoredRun) -> Result<Signing, CommandError> {
    Ok(of_window(stored, &others(app, stored)?))
}

fn of_window(stored: &StoredRun, others: &Runs) -> Signing {
    let is_fire = stored.plan.as_ref().is_some_and(|plan| plan.fire);
    signing(is_fire, std::iter::once(&stored.run).chain(others.all.iter().map(|listed| &listed.run)))
}

/// The same, as a screen shows it.
pub(super) fn signing_view(
    app: &App,
    names: &Names<'_>,
    stored: &StoredRun,
    others: &Runs,
) -> Result<RunSigning, CommandError> {
    let signing = of_window(stored, others);
    let viewer = Viewer::here(app, &stored.campus)?;
    let me = viewer.person.as_deref().filter(|_| may_sign(&viewer) && !stored.run.is_void);
    Ok(RunSigning {
        needed: signing.needed,
        missing: signing.missing(),
        lacks_second: signing.lacks_second(),
        walkers: signing.walkers.iter().cloned().collect(),
        signed: signing.signers.iter().map(|person| names.person(person)).collect(),
        role: me.and_then(|me| signing.role_on(&stored.run, me)),
        saw: saw(&stored.run, &stored.corrected.document),
    })
}

/// The signatures under a run, each with what has changed of its visits since.
pub(super) fn signs(names: &Names<'_>, stored: &StoredRun) -> Vec<RunSign> {
    let (run, document) = (&stored.run, &stored.corrected.document);
    let read = |visit: &Visit| document.get(&format!("visits/{}/v/{}", visit.checkpoint, visit.id)).map(fingerprint);
    let view = |sign: &Sign| {
        let entry = document.get(&format!("signs/{}/{}", sign.by, sign.id));
        let strokes = entry.and_then(|entry| serde_json::from_value(entry.get("strokes")?.clone()).ok());
        let how = entry.and_then(|entry| entry.get("how")?.as_str()).unwrap_or("none");
        let stands = |(id, saw): &(&String, &String)| {
            run.visits.iter().any(|visit| visit.id == **id && read(visit).as_ref() == Some(*saw))
        };
        RunSign {
            by: names.person(&sign.by),
            at: sign.moment.at.0,
            strokes: strokes.unwrap_or(Strokes(Vec::new())),
            role: sign.role,
            how: how.to_owned(),
            nil: sign.is_nil,
            points: sign.covers.len(),
            changed: sign.covers.iter().filter(|covered| !stands(covered)).count(),
            added: run
                .visits
                .iter()
                .filter(|visit| sign.speaks_for(visit) && !sign.covers.contains_key(&visit.id))
                .count(),
        }
    };
    run.signs.iter().map(view).collect()
}
