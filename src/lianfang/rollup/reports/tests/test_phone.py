"""The pages on which papers are signed: small, without a script, one tap for a signature."""

import gzip
import json
import re
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse

from lianfang.ground.orgs.models import HandOver, Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.models import Sheet
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.rules.states import Situation
from lianfang.rollup.reports.tests.conftest import SignIn
from lianfang.rollup.reports.tests.walking import again, post_of

MOST_BYTES = 40_000


def test_the_phone_pages_are_small_and_need_no_script(
    draft: Bulletin,
    sheet: Sheet,
    mill: Unit,
    leader: Actor,
    head: Actor,
    checker: Actor,
    sign_in: SignIn,
) -> None:
    signatures.agree(checker, sheet, Situation.CHECKED, draft.digest)
    for address in (
        reverse("signing:sheet", args=[sheet.pk]),
        reverse("signing:waiting"),
        reverse("reports:leader"),
    ):
        page = sign_in(leader).get(address).content.decode()
        assert "<script" not in page
        assert weight(page) < MOST_BYTES, address
    page = sign_in(leader).get(reverse("signing:sheet", args=[sheet.pk])).content.decode()
    assert page.count('class="lf-go">Agree') == 1
    assert "Return</summary>" in page
    assert "Instruct</summary>" in page


def test_a_leader_begins_on_his_phone_with_the_day_on_one_screen(
    draft: Bulletin, leader: Actor, overseer: Actor, sign_in: SignIn
) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 9) MicroMessenger/7.0 Mobile Safari"}
    client = sign_in(leader)
    assert client.get("/", headers=phone).headers["Location"] == reverse("reports:leader")
    assert client.get("/").headers["Location"] == reverse("board:today")
    assert sign_in(overseer).get("/", headers=phone).headers["Location"] == reverse("board:today")
    assert "江海面粉" in client.get(reverse("reports:leader")).content.decode()


def test_a_hand_over_is_made_and_taken_back_on_its_page(
    response: Response, group: Unit, leader: Actor, overseer: Actor, sign_in: SignIn
) -> None:
    client: Client = sign_in(leader)
    post = post_of(leader, Role.LEADING_GROUP)
    url = reverse("orgs:hand_over", args=[post.pk])
    assert "<script" not in client.get(url).content.decode()
    told = {"deputy": overseer.id, "since": "2020-01-31T15:00", "until": "2020-01-31T18:00"}
    assert "This field is required" in client.post(url, told).content.decode()
    assert client.post(url, {**told, "reason": "开会"}).status_code == 302
    lent = HandOver.objects.get()
    assert sign_in(overseer).post(reverse("orgs:take_back", args=[lent.pk])).status_code == 404
    assert client.post(reverse("orgs:take_back", args=[lent.pk])).status_code == 302
    assert not again(overseer).holds(Role.LEADING_GROUP)


def weight(page: str) -> int:
    """Return the bytes of a page and all that it loads, compressed as they go over the wire."""
    manifest = json.loads((settings.DIST / "manifest.json").read_text("utf-8"))
    entry = manifest["styles/signing.css"]
    names = [str(entry["file"]), *map(str, entry["assets"])]
    files = [Path(settings.DIST) / name for name in names]
    assert not re.findall(r'<img|src="', page)
    return len(gzip.compress(page.encode())) + sum(
        min(len(gzip.compress(file.read_bytes())), file.stat().st_size) for file in files
    )
