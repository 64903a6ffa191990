//! Disjoint sets of records: which records are one work so far.

/// Disjoint sets of the numbers below a height. The first of a set is its least member, whatever the order of joining.
#[derive(Debug, Clone)]
pub struct Sets {
    leader: Vec<u32>,
}

impl Sets {
    /// Every record by itself.
    pub fn new(height: usize) -> Sets {
        Sets { leader: (0..height as u32).collect() }
    }

    /// The first of a record's set, with the path to it shortened.
    pub fn first(&mut self, mut record: u32) -> u32 {
        while self.leader[record as usize] != record {
            self.leader[record as usize] = self.leader[self.leader[record as usize] as usize];
            record = self.leader[record as usize];
        }
        record
    }

    /// Makes one set of two.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.leader[a.max(b) as usize] = a.min(b);
    }

    /// Makes one set of all.
    pub fn join_all(&mut self, records: &[u32]) {
        for pair in records.windows(2) {
            self.join(pair[0], pair[1]);
        }
    }

    /// The sets by their first, members ascending; empty at every number that is not the first of a set.
    pub fn members(&mut self) -> Vec<Vec<u32>> {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); self.leader.len()];
        for record in 0..self.leader.len() as u32 {
            let first = self.first(record);
            members[first as usize].push(record);
        }
        members
    }
}
