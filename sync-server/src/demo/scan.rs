//! A small picture of a certificate, drawn anew each time: a frame, a portrait, lines that might be writing, and a red stamp.
//!
//! It shows nobody and says nothing; the same number draws the same bytes in every release of the library that packs them.

use std::io::{self, Write};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

/// Pixels.
const WIDTH: usize = 264;
const HEIGHT: usize = 184;
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The colours by their numbers: table, paper, frame, ink, portrait, stamp.
const COLOURS: [[u8; 3]; 6] = [
    [0x8A, 0x7B, 0x6B],
    [0xFB, 0xF8, 0xEE],
    [0x3E, 0x7A, 0x5C],
    [0x3A, 0x3F, 0x46],
    [0xC9, 0xD6, 0xE2],
    [0xC8, 0x32, 0x2B],
];
const PAPER: u8 = 1;
const FRAME: u8 = 2;
const INK: u8 = 3;
const PORTRAIT: u8 = 4;
const STAMP: u8 = 5;

/// The scan of a certificate as a PNG of a few hundred bytes; another number draws other lines.
pub(super) fn certificate(number: u32) -> io::Result<Vec<u8>> {
    let mut picture = Picture(vec![0; WIDTH * HEIGHT]);
    picture.fill([8, 7, 248, 170], PAPER);
    picture.fill([15, 14, 234, 156], FRAME);
    picture.fill([18, 17, 228, 150], PAPER);
    picture.words(number, [84, 26], 5, 12);
    picture.portrait();
    for line in 0..5 {
        picture.words(number.wrapping_mul(31).wrapping_add(line), [98, 60 + 18 * line as usize], 9, 8);
    }
    picture.stamp([206, 132], 24);
    picture.png()
}

/// The colours of the pixels, row by row.
struct Picture(Vec<u8>);

impl Picture {
    fn fill(&mut self, [left, top, width, height]: [usize; 4], colour: u8) {
        self.paint(colour, |x, y| (left..left + width).contains(&x) && (top..top + height).contains(&y));
    }

    /// Paints the pixels that are meant.
    fn paint(&mut self, colour: u8, is_meant: impl Fn(usize, usize) -> bool) {
        for (at, pixel) in self.0.iter_mut().enumerate() {
            if is_meant(at % WIDTH, at / WIDTH) {
                *pixel = colour;
            }
        }
    }

    /// So many signs of strokes, which might be words from afar.
    fn words(&mut self, number: u32, [left, top]: [usize; 2], signs: usize, size: usize) {
        let mut strokes = number.wrapping_mul(0x9E37_79B1) | 1;
        for sign in 0..signs {
            let left = left + sign * (size + size / 2);
            for stroke in 0..4 {
                strokes ^= strokes << 13;
                strokes ^= strokes >> 17;
                strokes ^= strokes << 5;
                let at = stroke * size / 4;
                match strokes % 3 {
                    0 => self.fill([left, top + at, size, 1], INK),
                    1 => self.fill([left + at, top, 1, size], INK),
                    _ => self.fill([left + at / 2, top + at, size / 2, 1], INK),
                }
            }
        }
    }

    fn portrait(&mut self) {
        self.fill([30, 56, 54, 70], PORTRAIT);
        self.paint(INK, |x, y| is_near([x, y], [57, 84], 12));
        self.paint(INK, |x, y| (104..126).contains(&y) && is_near([x, y], [57, 124], 21));
    }

    /// A ring with a star in it, small enough to be a dot.
    fn stamp(&mut self, centre: [usize; 2], radius: usize) {
        let is_ring = |x, y| is_near([x, y], centre, radius) && !is_near([x, y], centre, radius - 3);
        self.paint(STAMP, |x, y| is_ring(x, y) || is_near([x, y], centre, 6));
    }

    /// An indexed PNG, each row unfiltered.
    fn png(&self) -> io::Result<Vec<u8>> {
        let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
        for row in self.0.chunks(WIDTH) {
            rows.write_all(&[0])?;
            rows.write_all(row)?;
        }
        let mut head = Vec::from((WIDTH as u32).to_be_bytes());
        head.extend((HEIGHT as u32).to_be_bytes());
        // Eight bits a pixel, a palette, and the only ways there are to pack, to filter and to lay out.
        head.extend([8, 3, 0, 0, 0]);
        let mut png = SIGNATURE.to_vec();
        for (name, data) in
            [(b"IHDR", head), (b"PLTE", COLOURS.concat()), (b"IDAT", rows.finish()?), (b"IEND", Vec::new())]
        {
            png.extend((data.len() as u32).to_be_bytes());
            let mut check = Crc::new();
            for part in [&name[..], &data[..]] {
                check.update(part);
                png.extend(part);
            }
            png.extend(check.sum().to_be_bytes());
        }
        Ok(png)
    }
}

fn is_near([x, y]: [usize; 2], [to_x, to_y]: [usize; 2], radius: usize) -> bool {
    x.abs_diff(to_x).pow(2) + y.abs_diff(to_y).pow(2) <= radius.pow(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_a_small_picture_the_same_each_time_and_another_for_each_certificate() {
        let [one, again, other] = [1, 1, 2].map(|number| certificate(number).expect("memory takes it"));
        assert_eq!(one, again);
        assert_ne!(one, other);
        assert!(one.len() < 4_000, "{} bytes", one.len());
        assert_eq!(app::clean_photo(&one).expect("a picture"), (one.clone(), "image/png"), "nothing of it is dropped");
    }
}
