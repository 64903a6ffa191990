//! Score: measures × edition × benchmark → scorecard; pure and parallel.
