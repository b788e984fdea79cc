"""``cbdc-kg check``: what is wrong with seeds or a dataset."""

from __future__ import annotations

import click

from kg.cli.options import quiet_option


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--documents", metavar="DIR", help="Folder of documents to compare the evidence with.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@quiet_option
def command(paths: tuple[str, ...], documents: str | None, format_: str, quiet: bool) -> int:
    """Check seeds: SHACL, references, evidence, conflicts.

    PATH is a folder of seeds or an N-Quads file of a dataset; without one, ./seeds or the seeds that come with cbdc-kg.
    Each finding names the file and line at fault. Ends with 1 when a rule is broken; warnings alone end with 0.
    """
    from kg.check import Severity
    from kg.check.run import check_path

    findings = [each for path in paths or (None,) for each in check_path(path, documents)]
    if format_ == "json":
        import json

        rows = [
            {
                "severity": each.severity.value,
                "rule": each.rule,
                "message": each.message,
                "focus": each.focus,
                "file": each.origin and each.origin.file,
                "line": each.origin and each.origin.line,
            }
            for each in findings
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for each in findings:
            click.echo(f"{each.severity}: {each}")
    broken = sum(each.severity is Severity.VIOLATION for each in findings)
    if not quiet:
        click.echo(f"{broken} violations, {len(findings) - broken} warnings", err=True)
    return 1 if broken else 0
