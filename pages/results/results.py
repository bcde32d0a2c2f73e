"""Where the system stands: level, the rule that decided it, the areas, and the three fixes to start with."""

from ui import guards, lens, outcome, people, returning, services

system, assessment = guards.need_assessment("Results")
result = services.result(assessment.id)
outcome.which(system, assessment)
returning.notices(system, assessment)
outcome.first_screen(system, assessment, result)
people.finding(system, assessment)
outcome.start_with(system, assessment, result)
outcome.lines(result)
outcome.anti_patterns(assessment, result)
outcome.open_questions(system, assessment, result)
lens.left_out(result.lens)
outcome.keep(system, assessment, result)
