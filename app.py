"""opsdata: the dashboard of a short-video team. Start it with: streamlit run app.py"""

from opsdata.ui import frame

frame.run()
