"""The background work: a worker that runs until it is stopped, or once for cron."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

import click

from infopool.cli.installation import Installation, house, say
from infopool.jobs.work import Work
from infopool.jobs.worker import Worker
from infopool.messages import counted

ORPHANED = 1.0
"""Seconds between two looks whether the server this worker belongs to is still there."""


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and end; for cron.")
@click.option("--beside", type=int, default=0, hidden=True, help="Number of the process to end with.")
@house
def work(installed: Installation, once: bool, beside: int) -> None:
    """Do the background work: mails, checks, links, scheduled publishing."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    place = Work(installed.settings, installed.region, installed.database)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: place.stopping.set())
    if beside:
        _end_with(beside, place)
    worker = Worker(place)
    if not once:
        worker.run()
        return
    done = worker.do_all()
    click.echo(say(counted("%(count)s job done.", "%(count)s jobs done.", done)))


def _end_with(server: int, place: Work) -> None:
    """Stop soon after the server that started this worker has ended, however it ended."""

    def watch() -> None:
        while os.getppid() == server and not place.stopping.wait(ORPHANED):
            pass
        place.stopping.set()

    threading.Thread(target=watch, daemon=True).start()
