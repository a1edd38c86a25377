//! Bytes packed for their way, each coding at most once: gzip (RFC 1952) and brotli (RFC 7932).

use bytes::Bytes;
use std::io::Write;
use std::sync::OnceLock;

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// The packed forms of some bytes, as far as they were asked for.
#[derive(Debug, Default)]
pub struct Packs {
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl Packs {
    /// The bytes in a packing; plain where they cannot be packed.
    pub fn of(&self, packing: Packing, plain: &Bytes) -> Bytes {
        let plain_else = |packed: std::io::Result<Vec<u8>>| packed.map_or_else(|_| plain.clone(), Bytes::from);
        match packing {
            Packing::Identity => plain.clone(),
            Packing::Gzip => self.gzip.get_or_init(|| plain_else(gzip(plain))).clone(),
            Packing::Brotli => self.brotli.get_or_init(|| plain_else(brotli(plain))).clone(),
        }
    }
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes)?;
    packer.finish()
}

/// Quality 4 packs better than gzip, and as fast; more is for hosts that pack once and send for months.
fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut std::io::Cursor::new(bytes), &mut packed, &parameters)?;
    Ok(packed)
}
