import struct
import subprocess
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Lock

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from lianfang.ground.files import intake, jobs, rules, vault
from lianfang.ground.files.models import StoredFile
from lianfang.ground.files.services import keep, small
from lianfang.ground.orgs.models import Unit, User
from lianfang.kernel.actor import Actor
from lianfang.kernel.pictures import drawing
from lianfang.kernel.pictures.drawing import HAS_TOO_MUCH, IS_BROKEN
from lianfang.kernel.refusals import BadInput

SECRET = b"SECRET-GPS-120.7-28.0"
SCRIPT = b"<script>window.__xss=1</script>"
ORIENTATION, TURNED = 0x0112, 6


def photo(size: tuple[int, int] = (64, 48), kind: str = "JPEG", **more: object) -> bytes:
    made = BytesIO()
    mode = "RGBA" if kind in {"PNG", "WEBP"} else "RGB"
    Image.new(mode, size, "navy").save(made, kind, **more)
    return made.getvalue()


def with_metadata() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif[0x010E] = SECRET.decode()
    return photo(exif=exif)


def a_bomb(side: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says to be very wide and high."""

    def chunk(name: bytes, told: bytes) -> bytes:
        checked = zlib.crc32(name + told)
        return struct.pack(">I", len(told)) + name + told + struct.pack(">I", checked)

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_photo_is_kept_upright_and_without_what_the_camera_wrote_into_it() -> None:
    told = with_metadata()
    assert SECRET in told
    kept = intake.take("IMG_1.JPG", told)
    assert SECRET not in kept.content
    assert b"Exif" not in kept.content
    assert opened(kept.content).size == (48, 64)
    assert (kept.name, kept.media_type) == ("IMG_1.jpg", "image/jpeg")


def test_a_large_photo_is_made_small_and_has_a_small_copy() -> None:
    kept = intake.take("a.jpg", photo((4000, 3000)))
    assert opened(kept.content).size == (2000, 1500)
    assert opened(kept.small_content).size == (320, 240)
    assert kept.small != kept.fingerprint


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("b.webp", "WEBP")])
def test_what_is_transparent_becomes_white_and_all_are_kept_as_jpeg(name: str, kind: str) -> None:
    kept = intake.take(name, photo(kind=kind))
    found = opened(kept.content)
    assert (found.format, found.mode) == ("JPEG", "RGB")
    assert kept.name.endswith(".jpg")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bomb.png", a_bomb(), HAS_TOO_MUCH),
        ("cut.jpg", photo((800, 600))[:400], IS_BROKEN),
        ("cut.png", photo(kind="PNG")[:40], IS_BROKEN),
        ("zeros.jpg", b"\xff\xd8\xff" + bytes(2000), IS_BROKEN),
        ("riff.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(64), IS_BROKEN),
        ("page.jpg", SCRIPT, rules.NOT_WHAT_IT_SAYS),
        ("gif.jpg", b"GIF89a" + bytes(40), rules.NOT_WHAT_IT_SAYS),
        ("png.jpg", photo(kind="PNG"), rules.NOT_WHAT_IT_SAYS),
        ("pdf.png", b"%PDF-1.7\n", rules.NOT_WHAT_IT_SAYS),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", rules.NOT_KEPT),
        ("a.gif", b"GIF89a" + bytes(40), rules.NOT_KEPT),
        ("IMG.HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(40), rules.HEIC),
        ("IMG.jpg", b"\x00\x00\x00\x18ftypheic" + bytes(40), rules.HEIC),
    ],
)
def test_what_is_no_photo_or_too_much_is_refused_in_one_sentence(
    name: str, content: bytes, sentence: str, db: None
) -> None:
    with pytest.raises(BadInput) as refused:
        intake.take(name, content)
    assert refused.value.sentence == sentence


def test_what_hides_behind_a_photo_is_gone() -> None:
    behind = photo() + SCRIPT + b"PK\x03\x04" + bytes(100)
    kept = intake.take("polyglot.jpg", behind)
    assert SCRIPT not in kept.content
    assert b"PK\x03\x04" not in kept.content


def test_a_photo_is_shown_and_nothing_runs_in_it(
    mill: Unit, clerk: Actor, stranger: Actor, client: Client
) -> None:
    made = keep(clerk, mill, intake.take("a.jpg", photo()))
    paper = keep(clerk, mill, intake.take("a.pdf", b"%PDF-1.7\n"))
    client.force_login(User.objects.get(pk=clerk.id))
    for name in ("picture", "small"):
        shown = client.get(reverse(f"files:{name}", args=(made.pk,)))
        assert opened(shown.content).format == "JPEG"
        assert "sandbox" in shown["Content-Security-Policy"]
        assert shown["X-Content-Type-Options"] == "nosniff"
        assert client.get(reverse(f"files:{name}", args=(paper.pk,))).status_code == 404
    client.force_login(User.objects.get(pk=stranger.id))
    for name in ("picture", "small"):
        assert client.get(reverse(f"files:{name}", args=(made.pk,))).status_code == 404


def test_the_small_copy_lies_sealed_and_is_not_swept_away(
    mill: Unit, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = intake.take("a.jpg", photo())
    made = keep(clerk, mill, received)
    assert received.small
    assert vault.holds(received.small, received.key)
    monkeypatch.setattr(jobs, "ORPHAN", -jobs.ORPHAN)
    assert jobs.sweep() == 0
    assert small(StoredFile.objects.get(pk=made.pk)) == received.small_content


def test_what_is_unpacked_whole_may_have_fewer_pixels_than_a_jpeg() -> None:
    with pytest.raises(BadInput) as refused:
        drawing.draw("sheet.png", a_bomb(5_500))
    assert refused.value.sentence == HAS_TOO_MUCH
    assert drawing.draw("IMG_2.JPG", photo((5_500, 5_500))).small


def test_no_more_than_two_photos_are_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, now, most = Lock(), 0, 0

    def run(*_args: object, **_more: object) -> subprocess.CompletedProcess[bytes]:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.05)
        with lock:
            now -= 1
        return subprocess.CompletedProcess((), 0, b'{"picture": 0, "small": 0}\n')

    monkeypatch.setattr(subprocess, "run", run)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: drawing.draw(f"{number}.jpg", b""), range(6)))
    assert most == 2
