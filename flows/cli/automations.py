"""`dateline automations`: Prefect notifies operators of alarms."""

import asyncio

import click


@click.command("automations")
@click.option(
    "--notify", "blocks", multiple=True, metavar="TYPE/NAME", help="A block to notify; may be given several times."
)
def command(blocks: tuple[str, ...]) -> None:
    """Have Prefect notify you of each kind of alarm, when it is raised and when it is over; without --notify, list what there is.

    Make the block first, in Prefect's pages or by command: Custom Webhook, Webhook, Slack, Teams, Mail, ... Said again, only what
    differs is changed; what you have switched off in Prefect stays off.

    \b
    Examples:
      dateline automations
      dateline automations --notify custom-webhook/operators
      dateline automations --notify slack-webhook/desk --notify mail/night-shift
    """
    from flows.automations import deploy_automations, list_automations

    for state in asyncio.run(deploy_automations(blocks) if blocks else list_automations()):
        told = "" if state.done == "missing" else f", {'on' if state.enabled else 'off'}, notifies {state.notified}"
        click.echo(f"{state.name}: {'is there' if state.done == 'unchanged' else state.done}{told}")
