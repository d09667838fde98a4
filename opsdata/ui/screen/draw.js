// What is on a slide: one function each, every text set as text, never as markup.
function make(tag, name, parent, text) {
  const element = document.createElement(tag);
  element.className = name;
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

function spark(parent, line) {
  const space = 'http://www.w3.org/2000/svg', width = 100, height = 56;
  const known = line.filter(value => value !== null);
  const low = Math.min(0, ...known), high = Math.max(...known), size = high - low || 1;
  let pen = 'M', path = '';
  line.forEach((value, i) => {
    if (value === null) { pen = 'M'; return; }
    const x = i / (line.length - 1) * width, y = height - (value - low) / size * height;
    path += `${pen}${x.toFixed(2)} ${y.toFixed(2)}`;
    pen = 'L';
  });
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', `-1 -1 ${width + 2} ${height + 2}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const drawn = document.createElementNS(space, 'path');
  drawn.setAttribute('class', 'spark');
  drawn.setAttribute('d', path);
  svg.appendChild(drawn);
  parent.appendChild(svg);
}

// Plotly's drawing without its own size: the style sheet gives it one, so it scales.
function scaled(layer) {
  const copy = layer.cloneNode(true), wide = layer.getAttribute('width');
  const high = layer.getAttribute('height');
  copy.setAttribute('viewBox', `0 0 ${wide} ${high}`);
  copy.style.setProperty('--w', wide);
  copy.style.setProperty('--h', high);
  return copy;
}

function figure(parent, item) {
  const box = make('div', 'figure', parent);
  if (item.label) make('div', 'label', box, item.label);
  if (item.value) make('div', `value ${item.coloured ? item.tone : ''}`, box, item.value);
  if (item.change) make('div', `change ${item.tone}`, box, item.change);
  for (const note of item.notes) make('div', 'note', box, note);
  if (item.share !== null) {
    make('i', '', make('div', 'bar', box)).style.width = `${Math.max(item.share, 0) * 100}%`;
  }
  return box;
}

function room(box) {
  const figures = [...box.querySelectorAll('.figure')];
  const place = () => {
    const shown = figures.filter(figure => !figure.hidden);
    if (box.classList.contains('cards')) {
      box.classList.toggle('two', [1, 2, 4].includes(shown.length));
    }
    const {top, bottom} = box.getBoundingClientRect();
    const outside = shown.some(figure => {
      const at = figure.getBoundingClientRect();
      return at.top < top - 1 || at.bottom > bottom + 1;
    });
    return outside && shown.length > 1 ? shown.at(-1) : null;
  };
  for (const figure of figures) figure.hidden = false;
  for (let last; (last = place());) last.hidden = true;
}

const KINDS = {
  hero(parent, slide) {
    for (const item of slide.items) {
      figure(parent, item);
      if (item.line.length) spark(parent, item.line);
    }
  },
  cards(parent, slide) {
    for (const item of slide.items) figure(parent, item);
  },
  list(parent, slide) { for (const item of slide.items) figure(parent, item); },
  chart(parent, slide) {
    const slot = make('div', 'slot', parent);
    slot.setAttribute('role', 'img');
    slot.setAttribute('aria-label', slide.title);
    const noted = make('div', 'noted', parent);
    for (const line of slide.noted) make('div', 'note', noted, line);
    if (!slide.items.length) return;
    const side = make('div', 'side', parent);
    for (const item of slide.items) figure(side, {...item, coloured: true});
  },
  none(parent, slide) { for (const item of slide.items) figure(parent, item); },
};
