//! A world as the place where checks look things up. It knows everything: no fact of it is unknown.

use super::{CallerIndex, ContainerIndex, Grant, Kind, Resource, ResourceIndex, World};
use crate::contract::Contract;
use crate::decision::fact::Fact;
use crate::decision::facts::{CallerFacts, Cause, Facts, ItemFacts};
use crate::json::{Value, segments};
use crate::request::ids::{Compare, Id};

/// Which scopes a credential carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scopes {
    /// Those that the world grants its caller.
    OfCaller,
    /// These.
    Listed(Vec<String>),
}

/// Whether a caller was believed, as whoever holds the keys found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// They were.
    Accepted {
        /// The caller.
        caller: CallerIndex,
        /// The scopes of their credential.
        scopes: Scopes,
    },
    /// They were not.
    Refused(Cause),
}

/// Where a request looks for items.
#[derive(Clone, Copy, Debug)]
pub enum Within<'a> {
    /// In the container that it names, if it names one.
    Container(Option<&'a str>),
    /// Wherever they are.
    Anywhere,
}

/// A world, asked about one request.
#[derive(Debug)]
pub struct WorldFacts<'w> {
    world: &'w World,
    authentication: &'w Authentication,
    caller: Option<CallerIndex>,
    container: ContainerFound,
    /// Where the items are looked for: of which kind, and in which container, if the contract has them. `None`: nothing there
    /// can be found.
    place: Option<(Kind, Option<ContainerIndex>)>,
    /// What the caller may in the container.
    grant: Option<&'w Grant>,
    compare: Compare,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ContainerFound {
    /// The contract has none.
    NotAsked,
    /// There is none of this id.
    Missing,
    Found(ContainerIndex),
}

impl<'w> WorldFacts<'w> {
    /// The facts about a request of this contract that names this container.
    pub fn new(
        world: &'w World,
        contract: &Contract,
        container: Option<&str>,
        authentication: &'w Authentication,
    ) -> Self {
        Self::within(world, contract, Within::Container(container), authentication)
    }

    /// The facts about a request of this contract that looks there.
    pub fn within(
        world: &'w World,
        contract: &Contract,
        within: Within<'_>,
        authentication: &'w Authentication,
    ) -> Self {
        let found = match (&contract.container, within) {
            (None, _) | (_, Within::Anywhere) => ContainerFound::NotAsked,
            (Some(rule), Within::Container(container)) => container
                .and_then(|id| world.container(&rule.kind, id, rule.compare))
                .map_or(ContainerFound::Missing, ContainerFound::Found),
        };
        let caller = match authentication {
            Authentication::Accepted { caller, .. } => Some(*caller),
            Authentication::Refused(_) => None,
        };
        let (container, grant) = match found {
            ContainerFound::NotAsked => (Some(None), None),
            ContainerFound::Missing => (None, None),
            ContainerFound::Found(container) => {
                (Some(Some(container)), caller.and_then(|caller| world.grant(caller, container)))
            }
        };
        let place = world.kind(&contract.resource).zip(container);
        Self { world, authentication, caller, container: found, place, grant, compare: contract.ids.compare }
    }
}

impl<'w> WorldFacts<'w> {
    /// The container that the request names, if there is one of its id.
    pub fn container(&self) -> Option<ContainerIndex> {
        match self.container {
            ContainerFound::Found(container) => Some(container),
            ContainerFound::NotAsked | ContainerFound::Missing => None,
        }
    }

    /// The facts about a resource that was found otherwise than by its id.
    pub fn found(&self, index: ResourceIndex) -> WorldItem<'w> {
        self.item_at(Some(index))
    }

    fn item_at(&self, index: Option<ResourceIndex>) -> WorldItem<'w> {
        let resource = index.and_then(|index| self.world.resource(index));
        WorldItem { world: self.world, caller: self.caller, grant: self.grant, index, resource }
    }
}

impl CallerFacts for WorldFacts<'_> {
    fn authentication(&self) -> Fact<Result<(), Cause>> {
        Fact::Known(match self.authentication {
            Authentication::Accepted { .. } => Ok(()),
            Authentication::Refused(cause) => Err(*cause),
        })
    }

    fn scope(&self, name: &str) -> Fact<bool> {
        Fact::Known(match self.authentication {
            Authentication::Accepted { caller, scopes: Scopes::OfCaller } => {
                self.world.has_scope(*caller, name)
            }
            Authentication::Accepted { scopes: Scopes::Listed(scopes), .. } => {
                scopes.iter().any(|scope| scope == name)
            }
            Authentication::Refused(_) => false,
        })
    }

    fn role(&self, name: &str) -> Fact<bool> {
        Fact::Known(self.grant.is_some_and(|grant| grant.has_role(name)))
    }

    fn permission(&self, name: &str) -> Fact<bool> {
        Fact::Known(self.grant.is_some_and(|grant| grant.has_permission(name)))
    }

    fn container_exists(&self) -> Fact<bool> {
        Fact::Known(matches!(self.container, ContainerFound::Found(_)))
    }

    fn container_accessible(&self) -> Fact<bool> {
        Fact::Known(self.grant.is_some())
    }
}

impl<'w> Facts for WorldFacts<'w> {
    type Item = WorldItem<'w>;

    fn item(&self, id: Id<'_>) -> WorldItem<'w> {
        self.item_at(
            self.place.and_then(|(kind, container)| self.world.find(kind, container, id, self.compare)),
        )
    }

    fn items(&self, ids: &[Id<'_>]) -> Vec<WorldItem<'w>> {
        match self.place {
            Some((kind, container)) => {
                let found = self.world.find_each(kind, container, ids, self.compare);
                found.into_iter().map(|index| self.item_at(index)).collect()
            }
            None => ids.iter().map(|_| self.item_at(None)).collect(),
        }
    }
}

/// A resource, or the lack of one, asked about by one caller.
#[derive(Clone, Copy, Debug)]
pub struct WorldItem<'w> {
    world: &'w World,
    caller: Option<CallerIndex>,
    /// What the caller may in the container of the request, in which most resources are.
    grant: Option<&'w Grant>,
    /// The resource's handle; `None` if there is none.
    pub index: Option<ResourceIndex>,
    resource: Option<&'w Resource>,
}

impl<'w> WorldItem<'w> {
    /// What the caller may in the resource's own container.
    fn own_grant(&self) -> Option<&'w Grant> {
        let container = self.resource?.container()?;
        match self.grant {
            Some(grant) if grant.container == container => Some(grant),
            _ => self.world.grant(self.caller?, container),
        }
    }
}

impl ItemFacts for WorldItem<'_> {
    fn exists(&self) -> Fact<bool> {
        Fact::Known(self.resource.is_some())
    }

    fn accessible(&self) -> Fact<bool> {
        let both = self.caller.zip(self.resource);
        Fact::Known(both.is_some_and(|(caller, resource)| self.world.sees(caller, resource)))
    }

    fn owned(&self) -> Fact<bool> {
        let both = self.caller.zip(self.resource);
        Fact::Known(both.is_some_and(|(caller, resource)| self.world.owns(caller, resource)))
    }

    fn permission(&self, name: &str) -> Fact<bool> {
        Fact::Known(self.own_grant().is_some_and(|grant| grant.has_permission(name)))
    }

    fn state(&self) -> Fact<Option<&str>> {
        Fact::Known(self.resource.and_then(Resource::state))
    }

    fn attribute(&self, pointer: &str) -> Fact<Option<&Value>> {
        Fact::Known(self.resource.and_then(|resource| attribute_at(resource, pointer)))
    }

    fn fail(&self) -> Fact<Option<&str>> {
        Fact::Known(self.resource.and_then(Resource::fail))
    }
}

/// A resource's attribute at a JSON Pointer inside its attributes.
pub(super) fn attribute_at<'r>(resource: &'r Resource, pointer: &str) -> Option<&'r Value> {
    let parts = segments(pointer)?;
    let (first, rest) = parts.split_first()?;
    rest.iter().try_fold(resource.attribute(first)?, |value, part| value.get(part))
}
