#!/usr/bin/env python3
"""Writes tests/corpus/dates.tsv: every shape of date, in three zones, across their changes of clocks, as Python's zoneinfo has it.

    dates.py > tests/corpus/dates.tsv

Columns: zone of the site, text as written, and what it means there: an instant, or a day (`2024-03-31 day`). A local time
that clocks skip is the first one that exists; of two, the earlier. A text that begins with `path:` is where the article
lies, one with `permalink:` or `url:` what that key says; it has no date key then.
"""
import datetime as dt
from zoneinfo import ZoneInfo

ZONES = {
    "Europe/Berlin": ["2024-03-30 12:00", "2024-03-31 01:59", "2024-03-31 02:30", "2024-03-31 03:00", "2024-10-27 02:30", "2024-10-28 00:00"],
    "America/New_York": ["2024-03-09 12:00", "2024-03-10 01:59", "2024-03-10 02:30", "2024-03-10 03:00", "2024-11-03 01:30", "2024-11-04 00:00"],
    "Australia/Lord_Howe": ["2024-04-06 12:00", "2024-04-07 01:45", "2024-04-08 00:00", "2024-10-05 12:00", "2024-10-06 02:15", "2024-10-06 02:30"],
}
NOMINATIVE = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()

DAYS = [
    "%Y-%m-%d", "%Y-%-m-%-d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%-d.%-m.%Y", "%-d %B %Y", "%-d %b %Y", "%B %-d, %Y", "%b %-d %Y",
    "%A, %-d %B %Y", "%-d-%b-%Y", "RU",
]
LOCALS = [
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %-H:%M:%S", "%Y-%-m-%-dT%H:%M:%S", "%Y-%m-%dt%H:%M:%S.250",
    "%Y/%m/%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M:%S", "%Y%m%d%H%M%S", "%Y%m%dT%H%M", "%-d %B %Y %H:%M", "%B %-d, %Y at %I:%M %p",
    "%Y-%m-%d %I:%M%p", "RU, %H:%M", "%Y-%-m-%-dT%-H:%M:%S.000", "%Y-%-m-%-d %-H:%-M:%-S", "%b %-d, %Y %H:%M", "%A, %B %-d, %Y %-I:%M %p",
]
OFFSETS = ["Z", " Z", " UTC", " GMT", "+00:00", " +0300", " -0400", " -4", "+03", " +05:45", " MSK", " EST", " PDT", " UTC+3", "+01:00[Europe/Paris]"]
SHIFTS = [0, 0, 0, 0, 0, 180, -240, -240, 180, 345, 180, -300, -420, 180, 60]
SPACED = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S.000", "%Y-%m-%d %-H:%M:%S", "%Y-%-m-%-d %-H:%M", "%Y-%-m-%-dT%H:%M:%S.000"]
SPACED_OFFSETS = {" +0800": 480, " +08:00": 480, " -4": -240, "-04:00": -240, " UTC": 0, " Z": 0, "Z": 0, " CET": 60, " EDT": -240, " MSK": 180}
SCRIPTS = {"GMT+0800 (China Standard Time)": 480, "GMT-0500 (EST)": -300, "GMT+0530 (India Standard Time)": 330, "GMT+0300 (Москва, стандартное время)": 180}
PATHS = [
    "path:_posts/%Y-%m-%d-x.md", "path:_posts/%Y-%-m-%-d-x.md", "path:%Y-%m-%d.md", "path:%Y/%m/%d/x.md", "path:blog/%Y/%m/%d/x/index.md", "path:%Y-%m-%d-x/index.md",
    "path:blog/%Y/%m-%d-x.md", "permalink:/%Y/%m/%d/x/", "url:/blog/%Y/%m/%d/x.html", "path:%Y_%m_%d_x.md", "path:%Y%m%d-x.md",
]


def written(at, pattern):
    if pattern.startswith("RU"):
        return f"{at.day} {RUSSIAN[at.month - 1]} {at.year} г." + at.strftime(pattern[2:])
    return at.strftime(pattern)


def local(at, zone):
    """The instant of a local time: the earlier of two, the first that exists where there is none."""
    while True:
        aware = at.replace(tzinfo=zone, fold=0)
        if aware.astimezone(dt.timezone.utc).astimezone(zone).replace(tzinfo=None) == at:
            return aware
        at += dt.timedelta(minutes=1)


def shown(at, zone):
    return at.astimezone(zone).isoformat(timespec="seconds")


def rows():
    for name, moments in ZONES.items():
        zone = ZoneInfo(name)
        for moment in moments:
            at = dt.datetime.strptime(moment, "%Y-%m-%d %H:%M")
            for pattern in DAYS:
                yield name, written(at, pattern), f"{at.date()} day"
            for pattern in LOCALS:
                yield name, written(at, pattern), shown(local(at, zone), zone)
            for offset, shift in zip(OFFSETS, SHIFTS, strict=True):
                instant = at.replace(tzinfo=dt.timezone(dt.timedelta(minutes=shift)))
                yield name, at.strftime("%Y-%m-%dT%H:%M:%S") + offset, shown(instant, zone)
            for pattern in SPACED:
                for offset, shift in SPACED_OFFSETS.items():
                    instant = at.replace(tzinfo=dt.timezone(dt.timedelta(minutes=shift)))
                    yield name, at.strftime(pattern) + offset, shown(instant, zone)
            for script, shift in SCRIPTS.items():
                instant = at.replace(tzinfo=dt.timezone(dt.timedelta(minutes=shift)))
                yield name, at.strftime("%a %b %d %Y %H:%M:%S ") + script, shown(instant, zone)
            for pattern in PATHS:
                yield name, at.strftime(pattern), f"{at.date()} day"
            utc = at.replace(tzinfo=dt.timezone.utc)
            yield name, utc.strftime("%a, %d %b %Y %H:%M:%S +0000"), shown(utc, zone)
            yield name, utc.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)"), shown(utc, zone)
            yield name, utc.strftime("%a %b %d %H:%M:%S UTC %Y"), shown(utc, zone)
            yield name, utc.strftime("%Y-%m-%dT%H:%M:%S.123Z"), shown(utc, zone)
            yield name, str(int(utc.timestamp())), shown(utc, zone)
            yield name, str(int(utc.timestamp()) * 1000 + 7), shown(utc, zone)
            berlin = local(at, ZoneInfo("Europe/Berlin"))
            if berlin.replace(tzinfo=None) == at:
                yield name, at.strftime("%Y-%m-%d %H:%M Europe/Berlin"), shown(berlin, zone)
        for month in range(1, 13):
            at = dt.datetime(2023, month, 7, 20, 15)
            for pattern in ["%-d %B %Y", "%-d %b %Y", "%B %-d, %Y", "%b. %-d, %Y", "%-dth of %B %Y", "%d-%b-%Y", "%a, %d %b %Y", "RU"]:
                yield name, written(at, pattern), f"{at.date()} day"
            yield name, f"7 {NOMINATIVE[month - 1]} 2023", f"{at.date()} day"
            yield name, f"7 {RUSSIAN[month - 1]} 2023 года", f"{at.date()} day"
            yield name, written(at, "RU %H:%M"), shown(local(at, zone), zone)
            yield name, at.strftime("%-d %B %Y %H:%M +0000"), shown(at.replace(tzinfo=dt.timezone.utc), zone)


def main():
    for row in rows():
        print("\t".join(row))


if __name__ == "__main__":
    main()
