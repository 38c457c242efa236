//! Which nodes apply to one value together, through `$ref` and `allOf`; refuses references that only lead in
//! a circle.

use super::node::{Node, NodeId};
use crate::problem::Problems;

/// More schemas than this for one value are a mistake of whoever generated them.
const MOST: usize = 256;

/// Fills in each node's `all` from the links between nodes.
pub(super) fn close(nodes: &mut [Node], links: &[Vec<NodeId>], pointers: &[String], problems: &mut Problems) {
    let links_of = |id: NodeId| links.get(id.0 as usize).map_or(&[][..], Vec::as_slice);
    let before = problems.len();
    for place in circles(links) {
        let pointer = pointers.get(place).cloned().unwrap_or_default();
        problems
            .push(pointer, "`$ref` and `allOf` lead from this schema back to it without reaching a value");
    }
    if problems.len() != before {
        return;
    }
    for (place, node) in nodes.iter_mut().enumerate() {
        let mut all = Vec::new();
        let mut open = vec![NodeId(u32::try_from(place).unwrap_or(u32::MAX))];
        while let Some(id) = open.pop() {
            if !all.contains(&id) {
                all.push(id);
                open.extend(links_of(id).iter().rev());
            }
            if all.len() > MOST || open.len() > 100 * MOST {
                let pointer = pointers.get(place).cloned().unwrap_or_default();
                problems.push(
                    pointer,
                    format!("more than {MOST} schemas apply to one value here; simplify them"),
                );
                return;
            }
        }
        node.all = all.into();
    }
}

/// The places of nodes from which the links lead back to themselves; one for each circle that is met.
fn circles(links: &[Vec<NodeId>]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; links.len()];
    let mut found = Vec::new();
    for first in 0..links.len() {
        // A stack of nodes with the number of links already followed from each.
        let mut path = vec![(first, 0)];
        while let Some((place, followed)) = path.pop() {
            let Some(state) = states.get_mut(place) else { continue };
            match *state {
                State::Done => continue,
                State::Open if followed == 0 => {
                    found.push(place);
                    continue;
                }
                _ => *state = State::Open,
            }
            match links.get(place).and_then(|links| links.get(followed)) {
                Some(next) => {
                    path.push((place, followed + 1));
                    path.push((next.0 as usize, 0));
                }
                None => *state = State::Done,
            }
        }
    }
    found
}
