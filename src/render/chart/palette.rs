//! A picture with at most 256 colours: a chart has few, and most of the rest are edges of letters.

use rustc_hash::FxHashMap;

use crate::render::colour::Rgb;

/// Colours, and for each pixel which it has.
pub struct Indexed {
    /// At most 256, the most frequent first.
    pub colours: Vec<Rgb>,
    /// An index per pixel.
    pub pixels: Vec<u8>,
}

/// Counts the colours of opaque pixels of four bytes each, row by row of `width`. All are kept where there are at most 256;
/// else the 256 most frequent are, and the others take the nearest of these.
pub fn indexed(data: &[u8], width: usize) -> Indexed {
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut found: Vec<(u32, u64)> = Vec::new();
    // Colours with their lengths, of the rows that differ from the one above; and where those of each row begin and end.
    let mut runs: Vec<(u32, usize)> = Vec::new();
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut before: &[u8] = &[];
    for row in data.chunks_exact(4 * width.max(1)) {
        if row != before {
            let first = runs.len();
            let (mut left, _) = row.as_chunks::<4>();
            while let Some(&pixel) = left.first() {
                let length = left.iter().position(|other| *other != pixel).unwrap_or(left.len());
                let colour = u32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]]);
                let number = *numbers.entry(colour).or_insert_with(|| {
                    found.push((colour, 0));
                    found.len() as u32 - 1
                });
                runs.push((number, length));
                left = &left[length..];
            }
            before = row;
            rows.push((first, runs.len()));
        } else if let Some(&above) = rows.last() {
            rows.push(above);
        }
        if let Some(&(first, end)) = rows.last() {
            for &(number, length) in &runs[first..end] {
                found[number as usize].1 += length as u64;
            }
        }
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&number| (std::cmp::Reverse(found[number].1), found[number].0));
    let colours: Vec<Rgb> = order.iter().take(256).map(|&number| channels(found[number].0)).collect();
    let known = Channels::of(&colours);
    let mut index = vec![0_u8; found.len()];
    for (place, &number) in order.iter().enumerate() {
        index[number] = if place < 256 { place as u8 } else { known.nearest(channels(found[number].0)) };
    }
    let mut pixels: Vec<u8> = Vec::with_capacity(data.len() / 4);
    for (first, end) in rows {
        for &(number, length) in &runs[first..end] {
            pixels.resize(pixels.len() + length, index[number as usize]);
        }
    }
    Indexed { colours, pixels }
}

fn channels(colour: u32) -> Rgb {
    let [_, red, green, blue] = colour.to_be_bytes();
    (red, green, blue)
}

/// The colours channel by channel: many distances are worked out at a time.
struct Channels {
    reds: Vec<i32>,
    greens: Vec<i32>,
    blues: Vec<i32>,
}

impl Channels {
    fn of(colours: &[Rgb]) -> Self {
        let channel = |of: fn(&Rgb) -> u8| colours.iter().map(|colour| i32::from(of(colour))).collect();
        Channels {
            reds: channel(|colour| colour.0),
            greens: channel(|colour| colour.1),
            blues: channel(|colour| colour.2),
        }
    }

    /// The index of the nearest colour, the first of several.
    fn nearest(&self, (red, green, blue): Rgb) -> u8 {
        let (red, green, blue) = (i32::from(red), i32::from(green), i32::from(blue));
        let channels = self.reds.iter().zip(&self.greens).zip(&self.blues);
        // The square of a distance stays below 2^18, so that there is room for the index beside it.
        let keyed = channels.zip(0_i32..).map(|(((r, g), b), index)| {
            ((r - red) * (r - red) + (g - green) * (g - green) + (b - blue) * (b - blue)) << 8 | index
        });
        (keyed.fold(i32::MAX, i32::min) & 0xFF) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::indexed;

    #[test]
    fn few_colours_are_kept_and_many_take_the_nearest() {
        let few: Vec<u8> = [[1, 2, 3, 255], [9, 9, 9, 255], [9, 9, 9, 255]].concat();
        let picture = indexed(&few, 3);
        assert_eq!((picture.colours, picture.pixels), (vec![(9, 9, 9), (1, 2, 3)], vec![1, 0, 0]));
        // 300 greys and near-greys, those below 256 twice.
        let pixel = |number: u32| [(number % 256) as u8, (number % 256) as u8, (number / 256) as u8, 255];
        let many: Vec<u8> = (0..300).chain(0..256).flat_map(pixel).collect();
        let picture = indexed(&many, 4);
        assert_eq!(picture.colours.len(), 256);
        for (number, &index) in (0..300).zip(&picture.pixels) {
            let (wanted, got) = (pixel(number), picture.colours[index as usize]);
            let off = [got.0, got.1, got.2].into_iter().zip(wanted).map(|(a, b)| i32::from(a) - i32::from(b));
            let off: i32 = off.map(i32::abs).sum();
            assert!(off <= 1, "{number}: {got:?} for {wanted:?}");
        }
    }
}
