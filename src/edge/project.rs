//! The config file of a project. Refuses a missing folder, anything but a regular file, a file over the size limit,
//! and a dangling link: none of them may pass for a project without a config.

use super::{EdgeError, disk};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// The bytes of the config of this name; `None` where the project has none.
pub fn config(dir: &Path, name: &str) -> Result<Option<Vec<u8>>, EdgeError> {
    let path = dir.join(name);
    match disk::whole(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(why) if why.kind() != ErrorKind::NotFound => Err(EdgeError::disk(&path, why)),
        Err(_) if !dir.is_dir() => Err(EdgeError::NoProject(dir.to_owned())),
        Err(why) => match std::fs::read_link(&path) {
            Ok(to) => {
                let why = Error::new(why.kind(), format!("it is a link to {}, which is not there", to.display()));
                Err(EdgeError::disk(&path, why))
            }
            Err(_) => Ok(None),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_without_a_config_is_one_and_a_folder_that_is_not_there_is_none() {
        let dir = tempfile::tempdir().unwrap();
        assert!(config(dir.path(), "c.yaml").unwrap().is_none());
        std::fs::write(dir.path().join("c.yaml"), b"\xff").unwrap();
        assert_eq!(config(dir.path(), "c.yaml").unwrap().as_deref(), Some(&b"\xff"[..]));
        let nowhere = dir.path().join("nowhere");
        assert!(matches!(config(&nowhere, "c.yaml"), Err(EdgeError::NoProject(at)) if at == nowhere));
        assert!(config(&dir.path().join("c.yaml"), "c.yaml").is_err());
    }

    #[test]
    fn what_is_no_file_is_refused_and_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let refused = |name: &str| config(dir.path(), name).unwrap_err().to_string();
        std::fs::create_dir(dir.path().join("folder")).unwrap();
        assert!(refused("folder").contains("no regular file"));
        let file = std::fs::File::create(dir.path().join("large")).unwrap();
        file.set_len(disk::MAX_ARTICLE_BYTES + 1).unwrap();
        assert!(refused("large").contains("16777217 bytes"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("gone.yaml", dir.path().join("link")).unwrap();
            assert!(refused("link").ends_with("it is a link to gone.yaml, which is not there"));
            rustix::fs::mknodat(
                rustix::fs::CWD,
                dir.path().join("pipe"),
                rustix::fs::FileType::Fifo,
                rustix::fs::Mode::RWXU,
                0,
            )
            .unwrap();
            assert!(refused("pipe").contains("no regular file"));
        }
    }
}
