"""Which function does which job: the one table of handlers.

To add one: write `def handle(work: Work, task: Task) -> None` in a module of this folder and a line here; if it is to
be done regularly, another line in `curation.timetable.TIMETABLE` (name, how often, a sentence for the desk). To have it
done once, from anywhere: `queue.add(session, "name", now=now, key="what makes it the same job", argument=1)` in the
transaction that gives rise to it; the arguments come back as `task.arguments`.

A handler may be begun again after a crash. Either it bears that, or it does everything inside
`with task.finishing() as session:`, the transaction in which the job becomes done. Long work says
`task.still_at_it(done, steps)` at least every two minutes. `raise GiveUp("why")` fails for good; any other exception is
tried again later (`NotNow("why", most=12)` oftener). `work.now()` and `work.today()` are the clock,
`work.indexer().drain()` brings changed offers into the search.
"""

from __future__ import annotations

from infopool.jobs import checks, importing, links, mailing, publishing, tidying, upkeep
from infopool.jobs.work import Handler

HANDLERS: dict[str, Handler] = {
    "index": upkeep.index,
    "relearn": upkeep.relearn,
    "send-mail": mailing.send,
    "send-mails": mailing.send_forgotten,
    "ask-providers": checks.ask_providers,
    "publish": publishing.publish,
    "check-links": links.check,
    "tidy": tidying.tidy,
    "import": importing.take_in,
    "clear-uploads": importing.clear_uploads,
}
"""Name of a job -> who does it."""
