//! Writes the JavaScript and TypeScript face of a compiled crate, as `wasm-bindgen --target web` does:
//! `visavis-mls-bind <crate.wasm> <folder>`. It is built here because the tool itself brings a web
//! server and a test runner along, and takes minutes to build.

use std::env;
use wasm_bindgen_cli_support::Bindgen;

fn main() {
    let mut words = env::args().skip(1);
    let (Some(wasm), Some(folder)) = (words.next(), words.next()) else {
        panic!("usage: visavis-mls-bind <crate.wasm> <folder>");
    };
    Bindgen::new()
        .input_path(wasm)
        .web(true)
        .expect("no other target was named")
        .omit_default_module_path(false)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .unwrap_or_else(|error| panic!("{error:#}"));
}
