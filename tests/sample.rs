//! Tests: sample.

#[test]
fn dump() {
    let start = std::time::Instant::now();
    let sample = sanjeh::sample::generate(&sanjeh::sample::Size::default());
    println!("{:?}", start.elapsed());
    for file in &sample.files {
        let path = std::path::Path::new("/tmp/sample_out").join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
        println!("{} {}", file.path, file.bytes.len());
    }
    println!("{:?}", sample.truth.faults);
    println!("{:?}", &sample.truth.publications[..3]);
}
