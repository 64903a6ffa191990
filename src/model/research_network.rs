//! The index of an international research network: how many countries its sustained partners lie in, against how many
//! partners there are.

/// Joint papers from which a partner is sustained (QS: three within the window).
pub const SUSTAINED: u32 = 3;

/// The network index of P partners in L countries: L / ln P (QS International Research Network, support article
/// 360021865579; verified on SciVal's QS module). One partner has no index, because ln 1 = 0: it counts as 0.
pub fn network_index(countries: usize, partners: usize) -> f64 {
    if partners < 2 { 0.0 } else { countries as f64 / libm::log(partners as f64) }
}
