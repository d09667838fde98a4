// What opens the wall and what moves it: the link of a television, keyboards, remote controls.
// The key of a television's link goes from the address into a cookie, where it opens something.
function keepKey(data) {
  const address = new URL(location.href), key = address.searchParams.get('tv');
  if (key === null || data.closed) return;
  document.cookie = `opsdata_tv=${encodeURIComponent(key)}; max-age=${365 * 86400}; path=/; ` +
    `samesite=strict${location.protocol === 'https:' ? '; secure' : ''}`;
  address.searchParams.delete('tv');
  history.replaceState(history.state, '', address);
}

const KEYS = {};
for (const key of [' ', 'Enter', 'Select', 'MediaPlayPause', 'MediaPlay', 'MediaPause']) {
  KEYS[key] = wall => wall.pause();
}
for (const key of ['ArrowRight', 'ArrowDown', 'PageDown', 'MediaTrackNext', 'ChannelUp',
  'MediaFastForward']) KEYS[key] = wall => wall.step(1);
for (const key of ['ArrowLeft', 'ArrowUp', 'PageUp', 'MediaTrackPrevious', 'ChannelDown',
  'MediaRewind']) KEYS[key] = wall => wall.step(-1);
for (const key of ['Escape', 'GoBack', 'BrowserBack', 'Exit']) KEYS[key] = wall => wall.home();
