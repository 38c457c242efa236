//! Remembers tokens whose signature was right: checking one takes longer than all the rest of a request. Times are no part
//! of it; they are looked at on each use.

use super::jwt::Claims;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are remembered. When it is full it starts again, which costs each token one check.
const KEPT: usize = 1_024;

/// How many characters the claims of a remembered token may hold together, so that the memory has a bound too.
const LONGEST: usize = 4_096;

/// Claims by the SHA-256 of their token, in its order.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<Vec<([u8; 32], Arc<Claims>)>>);

impl Cache {
    /// The claims of a token seen before.
    pub(super) fn get(&self, token: &[u8; 32]) -> Option<Arc<Claims>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.binary_search_by(|(own, _)| own.cmp(token)).ok()?;
        kept.get(at).map(|(_, claims)| Arc::clone(claims))
    }

    /// Remembers a token whose signature was right.
    pub(super) fn put(&self, token: [u8; 32], claims: Arc<Claims>) {
        let length = claims.caller.len() + claims.scopes.iter().map(|scope| scope.len() + 24).sum::<usize>();
        if length > LONGEST {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        if let Err(at) = kept.binary_search_by(|(own, _)| own.cmp(&token)) {
            kept.insert(at, (token, claims));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bulk_delete_core::time::Timestamp;

    #[test]
    fn remembers_only_so_many() {
        let cache = Cache::default();
        let claims = Arc::new(Claims {
            caller: "ada".to_owned(),
            scopes: Vec::new(),
            expires: Timestamp(0),
            not_before: None,
            session: None,
        });
        for number in 0..5_000_u32 {
            let mut token = [0; 32];
            token[..4].copy_from_slice(&number.to_le_bytes());
            cache.put(token, Arc::clone(&claims));
            assert!(cache.get(&token).is_some());
        }
        assert!(cache.0.lock().unwrap().len() <= KEPT);
        let long = Arc::new(Claims {
            caller: "a".repeat(LONGEST + 1),
            scopes: Vec::new(),
            expires: Timestamp(0),
            not_before: None,
            session: None,
        });
        cache.put([255; 32], long);
        assert!(cache.get(&[255; 32]).is_none());
    }
}
