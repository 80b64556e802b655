//! The phone's camera: finds QR codes in a PNG, for example in the screenshot of a whole sign-in page.

mod grey;

use rqrr::PreparedImage;

use grey::Grey;

/// Above this a doubled picture costs more than it finds: its QR code is large enough as it is.
const LARGEST_DOUBLED: usize = 16_000_000;

/// Why a picture gives no text.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The bytes are no PNG, or a broken one.
    #[error("the picture is no readable PNG")]
    NotPng(#[from] png::DecodingError),
    /// More pixels than a screen has.
    #[error("the picture is too large: {width} x {height} pixels")]
    TooLarge {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// A picture, and no QR code that can be read.
    #[error(
        "no readable QR code in the picture; take the screenshot again with the whole code and its white border"
    )]
    NoCode,
}

/// The texts of all QR codes in a PNG: those of the first preparation that gives any.
pub fn read_png(bytes: &[u8]) -> Result<Vec<String>, PictureError> {
    let picture = Grey::from_png(bytes)?;
    // Doubling gives the decoder more pixels for each module of a small or blurred code; halving averages the noise of a
    // large one away.
    let may_double = picture.pixels() <= LARGEST_DOUBLED / 4;
    let may_halve = picture.width().min(picture.height()) >= 2;
    let preparations: [&dyn Fn() -> Option<Grey>; 5] = [
        &|| Some(picture.clone()),
        &|| Some(picture.black_and_white()),
        &|| may_double.then(|| picture.doubled()),
        &|| may_double.then(|| picture.doubled().black_and_white()),
        &|| may_halve.then(|| picture.halved()),
    ];
    let mut texts = preparations.iter().filter_map(|prepare| prepare()).map(|prepared| read(&prepared));
    texts.find(|texts| !texts.is_empty()).ok_or(PictureError::NoCode)
}

fn read(picture: &Grey) -> Vec<String> {
    let mut prepared =
        PreparedImage::prepare_from_greyscale(picture.width(), picture.height(), |x, y| picture.at(x, y));
    let grids = prepared.detect_grids();
    grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests;
