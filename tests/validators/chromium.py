"""Pictures of pages, taken by a headless Chromium."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

BROWSER = Path(__file__).parents[1] / "tools" / "chromium.sh"
PATIENCE = 60  # seconds


def screenshot(page: str | Path, png: Path, width: int, height: int, *, dark: bool = False) -> Path:
    """Save a picture of a URL or a file, as big as the window; dark asks for the page's dark colours."""
    url = page.absolute().as_uri() if isinstance(page, Path) else page
    png.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        done = subprocess.run(
            [
                str(BROWSER),
                f"--user-data-dir={profile}",
                f"--screenshot={png.absolute()}",
                f"--window-size={width},{height}",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                f"--blink-settings=preferredColorScheme={0 if dark else 1}",
                url,
            ],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    if not png.is_file():
        raise RuntimeError(f"Chromium made no picture of {url}:\n{done.stderr[-2000:]}")
    return png
