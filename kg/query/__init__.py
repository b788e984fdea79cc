"""Reading a graph: SPARQL, named questions, records, and the verbs that rest on them.

Nothing is imported here: a plain query must not wait for what only the other commands need.
"""
