"""The meeting-room wall: what its address says, what is sent to it, and how it behaves."""
