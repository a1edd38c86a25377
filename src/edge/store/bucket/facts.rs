//! The known facts of images, stored with the feeds: `.feedmill/images.lock` in the bucket, so that a machine without
//! local state probes no image twice. Of two lines for one URL the newer wins. Written only when it changed.

use super::objects::{NotPut, Objects, Said, When};
use crate::diagnostic::Sink;
use crate::edge::EdgeError;
use crate::edge::images::lock::ImageLock;

/// Path of the facts below the prefix.
const FACTS: &str = ".feedmill/images.lock";

/// Attempts to put what another machine has put meanwhile.
const ATTEMPTS: usize = 4;

/// The facts in a bucket, as they were read.
#[derive(Debug)]
pub struct SharedFacts {
    objects: Objects,
    state: Option<(Vec<u8>, Option<String>)>,
}

impl SharedFacts {
    /// Reads them into what this machine knows.
    pub fn read(objects: Objects, known: &mut ImageLock, sink: &mut dyn Sink) -> Result<Self, EdgeError> {
        let state = objects.get(FACTS)?.map(|object| (object.bytes, object.etag));
        if let Some((bytes, _)) = &state {
            known.merge(bytes, sink);
        }
        Ok(Self { objects, state })
    }

    /// Puts the present facts, merged with those that another machine has saved since.
    pub fn save(&mut self, known: &mut ImageLock) -> Result<(), EdgeError> {
        let said =
            Said { media_type: "text/plain; charset=utf-8".into(), cache_control: "no-store".into(), publisher: None };
        let mut always = false;
        for attempt in 1..=ATTEMPTS {
            let bytes = known.to_bytes();
            if self.state.as_ref().map_or(known.is_empty(), |(state, _)| *state == bytes) {
                return Ok(());
            }
            let when = match &self.state {
                _ if always || attempt == ATTEMPTS => When::Always,
                Some((_, Some(etag))) => When::Still(etag.clone()),
                Some((_, None)) => When::Always,
                None => When::Absent,
            };
            match self.objects.put(FACTS, bytes.clone(), &said, &when) {
                Ok(etag) => {
                    self.state = Some((bytes, etag));
                    return Ok(());
                }
                Err(NotPut::Unconditional) => always = true,
                Err(NotPut::Failed(fault)) => return Err(fault),
                Err(NotPut::Overtaken) => {
                    self.state = self.objects.get(FACTS)?.map(|object| (object.bytes, object.etag));
                    if let Some((bytes, _)) = &self.state {
                        known.merge(bytes, &mut ());
                    }
                }
            }
        }
        Ok(())
    }
}
