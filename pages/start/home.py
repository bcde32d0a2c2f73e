"""The systems of the workspace: where each stands, and what to do next."""

from ui import guards, portfolio, services

workspace = guards.workspace()
standings = services.standings(workspace.id)
if standings:
    portfolio.header(workspace)
    portfolio.table(standings)
    portfolio.heat_map(standings)
else:
    portfolio.welcome(workspace)
