"""Small PDFs written by hand: text at places, drawn lines, colours, rotation, a password."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


@dataclass
class Page:
    """A page that is drawn on from its top left corner, in points, in the order of the calls."""

    rotate: int = 0
    content: list[bytes] = field(default_factory=list)

    def text(
        self, x: float, y: float, words: str, size: float = 10, colour: str = "0", mode: int = 0, turn: str = "1 0 0 1"
    ) -> "Page":
        """Words on a baseline; `colour` in grey or "r g b"; `turn` is the matrix before the place."""
        operator = "rg" if " " in colour else "g"
        literal = re.sub(rb"([\\()])", rb"\\\1", words.encode("cp1252"))
        head = f"BT {colour} {operator} {mode} Tr /F1 {size} Tf {turn} {x} {HEIGHT - y} Tm (".encode()
        self.content.append(head + literal + b") Tj ET")
        return self

    def column(self, x: float, y: float, lines: Sequence[str], size: float = 10, leading: float = 12) -> "Page":
        for row, line in enumerate(lines):
            self.text(x, y + row * leading, line, size)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> "Page":
        self.content.append(f"0 G 0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S".encode())
        return self

    def panel(self, x: float, y: float, width: float, height: float, colour: str = "0.1") -> "Page":
        self.content.append(f"{colour} g {x} {HEIGHT - y - height} {width} {height} re f".encode())
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> "Page":
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self


LEFT = [f"gauche {i} avec assez de mots pour {i}" for i in range(1, 13)]
RIGHT = [f"droite {i} encore bien d'autres mots {i}" for i in range(1, 13)]


def across(page: Page, *columns: tuple[float, list[str]], top: float = 90, leading: float = 12) -> Page:
    """Columns drawn line by line across, as a scanner or a careless writer would."""
    for row in range(max(len(words) for _, words in columns)):
        for x, words in columns:
            if row < len(words) and words[row]:
                page.text(x, top + row * leading, words[row])
    return page


def pdf(*pages: Page, password: str = "") -> bytes:
    """The file; with a password it is encrypted (standard handler, revision 2)."""
    owner, user, key = _locks(password)
    fonts = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(), fonts]
    for page in pages:
        stream = b"\n".join(page.content)
        if password:
            salted = key + (len(objects) + 2).to_bytes(3, "little") + b"\0\0"
            stream = _rc4(hashlib.md5(salted).digest()[:10], stream)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {page.rotate}"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects) + 2} 0 R>>".encode()
        )
        objects.append(f"<</Length {len(stream)}>>stream\n".encode() + stream + b"\nendstream")
    trailer = b""
    if password:
        lock = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{user.hex()}>>>/ID[<00><00>]"
        trailer = lock.encode()
    return _file(objects, trailer)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{at:010d} 00000 n \n".encode() for at in offsets)
    size = f"/Size {len(objects) + 1}/Root 1 0 R".encode()
    return bytes(out + b"trailer\n<<" + size + trailer + b">>\nstartxref\n" + f"{start}\n%%EOF".encode())


def _locks(password: str) -> tuple[bytes, bytes, bytes]:
    """The owner's entry, the user's entry and the key: ISO 32000-1, algorithms 2 to 4."""
    padded = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + b"\0").digest()[:5]
    return owner, _rc4(key, _PAD), key


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
