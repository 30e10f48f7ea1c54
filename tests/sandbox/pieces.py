"""Pieces of Block Kit to build test payloads from."""


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def modal(*blocks, title="Proef", **more):
    view = {"type": "modal", "title": plain(title), "blocks": list(blocks)}
    return view | {"callback_id": "proef"} | more


def home(*blocks, **more):
    return {"type": "home", "blocks": list(blocks), **more}


def section(text, **more):
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements, **more):
    return {"type": "actions", "elements": list(elements), **more}


def button(text, action_id="press", **more):
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def field(label, element, block_id=None, **more):
    block = {"type": "input", "label": plain(label), "element": element, **more}
    return block | ({"block_id": block_id} if block_id else {})


def text_input(action_id="typed", **more):
    return {"type": "plain_text_input", "action_id": action_id, **more}


def option(text, value=None, **more):
    return {"text": plain(text), "value": value or text.lower(), **more}


def select(*options, action_id="chosen", **more):
    element = {"type": "static_select", "action_id": action_id, **more}
    return element | {"options": [option(each) for each in options]}


def checkboxes(*options, action_id="ticked", **more):
    element = {"type": "checkboxes", "action_id": action_id, **more}
    return element | {"options": [option(each) for each in options]}
