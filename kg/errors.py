"""What can go wrong, as one small tree.

    KgError
    ├── UsageError        a wrong option or argument                     exit 2
    ├── SeedError         a seed or ontology file that cannot be read    exit 2
    ├── DocumentError     an input document that cannot be read          exit 2
    ├── ExtractionError   the language model is missing or unfit         exit 2
    ├── EvaluationError   a gold file that cannot be read                exit 2
    ├── ReviewError       a decision that does not fit its candidate     exit 2
    ├── QueryError        SPARQL that cannot be parsed or bound          exit 2
    │   └── QueryTimeout  a query stopped at its time limit              exit 1
    ├── StoreError        no graph where one was expected                exit 2
    ├── NotFound          a name that the graph does not know            exit 1
    └── CheckError        the data broke a rule                          exit 1

Messages are for people: what is wrong, where, and what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that a user's input can cause."""

    exit_status = 2


class UsageError(KgError):
    """An option or argument that cannot be used as given."""


class SeedError(KgError):
    """One or more faults in seed or ontology files, each with its file and line."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class DocumentError(KgError):
    """An input document that is missing, empty, binary or not of a known kind."""


class ExtractionError(KgError):
    """Extraction cannot run: the language model or a pattern file is missing or broken."""


class EvaluationError(KgError):
    """A gold file, or data of the evaluation, that cannot be read or does not fit its document."""


class ReviewError(KgError):
    """A review that does not fit what it judges."""


class QueryError(KgError):
    """A query or question that cannot be parsed, bound or answered."""


class QueryTimeout(QueryError):
    """A query that was stopped at its time limit."""

    exit_status = 1


class StoreError(KgError):
    """A graph that is missing, unreadable or not writable."""


class NotFound(KgError):
    """A name that matches nothing in the graph."""

    exit_status = 1


class CheckError(KgError):
    """Data that breaks a rule of the ontology or of the project."""

    exit_status = 1
