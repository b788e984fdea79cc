"""Claims → RDF dataset: facts, reported facts and conflicts are derived, never stated."""
