//! An axis: the numbers that it spans, round marks on it, and where each number lies.

/// A linear axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The least number.
    pub low: f64,
    /// The greatest number.
    pub high: f64,
    /// Distance between marks.
    pub step: f64,
    /// Where the least and the greatest number lie, in pixels.
    pub ends: (i32, i32),
}

impl Axis {
    /// An axis over at least `low` to `high`, widened to round numbers, with about `marks` marks.
    pub fn over((low, high): (f64, f64), marks: u32, ends: (i32, i32)) -> Self {
        let (low, high) = if low.is_finite() && high.is_finite() { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        let high = if high > low { high } else { low + 1.0 };
        let step = round_step((high - low) / f64::from(marks.max(1)));
        let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        Axis { low: first * step, high: last * step, step, ends }
    }

    /// An axis of whole numbers.
    pub fn of_counts((low, high): (f64, f64), marks: u32, ends: (i32, i32)) -> Self {
        let axis = Axis::over((low, high), marks, ends);
        if axis.step >= 1.0 {
            axis
        } else {
            Axis { low: low.floor(), high: high.ceil().max(low.floor() + 1.0), step: 1.0, ends }
        }
    }

    /// Where a number lies; numbers beyond the ends lie at the ends.
    pub fn at(&self, value: f64) -> i32 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.ends.0 + (part * f64::from(self.ends.1 - self.ends.0)).round() as i32
    }

    /// The marks, ascending.
    pub fn marks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as i64;
        let first = (self.low / self.step).round() as i64;
        (first..=first + count).map(|mark| mark as f64 * self.step).collect()
    }
}

/// The least of 1, 2, 5, 10 … times a power of ten that is not below `least`.
fn round_step(least: f64) -> f64 {
    let mut power = 1.0;
    while power > least {
        power /= 10.0;
    }
    while power * 10.0 <= least {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|part| part * power)
        .find(|&step| step >= least * (1.0 - 1e-9))
        .unwrap_or(power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn marks_are_round_and_span_the_numbers() {
        for (low, high, marks) in [
            (0.0, 100.0, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (-3.0, 7.0, vec![-4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0]),
            (0.0, 0.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (47.2, 48.1, vec![47.2, 47.4, 47.6, 47.8, 48.0, 48.2]),
        ] {
            let axis = Axis::over((low, high), 5, (0, 100));
            let found = axis.marks();
            assert_eq!(found.len(), marks.len(), "{low} {high}: {found:?}");
            assert!(found.iter().zip(&marks).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
            assert!(axis.at(low) >= 0 && axis.at(high) <= 100);
        }
        let axis = Axis::of_counts((0.0, 2.0), 5, (0, 100));
        assert_eq!(axis.marks(), [0.0, 1.0, 2.0]);
        assert_eq!((axis.at(-5.0), axis.at(1.0), axis.at(9.0)), (0, 50, 100));
    }
}
