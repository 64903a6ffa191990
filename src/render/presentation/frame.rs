//! Where things stand on a slide, in English Metric Units (12,700 to the point, 914,400 to the inch).

/// Units of a point.
pub const POINT: i64 = 12_700;
/// Width of a 16:9 slide.
pub const WIDTH: i64 = 12_192_000;
/// Its height.
pub const HEIGHT: i64 = 6_858_000;
/// Between two things.
pub const GAP: i64 = 230_000;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// From the left, or before [`Frame::mirrored`] from the side where reading begins.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// To the right.
    pub width: i64,
    /// Down.
    pub height: i64,
}

/// The title of a slide.
pub const TITLE: Frame = Frame { x: 540_000, y: 300_000, width: 11_112_000, height: 1_000_000 };
/// The line below it.
pub const RULE: Frame = Frame { x: 540_000, y: 1_335_000, width: 11_112_000, height: 0 };
/// What a slide shows.
pub const BODY: Frame = Frame { x: 540_000, y: 1_500_000, width: 11_112_000, height: 4_330_000 };
/// Notes below it.
pub const NOTES: Frame = Frame { x: 540_000, y: 5_890_000, width: 11_112_000, height: 400_000 };
/// Whose it is.
pub const FOOTER: Frame = Frame { x: 540_000, y: 6_340_000, width: 10_200_000, height: 380_000 };
/// The number of the slide.
pub const NUMBER: Frame = Frame { x: 10_852_000, y: 6_340_000, width: 800_000, height: 380_000 };
/// The title of the first slide.
pub const COVER_TITLE: Frame = Frame { x: 900_000, y: 1_500_000, width: 10_392_000, height: 1_900_000 };
/// What stands below it.
pub const COVER_TEXT: Frame = Frame { x: 900_000, y: 3_700_000, width: 10_392_000, height: 1_900_000 };

impl Frame {
    /// Seen from the other side of the slide, where reading begins at the right.
    #[must_use]
    pub fn mirrored(self, rtl: bool) -> Frame {
        if rtl { Frame { x: WIDTH - self.x - self.width, ..self } } else { self }
    }

    /// The upper part of a height, and what is left below a gap.
    pub fn cut_top(self, height: i64) -> (Frame, Frame) {
        let rest = self.height - height - GAP;
        (Frame { height, ..self }, Frame { y: self.y + height + GAP, height: rest, ..self })
    }

    /// The first part of a width, and what is left beyond a gap.
    pub fn cut_start(self, width: i64) -> (Frame, Frame) {
        let rest = self.width - width - GAP;
        (Frame { width, ..self }, Frame { x: self.x + width + GAP, width: rest, ..self })
    }

    /// The largest frame within this one of the sides of a picture, at its start and top.
    #[must_use]
    pub fn holding(self, (width, height): (u32, u32)) -> Frame {
        let (width, height) = (i64::from(width.max(1)), i64::from(height.max(1)));
        if self.width * height <= self.height * width {
            Frame { height: self.width * height / width, ..self }
        } else {
            Frame { width: self.height * width / height, ..self }
        }
    }

    /// As `a:xfrm` or `p:xfrm`.
    pub fn transform(self, name: &str) -> String {
        let Frame { x, y, width, height } = self;
        format!(r#"<{name}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></{name}>"#)
    }
}
