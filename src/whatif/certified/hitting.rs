//! The fewest things that hit every one of some sets.

/// Sets of small numbers, and the search for the fewest that have one of each.
#[derive(Debug, Clone)]
pub struct Sets {
    things: usize,
    sets: Vec<Bits>,
}

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fewest {
    /// These hit all sets, and no fewer do.
    Proven(Vec<usize>),
    /// The search was cut; no fewer than so many do.
    Cut(usize),
}

/// A set of numbers, one bit each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Bits(Vec<u64>);

impl Bits {
    fn none(things: usize) -> Bits {
        Bits(vec![0; things.div_ceil(64)])
    }

    fn insert(&mut self, thing: usize) {
        self.0[thing / 64] |= 1 << (thing % 64);
    }

    fn remove(&mut self, thing: usize) {
        self.0[thing / 64] &= !(1 << (thing % 64));
    }

    fn meets(&self, other: &Bits) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one & other != 0)
    }

    /// How many are in this and not in the other.
    fn beside(&self, other: &Bits) -> u32 {
        self.0.iter().zip(&other.0).map(|(one, other)| (one & !other).count_ones()).sum()
    }

    fn members(&self) -> impl Iterator<Item = usize> {
        let word = |(at, word): (usize, &u64)| {
            let word = *word;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit)
        };
        self.0.iter().enumerate().flat_map(word)
    }
}

struct Search<'a> {
    sets: &'a [Bits],
    chosen: Bits,
    count: usize,
    /// Tried before: not chosen again.
    barred: Bits,
    best: Vec<usize>,
    steps: usize,
    most: usize,
}

impl Sets {
    /// No sets yet of numbers below `things`.
    pub fn new(things: usize) -> Self {
        Sets { things, sets: Vec::new() }
    }

    /// Adds a set that is not empty.
    pub fn add(&mut self, members: &[usize]) {
        let mut set = Bits::none(self.things);
        members.iter().for_each(|&thing| set.insert(thing));
        // The smallest sets first: they leave least to choose.
        let key = |set: &Bits| (set.beside(&Bits::none(self.things)), set.clone());
        let place = self.sets.partition_point(|known| key(known) < key(&set));
        if self.sets.get(place) != Some(&set) {
            self.sets.insert(place, set);
        }
    }

    /// Things that hit all sets, the one that hits most first; there may be fewer that do.
    pub fn some(&self) -> Vec<usize> {
        let mut left: Vec<&Bits> = self.sets.iter().collect();
        let mut chosen = Vec::new();
        while !left.is_empty() {
            let mut hits = vec![0_usize; self.things];
            left.iter().flat_map(|set| set.members()).for_each(|thing| hits[thing] += 1);
            let most = (0..self.things).max_by_key(|&thing| (hits[thing], std::cmp::Reverse(thing))).unwrap_or(0);
            chosen.push(most);
            left.retain(|set| set.0[most / 64] >> (most % 64) & 1 == 0);
        }
        // What the later ones made needless is dropped.
        let mut at = 0;
        while at < chosen.len() {
            let mut others = Bits::none(self.things);
            chosen.iter().enumerate().filter(|(place, _)| *place != at).for_each(|(_, &thing)| others.insert(thing));
            if self.sets.iter().all(|set| set.meets(&others)) {
                chosen.remove(at);
            } else {
                at += 1;
            }
        }
        chosen
    }

    /// The fewest things that hit every set, found in at most `most` steps.
    pub fn fewest(&self, most: usize) -> Fewest {
        let none = || Bits::none(self.things);
        let (chosen, barred) = (none(), none());
        let mut search = Search { sets: &self.sets, chosen, count: 0, barred, best: self.some(), steps: 0, most };
        let least = search.packed().unwrap_or(0);
        search.go();
        if search.steps > most { Fewest::Cut(least) } else { Fewest::Proven(search.best) }
    }
}

impl Search<'_> {
    fn go(&mut self) {
        self.steps += 1;
        if self.steps > self.most {
            return;
        }
        // Where a set cannot be hit any more there is nothing to find.
        let Some(more) = self.packed() else { return };
        if self.count + more >= self.best.len() {
            return;
        }
        let missed = self.sets.iter().filter(|set| !set.meets(&self.chosen));
        let Some(next) = missed.min_by_key(|set| set.beside(&self.barred)) else {
            self.best = self.chosen.members().collect();
            return;
        };
        let mut branches: Vec<(usize, usize)> = next
            .members()
            .filter(|&thing| self.barred.0[thing / 64] >> (thing % 64) & 1 == 0)
            .map(|thing| {
                let mut one = Bits::none(self.barred.0.len() * 64);
                one.insert(thing);
                (self.sets.iter().filter(|set| !set.meets(&self.chosen) && set.meets(&one)).count(), thing)
            })
            .collect();
        branches.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        for &(_, thing) in &branches {
            self.chosen.insert(thing);
            self.count += 1;
            self.go();
            self.count -= 1;
            self.chosen.remove(thing);
            self.barred.insert(thing);
        }
        for (_, thing) in branches {
            self.barred.remove(thing);
        }
    }

    /// How many of the sets that are not hit yet have nothing open in common: so many more are needed. `None` where a set has
    /// nothing open any more.
    fn packed(&self) -> Option<usize> {
        let mut used = self.barred.clone();
        let mut count = 0;
        for set in self.sets.iter().filter(|set| !set.meets(&self.chosen)) {
            let open = set.beside(&self.barred);
            if open == 0 {
                return None;
            }
            if set.beside(&used) == open {
                count += 1;
                used.0.iter_mut().zip(&set.0).for_each(|(used, set)| *used |= set);
            }
        }
        Some(count)
    }
}
