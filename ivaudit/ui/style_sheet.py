"""The one style sheet, written from roles; font sizes in points, multiplied by the text scale."""

from pathlib import Path

from ivaudit.domain.tone import Tone
from ivaudit.ui.palette import DARK, Palette

_IMAGES = Path(__file__).parent / "images"

_SHEET = """
QToolTip {{ color: {text}; background: {surface}; border: 1px solid {edge}; padding: 4px; }}
QWidget#window, QWidget#page, QStackedWidget {{ background: {window}; }}
QScrollArea, QScrollArea > QWidget > QWidget#contents {{ background: transparent; border: none; }}
QScrollArea:focus {{ border: 2px solid {focus}; }}
QLabel {{ background: transparent; }}
QLabel[look="display"] {{ font-size: {display}pt; font-weight: 600; }}
QLabel[look="title"] {{ font-size: {title}pt; font-weight: 600; }}
QLabel[look="heading"] {{ font-size: {heading}pt; font-weight: 600; }}
QLabel[look="strong"] {{ font-weight: 600; }}
QLabel[look="muted"] {{ color: {muted}; }}
QLabel[look="small"] {{ color: {muted}; font-size: {small}pt; }}
QLabel[look="sheet"] {{ border: 1px solid {border}; }}
QFrame[card="true"] {{ background: {surface}; border: 1px solid {border}; border-radius: 8px; }}
QFrame[line="true"] {{ background: {border}; border: none; max-height: 1px; min-height: 1px; }}

QPushButton, QToolButton {{
  background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 6px;
  padding: 4px 14px; min-height: {inner}px; outline: none;
}}
QToolButton {{ padding: 4px 8px; min-width: {square}px; }}
QPushButton:hover, QToolButton:hover {{ background: {accent_soft}; border-color: {accent}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {sunken}; }}
QPushButton:checked, QToolButton:checked {{
  background: {accent_soft}; border-color: {accent}; color: {accent};
}}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {focus}; padding: 3px 13px; }}
QToolButton:focus {{ padding: 3px 7px; }}
QPushButton:disabled, QToolButton:disabled {{
  color: {muted}; background: {sunken}; border: 1px dashed {border};
}}
QPushButton[kind="primary"] {{
  background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600;
}}
QPushButton[kind="primary"]:hover {{ background: {accent_strong}; border-color: {accent_strong}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[kind="primary"]:disabled {{ color: {muted}; background: {sunken}; border: 1px dashed {edge}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{
  background: transparent; border: 1px solid transparent; color: {accent}; padding: 4px 8px;
}}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {accent_soft}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{
  border: 2px solid {focus}; padding: 3px 7px;
}}
QToolButton[kind="quiet"]:checked {{ background: {accent_soft}; border: 1px solid {accent}; }}
QPushButton[kind="quiet"]:disabled, QToolButton[kind="quiet"]:disabled {{ color: {edge}; }}
QWidget#filters QToolButton {{ padding: 3px 5px; }}
QWidget#filters QToolButton:focus {{ padding: 2px 4px; }}
QPushButton[kind="danger"] {{ color: {bad}; border-color: {bad}; }}
QPushButton[kind="danger"]:hover {{ background: {bad_fill}; }}
QPushButton[kind="danger"]:disabled {{ color: {muted}; border-color: {border}; }}
QPushButton[kind="danger"]:focus {{ border: 2px solid {bad}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{
  background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 6px;
  selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit, QComboBox, QAbstractSpinBox {{ padding: 4px 8px; min-height: {inner}px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {focus}; padding: 3px 7px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {focus}; padding: 3px; }}
QLineEdit > QToolButton {{ border: none; background: transparent; padding: 0; min-width: 0; min-height: 0; }}
QLineEdit:read-only {{ background: {sunken}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {muted}; background: {sunken}; }}
QTextBrowser[card="flat"] {{ border: 2px solid transparent; background: transparent; padding: 0; }}
QTextBrowser[card="flat"]:focus {{ border: 2px solid {focus}; border-radius: 6px; padding: 0; }}
QComboBox {{ padding-right: {arrow}px; combobox-popup: 0; }}
QComboBox:focus {{ padding-right: {arrow}px; }}
QComboBox::drop-down {{ border: none; width: {arrow}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
  background: {surface}; border: 1px solid {edge}; outline: none; padding: 2px;
  selection-background-color: {accent_soft}; selection-color: {text};
}}
QComboBox QAbstractItemView::item {{ min-height: {item}px; padding: 2px 8px; }}

QCheckBox, QRadioButton {{
  background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 2px 4px;
  min-height: {inner}px; spacing: 8px; outline: none;
}}
QCheckBox:focus, QRadioButton:focus {{ border-color: {focus}; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width: {tick}px; height: {tick}px; border: 2px solid {edge}; border-radius: 4px; background: {surface};
}}
QCheckBox::indicator:checked {{ border-color: {accent}; background: {accent}; image: url("{ticked}"); }}
QCheckBox::indicator:disabled {{ border-color: {border}; background: {sunken}; }}
QRadioButton::indicator {{ border-radius: {round}px; }}
QRadioButton::indicator:checked {{
  border-color: {accent}; image: none;
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 {accent}, stop: 0.58 {accent}, stop: 0.68 {surface}, stop: 1 {surface});
}}

QAbstractItemView {{
  background: {surface}; alternate-background-color: {sunken}; color: {text};
  border: 2px solid {border}; border-radius: 8px; outline: none; gridline-color: {border};
  selection-background-color: {accent_soft}; selection-color: {text};
}}
QTableView:focus, QTreeView:focus, QListView:focus {{ border-color: {focus}; }}
QTableView::item {{ padding: 4px 8px; border: none; }}
QTableView::item:selected {{ background: {accent_soft}; color: {text}; }}
QTreeView::item, QListView::item {{ padding: 4px; min-height: {item}px; border: none; }}
QTreeView::item:selected, QListView::item:selected {{ background: {accent_soft}; color: {text}; }}
QHeaderView {{ background: {surface}; border: none; }}
QHeaderView::section {{
  background: {surface}; color: {muted}; font-weight: 600; border: none;
  border-bottom: 1px solid {border}; padding: 6px 11px; min-height: {item}px;
}}
QTableCornerButton::section {{ background: {surface}; border: none; }}

QTabWidget::pane {{ border: none; }}
QTabBar {{ background: transparent; border: none; qproperty-drawBase: 0; }}
QTabBar::tab {{
  background: transparent; color: {muted}; padding: 6px 14px; min-height: {item}px;
  border: 2px solid transparent; border-bottom: 3px solid transparent;
}}
QTabBar::tab:selected {{ color: {accent}; font-weight: 600; border-bottom-color: {accent}; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::scroller {{ width: {item}px; }}
QTabBar QToolButton {{ padding: 0; min-width: 0; min-height: 0; }}
QTabBar:focus::tab:selected, QTabBar::tab:selected:focus {{
  border-color: {focus}; border-top-left-radius: 6px; border-top-right-radius: 6px;
}}
QTabBar::scroller {{ width: {arrows}px; }}
QTabBar QToolButton {{ min-width: 0; min-height: 0; padding: 0; }}

QProgressBar {{
  background: {sunken}; border: 1px solid {border}; border-radius: 5px;
  min-height: 8px; max-height: 8px; text-align: center;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QScrollBar:vertical {{ background: transparent; width: 14px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: 14px; margin: 0; border: none; }}
QScrollBar::handle {{
  background: {edge}; border-radius: 4px; margin: 3px; min-height: 32px; min-width: 32px;
}}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QSplitter::handle {{ background: transparent; }}
QMenu {{ background: {surface}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; min-height: {item}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}

QFrame#rail {{ background: {rail}; border: none; }}
QFrame#rail QLabel {{ color: {rail_text}; }}
QFrame#rail QLabel#rail_name {{ padding: 4px 8px; color: {rail_on}; font-size: {title}pt; font-weight: 700; }}
QFrame#rail QLabel#rail_foot {{ padding: 0 8px; font-size: {small}pt; }}
QFrame#rail QPushButton {{
  background: transparent; color: {rail_text}; border: 2px solid transparent; border-radius: 6px;
  padding: 3px 8px; text-align: left; min-height: {inner}px;
}}
QFrame#rail QPushButton:hover {{ background: {rail_current}; color: {rail_on}; }}
QFrame#rail QPushButton:checked {{ background: {rail_current}; color: {rail_on}; font-weight: 600; }}
QFrame#rail QPushButton:focus {{ border-color: {rail_on}; padding: 3px 8px; }}
QFrame#rail[narrow="true"] QPushButton, QFrame#rail[narrow="true"] QPushButton:focus {{
  padding: 3px; text-align: center;
}}
QFrame#notification_bar {{ background: {surface}; border: none; border-top: 1px solid {border}; }}
"""

_TONE = """
QLabel[tone="{name}"], QFrame[tone="{name}"] {{
  color: {ink}; background: {fill}; border-radius: 6px; padding: 4px 8px;
}}
QFrame[tone="{name}"] QLabel {{ color: {ink}; padding: 0; }}
"""

_WORDS = {"display": 19, "title": 15, "heading": 12, "small": 9}


def style_sheet(palette: Palette, scale: float, target: int) -> str:
    """Return the style sheet of a palette.

    Args:
        palette: the colours by role.
        scale: text scale, 1.0 to 2.0.
        target: least height of what can be clicked, in logical pixels.
    """
    bad = palette.tones[Tone.BAD]
    sheet = _SHEET.format(
        text=palette.text,
        muted=palette.muted,
        window=palette.window,
        surface=palette.surface,
        sunken=palette.sunken,
        border=palette.border,
        edge=palette.edge,
        accent=palette.accent,
        on_accent=palette.on_accent,
        accent_strong=palette.accent_strong,
        accent_soft=palette.accent_soft,
        focus=palette.focus,
        bad=bad.ink,
        bad_fill=bad.fill,
        rail=palette.rail,
        rail_text=palette.rail_text,
        rail_current=palette.rail_current,
        rail_on=palette.rail_on_current,
        inner=max(target - 10, round(20 * scale)),
        square=target - 18,
        item=round(20 * scale),
        tick=round(14 * scale),
        round=(round(14 * scale) + 4) // 2,
        ticked=(_IMAGES / f"tick-{'dark' if palette is DARK else 'light'}.png").as_posix(),
        arrow=round(24 * scale),
        arrows=2 * target,
        **{word: points * scale for word, points in _WORDS.items()},
    )
    tones = (
        _TONE.format(name=tone.value, ink=colours.ink, fill=colours.fill)
        for tone, colours in palette.tones.items()
    )
    return sheet + "".join(tones)
