"""What people, and people with a plan, type where an e-mail address goes."""

from itertools import product

_NO_ADDRESSES = (
    "geen", "n.v.t.", "-", "?", "x", "onbekend", "@", "a@", "@b", "a@b", "a b",
    "jan", "jan.example.nl", "jan(at)example.nl", "jan at example.nl", "0612345678",
    "jan@@example.nl", "jan@example@nl", "jan@.nl", "jan@example.", "jan@example..nl",
    "jan@-example.nl", "jan@example-.nl", "jan@exa_mple.nl", "jan@exam ple.nl",
    ".jan@example.nl", "jan.@example.nl", "ja..n@example.nl", "ja n@example.nl",
    "jan@example.nl.", "jan@example,nl", "jan,@example.nl", "jan@example.nl,",
    "jan;@example.nl", "jan@example.nl;", "jan:@example.nl", "mailto:jan@example.nl",
    "jan\\@example.nl", "jan@[127.0.0.1]", "jan@[IPv6:::1]", "jan@127.0.0.1",
    "jan@localhost", "jan@example.localhost", "jan@example.local", "jan@x.invalid",
    "jan@example.test", "jan@example.onion", "jan@10.in-addr.arpa", "jan@example.1",
    "jan@example.nl?subject=x", "jan@example.nl/x", "jan%example.nl", "jan@#nl",
    "jan@exam\u2024ple", "jan＠example.nl", "jan﹫example.nl", "jan@example。",
    "jan@xn--.nl", "jan@xn--a.nl", "jan@\u2603.nl", "jan@a\u0301\u0301@b.nl",
    '=HYPERLINK("http://x.example")', "=1+1", "<!channel>", "javascript:alert(1)",
    "{{ wachtwoord }}", "%0aBcc:x@example.nl", "' OR 1=1 --",
    "a" * 255, "a" * 250 + "@example.nl", "a@" + "b" * 64 + ".nl",
    "a@" + "b." * 127 + "nl", "@" * 254, "(" * 200, '"' * 200, "<" * 254,
)  # fmt: skip

# Parsers of mail headers see two people, none, or somebody else in these.
_LISTS_AND_HEADERS = (
    "{a}, {b}", "{a},{b}", "{a}; {b}", "{a} {b}", "{a}\t{b}", "{a}\u00a0{b}",
    "{a}/{b}", "{a} of {b}", "{a} / {b}", "{a}\n{b}", "{a}\r\n{b}", "{a}\x0b{b}",
    "{a}\x00{b}", "{a}\u2028{b}", "{a}\x85{b}", "{a}\nBcc: {b}", "{a}\r\nBcc: {b}",
    "{a}\rBcc:{b}", "{a}%0d%0aBcc:{b}", "<{a}>", "<{a}>,<{b}>", "Jan <{a}>",
    '"Jan" <{a}>', "Jan <{a}>, Piet <{b}>", '"{a}" <{b}>', "{a} <{b}>", "<{a}",
    "{a}>", "({b}){a}", "{a}({b})", "{a} (thuis)", "groep: {a};", "groep: {a}, {b};",
    ":{a};", "undisclosed-recipients:;", "@example.nl:{a}", "<@example.nl:{a}>",
    '"{a}"@example.nl', '"a b"@example.nl', '"a\\"b"@example.nl', "a,{a}", "{a}{b}",
    "=?utf-8?q?jan?= <{a}>", "=?utf-8?q?{a}?=, {b}", "To: {a}", "{a}\n", "\n{a} {b}",
    "{a}\u200b{b}", "{a}\ufeff, {b}", "{a}\u202e{b}",
)  # fmt: skip
_PEOPLE = (
    ("jan@example.nl", "evil@example.com"),
    ("info@exämple.nl", "x+y@example.org"),
)

# Blanks and invisible characters inside an address make it somebody else's.
_SPLITTERS = ("\u200b", "\u00ad", "\u2060", "\ufeff", "\u202e", "\x00", "\x7f", "\n")
_SPLIT = ("ja{}n@example.nl", "jan{}@example.nl", "jan@{}example.nl")

# Letters whose compatibility forms are what an address may not hold.
_FOLDED = tuple(f"jan{c}x@example.nl" for c in "＠，；：（）＜＞［］＼＂﹫﹐﹔﹕")

_MEANT_WELL = {"{a}\n"}

UNUSABLE = sorted(
    {
        *_NO_ADDRESSES,
        *(
            form.format(a=a, b=b)
            for form, (a, b) in product(_LISTS_AND_HEADERS, _PEOPLE)
            if form not in _MEANT_WELL
        ),
        *(form.format(c) for form, c in product(_SPLIT, _SPLITTERS)),
        *_FOLDED,
    }
)

# What was typed, the address, and the form that is compared.
USABLE = [
    ("jan@example.nl", "jan@example.nl", "jan@example.nl"),
    ("  Jan.Jansen@Example.NL ", "Jan.Jansen@example.nl", "jan.jansen@example.nl"),
    ("\ufeffjan@example.nl\u200b\u00a0\r\n", "jan@example.nl", "jan@example.nl"),
    ("jan+werk@example.co.uk", "jan+werk@example.co.uk", "jan+werk@example.co.uk"),
    ("o'neill@example.nl", "o'neill@example.nl", "o'neill@example.nl"),
    ("INFO@example.nl", "info@example.nl", "info@example.nl"),
    ("piet@exämple.nl", "piet@exämple.nl", "piet@xn--exmple-cua.nl"),
    ("piet@XN--EXMPLE-CUA.NL", "piet@exämple.nl", "piet@xn--exmple-cua.nl"),
    ("piet@exa\u0308mple.nl", "piet@exämple.nl", "piet@xn--exmple-cua.nl"),
    ("piet@straße.de", "piet@straße.de", "piet@xn--strae-oqa.de"),
    ("piet@strasse.de", "piet@strasse.de", "piet@strasse.de"),
    ("علي@مثال.إختبار", "علي@مثال.إختبار", "علي@xn--mgbh0fb.xn--kgbechtv"),
    ("Ångström@example.nl", "Ångström@example.nl", "ångström@example.nl"),
    ("A\u030angstro\u0308m@example.nl", "Ångström@example.nl", "ångström@example.nl"),
    ("ｊａｎ@example.nl", "ｊａｎ@example.nl", "jan@example.nl"),
    ("mıke@example.nl", "mıke@example.nl", "mıke@example.nl"),
    ("a-b_c.d@sub.example-2.museum", *["a-b_c.d@sub.example-2.museum"] * 2),
    ("a@" + "b" * 63 + ".nl", *["a@" + "b" * 63 + ".nl"] * 2),
]
