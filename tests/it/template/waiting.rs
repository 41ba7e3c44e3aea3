//! How long records of a halted connection wait: one figure, in the mail and in every README that gives one.

use std::fs;
use std::path::Path;

const TELLING: [&str; 6] = [
    "README.md",
    "functions/failures/README.md",
    "functions/heyflow-to-personio/README.md",
    "functions/personio-to-hellohq/README.md",
    "shared/mail/templates/halted.html",
    "shared/mail/templates/halted.txt",
];

#[test]
fn the_figure_is_the_same_everywhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let template = read("template.yaml");
    let counts = template.lines().filter_map(|line| line.trim().strip_prefix("maxReceiveCount: "));
    // a halted record comes back every quarter of an hour
    let mut hours: Vec<u32> = counts.map(|count| count.parse::<u32>().unwrap() / 4).collect();
    hours.dedup();
    let [hours] = hours.as_slice() else { panic!("one receive count: {hours:?}") };
    for path in TELLING {
        assert!(read(path).contains(&format!("{hours} hours")), "{path} tells another figure than {hours} hours");
    }
}
