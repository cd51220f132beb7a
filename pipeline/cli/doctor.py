"""`clean-corpus doctor`: the state of this environment."""

import typer

from pipeline.cli.status import Status, explained, until_closed


def doctor() -> None:
    """Tell what is installed, what is missing and what clashes.

    \b
    Example:
      clean-corpus doctor

    \b
    Exit status: 0 if all that a run needs is there; 1 if not.
    """
    with explained():
        from pipeline.doctor import examine, is_healthy

        findings = examine()
        healthy = is_healthy(findings)
        width = max(len(finding.name) for finding in findings)
        with until_closed():
            for finding in findings:
                print(f"{finding.state:5}  {finding.name:{width}}  {finding.what}")
            print("the core is fine" if healthy else "the core is not fine: see the faults above")
    raise typer.Exit(Status.OK if healthy else Status.FAILED)
