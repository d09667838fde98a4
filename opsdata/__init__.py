"""The library behind the dashboard: exports in, trustworthy numbers out.

Layers, each importing only from those above it (``tests/test_design.py`` keeps it so):

    errors i18n metrics dimensions sources filters      words and rules
    store                                               the one door to the database
    intake queries format theme charts reports sample   pure functions over the store
    ui                                                  the only part that knows Streamlit
    app.py pages cli                                    what people start
"""
