"""Places where a workspace may not live, and those that only look like it."""

from pathlib import Path, PurePosixPath

import pytest

from ivaudit.store import place

MOUNTS = """
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
serveur:/partage /mnt/partage nfs4 rw 0 0
//serveur/commun /mnt/partage\\040commun cifs rw 0 0
//serveur/donnees /mnt/Données cifs rw 0 0
/dev/sdb1 /mnt/partage/disque ext4 rw 0 0
malformed
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/claire/audits", "ext4"),
        ("/mnt/partage", "nfs4"),
        ("/mnt/partage/audits/2026", "nfs4"),
        ("/mnt/partagé", "ext4"),
        ("/mnt/partage commun/x", "cifs"),
        ("/mnt/Données/audits", "cifs"),
        ("/mnt/partage/disque/x", "ext4"),
        ("/run/x", "tmpfs"),
    ],
)
def test_the_file_system_of_a_path_is_that_of_its_nearest_mount(path: str, expected: str) -> None:
    assert place.file_system(PurePosixPath(path), MOUNTS) == expected


def test_an_unknown_file_system_has_no_name() -> None:
    assert place.file_system(PurePosixPath("/x"), "") == ""


def test_a_network_share_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "file_system", lambda _place, _mounts: "cifs")
    assert "partage réseau" in (place.place_problem(tmp_path) or "")


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - CHU de Lille", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Nextcloud", "Nextcloud"),
        ("Google Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"),
        ("kDrive", "kDrive"),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, name: str, service: str) -> None:
    problem = place.place_problem(tmp_path / name / "audits" / "2026")
    assert problem is not None
    assert service in problem


def test_a_synchronised_folder_is_known_by_what_the_service_leaves_in_it(tmp_path: Path) -> None:
    for marker, service in place.MARKERS.items():
        root = tmp_path / service
        root.mkdir(exist_ok=True)
        (root / marker).write_text("", encoding="utf-8")
        assert service in (place.place_problem(root / "audits") or "")
        (root / marker).unlink()


def test_the_settings_folder_of_dropbox_does_not_condemn_the_home(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert place.place_problem(tmp_path / "audits") is None


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "audits").mkdir(parents=True)
    (tmp_path / "raccourci").symlink_to(tmp_path / "Dropbox" / "audits")
    assert "Dropbox" in (place.place_problem(tmp_path / "raccourci") or "")


def test_the_folder_that_windows_names_for_onedrive_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Documents du CHU"))
    assert "OneDrive" in (place.place_problem(tmp_path / "Documents du CHU" / "audits") or "")


def test_an_ordinary_folder_is_fine(tmp_path: Path) -> None:
    for name in ("audits", "Boxe", "drive", "mes dropbox", "Données é"):
        assert place.place_problem(tmp_path / name) is None


def test_the_default_folder_is_local() -> None:
    assert place.default_folder().name == "ivaudit"
    assert place.default_folder().is_absolute()
