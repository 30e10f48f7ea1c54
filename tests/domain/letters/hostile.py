"""Strings that somebody would type to get more out of a template than its words."""

import itertools
from collections.abc import Iterator

_EXPRESSIONS = (
    "7*7",
    "''.__class__",
    "''.__class__.__mro__[1].__subclasses__()",
    "self.__init__.__globals__",
    "cycler.__init__.__globals__.os.popen('id').read()",
    "lipsum.__globals__['os'].system('id')",
    "config.items()",
    "request.application.__globals__",
    "user.password_hash",
    "wachtwoord.__class__",
    "voornaam|upper",
    "link|attr('reveal')()",
    "'a'*50000000",
    "range(10**9)|list",
    "_self.env.registerUndefinedFilterCallback('exec')",
    "['id']|filter('system')",
    "app.request.server.all|join(',')",
    "dump(app)",
    "include('/etc/passwd')",
    "open('/etc/passwd').read()",
    "__import__('os').popen('id').read()",
    "T(java.lang.Runtime).getRuntime().exec('id')",
    "new java.lang.ProcessBuilder('id').start()",
    "#this.getClass().forName('x')",
    "File.read('/etc/passwd')",
    "`id`",
    "system('id')",
    "Password.reveal()",
    "password_hash",
    "credential_version",
    "0x31",
    "sleep(10)",
    "{}.constructor.constructor('return 1')()",
    "$on.constructor('alert(1)')()",
    "toString().constructor.fromCharCode(60)",
)
# Jinja and Twig, Mako and JSP, Ruby, ERB, Smarty, Freemarker, Razor, Velocity, PHP,
# Python's and the shell's own.
_WRAPPINGS = (
    "{{%s}}",
    "{{ %s }}",
    "{{- %s -}}",
    "{{{%s}}}",
    "{{{{ %s }}}}",
    "{%% print(%s) %%}",
    "{%% if %s %%}x{%% endif %%}",
    "{# %s #}",
    "${%s}",
    "${{%s}}",
    "$%s$",
    "#{%s}",
    "<%%= %s %%>",
    "<%% %s %%>",
    "<?= %s ?>",
    "{%s}",
    "{php}%s{/php}",
    "@(%s)",
    "#set($x=%s)$x",
    "*{%s}",
    "[[%s]]",
    "{0.%s}",
    "%%(%s)s",
    "$(%s)",
)


def injections() -> list[str]:
    """Every expression in every wrapping."""
    return [
        wrapping % expression
        for expression, wrapping in itertools.product(_EXPRESSIONS, _WRAPPINGS)
    ]


_BREAKS = (
    "",
    " ",
    "\r\n",
    "\n",
    "\r",
    "\r\n ",
    "\r\n\t",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\ud800",
    "\udfff",
    "\ufffe",
    "%0d%0a",
    "\\r\\n",
    "=0D=0A",
    "\U000e0001",
    "\u0300" * 40,
    "\U0001f600",
)
_LURES = (
    "Bcc: evil@example.org",
    "Cc: evil@example.org",
    "To: evil@example.org",
    "Subject: other",
    "From: evil@example.org",
    "Reply-To: evil@example.org",
    "Content-Type: text/html",
    "Content-Transfer-Encoding: base64",
    "X-Evil: 1",
    "\r\n<script>alert(1)</script>",
    "<img src=https://evil.example/x>",
    '"><a href="https://evil.example">x</a>',
    "<evil@example.org>",
    ", evil@example.org",
    "; evil@example.org, other@example.org",
    "evil@example.org (comment)",
    "Groep: a@example.org, b@example.org;",
    '"Jan" <evil@example.org>',
    "=?utf-8?q?=0D=0ABcc:_evil=40example.org?=",
    "=?utf-8?b?DQpCY2M6IGV2aWxAZXhhbXBsZS5vcmc=?=",
    "=?x?=",
    "--=_00000000000000000000000000000001",
    "--=_whole_00000000000000000000000000000001--",
    ".\r\nMAIL FROM:<evil@example.org>",
    "=_place_=",
    "\\",
    '"',
    "'",
    "()",
    "<>",
    "@",
    "a" * 998,
    "é" * 2000,
    "日本" * 500,
    "a b " * 300,
    "https://evil.example",
    "[x](https://evil.example)",
    "{{ wachtwoord }}",
)
_BEGINNINGS = (
    "",
    "Jan",
    "Jan ",
    "é",
    "=?utf-8?q?x?=",
    "\u202eJan",
    "a,",
    "<b>",
    "a" * 70,
)


def lures() -> Iterator[str]:
    """Names and subjects that try to become headers, addresses, markup; 10,000."""
    for beginning, line_break, lure in itertools.product(_BEGINNINGS, _BREAKS, _LURES):
        yield f"{beginning}{line_break}{lure}"
    for line_break, lure in itertools.product(_BREAKS, _LURES):
        yield f"{lure}{line_break}{lure}{line_break}"
