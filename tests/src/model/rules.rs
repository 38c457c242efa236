//! What each API answers, by hand: first whether the call is looked at, then each thing, then what goes.

use super::Api;
use super::ground::{Ground, Loss, Person, Presence};
use super::wish::{Flaw, Wish};

/// What an API answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The HTTP status.
    pub status: u16,
    /// What became of each distinct id, in order; `None` where the call was not looked at.
    pub items: Option<Vec<(String, &'static str)>>,
    /// How many clean-ups went wrong.
    pub warnings: usize,
}

impl Told {
    fn refused(status: u16) -> Self {
        Self { status, items: None, warnings: 0 }
    }
}

const DELETED: &str = "deleted";

/// What an API answers to a wish; what goes is gone then.
pub fn answer(api: Api, ground: &mut Ground, wish: &Wish) -> Told {
    let place = match api {
        Api::Anaplan => anaplan(ground, wish),
        Api::Aisquare => aisquare(ground, wish),
        Api::Codearts => codearts(ground, wish),
        Api::Seismic => seismic(ground, wish),
        Api::Workspace => workspace(ground, wish),
    };
    let place = match place {
        Ok(place) => place,
        Err(status) => return Told::refused(status),
    };
    let ids = wish.distinct(api);
    let found: Vec<Option<usize>> =
        ids.iter().map(|id| ground.find(api, place.container.as_deref(), id)).collect();
    let mut outcomes: Vec<&str> = found.iter().map(|found| item(api, ground, &place, *found)).collect();
    let mut status = 200;
    if api == Api::Seismic {
        // All or none: what is missing is told before what is forbidden.
        for (outcome, refusal) in [("unknown", 404), ("denied", 403)] {
            if status == 200 && outcomes.contains(&outcome) {
                status = refusal;
                outcomes.iter_mut().filter(|own| **own != outcome).for_each(|own| *own = "bystander");
            }
        }
    }
    let mut warnings = 0;
    for (found, outcome) in found.iter().zip(&outcomes) {
        if let (Some(place), &DELETED) = (found, outcome) {
            warnings += take(api, ground, *place, wish.with_children == Some(true));
        }
    }
    Told { status, items: Some(ids.into_iter().zip(outcomes).collect()), warnings }
}

/// Where a call that is looked at takes place, and by whom.
struct Place {
    container: Option<String>,
    person: Person,
}

fn caller(ground: &Ground, wish: &Wish) -> Result<Person, u16> {
    wish.caller.as_deref().and_then(|id| ground.person(id)).cloned().ok_or(401)
}

/// The status of a body that is not what the API takes.
fn body(wish: &Wish) -> Result<(), u16> {
    match wish.flaw {
        Flaw::MediaType => Err(415),
        Flaw::BrokenOff | Flaw::WrongType | Flaw::Twice => Err(400),
        Flaw::None | Flaw::Missing => Ok(()),
    }
}

fn anaplan(ground: &Ground, wish: &Wish) -> Result<Place, u16> {
    let person = caller(ground, wish)?;
    let workspace = ground.container(Api::Anaplan, &wish.container).ok_or(404_u16)?.id.clone();
    if !person.has_role(&workspace, "workspace-administrator") {
        return Err(403);
    }
    body(wish)?;
    if wish.flaw == Flaw::Missing || wish.ids.is_empty() {
        return Err(400);
    }
    Ok(Place { container: Some(workspace), person })
}

fn aisquare(ground: &Ground, wish: &Wish) -> Result<Place, u16> {
    let person = caller(ground, wish)?;
    body(wish)?;
    // An empty list deletes nothing; a missing one is a mistake.
    if wish.flaw == Flaw::Missing {
        return Err(400);
    }
    Ok(Place { container: None, person })
}

fn codearts(ground: &Ground, wish: &Wish) -> Result<Place, u16> {
    let person = caller(ground, wish)?;
    body(wish)?;
    if wish.flaw == Flaw::Missing || wish.ids.is_empty() || wish.ids.len() > 50 {
        return Err(400);
    }
    let project = ground.container(Api::Codearts, &wish.container).ok_or(404_u16)?.id.clone();
    if !person.has_grant(&project) {
        return Err(403);
    }
    Ok(Place { container: Some(project), person })
}

fn seismic(ground: &Ground, wish: &Wish) -> Result<Place, u16> {
    let person = caller(ground, wish)?;
    if !wish.scopes.as_ref().unwrap_or(&person.scopes).iter().any(|scope| scope == "seismic.programs.manage")
    {
        return Err(403);
    }
    let flawed = !matches!(wish.flaw, Flaw::None | Flaw::MediaType);
    let length = wish.container.chars().count();
    if flawed || wish.ids.is_empty() || !(7..=22).contains(&length) {
        return Err(400);
    }
    let space = ground.container(Api::Seismic, &wish.container).ok_or(404_u16)?.id.clone();
    if !person.has_grant(&space) {
        return Err(404);
    }
    if !person.may(&space, "program.update") {
        return Err(403);
    }
    Ok(Place { container: Some(space), person })
}

fn workspace(ground: &Ground, wish: &Wish) -> Result<Place, u16> {
    let person = caller(ground, wish)?;
    let project = ground.container(Api::Workspace, &wish.container).ok_or(403_u16)?.id.clone();
    if !person.has_grant(&project) || !person.may(&project, "workspace:scheduledTasks:batchDelete") {
        return Err(403);
    }
    // Nothing named is nothing deleted, be it empty or missing.
    body(wish)?;
    Ok(Place { container: Some(project), person })
}

/// What becomes of one thing.
fn item(api: Api, ground: &Ground, place: &Place, found: Option<usize>) -> &'static str {
    let Some(thing) = found.and_then(|found| ground.things.get(found)) else { return "unknown" };
    let seen = ground.sees(&place.person, thing);
    let may = |permission| {
        thing.container.as_deref().is_some_and(|container| place.person.may(container, permission))
    };
    match api {
        Api::Anaplan if !seen => "failed",
        Api::Anaplan if thing.state.as_deref() == Some("open") => "open",
        Api::Anaplan if thing.fail.is_some() => "broken",
        Api::Aisquare if thing.owner.as_deref() != Some(&place.person.id) => "unknown",
        Api::Codearts if !seen || !may("application.delete") => "denied",
        Api::Codearts if thing.fail.is_some() => "broken",
        Api::Seismic | Api::Workspace if !seen => "unknown",
        Api::Seismic if !may("program.delete") => "denied",
        _ => DELETED,
    }
}

/// A thing goes, at once or soon, and its children with it or alone. Gives how many clean-ups went wrong.
fn take(api: Api, ground: &mut Ground, place: usize, with_children: bool) -> usize {
    let until = ground.now + 10;
    let thing = &mut ground.things[place];
    thing.presence = if api == Api::Seismic { Presence::Going(until) } else { Presence::Gone };
    let loss = |id: &String| Loss { id: id.clone(), because_of: place };
    ground.deleted.push(loss(&thing.id));
    let children = thing.children.iter().map(loss);
    if with_children {
        ground.deleted.extend(children)
    } else {
        ground.orphaned.extend(children)
    }
    let cleaned = api == Api::Aisquare && matches!(thing.kind.as_deref(), Some("domain" | "quest" | "blog"));
    usize::from(cleaned && thing.cleanup_fails.is_some())
}
