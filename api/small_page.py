"""What a person sees of the addresses beside the pages: one small page without scripts that loads nothing."""

import base64
import hashlib
from html import escape

from starlette.responses import HTMLResponse

import palette

PRODUCT = "MLOps Checkup"
# Nobody keeps such a page, finds it by searching, or hears from which address somebody came.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SIGN_HEIGHTS = (9, 14, 20, 28)
_STYLE = f"""
:root {{ color-scheme: light dark; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.0625rem/1.6 "Source Sans 3",
  "Source Sans Pro", system-ui, sans-serif; color: light-dark({palette.INK}, {palette.INK_DARK});
  background: light-dark({palette.PAGE_LIGHT}, {palette.PAGE_DARK}); }}
main {{ width: min(26rem, 100vw - 2.5rem); padding: 2rem 0 5rem; overflow-wrap: anywhere; }}
.brand {{ display: flex; align-items: flex-end; gap: .6rem; margin: 0 0 2rem; line-height: 1;
  font: 700 1.12rem/1 "Source Serif 4", Georgia, serif; }}
h1 {{ font: 600 1.8rem/1.2 "Source Serif 4", Georgia, serif; letter-spacing: -.01em; margin: 0 0 .75rem;
  text-wrap: balance; }}
p {{ margin: 0 0 .75rem; text-wrap: pretty; }}
.muted {{ color: light-dark({palette.MUTED}, {palette.MUTED_DARK}); font-size: .9375rem; }}
label {{ display: block; font-size: .9375rem; font-weight: 600; margin: 1.5rem 0 .35rem; }}
input {{ box-sizing: border-box; width: 100%; font: inherit; padding: .55rem .75rem; border-radius: 6px;
  border: 1px solid light-dark({palette.MUTED}, {palette.LINE_DARK}); color: inherit;
  background: light-dark({palette.PAPER}, {palette.SURFACE_DARK}); }}
button {{ font: inherit; font-weight: 600; margin: 1rem 0 0; padding: .5rem 1.4rem; border: 0; border-radius: 6px;
  cursor: pointer; color: light-dark({palette.PAPER}, {palette.PAGE_DARK});
  background: light-dark({palette.ACCENT}, {palette.ACCENT_DARK}); }}
input:focus-visible, button:focus-visible {{ outline: 2px solid light-dark({palette.ACCENT}, {palette.ACCENT_DARK});
  outline-offset: 2px; }}
.wrong {{ color: light-dark({palette.URGENCY_TEXT["high"]}, {palette.URGENCY_TEXT_DARK["high"]}); font-weight: 600;
  margin: .6rem 0 0; }}
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_RULES = (
    "default-src 'none'", f"style-src 'sha256-{_HASH}'", "img-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
)  # fmt: skip
_FORM = """<form method="post"><label for="passphrase">Passphrase</label>
<input id="passphrase" name="passphrase" type="password" required autofocus autocomplete="off" maxlength="500"{told}>
{wrong}<button type="submit">Open</button></form>"""


def sentence(title: str, *sentences: str, status: int = 200, wait: int = 0) -> HTMLResponse:
    """A page that says something; `wait` is after how many seconds it is worth trying again."""
    return _page(title, "".join(f"<p>{escape(one)}</p>" for one in sentences), status, wait)


def ask_passphrase(wrong: str = "", status: int = 200, wait: int = 0) -> HTMLResponse:
    """The page that asks for the passphrase of a link; it says nothing about what is behind it."""
    said = f'<p class="wrong" id="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    told = ' aria-invalid="true" aria-describedby="wrong"' if wrong else ""
    intro = (
        "<p>Somebody shared this with you and chose a passphrase for it. They can tell you what it is.</p>"
        '<p class="muted">You give it once; this browser then remembers that you may come in.</p>'
    )
    return _page("This link asks for a passphrase", intro + _FORM.format(told=told, wrong=said), status, wait)


def _page(title: str, content: str, status: int, wait: int) -> HTMLResponse:
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · {PRODUCT}</title><style>{_STYLE}</style></head>"
        f'<body><main><p class="brand">{_sign()}<span>{PRODUCT}</span></p><h1>{escape(title)}</h1>{content}</main>'
        "</body></html>"
    )
    again = {"Retry-After": str(wait)} if wait else {}
    return HTMLResponse(text, status, {**HEADERS, "Content-Security-Policy": "; ".join(_RULES), **again})


def _sign() -> str:
    """The app's sign: four rising bars."""
    tallest = max(SIGN_HEIGHTS)
    bars = "".join(
        f'<rect x="{8 * place}" y="{tallest - height}" width="6" height="{height}" rx="1.5" fill="{colour}"/>'
        for place, (height, colour) in enumerate(zip(SIGN_HEIGHTS, palette.SIGN, strict=True))
    )
    return f'<svg width="30" height="{tallest}" viewBox="0 0 30 {tallest}" aria-hidden="true">{bars}</svg>'
