use png::{BitDepth, ColorType};
use proptest::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

use super::*;

const LINK: &str = "HTTPS://LOGIN.EXAMPLE.COM/Q/0123456789ABCDEFGHJKMNPQRS07TVWXYZ0123456";

/// A browser window: the page's shade all over, on it a white plate with a code of `module` pixels a module.
struct Page {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl Page {
    fn new(width: usize, height: usize, background: u8, module: usize) -> Self {
        let mut page = Self { width, height, shades: vec![background; width * height] };
        let code = QrCode::with_error_correction_level(LINK, EcLevel::M).unwrap();
        let modules = code.width();
        let plate = (modules + 8) * module;
        let (left, top) = ((width - plate) / 2, (height - plate) / 3);
        page.fill(left, top, plate, 255);
        for (index, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            let (x, y) = (index % modules + 4, index / modules + 4);
            page.fill(left + x * module, top + y * module, module, 0);
        }
        page
    }

    fn fill(&mut self, left: usize, top: usize, size: usize, shade: u8) {
        for y in top..top + size {
            self.shades[y * self.width + left..][..size].fill(shade);
        }
    }

    /// Lines of text and buttons around the plate.
    fn with_furniture(mut self, shade: u8) -> Self {
        for row in (10..self.height / 8).step_by(14) {
            for column in (20..self.width - 40).step_by(9) {
                self.fill(column, row, 5, shade);
            }
        }
        self
    }

    fn blurred(self) -> Self {
        let at = |x: usize, y: usize| usize::from(self.shades[y * self.width + x]);
        let mut shades = self.shades.clone();
        for y in 1..self.height - 1 {
            for x in 1..self.width - 1 {
                let sum: usize = (y - 1..=y + 1)
                    .map(|row| (x - 1..=x + 1).map(|column| at(column, row)).sum::<usize>())
                    .sum();
                shades[y * self.width + x] = u8::try_from(sum / 9).unwrap();
            }
        }
        Self { shades, ..self }
    }

    fn halved(self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let at = |x: usize, y: usize| usize::from(self.shades[y * self.width + x]);
        let mean = |x: usize, y: usize| (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4;
        let shades = (0..width * height)
            .map(|index| u8::try_from(mean(index % width * 2, index / width * 2)).unwrap())
            .collect();
        Self { width, height, shades }
    }

    fn png(&self, color: ColorType) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (width, height) = (u32::try_from(self.width).unwrap(), u32::try_from(self.height).unwrap());
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(color);
        encoder.set_depth(BitDepth::Eight);
        if color == ColorType::Indexed {
            encoder.set_palette((0..=255_u8).flat_map(|shade| [shade; 3]).collect::<Vec<u8>>());
        }
        let pixel = |shade: u8| match color {
            ColorType::Grayscale | ColorType::Indexed => vec![shade],
            ColorType::GrayscaleAlpha => vec![shade, 255],
            ColorType::Rgb => vec![shade; 3],
            ColorType::Rgba => vec![shade, shade, shade, 255],
        };
        let samples: Vec<u8> = self.shades.iter().flat_map(|shade| pixel(*shade)).collect();
        encoder.write_header().unwrap().write_image_data(&samples).unwrap();
        bytes
    }

    fn is_read(&self, color: ColorType) -> bool {
        read_png(&self.png(color)).is_ok_and(|texts| texts == [LINK])
    }
}

#[test]
fn a_code_is_read_at_every_usual_size_on_light_and_dark_pages() {
    for background in [255, 24, 0] {
        for module in [3, 4, 5, 6, 7, 8, 10] {
            let page = Page::new(1000, 640, background, module).with_furniture(255 - background);
            assert!(page.is_read(ColorType::Grayscale), "page {background}, module {module}");
        }
    }
}

#[test]
fn a_code_is_read_at_half_size_and_slightly_blurred() {
    for background in [255, 24] {
        for module in [5, 6, 7, 8] {
            let page = || Page::new(1000, 640, background, module).with_furniture(255 - background);
            assert!(
                page().halved().is_read(ColorType::Grayscale),
                "half, page {background}, module {module}"
            );
            assert!(
                page().blurred().is_read(ColorType::Grayscale),
                "blurred, page {background}, module {module}"
            );
            let both = page().halved().blurred();
            assert!(
                both.is_read(ColorType::Grayscale),
                "half and blurred, page {background}, module {module}"
            );
        }
    }
}

#[test]
fn a_code_is_read_in_every_colour_form() {
    let page = Page::new(1280, 720, 24, 6).with_furniture(200);
    let forms = [
        ColorType::Grayscale,
        ColorType::GrayscaleAlpha,
        ColorType::Rgb,
        ColorType::Rgba,
        ColorType::Indexed,
    ];
    for color in forms {
        assert!(page.is_read(color), "{color:?}");
    }
}

#[test]
fn a_page_without_a_code_says_so() {
    let page = Page { width: 300, height: 200, shades: vec![200; 60_000] };
    assert!(matches!(read_png(&page.png(ColorType::Rgb)), Err(PictureError::NoCode)));
    assert!(matches!(read_png(b"GIF89a"), Err(PictureError::NotPng(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_read_without_trouble(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_png(&bytes);
    }

    #[test]
    fn a_damaged_png_is_read_without_trouble(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut png = Page::new(180, 180, 255, 3).png(ColorType::Grayscale);
        let place = place.index(png.len());
        png[place] = byte;
        let _ = read_png(&png);
    }

    #[test]
    fn a_damaged_code_is_read_without_trouble(
        spots in prop::collection::vec((0..170_usize, 0..170_usize, 1..10_usize, any::<u8>()), 0..12),
    ) {
        let mut page = Page::new(180, 180, 255, 3);
        for (x, y, size, shade) in spots {
            page.fill(x, y, size, shade);
        }
        let _ = read_png(&page.png(ColorType::Grayscale));
    }
}
