"""Copy the design systems' style sheets and scripts into the static folder, and write down what every file contains.

Left behind: fonts (GDS Transport is licensed for GOV.UK addresses only), the crest, the crown and other branding.
Written: static/vendor/* and static/manifest.json, which maps the name of every static file to the start of its
SHA-256, so that a page's links change when a file does and browsers may keep files for ever.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
STATIC = ROOT / "orders_app/web/static"
GOVUK = "govuk-frontend/dist/govuk"
MOJ = "@ministryofjustice/frontend/moj"
TEXTS = (
    f"{GOVUK}/govuk-frontend.min.css",
    f"{GOVUK}/govuk-frontend.min.js",
    f"{MOJ}/moj-frontend.min.css",
    f"{MOJ}/moj-frontend.min.js",
)
IMAGES = f"{MOJ}/assets/images"
BRANDING = ("crest", "crown", "logotype", "opengraph", "apple-touch", "favicon")
VERSION_LENGTH = 16

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_FAMILY = re.compile(r"[\"']?GDS Transport[\"']?,\s*arial", re.IGNORECASE)
BRANDED_URL = re.compile(r"url\([^)]*(?:" + "|".join(BRANDING) + r")[^)]*\)")
ROOTED_URL = re.compile(r"url\(([\"']?)/assets/")
SOURCE_MAP = re.compile(r"(?:/\*[#@] sourceMappingURL=[^*]*\*/|//[#@] sourceMappingURL=\S*)\s*$")


class AssetProblem(Exception):
    """A style sheet is not what this builder expects. The message names it."""


def house_style(css: str) -> str:
    """Return a design system's style sheet in Arial, without branding, with addresses relative to the vendor folder.

    Raises AssetProblem when something of GOV.UK's own is still in it, as after an upgrade that names things anew.
    """
    css = FONT_FACE.sub("", css)
    css = FONT_FAMILY.sub("Arial", css)
    css = BRANDED_URL.sub("none", css)
    css = ROOTED_URL.sub(r"url(\1", css)
    left = [word for word in ("GDS Transport", "@font-face", "/assets/", ".woff") if word in css]
    if left:
        raise AssetProblem(f"still holds {', '.join(left)}")
    return css


def build(packages: Path, static: Path) -> dict[str, str]:
    """Write the vendor folder anew and return the manifest. Raises AssetProblem or OSError."""
    vendor = static / "vendor"
    fresh = static / "vendor.new"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "images").mkdir(parents=True)
    for name in TEXTS:
        _copy_text(packages / name, fresh)
    for image in sorted((packages / IMAGES).glob("*.svg")):
        if not any(word in image.name for word in BRANDING):
            shutil.copyfile(image, fresh / "images" / image.name)
    _check_addresses(fresh)
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return manifest_of(static)


def manifest_of(static: Path) -> dict[str, str]:
    """Map the name of every static file to its version: the start of the SHA-256 of what is in it."""
    files = sorted(path for path in static.rglob("*") if path.is_file() and path.name != "manifest.json" and path.name[0] != ".")
    return {path.relative_to(static).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:VERSION_LENGTH] for path in files}


def _copy_text(source: Path, folder: Path) -> None:
    text = SOURCE_MAP.sub("", source.read_text(encoding="utf-8"))
    if source.suffix == ".css":
        try:
            text = house_style(text)
        except AssetProblem as problem:
            raise AssetProblem(f"{source.name} {problem}") from problem
    (folder / source.name).write_text(text.rstrip() + "\n", encoding="utf-8")


def _check_addresses(folder: Path) -> None:
    for sheet in folder.glob("*.css"):
        for address in re.findall(r"url\([\"']?([^)\"']+)", sheet.read_text(encoding="utf-8")):
            if not address.startswith("data:") and not (folder / address).exists():
                raise AssetProblem(f"{sheet.name} asks for {address}, which is not there")


def _is_built(static: Path) -> bool:
    """True when the vendor folder was made by this very builder from these very packages."""
    try:
        return (static / "vendor/.made-from").read_text() == _made_from()
    except OSError:
        return False


def _made_from() -> str:
    sources = [Path(__file__), *(PACKAGES / name for name in TEXTS)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def main() -> int:
    try:
        if not _is_built(STATIC):
            build(PACKAGES, STATIC)
            (STATIC / "vendor/.made-from").write_text(_made_from())
    except (AssetProblem, OSError) as problem:
        print(f"Front-end assets: {problem}", file=sys.stderr)
        return 1
    written = json.dumps(manifest_of(STATIC), indent=1) + "\n"
    manifest = STATIC / "manifest.json"
    if not manifest.exists() or manifest.read_text() != written:
        manifest.write_text(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
