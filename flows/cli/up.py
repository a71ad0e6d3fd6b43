"""`dateline up`: all that scheduled runs need, on this machine."""

from pathlib import Path

import click

from flows.cli._options import home_option, settings_for


@click.command("up")
@click.argument("part", required=False, type=click.Choice(["server", "deploy", "worker"]))
@click.option("--port", type=click.IntRange(1, 65535), default=4200, show_default=True, help="Port of the server.")
@home_option
def command(part: str | None, port: int, home: Path | None) -> None:
    """Start Prefect's server, the deployments of prefect.yaml and a worker; print the address, and run until Ctrl-C.

    With a PART only that, as containers and systemd want it; where PREFECT_API_URL names the server, deploy and worker
    work for that one. Schedules that were paused stay paused. If it is up already, it says so.

    \b
    Examples:
      dateline up
      dateline up --port 4201 --home /srv/news
      PREFECT_API_URL=http://news.example:4200/api dateline up worker
    """
    import asyncio

    from flows.deploying import deploy, wait_for
    from flows.settings import use_prefect_server
    from flows.up import START_SECONDS, alone, become_server, become_worker, run_all

    folder = settings_for(home).home
    api = use_prefect_server(folder, f"http://127.0.0.1:{port}")
    match part:
        case "server":
            become_server(port)
        case "deploy":
            wait_for(api, START_SECONDS)
            asyncio.run(deploy(folder))
        case "worker":
            become_worker(api)
        case _:
            with alone(folder, api) as other:
                if other:
                    click.echo(f"Dateline is up already: {other}")
                else:
                    run_all(folder, port, api, click.echo)
