"""The look: sober, in the fonts of the reader's own machine."""

from __future__ import annotations

from pathlib import Path

from gradio.themes import Base, colors, sizes

STYLE = Path(__file__).with_name("style.css")
SCRIPT = Path(__file__).with_name("page.js")

INK = colors.Color(
    name="ink",
    c50="#eef3f9",
    c100="#d9e4f1",
    c200="#b6cbe3",
    c300="#8db0d6",
    c400="#5b8bc0",
    c500="#2f659f",
    c600="#1f4e83",
    c700="#1a416d",
    c800="#173655",
    c900="#142c44",
    c950="#0d1c2c",
)
STONE = colors.Color(
    name="stone",
    c50="#f8f8f6",
    c100="#f0f0ec",
    c200="#e1e1db",
    c300="#c9c9c1",
    c400="#9b9c96",
    c500="#6b6d6a",
    c600="#50534f",
    c700="#353c44",
    c800="#212a33",
    c900="#182029",
    c950="#10161d",
)


LOOK = {
    "body_background_fill": "*neutral_50",
    "body_background_fill_dark": "*neutral_950",
    "body_text_color": "#1c2530",
    "body_text_color_dark": "#e8eaec",
    "body_text_color_subdued": "#565b60",
    "body_text_color_subdued_dark": "#a9b0b7",
    "background_fill_primary": "#ffffff",
    "background_fill_primary_dark": "*neutral_900",
    "border_color_primary": "*neutral_200",
    "border_color_primary_dark": "*neutral_700",
    "block_background_fill": "#ffffff",
    "block_background_fill_dark": "*neutral_900",
    "block_label_text_color": "#3b434c",
    "block_label_text_color_dark": "#c9ced4",
    "block_title_text_color": "#2b333c",
    "block_title_text_color_dark": "#d5dade",
    "block_title_text_weight": "600",
    "block_shadow": "none",
    "input_background_fill": "#ffffff",
    "input_background_fill_dark": "*neutral_950",
    "input_border_color": "#8a8f94",
    "input_border_color_dark": "#66707a",
    "input_border_width": "1px",
    "input_placeholder_color": "#666b70",
    "input_placeholder_color_dark": "#98a0a8",
    "button_primary_background_fill": "*primary_600",
    "button_primary_background_fill_dark": "*primary_300",
    "button_primary_background_fill_hover": "*primary_700",
    "button_primary_background_fill_hover_dark": "*primary_200",
    "button_primary_text_color": "#ffffff",
    "button_primary_text_color_dark": "*primary_950",
    "button_secondary_background_fill": "#ffffff",
    "button_secondary_background_fill_dark": "*neutral_800",
    "button_secondary_border_color": "#8a8f94",
    "button_secondary_border_color_dark": "#66707a",
    "button_secondary_text_color": "*primary_700",
    "button_secondary_text_color_dark": "*primary_200",
    "button_border_width": "1px",
    "button_primary_shadow": "none",
    "button_secondary_shadow": "none",
}


def theme() -> Base:
    """System fonts, ink blue on paper; dark: paper on ink."""
    look = Base(
        primary_hue=INK,
        secondary_hue=INK,
        neutral_hue=STONE,
        radius_size=sizes.radius_sm,
        text_size=sizes.text_md,
        font=("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"),
        font_mono=("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace"),
    )
    return look.set(**LOOK)
