"""The design systems' files are served without fonts or branding that only GOV.UK may use."""

from __future__ import annotations

import hashlib
import json

import pytest

from tools import assets

STYLE = (
    '@font-face{font-family:GDS Transport;src:url(/assets/fonts/bold.woff2)}a{font-family:"GDS Transport",arial,sans-serif}'
    "b{background:url(/assets/images/govuk-crest.svg)}c{background:url(/assets/images/icon.svg)}"
)


def test_a_style_sheet_is_put_into_house_style():
    expected = "a{font-family:Arial,sans-serif}b{background:none}c{background:url(images/icon.svg)}"
    assert assets.house_style(STYLE) == expected


@pytest.mark.parametrize("left", ["a{font-family:GDS Transport}", "a{src:url(b.woff)}", "a{b:'/assets/x'}"])
def test_what_the_builder_does_not_know_is_refused(left):
    with pytest.raises(assets.AssetProblem, match="still holds"):
        assets.house_style(left)


def _packages(folder, css):
    for name in assets.TEXTS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(css if name.endswith(".css") else "export {};\n//# sourceMappingURL=x.js.map")
    images = folder / assets.IMAGES
    images.mkdir(parents=True)
    for image in ("icon.svg", "moj-logotype-crest.svg"):
        (images / image).write_text("<svg/>")
    return folder


def test_what_is_served_is_listed_with_a_version_from_its_content(tmp_path):
    static = tmp_path / "static"
    static.mkdir()
    (static / "app.js").write_text("ours")
    manifest = assets.build(_packages(tmp_path / "packages", STYLE), static)
    assert sorted(manifest) == [
        "app.js",
        "vendor/govuk-frontend.min.css",
        "vendor/govuk-frontend.min.js",
        "vendor/images/icon.svg",
        "vendor/moj-frontend.min.css",
        "vendor/moj-frontend.min.js",
    ]
    assert manifest["app.js"] == hashlib.sha256(b"ours").hexdigest()[: assets.VERSION_LENGTH]
    assert (static / "vendor/govuk-frontend.min.js").read_text() == "export {};\n"


def test_a_style_sheet_that_asks_for_a_missing_file_is_refused(tmp_path):
    packages = _packages(tmp_path / "packages", "a{b:url(/assets/images/gone.svg)}")
    with pytest.raises(assets.AssetProblem, match=r"asks for images/gone\.svg"):
        assets.build(packages, tmp_path / "static")


def test_what_is_built_here_matches_its_manifest():
    listed = json.loads((assets.STATIC / "manifest.json").read_text())
    built = {name: version for name, version in assets.manifest_of(assets.STATIC).items() if name.startswith("vendor/")}
    assert built == {name: version for name, version in listed.items() if name.startswith("vendor/")}
    assert not [name for name in built if any(word in name for word in (*assets.BRANDING, ".woff"))]
