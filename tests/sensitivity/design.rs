//! Points of a design.

use sanjeh::whatif::sensitivity::design::{Block, Design, MOST_SOBOL_POINTS, Sequence};

fn points(design: &Design) -> Vec<Vec<f64>> {
    let point = |draw| {
        let mut point = vec![0.0; design.inputs()];
        design.point(draw, &mut point);
        point
    };
    (0..design.draws()).map(point).collect()
}

#[test]
fn each_input_in_turn_is_taken_from_the_second_sample() {
    for sequence in [Sequence::Sobol, Sequence::Random] {
        let design = Design::saltelli(3, 16, sequence, 7).unwrap();
        let points = points(&design);
        assert_eq!(points.len(), 16 * 5);
        for (draw, point) in points.iter().enumerate() {
            assert!(point.iter().all(|value| (0.0..1.0).contains(value)));
            let (block, row) = design.block(draw);
            let (a, b) = (&points[row], &points[16 + row]);
            for input in 0..3 {
                let second = match block {
                    Block::A => false,
                    Block::B => true,
                    Block::Swapped(swapped) => swapped == input,
                };
                assert_eq!(point[input], if second { b[input] } else { a[input] }, "{sequence:?} {draw} {input}");
                assert_ne!(a[input], b[input], "{sequence:?} {row} {input}");
            }
        }
    }
}

#[test]
fn seeds_and_sequences_differ() {
    let all = |sequence, seed| points(&Design::monte_carlo(2, 8, sequence, seed).unwrap());
    for sequence in [Sequence::Sobol, Sequence::Random] {
        assert_eq!(all(sequence, 1), all(sequence, 1));
        assert_ne!(all(sequence, 1), all(sequence, 2));
    }
    assert_ne!(all(Sequence::Sobol, 1), all(Sequence::Random, 1));
}

/// Of 2ᵐ points of a scrambled Sobol sequence each dimension has exactly one in each of 2ᵐ equal intervals.
#[test]
fn sobol_points_are_even() {
    let design = Design::monte_carlo(5, 256, Sequence::Sobol, 99).unwrap();
    let points = points(&design);
    for input in 0..5 {
        let mut cells: Vec<usize> = points.iter().map(|point| (point[input] * 256.0) as usize).collect();
        cells.sort_unstable();
        assert_eq!(cells, (0..256).collect::<Vec<_>>());
    }
}

#[test]
fn designs_that_cannot_be() {
    let saltelli = |inputs, base, sequence| Design::saltelli(inputs, base, sequence, 1).is_some();
    assert!(!saltelli(0, 10, Sequence::Sobol));
    assert!(!saltelli(2, 0, Sequence::Sobol));
    assert!(!saltelli(200, 10, Sequence::Sobol));
    assert!(saltelli(2, MOST_SOBOL_POINTS, Sequence::Sobol));
    assert!(!saltelli(2, MOST_SOBOL_POINTS + 1, Sequence::Sobol));
    assert!(saltelli(2, MOST_SOBOL_POINTS + 1, Sequence::Random));
}
