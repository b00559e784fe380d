//! The container: a plain tar file (ustar) of regular files, which any tar reads. Nothing is packed, so nothing unpacks to
//! more than it is; names are those of the form and nothing else, so nothing lands elsewhere.
//!
//! Reading and writing block the thread: callers run aside.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{MoveError, Result};

const BLOCK: usize = 512;
/// The largest file that the head of an entry can name (eleven octal digits).
const LARGEST: u64 = 0o77_777_777_777;

/// An archive that is being written.
pub(super) struct Out {
    file: BufWriter<File>,
    hash: Sha256,
    left: u64,
    pad: usize,
}

impl Out {
    /// Makes the file, readable by its owner only.
    pub(super) fn create(path: &Path) -> Result<Self> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| MoveError::file(&error))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), hash: Sha256::new(), left: 0, pad: 0 })
    }

    /// Begins an entry of so many bytes, which follow by [`Out::piece`].
    pub(super) fn begin(&mut self, name: &str, bytes: u64) -> Result<()> {
        if bytes > LARGEST || name.len() > 100 {
            return Err(MoveError::damaged(name, "too large for an archive"));
        }
        let mut head = [0_u8; BLOCK];
        let mut put = |at: usize, text: &[u8]| {
            if let Some(place) = head.get_mut(at..at + text.len()) {
                place.copy_from_slice(text);
            }
        };
        put(0, name.as_bytes());
        put(100, b"0000600\0");
        put(108, b"0000000\0");
        put(116, b"0000000\0");
        put(124, format!("{bytes:011o}\0").as_bytes());
        put(136, b"00000000000\0");
        put(148, b"        ");
        put(156, b"0");
        put(257, b"ustar\x0000");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        if let Some(place) = head.get_mut(148..156) {
            place.copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
        self.put(&head)?;
        (self.left, self.pad) = (bytes, padding(bytes));
        self.end()
    }

    /// A piece of the entry.
    pub(super) fn piece(&mut self, bytes: &[u8]) -> Result<()> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or_else(|| MoveError::damaged("", "a file has grown"))?;
        self.put(bytes)?;
        self.end()
    }

    /// A whole entry.
    pub(super) fn entry(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.begin(name, u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
        if bytes.is_empty() { Ok(()) } else { self.piece(bytes) }
    }

    /// SHA-256 of everything so far, in hex.
    pub(super) fn digest(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }

    /// Has every entry all its bytes?
    pub(super) fn is_even(&self) -> bool {
        self.left == 0
    }

    /// Everything is on the disk when this returns.
    pub(super) fn close(mut self) -> Result<()> {
        self.put(&[0; 2 * BLOCK])?;
        self.file.flush().and_then(|()| self.file.get_ref().sync_all()).map_err(|error| MoveError::file(&error))
    }

    fn end(&mut self) -> Result<()> {
        if self.left > 0 {
            return Ok(());
        }
        let pad = std::mem::take(&mut self.pad);
        self.put([0_u8; BLOCK].get(..pad).unwrap_or_default())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| MoveError::file(&error))?;
        self.hash.update(bytes);
        Ok(())
    }
}

fn padding(bytes: u64) -> usize {
    let over = usize::try_from(bytes % 512).unwrap_or(0);
    (BLOCK - over) % BLOCK
}

/// An archive that is being read.
pub(super) struct In {
    file: BufReader<File>,
    hash: Sha256,
    left: u64,
    pad: usize,
    name: String,
}

impl In {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| MoveError::file(&error))?;
        let file = BufReader::with_capacity(1 << 18, file);
        Ok(Self { file, hash: Sha256::new(), left: 0, pad: 0, name: String::new() })
    }

    /// SHA-256 of everything before the next entry, in hex.
    pub(super) fn digest(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }

    /// The next entry: its name and how many bytes follow; `None` at the end of the archive.
    pub(super) fn next(&mut self) -> Result<Option<(String, u64)>> {
        // What nobody read of the entry before belongs to the hash all the same.
        while self.piece()?.is_some() {}
        let mut head = [0_u8; BLOCK];
        if !self.fill(&mut head)? {
            return Err(MoveError::damaged(&self.name, "it is cut off"));
        }
        if head.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let part = |from: usize, to: usize| head.get(from..to).unwrap_or_default();
        let text = |from: usize, to: usize| {
            let bytes = part(from, to).split(|byte| *byte == 0).next().unwrap_or_default();
            std::str::from_utf8(bytes).ok().map(str::trim).map(str::to_owned)
        };
        let octal = |from, to| text(from, to).and_then(|text| u64::from_str_radix(&text, 8).ok());
        let name = text(0, 100).unwrap_or_default();
        let blank = part(148, 156).iter().map(|byte| u64::from(*byte)).sum::<u64>();
        let sum = head.iter().map(|byte| u64::from(*byte)).sum::<u64>() - blank + 8 * 32;
        let size = octal(124, 136).filter(|size| *size <= LARGEST);
        let plain =
            part(156, 157) == b"0" && part(257, 262) == b"ustar" && part(345, 500).iter().all(|byte| *byte == 0);
        match (octal(148, 156) == Some(sum), plain && is_ours(&name), size) {
            (true, true, Some(size)) => {
                (self.left, self.pad) = (size, padding(size));
                self.name.clone_from(&name);
                Ok(Some((name, size)))
            }
            _ => Err(MoveError::damaged(&self.name, "what follows is no entry of ours")),
        }
    }

    /// The next piece of the entry, at most a megabyte.
    pub(super) fn piece(&mut self) -> Result<Option<Vec<u8>>> {
        if self.left == 0 {
            let mut pad = [0_u8; BLOCK];
            let pad = pad.get_mut(..std::mem::take(&mut self.pad)).unwrap_or_default();
            if !pad.is_empty() && !self.fill(pad)? {
                return Err(MoveError::damaged(&self.name, "it is cut off"));
            }
            if pad.iter().any(|byte| *byte != 0) {
                return Err(MoveError::damaged(&self.name, "something stands between two entries"));
            }
            return Ok(None);
        }
        let size = usize::try_from(self.left).unwrap_or(usize::MAX).min(1 << 20);
        let mut bytes = vec![0; size];
        if !self.fill(&mut bytes)? {
            return Err(MoveError::damaged(&self.name, "it is cut off"));
        }
        self.left -= u64::try_from(size).unwrap_or(0);
        Ok(Some(bytes))
    }

    /// All of an entry that is at most so long.
    pub(super) fn whole(&mut self, most: u64) -> Result<Vec<u8>> {
        if self.left > most {
            return Err(MoveError::damaged(&self.name, "it is too long"));
        }
        let mut all = Vec::new();
        while let Some(piece) = self.piece()? {
            all.extend(piece);
        }
        Ok(all)
    }

    /// Does anything but zeros follow?
    pub(super) fn is_over(&mut self) -> Result<bool> {
        let mut block = [0_u8; BLOCK];
        let second = self.fill(&mut block)?;
        Ok(second && block.iter().all(|byte| *byte == 0) && !self.fill(&mut block)?)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<bool> {
        match self.file.read_exact(bytes) {
            Ok(()) => {
                self.hash.update(&*bytes);
                Ok(true)
            }
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(MoveError::file(&error)),
        }
    }
}

/// The names of the form: letters of their own, no way up and no way out.
fn is_ours(name: &str) -> bool {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    match name.split_once('/') {
        None => name == super::HEAD || name == super::END,
        Some(("tables", rest)) => rest.strip_suffix(".jsonl").is_some_and(plain),
        Some(("media", rest)) => !rest.is_empty() && plain(rest),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        for name in ["sarafan-brand.json", "end.json", "tables/post-000001.jsonl", "media/0192"] {
            assert!(is_ours(name), "{name}");
        }
        let strange = [
            "",
            "/etc/passwd",
            "../x",
            "media/../x",
            "media/",
            "media/a/b",
            "tables/x",
            "media/..",
            "tables/../x.jsonl",
        ];
        for name in strange {
            assert!(!is_ours(name), "{name}");
        }
    }

    #[test]
    fn entries_come_back_and_another_tar_reads_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tar");
        let mut out = Out::create(&path).unwrap();
        out.entry("end.json", b"").unwrap();
        out.entry("tables/post-000001.jsonl", &[b'x'; 512]).unwrap();
        out.begin("media/1", 3).unwrap();
        out.piece(b"a").unwrap();
        assert!(!out.is_even());
        out.piece(b"bc").unwrap();
        assert!(out.piece(b"d").is_err(), "no entry has more bytes than it said");
        out.close().unwrap();
        let mut file = In::open(&path).unwrap();
        let mut found = Vec::new();
        while let Some((name, size)) = file.next().unwrap() {
            found.push((name, size, file.whole(1000).unwrap()));
        }
        assert!(file.is_over().unwrap());
        assert_eq!(
            found.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(),
            ["end.json", "tables/post-000001.jsonl", "media/1"]
        );
        assert_eq!((found[1].1, found[2].2.as_slice()), (512, b"abc".as_slice()));
        if let Ok(told) = std::process::Command::new("tar").arg("tf").arg(&path).output() {
            assert_eq!(String::from_utf8_lossy(&told.stdout), "end.json\ntables/post-000001.jsonl\nmedia/1\n");
        }
    }
}
