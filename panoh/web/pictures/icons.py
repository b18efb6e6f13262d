"""Small line drawings of our own, on a 24 × 24 grid, each as the path of one SVG."""

from __future__ import annotations

ICONS = {
    "today": "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4",
    "families": "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20v-2a5 5 0 0 1 10 0v2"
    "M17 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM16 15.2a4 4 0 0 1 5 3.8v1",
    "lists": "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "person": "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 21v-2a7 7 0 0 1 14 0v2",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v2",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "good": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.5l2.8 2.8L16 9.5",
    "ask": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.5-1.1.9-1.1 1.8M12 17h.01",
    "late": "M12 4 2.8 20h18.4zM12 10v4.5M12 17.5h.01",
    "plain": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.5h.01",
    "filter": "M4 5h16l-6 7.5V19l-4-2v-4.5z",
    "leave": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "more": "M12 5v14M5 12h14",
    "down": "M6 9.5l6 6 6-6",
    "print": "M7 9V3.5h10V9M7 18H4v-8h16v8h-3M7 14.5h10v6H7z",
}
