"""Which milestone is a system's newest: the one row per system that the roll-up reads."""

from data.engine import Session

NEWEST = """
select id from assessments where system = :system and status = 'milestone'
order by made_at desc, id desc limit 1
"""


def refresh_latest(session: Session, system: str) -> None:
    """Write the system's row anew, in the transaction that changed its milestones; no milestone, no row."""
    newest = session.rows(NEWEST, system=system)
    if not newest:
        session.run("delete from system_latest where system = :system", system=system)
        return
    session.run(
        """insert into system_latest (system, assessment) values (:system, :assessment)
        on conflict (system) do update set assessment = excluded.assessment""",
        system=system,
        assessment=newest[0]["id"],
    )
