"""``cbdc-kg train``: learn the weights of the relation classifier."""

from __future__ import annotations

import click

from kg.cli.options import quiet_option


@click.command()
@click.argument("passages", metavar="KNOWLEDGENET_JSONL")
@click.option("--output", "-o", metavar="FILE", help="Where to write the weights; by default over those of cbdc-kg.")
@quiet_option
def command(passages: str, output: str | None, quiet: bool) -> None:
    """Learn to find relations from the annotated passages of KnowledgeNet.

    Needs scikit-learn: pip install 'cbdc-kg[train]'. The same passages and libraries give the same file.
    """
    import os

    from kg.cli import written
    from kg.evaluation import knowledgenet
    from kg.extract.classifier import weights

    target = output or weights.PATH
    written.check_place(target, "--output")
    learnt = knowledgenet.train(knowledgenet.read(passages), os.path.basename(passages))
    weights.save(learnt, target)
    if not quiet:
        about = learnt.training
        click.echo(
            f"{target}: {len(learnt.relations)} relations from {about['passages']} passages "
            f"with {about['facts']} facts, {os.path.getsize(target)} bytes",
            err=True,
        )
