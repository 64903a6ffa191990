//! temp
#![allow(missing_docs)]
pub struct Size {
    pub units: usize,
    pub staff: usize,
    pub seed: u64,
}
impl Default for Size {
    fn default() -> Self {
        Size { units: 0, staff: 0, seed: 0 }
    }
}
impl Size {
    pub fn scaled(_: usize) -> Self {
        Self::default()
    }
}
pub struct F {
    pub path: String,
    pub bytes: Vec<u8>,
}
pub struct S {
    pub files: Vec<F>,
}
pub fn generate(_: &Size) -> S {
    S { files: vec![] }
}
