//! With whom a unit publishes: countries on a grid of the world, and partners around the unit.

use crate::model::report::Text;

/// A country as one square of the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// ISO 3166-1 code of two letters.
    pub code: String,
    /// The country.
    pub country: Text,
    /// Column from the west, from 0.
    pub column: u32,
    /// Row from the north, from 0.
    pub row: u32,
    /// Joint papers.
    pub papers: u64,
}

/// Joint papers by country.
#[derive(Debug, Clone, PartialEq)]
pub struct TileMap {
    /// All countries of the grid, those without a joint paper too.
    pub tiles: Vec<Tile>,
    /// Index of the own country; it is outlined and not shaded.
    pub home: Option<usize>,
    /// Countries that have no place on the grid, with joint papers.
    pub elsewhere: Vec<(Text, u64)>,
}

impl TileMap {
    /// Countries abroad with a joint paper and their papers: most papers first, equals in grid order.
    pub fn abroad(&self) -> Vec<(&Text, u64)> {
        let tiles = self.tiles.iter().enumerate().filter(|(index, _)| Some(*index) != self.home);
        let tiles = tiles.map(|(_, tile)| (&tile.country, tile.papers));
        let elsewhere = self.elsewhere.iter().map(|(country, papers)| (country, *papers));
        let mut all: Vec<_> = tiles.chain(elsewhere).filter(|(_, papers)| *papers > 0).collect();
        all.sort_by_key(|(_, papers)| std::cmp::Reverse(*papers));
        all
    }
}

/// What a partner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// An institution abroad.
    Abroad,
    /// Another institution of the own country.
    AtHome,
    /// Another unit of the own institution.
    Own,
}

/// Somebody whom a unit publishes with.
#[derive(Debug, Clone, PartialEq)]
pub struct Partner {
    /// Who.
    pub label: Text,
    /// Where: the country.
    pub place: Option<Text>,
    /// What it is.
    pub relation: Relation,
    /// Joint papers.
    pub papers: u64,
}

/// A unit and those whom it publishes with most.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// The unit.
    pub centre: Text,
    /// Most joint papers first.
    pub partners: Vec<Partner>,
    /// Papers of the unit on which two partners stand together: indices into `partners`, ascending, and how many.
    pub between: Vec<(usize, usize, u64)>,
}
