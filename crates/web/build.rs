//! Makes cargo notice when the browser application was built anew. It builds nothing itself.

fn main() {
    // The folder is made where it is missing, because cargo takes a missing path for a change each time.
    let _ = std::fs::create_dir_all("../../ui/dist");
    println!("cargo::rerun-if-changed=../../ui/dist");
}
