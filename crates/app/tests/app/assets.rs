//! The library: what is taken in, what is refused, and what a network is sent of it.

use std::io::Cursor;
use std::path::PathBuf;

use bytes::Bytes;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use sarafan_app::AppError;
use sarafan_app::assets::{AssetPatch, AssetQuery, THUMBS};
use sarafan_app::posts::{PostInput, When};
use sarafan_app::worker::Worker;
use sarafan_domain::asset::AssetKind;
use sarafan_domain::id::AssetId;
use serde_json::json;

use crate::world::{World, said};

/// Noise packs badly; the seed makes each picture another one.
fn noise(width: u32, height: u32, seed: u32) -> RgbImage {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    RgbImage::from_fn(width, height, |_, _| Rgb([next(), next(), next()]))
}

fn packed(picture: impl Into<DynamicImage>, format: ImageFormat) -> Bytes {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner().into()
}

/// A small picture; each number makes another one.
pub(crate) fn picture(n: u8) -> Bytes {
    packed(noise(60, 40, n.into()), ImageFormat::Png)
}

fn read(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

/// A file of the shared test data; `None`, with a word on the console, where there is none.
fn shared(name: &str) -> Option<Bytes> {
    let folder = std::env::var_os("SARAFAN_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    match std::fs::read(folder.join("data/plan/media").join(name)) {
        Ok(bytes) => Some(bytes.into()),
        Err(_) => {
            println!("skipped: {name} of the shared test data is not there (SARAFAN_SHARED)");
            None
        }
    }
}

async fn upload(world: &World, name: &str, bytes: Bytes) -> Result<sarafan_app::assets::AssetView, AppError> {
    world.app.upload_asset(&world.owner, world.brand, name, "", bytes).await
}

/// Sends a post with these files through the network and gives back what it got.
async fn sent(world: &World, files: &[(AssetId, &str)]) -> Vec<(String, String, String, Bytes)> {
    let channel = world.channel(world.brand, "one").await;
    let media: Vec<_> = files.iter().map(|(asset, alt)| json!({ "asset": asset, "alt": alt })).collect();
    let input = json!({ "content": { "text": "Hello", "language": "en", "media": media }, "channels": [channel] });
    let input: PostInput = serde_json::from_value(input).unwrap();
    let post = world.app.create_post(&world.owner, world.brand, input).await.unwrap();
    world.app.schedule_post(&world.owner, world.brand, post.id, post.version, When::Now, None).await.unwrap();
    Worker::new(world.app.clone()).drain().await.unwrap();
    std::mem::take(&mut world.house.script().sent)
}

#[tokio::test]
async fn shared_files_are_taken_or_refused_as_they_deserve() {
    let world = World::new().await;
    let rows = [
        ("coffee.jpg", "image image/jpeg 600x400"),
        ("cat.jpg", "image image/jpeg 451x300"),
        ("cmyk.jpg", "image image/jpeg 600x400"),
        ("rotated-exif.jpg", "image image/jpeg 600x400"),
        ("big.jpg", "image image/jpeg 6000x4000"),
        ("tall-1-4.jpg", "image image/jpeg 500x2000"),
        ("alpha.png", "image image/png 800x800"),
        ("coins-gray.png", "image image/png 384x303"),
        ("anim.gif", "image image/gif 160x90"),
        ("lies.jpg", "file-lies"),
        ("empty.png", "file-empty"),
        ("truncated.jpg", "file-broken"),
        ("script.svg", "file-svg"),
    ];
    for (name, expected) in rows {
        let Some(bytes) = shared(name) else { continue };
        let got = match upload(&world, name, bytes).await {
            Ok(view) => format!("{} {} {}x{}", view.kind.code(), view.mime, view.width, view.height),
            Err(error) => said::<()>(Err(error)),
        };
        assert_eq!(got, expected, "{name}");
    }
}

#[tokio::test]
async fn a_print_picture_is_sent_in_its_own_colours() {
    let Some(bytes) = shared("cmyk.jpg") else { return };
    let world = World::new().await;
    let view = upload(&world, "cmyk.jpg", bytes).await.unwrap();
    let thumb = world.app.asset_thumb(&world.owner, world.brand, view.id, 160).await.unwrap();
    let Some(original) = shared("coffee.jpg") else { return };
    let small = read(&thumb.bytes).into_rgb8();
    let wanted = read(&original).thumbnail_exact(small.width(), small.height()).into_rgb8();
    let distance: u32 = small
        .pixels()
        .zip(wanted.pixels())
        .map(|(a, b)| a.0.iter().zip(b.0).map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>())
        .sum();
    let mean = distance / (small.width() * small.height() * 3);
    assert!(mean < 12, "the print of the coffee looks like the coffee: {mean} of 255 apart");
}

#[tokio::test]
async fn a_bomb_a_lie_and_too_much_are_refused_before_anything_is_kept() {
    let world = World::new().await;
    let mut bomb = packed(noise(2, 2, 1), ImageFormat::Png).to_vec();
    bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    let picture = packed(noise(60, 40, 1), ImageFormat::Jpeg);
    let rows = [
        ("bomb.png", Bytes::from(bomb), "file-broken"),
        ("half.jpg", picture.slice(..picture.len() / 2), "file-broken"),
        ("page.html", Bytes::from_static(b"<!doctype html>"), "file-active"),
        ("page.jpg", Bytes::from_static(b"<!doctype html>"), "file-lies"),
        ("drawing.png", Bytes::from_static(b"<svg onload='x()'/>"), "file-svg"),
        ("program", Bytes::from_static(b"\x7fELF\x02\x01\x01\x00"), "file-type"),
        ("nothing.txt", Bytes::new(), "file-empty"),
        ("film.mp4", Bytes::from_static(b"\0\0\0\x10ftypisom\0\0\0\0"), "file-broken"),
        ("photo.heic", Bytes::from_static(b"\0\0\0\x10ftypheic\0\0\0\0"), "picture-type"),
        ("long.txt", Bytes::from(vec![b'a'; 20_000_001]), "file-too-large"),
    ];
    for (name, bytes, expected) in rows {
        assert_eq!(said(upload(&world, name, bytes).await), expected, "{name}");
    }
    assert!(world.app.list_assets(&world.owner, world.brand, AssetQuery::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn the_same_bytes_twice_are_one_asset_of_one_brand() {
    let world = World::new().await;
    let bytes = packed(noise(60, 40, 1), ImageFormat::Jpeg);
    let first = upload(&world, "one.jpg", bytes.clone()).await.unwrap();
    let second = upload(&world, "two.jpg", bytes.clone()).await.unwrap();
    assert_eq!(first, second, "name and all");
    let other = world.brand("Other").await;
    let third = world.app.upload_asset(&world.owner, other, "one.jpg", "", bytes.clone()).await.unwrap();
    assert_ne!(first.id, third.id);

    let racing =
        futures::future::join_all((0..4).map(|_| upload(&world, "r.png", packed(noise(9, 9, 9), ImageFormat::Png))));
    let ids: Vec<AssetId> = racing.await.into_iter().map(|view| view.unwrap().id).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "four at once are one too");
    let file = world.app.asset_file(&world.owner, world.brand, ids[0], None).await.unwrap();
    assert_eq!(file.bytes, packed(noise(9, 9, 9), ImageFormat::Png), "and its bytes are there");
}

#[tokio::test]
async fn words_about_a_file_are_changed_found_and_counted() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let cat = upload(&world, "C:\\photos\\cat.jpg", packed(noise(60, 40, 1), ImageFormat::Jpeg)).await.unwrap();
    assert_eq!((cat.name.as_str(), cat.alt.as_str()), ("cat.jpg", ""));
    let words = Bytes::from_static(b"id;text\n1;hello");
    let table = app.upload_asset(owner, brand, "prices.csv", "/tables//2026/", words).await.unwrap();
    assert_eq!((table.folder.as_str(), table.kind), ("tables/2026", AssetKind::Document));

    let patch = AssetPatch {
        alt: Some(" A cat asleep ".into()),
        labels: Some(vec!["summer".into(), "cats".into(), "cats".into()]),
        rights: Some("CC0".into()),
        ..AssetPatch::default()
    };
    let cat = app.update_asset(owner, brand, cat.id, patch).await.unwrap();
    assert_eq!((cat.alt.as_str(), cat.rights.as_str()), ("A cat asleep", "CC0"));
    assert_eq!(cat.labels, ["cats", "summer"]);

    let find = async |query: AssetQuery| {
        let page = app.list_assets(owner, brand, query).await.unwrap();
        page.items.into_iter().map(|item| item.name).collect::<Vec<_>>()
    };
    assert_eq!(find(AssetQuery::default()).await, ["prices.csv", "cat.jpg"], "newest first");
    assert_eq!(find(AssetQuery { q: Some("ASLEEP".into()), ..AssetQuery::default() }).await, ["cat.jpg"]);
    assert_eq!(find(AssetQuery { label: Some("summer".into()), ..AssetQuery::default() }).await, ["cat.jpg"]);
    assert_eq!(find(AssetQuery { folder: Some("tables/2026".into()), ..AssetQuery::default() }).await, ["prices.csv"]);
    assert_eq!(find(AssetQuery { kind: Some(AssetKind::Image), ..AssetQuery::default() }).await, ["cat.jpg"]);
    let page = app.list_assets(owner, brand, AssetQuery { limit: Some(1), ..AssetQuery::default() }).await.unwrap();
    let folders: Vec<_> = page.folders.iter().map(|folder| (folder.name.as_str(), folder.count)).collect();
    assert_eq!(folders, [("", 1), ("tables/2026", 1)]);
    assert_eq!(find(AssetQuery { cursor: page.next, ..AssetQuery::default() }).await, ["cat.jpg"]);
    let nonsense = AssetQuery { cursor: Some("nonsense".into()), ..AssetQuery::default() };
    assert_eq!(said(app.list_assets(owner, brand, nonsense).await), "cursor-bad");
}

#[tokio::test]
async fn files_are_given_out_whole_in_part_and_small() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let bytes = packed(noise(2000, 1000, 1), ImageFormat::Jpeg);
    let total = u64::try_from(bytes.len()).unwrap();
    let id = upload(&world, "a.jpg", bytes.clone()).await.unwrap().id;
    let whole = app.asset_file(owner, brand, id, None).await.unwrap();
    assert_eq!((whole.bytes, whole.mime.as_str(), whole.range), (bytes.clone(), "image/jpeg", 0..total));
    let part = app.asset_file(owner, brand, id, Some(10..20)).await.unwrap();
    assert_eq!((part.bytes, part.total), (bytes.slice(10..20), total));
    let rest = app.asset_file(owner, brand, id, Some(total - 5..u64::MAX)).await.unwrap();
    assert_eq!(rest.range, total - 5..total);
    assert_eq!(said(app.asset_file(owner, brand, id, Some(total..total + 1)).await), "range-bad");
    for side in THUMBS {
        let thumb = app.asset_thumb(owner, brand, id, side).await.unwrap();
        let shown = read(&thumb.bytes);
        assert_eq!((shown.width(), shown.height()), (side, side / 2));
    }
    assert_eq!(said(app.asset_thumb(owner, brand, id, 100).await), "not found");
    let text = upload(&world, "a.txt", Bytes::from_static(b"words")).await.unwrap().id;
    assert_eq!(said(app.asset_thumb(owner, brand, text, 160).await), "not found");
}

#[tokio::test]
async fn a_turned_picture_is_shown_and_sent_upright() {
    // Left half black, right half white; the mark says "turn me a quarter right", so black is to be on top.
    let wide = RgbImage::from_fn(400, 200, |x, _| if x < 200 { Rgb([0; 3]) } else { Rgb([255; 3]) });
    let jpeg = packed(wide, ImageFormat::Jpeg);
    let exif = b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let turned = Bytes::from([&jpeg[..2], exif, &jpeg[2..]].concat());
    let world = World::new().await;
    let view = upload(&world, "turned.jpg", turned).await.unwrap();
    assert_eq!((view.width, view.height), (200, 400));
    let check = |bytes: &[u8], size: (u32, u32)| {
        // Read without a look at EXIF, as some networks do.
        let shown = read(bytes).into_luma8();
        assert_eq!((shown.width(), shown.height()), size);
        assert!(shown.get_pixel(size.0 / 2, 5).0[0] < 30, "black on top");
        assert!(shown.get_pixel(size.0 / 2, size.1 - 5).0[0] > 225, "white below");
    };
    let thumb = world.app.asset_thumb(&world.owner, world.brand, view.id, 160).await.unwrap();
    check(&thumb.bytes, (80, 160));
    let sent = sent(&world, &[(view.id, "")]).await;
    check(&sent[0].3, (200, 400));
}

/// What a camera and an editor write into a picture, by type; the pixels and all else are not touched.
#[tokio::test]
async fn where_a_picture_was_taken_is_not_sent() {
    let secret = b"GPS 55.7558 37.6173";
    let pixels = noise(60, 40, 7);
    let jpeg = packed(pixels.clone(), ImageFormat::Jpeg);
    let length = u16::try_from(secret.len() + 8).unwrap().to_be_bytes();
    let told = [&jpeg[..2], b"\xff\xe1", &length, b"Exif\0\0", secret, &jpeg[2..]].concat();
    let png = packed(pixels.clone(), ImageFormat::Png);
    let mut parts = img_parts::png::Png::from_bytes(png.clone()).unwrap();
    parts.chunks_mut().insert(1, img_parts::png::PngChunk::new(*b"tEXt", [b"x\0", &secret[..]].concat().into()));
    let noted = parts.encoder().bytes().to_vec();
    let world = World::new().await;
    for (name, bytes) in [("a.jpg", told), ("a.png", noted)] {
        let view = upload(&world, name, Bytes::from(bytes.clone())).await.unwrap();
        let sent = sent(&world, &[(view.id, "")]).await;
        let out = &sent[0].3;
        assert!(bytes.windows(secret.len()).any(|window| window == secret));
        assert!(!out.windows(secret.len()).any(|window| window == secret), "{name}");
        let clean = if name == "a.jpg" { &jpeg } else { &png };
        assert_eq!(out, clean, "{name}: as if nothing had ever been written into it");
        let kept = world.app.asset_file(&world.owner, world.brand, view.id, None).await.unwrap();
        assert_eq!(kept.bytes, bytes, "the library keeps what it was given");
    }
}

#[tokio::test]
async fn pictures_are_sent_as_they_are_or_as_the_network_takes_them() {
    let world = World::new().await;
    let small = packed(noise(60, 40, 1), ImageFormat::Jpeg);
    let fits = upload(&world, "Утро.jpg", small.clone()).await.unwrap();
    // Two million bytes of noise: more than the network takes, in a type that it does not take.
    let large = packed(noise(900, 800, 2), ImageFormat::WebP);
    assert!(large.len() > 1_000_000);
    let large = upload(&world, "large.webp", large).await.unwrap();
    let clear = packed(RgbaImage::from_pixel(2400, 200, Rgba([0, 0, 255, 0])), ImageFormat::Png);
    let clear = upload(&world, "clear.png", clear).await.unwrap();
    let default_alt = AssetPatch { alt: Some("Nothing at all".into()), ..AssetPatch::default() };
    world.app.update_asset(&world.owner, world.brand, clear.id, default_alt).await.unwrap();

    let files = [(fits.id, "Morning"), (large.id, "Noise"), (clear.id, "")];
    let sent = sent(&world, &files).await;
    let (name, alt, mime, bytes) = &sent[0];
    assert_eq!((name.as_str(), alt.as_str(), mime.as_str()), ("file.jpg", "Morning", "image/jpeg"));
    assert_eq!(*bytes, small, "untouched");
    let (name, _, mime, bytes) = &sent[1];
    assert_eq!((name.as_str(), mime.as_str()), ("large.jpg", "image/jpeg"));
    assert!(bytes.len() <= 1_000_000 && bytes.len() > 250_000, "{}", bytes.len());
    let (_, alt, mime, bytes) = &sent[2];
    assert_eq!((alt.as_str(), mime.as_str()), ("Nothing at all", "image/png"), "within the side, and still clear");
    let shown = read(bytes);
    assert_eq!((shown.width(), shown.height()), (2000, 166));
    assert!(shown.color().has_alpha());
}

#[tokio::test]
async fn the_shared_large_picture_is_shrunk_under_a_million_bytes() {
    let Some(bytes) = shared("big.jpg") else { return };
    assert!(bytes.len() > 1_000_000);
    let world = World::new().await;
    let view = upload(&world, "big.jpg", bytes).await.unwrap();
    let sent = sent(&world, &[(view.id, "Large")]).await;
    assert!(sent[0].3.len() <= 1_000_000, "{}", sent[0].3.len());
    let shown = read(&sent[0].3);
    let ratio = f64::from(shown.width()) / f64::from(shown.height());
    assert!((ratio - 1.5).abs() < 0.01, "{ratio}");
}

#[tokio::test]
async fn what_no_conversion_mends_is_told_when_it_is_added() {
    let world = World::new().await;
    world.channel(world.brand, "one").await;
    let rows = [
        ("fits.jpg", packed(noise(60, 40, 1), ImageFormat::Jpeg), vec![]),
        (
            "wide.jpg",
            packed(noise(3000, 300, 1), ImageFormat::Jpeg),
            vec![("media-will-be-converted", Some("shrink_image"))],
        ),
        (
            "a.webp",
            packed(noise(60, 40, 2), ImageFormat::WebP),
            vec![("media-will-be-converted", Some("convert_image"))],
        ),
        ("long.png", packed(noise(2100, 100, 3), ImageFormat::Png), vec![("media-ratio", Some("crop_image"))]),
        ("words.txt", Bytes::from_static(b"words"), vec![("media-kind", None)]),
    ];
    for (name, bytes, expected) in rows {
        let view = upload(&world, name, bytes).await.unwrap();
        let got: Vec<_> = view.problems.iter().map(|one| (one.code.as_str(), one.fix.as_deref())).collect();
        assert_eq!(got, expected, "{name}");
        assert!(view.problems.iter().all(|one| one.network == "house" && one.message != one.code), "{name}");
    }
}

#[tokio::test]
async fn a_file_in_use_stays_and_an_unused_one_goes_with_all_its_copies() {
    let world = World::new().await;
    let (app, owner, brand) = (&world.app, &world.owner, world.brand);
    let used = upload(&world, "a.jpg", packed(noise(60, 40, 1), ImageFormat::Jpeg)).await.unwrap().id;
    let input = json!({ "content": { "text": "x", "language": "en", "media": [{ "asset": used, "alt": "" }] } });
    let post = app.create_post(owner, brand, serde_json::from_value(input).unwrap()).await.unwrap();
    assert_eq!(app.asset(owner, brand, used).await.unwrap().used, 1);
    let uses = app.asset_uses(owner, brand, used, None).await.unwrap().items;
    assert_eq!(uses.iter().map(|brief| brief.id).collect::<Vec<_>>(), [post.id]);
    assert_eq!(said(app.delete_asset(owner, brand, used).await), "asset-in-use");
    app.delete_post(owner, brand, post.id).await.unwrap();

    let marker = b"a marker that is found in the folder of files";
    let text = upload(&world, "a.txt", Bytes::from_static(marker)).await.unwrap().id;
    let kept = |world: &World| world.everything_kept().windows(marker.len()).any(|window| window == marker);
    assert!(kept(&world));
    let count = |world: &World, magic: &[u8]| {
        let kept = world.everything_kept();
        kept.windows(magic.len()).filter(|window| *window == magic).count()
    };
    assert_eq!(count(&world, b"\xff\xd8\xff\xe0"), 4, "a picture and its three small copies");
    for id in [used, text] {
        app.delete_asset(owner, brand, id).await.unwrap();
        assert_eq!(said(app.asset(owner, brand, id).await), "not found");
        assert_eq!(said(app.asset_file(owner, brand, id, None).await), "not found");
    }
    assert!(!kept(&world), "the bytes are gone too");
    assert_eq!(count(&world, b"\xff\xd8\xff\xe0"), 0);
}

#[tokio::test]
async fn copies_made_for_networks_go_with_their_picture() {
    let world = World::new().await;
    let picture = upload(&world, "a.webp", packed(noise(60, 40, 1), ImageFormat::WebP)).await.unwrap().id;
    sent(&world, &[(picture, "")]).await;
    let jpegs = |world: &World| {
        let kept = world.everything_kept();
        kept.windows(4).filter(|window| *window == b"\xff\xd8\xff\xe0").count()
    };
    assert_eq!(jpegs(&world), 4, "three small copies and the one that was sent");
    world.app.delete_asset(&world.owner, world.brand, picture).await.unwrap();
    assert_eq!(jpegs(&world), 0);
}
