//! Catalogue: TOML → checked editions, benchmarks and measure definitions.
