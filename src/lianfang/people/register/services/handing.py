"""What follows here when a site goes over to another unit."""

from datetime import datetime

from lianfang.ground.orgs.models import Site, Unit
from lianfang.ground.orgs.watchers import when_a_site_goes_over
from lianfang.kernel.actor import Actor
from lianfang.people.register.models import StallTenure


def move_tenures(_actor: Actor, site: Site, unit: Unit, now: datetime) -> None:
    """Have those who hold stalls there hold them of the unit that runs the site from now on."""
    held = StallTenure.objects.filter(stall__site=site, valid_to=None).exclude(unit=unit)
    fresh = [
        StallTenure(stall_id=stall, person_id=person, unit=unit, valid_from=now, recorded_at=now)
        for stall, person in held.values_list("stall", "person")
    ]
    held.update(valid_to=now)
    StallTenure.objects.bulk_create(fresh, batch_size=500)


when_a_site_goes_over(move_tenures)
