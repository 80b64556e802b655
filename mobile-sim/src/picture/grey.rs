//! A picture in shades of grey, and the ways to prepare it for the decoder.

use std::io::Cursor;

use png::{ColorType, Decoder, Transformations};

use super::PictureError;

const WHITE: u8 = 255;
/// An 8K screen has 33 million.
const MOST_PIXELS: u64 = 40_000_000;

/// Shades of grey, 0 is black, row by row.
#[derive(Clone)]
pub(super) struct Grey {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl Grey {
    /// Any PNG; what is transparent lies on white.
    pub(super) fn from_png(bytes: &[u8]) -> Result<Self, PictureError> {
        let mut decoder = Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
        let (width, height) = decoder.read_header_info()?.size();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(PictureError::TooLarge { width, height });
        }
        let mut reader = decoder.read_info()?;
        let size = reader.output_buffer_size().ok_or(PictureError::TooLarge { width, height })?;
        let mut samples = vec![0; size];
        let frame = reader.next_frame(&mut samples)?;
        samples.truncate(frame.buffer_size());
        let shade: fn(&[u8]) -> u8 = match frame.color_type {
            ColorType::Grayscale | ColorType::Rgb | ColorType::Indexed => luminance,
            ColorType::GrayscaleAlpha | ColorType::Rgba => with_alpha,
        };
        let shades = samples.chunks_exact(frame.color_type.samples()).map(shade).collect();
        Ok(Self { width: frame.width as usize, height: frame.height as usize, shades })
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    pub(super) const fn height(&self) -> usize {
        self.height
    }

    pub(super) const fn pixels(&self) -> usize {
        self.shades.len()
    }

    /// The shade at a place; white outside.
    pub(super) fn at(&self, x: usize, y: usize) -> u8 {
        if x >= self.width {
            return WHITE;
        }
        self.shades.get(y * self.width + x).copied().unwrap_or(WHITE)
    }

    /// Black below the middle between the darkest and the lightest shade, white from there on.
    pub(super) fn black_and_white(&self) -> Self {
        let darkest = self.shades.iter().min().copied().unwrap_or(0);
        let lightest = self.shades.iter().max().copied().unwrap_or(WHITE);
        let middle = darkest.midpoint(lightest);
        let shades = self.shades.iter().map(|shade| if *shade < middle { 0 } else { WHITE }).collect();
        Self { shades, ..*self }
    }

    /// Twice as wide and high, with mixed shades between the old pixels.
    pub(super) fn doubled(&self) -> Self {
        Self::drawn(self.width * 2, self.height * 2, |x, y| {
            let (left, top) = (x / 2, y / 2);
            let (right, bottom) = (x.div_ceil(2).min(self.width - 1), y.div_ceil(2).min(self.height - 1));
            self.mean([(left, top), (right, top), (left, bottom), (right, bottom)])
        })
    }

    /// Half as wide and high; each pixel is the mean of four.
    pub(super) fn halved(&self) -> Self {
        Self::drawn(self.width / 2, self.height / 2, |x, y| {
            let (left, top) = (x * 2, y * 2);
            self.mean([(left, top), (left + 1, top), (left, top + 1), (left + 1, top + 1)])
        })
    }

    fn drawn(width: usize, height: usize, shade: impl Fn(usize, usize) -> u8) -> Self {
        let shade = &shade;
        let shades = (0..height).flat_map(|y| (0..width).map(move |x| shade(x, y))).collect();
        Self { width, height, shades }
    }

    fn mean(&self, places: [(usize, usize); 4]) -> u8 {
        let sum: u16 = places.iter().map(|(x, y)| u16::from(self.at(*x, *y))).sum();
        u8::try_from(sum / 4).unwrap_or(WHITE)
    }
}

/// The brightness of one grey or colour pixel (weights of ITU-R BT.601).
fn luminance(pixel: &[u8]) -> u8 {
    match *pixel {
        [red, green, blue, ..] => {
            let weighted = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114;
            u8::try_from(weighted / 1000).unwrap_or(WHITE)
        }
        [grey, ..] => grey,
        [] => WHITE,
    }
}

fn with_alpha(pixel: &[u8]) -> u8 {
    match pixel {
        [colour @ .., alpha] => blend(luminance(colour), *alpha),
        [] => WHITE,
    }
}

fn blend(shade: u8, alpha: u8) -> u8 {
    let (shade, alpha, white) = (u32::from(shade), u32::from(alpha), u32::from(WHITE));
    u8::try_from((shade * alpha + white * (white - alpha)) / white).unwrap_or(WHITE)
}
