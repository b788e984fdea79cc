"""Evaluation: what the extractor finds in annotated texts, held against the annotation.

    gold · texts · blind ─► run ─► predictions ─► matching (names · times · groups) ─► scores ─► report · errors
    passages · knowledgenet ─► relations ─► report

The readings are those of two scorers that others hold: claims of whole articles (one gold claim a line), and relations
of passages (KnowledgeNet). Importing this package imports nothing heavy.
"""
