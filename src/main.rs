fn main() {
    if let [_, command, file] = std::env::args_os().collect::<Vec<_>>().as_slice()
        && command == "__parse"
    {
        std::process::exit(sanjeh::load::guard::parse_for_parent(std::path::Path::new(file)));
    }
}
