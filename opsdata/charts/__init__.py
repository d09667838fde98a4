"""Data frames into figures, a module for each picture. Titles are the page's; here are only
marks, axes and labels.
"""
