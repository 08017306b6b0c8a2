"""Tauliah's core: a case and a policy in, an explained result out.

values      what a case is made of: grades, levels, credits, days, texts in two languages
policy      parameters through time, expressions, rules, packs
transfer    credit transfer: rules, limits, selection, conditions, the decision
courses     MOOC and micro-credentials: proposal, learning time, milestones, quality, load
pathways    what stacks up to a qualification
fees        what is paid, and who receives it
evaluate    one case in, one result out
files       the only readers and writers: packs, cases, PDF
batch       many cases as frames
cli         the command line
packs       the policies themselves, as data
"""
