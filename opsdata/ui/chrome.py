"""What the theme settings cannot do: constants of CSS and script, and nothing from data.

The script sets the language of the document and puts the few English words that
Streamlit draws itself into the reader's language: texts only inside Streamlit's own
controls, and the names that screen readers say.
"""

from __future__ import annotations

import json

import streamlit as st

from opsdata import i18n

_STYLE = """
<style>
.st-key-carriers, .st-key-chrome { display: none; }
[data-testid="stMetricValue"], [data-testid="stMetricDelta"], [data-testid="stTable"] td,
.stPlotlyChart text { font-variant-numeric: tabular-nums; }
.stPlotlyChart .main-svg text { fill: currentColor !important; }
.stPlotlyChart .main-svg .xtick text, .stPlotlyChart .main-svg .ytick text { opacity: 0.78; }
.stPlotlyChart .main-svg .hovertext text, .stPlotlyChart .main-svg .hoverlayer text {
  fill: inherit !important; }
[data-testid="stMetricLabel"] p { font-size: 0.875rem; white-space: normal; }
[data-testid="stMetricValue"] { line-height: 1.2; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.8; }
[class*="st-key-card_"] { position: relative; overflow: hidden; transition: border-color 0.15s; }
[class*="st-key-card_"]:hover { border-color: var(--st-primary-color, #3b76f6); }
[class*="st-key-card_"] [data-testid="stPageLink"] { position: absolute; inset: 0; margin: 0; }
[class*="st-key-card_"] [data-testid="stPageLink"] * { height: 100%; width: 100%; }
[class*="st-key-card_"] [data-testid="stPageLink"] a { opacity: 0; }
[class*="st-key-card_"] [data-testid="stPageLink"] a:focus-visible { opacity: 1; }
[class*="st-key-card_"] [data-testid="stMetricLabel"] {
  position: relative; z-index: 2; width: fit-content; }
[class*="st-key-card_"] [class*="st-key-origin_"] {
  position: absolute; right: 0.75rem; top: 0.6rem; z-index: 2; width: fit-content; }
[class*="st-key-card_"] [class*="st-key-origin_"] button { min-height: 0; padding: 0.25rem; }
[class*="st-key-origin_"] p { font-size: 0.8rem; opacity: 0.8; }
[data-testid="stFileUploaderDropzone"] {
  min-height: 8.5rem; display: flex; align-items: center; justify-content: center; }
[data-testid="stMain"] [data-testid="stPageLink"] a { height: auto; background: none; }
[data-testid="stMain"] [data-testid="stPageLink"] a * { white-space: normal; overflow: visible;
  font-weight: inherit; }
.st-key-toolbar { row-gap: 0.5rem; }
.st-key-counting { position: fixed; top: 0.9rem; left: 50%; transform: translateX(-50%);
  width: fit-content; z-index: 999991; pointer-events: none; }
.stApp:has(.st-key-stage) [data-testid="stHeader"], .stApp:has(.st-key-stage) .st-key-head,
.stApp:has(.st-key-stage) [data-testid="stSidebar"] { display: none; }
.st-key-stage { position: fixed; inset: 0; z-index: 90; padding: 20px 36px 14px;
  overflow: hidden; justify-content: space-between; flex-wrap: nowrap;
  background: var(--st-background-color, Canvas); }
[class*="st-key-stage"] > div:has(> .st-key-stage_body) { flex: 1 1 auto; min-height: 0; }
.st-key-stage_body { justify-content: flex-start; padding-top: 12px; }
.st-key-stage h2 { font-size: 1.75rem; padding: 0; }
.st-key-stage h4 { padding: 0; }
.st-key-stage [data-testid="stTable"] td, .st-key-stage [data-testid="stTable"] th {
  padding: 4px 10px; font-size: 0.95rem; line-height: 1.35; }
@media (min-width: 1500px) and (min-height: 850px) {
  html:has(.st-key-stage) { font-size: 19px; } }
@media (min-width: 1850px) and (min-height: 1000px) {
  html:has(.st-key-stage) { font-size: 22px; } }
@media (max-width: 900px) {
  .st-key-stage { overflow: auto; padding: 12px; }
  [class*="st-key-stage"] > div:has(> .st-key-stage_body) { flex: none; } }
@media (max-width: 640px) {
  [data-testid="stMetricValue"] { font-size: 1.75rem; }
}
</style>
"""

_BARE = """
<style>
[data-testid="stApp"] { background: #0b1017 !important; }
[data-testid="stApp"] * { visibility: hidden !important; }
</style>
"""

_SCRIPT = """
<script>
(() => {
  const lang = %(lang)s, words = %(words)s;
  document.documentElement.lang = lang;
  const places = '[data-testid="stFileUploader"], [data-testid="stFileUploaderDropzone"], ' +
    '[data-testid="stElementToolbar"], [data-testid="stDialog"], [data-baseweb="popover"], ' +
    '[data-baseweb="tooltip"], [data-testid="InputInstructions"], [data-testid="stDateInput"], ' +
    '[data-baseweb="calendar"], [data-testid="stMultiSelect"], [data-testid="stSelectbox"], ' +
    '[data-testid="stMultiSelectDropdown"], [data-testid="stSelectboxVirtualDropdown"], ' +
    '[data-testid="stSkipToContent"], [data-testid="stStatusWidget"], ' +
    '[data-testid="stConnectionStatus"], [data-testid="stDataFrame"], [role="menu"], ' +
    '[data-testid="stMainMenuPopover"], [data-testid="stAppToolbar"], [data-testid="stHeader"]';
  const rules = Object.entries(words).map(([en, zh]) =>
    [new RegExp('^' + en.replace(/\\{n\\}/g, '(.+?)') + '$'), zh]);
  const say = text => {
    const plain = text.trim();
    if (!plain) return null;
    for (const [rule, zh] of rules) {
      const found = plain.match(rule);
      if (found) return zh.replace('{n}', found[1] || '');
    }
    return null;
  };
  const mend = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const said = say(node.nodeValue);
      if (said !== null && said !== node.nodeValue) node.nodeValue = said;
    }
  };
  const attributes = ['aria-label', 'placeholder', 'title'];
  const rename = element => {
    for (const name of attributes) {
      const said = element.getAttribute(name);
      const mended = said && say(said);
      if (mended && mended !== said) element.setAttribute(name, mended);
    }
  };
  const all = () => {
    document.querySelectorAll(places).forEach(mend);
    document.querySelectorAll('[aria-label], [placeholder], [title]').forEach(rename);
  };
  if (window.opsdataWatch) window.opsdataWatch.disconnect();
  if (rules.length) {
    let due = false;
    window.opsdataWatch = new MutationObserver(() => {
      if (due) return;
      due = true;
      requestAnimationFrame(() => { due = false; all(); });
    });
    window.opsdataWatch.observe(
      document.body, {childList: true, subtree: true, attributeFilter: attributes});
    all();
  }
})();
</script>
"""

_DOCUMENT_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def dress() -> None:
    """Put the style and the script into the page, for the language in force."""
    lang = i18n.current()
    prefix = "streamlit."
    spoken = {
        key.removeprefix(prefix): value
        for key, value in i18n.words(lang).items()
        if key.startswith(prefix)
    }
    english = i18n.words("en")
    pairs = {
        english[prefix + name]: word
        for name, word in spoken.items()
        if english[prefix + name] != word
    }
    script = _SCRIPT % {"lang": json.dumps(_DOCUMENT_LANGUAGE[lang]), "words": json.dumps(pairs)}
    with st.container(key="chrome"):
        st.html(_STYLE)
        st.html(script, unsafe_allow_javascript=True)


def undress() -> None:
    """Hide everything that Streamlit draws, for a page that draws itself."""
    with st.container(key="bare"):
        st.html(_BARE)
