// The wall lives in the page, not in Streamlit's own elements, so that it stays as it is when
// the server is gone, and goes on by the clock. Every text is set as text, never as markup.
const BEAT_LOST = 12, RESUME = 600, RELOAD = 6 * 3600, SHIFT = 300;
const STUCK = 10, HUNG = 60;
const SHIFTS = [[0, 0], [3, 0], [3, 3], [0, 3], [-3, 3], [-3, 0], [-3, -3], [0, -3]];
const seconds = () => Date.now() / 1000;

class Wall {
  constructor() {
    this.style = make('style', '', document.head, CSS);
    this.root = make('div', '', document.body);
    this.root.id = 'wall';
    document.body.prepend(this.root);
    const stage = make('div', 'stage', this.root), head = make('div', 'head', stage);
    this.title = make('div', 'title', head);
    this.title.setAttribute('role', 'heading');
    this.sources = make('div', 'sources', head);
    this.body = make('div', 'body', stage);
    const foot = make('div', 'foot', stage);
    this.about = make('div', 'about', foot);
    this.state = make('div', 'state', foot);
    this.paused = make('span', 'paused', this.state);
    this.place = make('span', 'place', this.state);
    this.line = make('i', '', make('div', 'clockline', stage));
    this.banner = make('div', 'banner', this.root);
    this.banner.setAttribute('role', 'status');
    make('div', 'black', this.root);
    this.drawings = {};
    this.path = location.pathname;
    this.born = this.beat = seconds();
    this.base = 0;
    this.origin = 0;
    this.healthy = 0;
    this.slides = [];
    this.shown = this.build = null;
    this.listeners = [
      [window, 'keydown', event => this.key(event)],
      [window, 'click', () => this.pause()],
      [window, 'resize', () => this.fit()],
    ];
    for (const [place, name, act] of this.listeners) place.addEventListener(name, act, true);
    this.timer = setInterval(() => this.tick(), 500);
    this.drawn = new MutationObserver(() => {
      clearTimeout(this.due);
      this.due = setTimeout(() => this.copy(), 60);
    });
    this.drawn.observe(document.getElementById('root'), {childList: true, subtree: true,
      attributes: true, attributeFilter: ['d', 'transform', 'width', 'height']});
  }

  take(data) {
    if (data.beat !== this.lastBeat) this.beat = seconds();
    this.lastBeat = data.beat;
    if (this.build && this.build !== data.build) return location.reload();
    this.build = data.build;
    keepKey(data);
    const text = JSON.stringify({...data, beat: 0});
    if (text !== this.text) {
      this.text = text;
      this.data = data;
      this.draw();
    }
    this.tick();
  }

  draw() {
    const {data} = this;
    const page = document.documentElement, light = data.theme === 'light';
    page.classList.add('wall');
    page.lang = data.lang;
    page.style.setProperty('--k', data.scale);
    for (const element of [page, this.root]) element.classList.toggle('light', light);
    this.sources.replaceChildren();
    for (const source of data.sources) make('div', source.light, this.sources, source.text);
    this.body.replaceChildren();
    this.slides = [];
    data.slides.forEach(slide => {
      try {
        const box = make('div', `slide ${slide.kind}`, this.body);
        KINDS[slide.kind](box, slide);
        this.slides.push({...slide, box});
      } catch (error) {
        console.warn('a slide is left out', slide.key, error);
        this.slides.push(null);
      }
    });
    this.order = data.order.filter(i => this.slides[i]);
    this.shown = null;
    this.copy();
  }

  // Nothing is ever cut: what has no room at this size of text stays out, the last first, and
  // a number that is too wide for its place becomes smaller.
  fit() {
    if (!this.shown) return;
    const size = element => parseFloat(getComputedStyle(element).fontSize);
    this.title.style.fontSize = '';
    for (let left = 8; left && this.title.scrollHeight > this.title.clientHeight * 1.2; left--) {
      this.title.style.fontSize = `${size(this.title) * 0.94}px`;
    }
    room(this.shown.box);
    for (const value of this.shown.box.querySelectorAll('.value, .change')) {
      value.style.fontSize = '';
      const place = value.clientWidth, wanted = value.scrollWidth;
      if (wanted > place) value.style.fontSize = `${size(value) * place / wanted * 0.99}px`;
    }
  }

  at() { return this.stopped ? this.base : this.base + Math.floor(this.elapsed()); }

  elapsed() { return (seconds() - this.origin) / this.data.interval; }

  current() {
    const ready = this.order.filter(i => this.ready(this.slides[i]));
    const shown = ready.length ? ready : this.order, n = shown.length;
    return n ? this.slides[shown[((this.at() % n) + n) % n]] : null;
  }

  // A chart that is not drawn yet is passed over, as long as there is anything else to show.
  ready(slide) { return slide.kind !== 'chart' || slide.drawing; }

  show() {
    const slide = this.current();
    if (!slide || slide === this.shown) return;
    this.shown = slide;
    for (const one of this.slides) if (one) one.box.classList.toggle('on', one === slide);
    this.title.textContent = slide.title;
    this.about.textContent = slide.about;
    const [reach, light] = slide.reach;
    if (reach) make('span', light, this.about, ` · ${reach}`);
    this.place.textContent = this.order.length > 1
      ? `${this.slides.filter(Boolean).indexOf(slide) + 1} / ${this.slides.filter(Boolean).length}`
      : '';
    this.fit();
  }

  // Streamlit draws charts out of sight, in their own size; what is seen is a copy that scales
  // like all else on the wall, and stays when Streamlit takes its own away.
  copy() {
    for (const slide of this.slides) {
      if (slide && slide.kind === 'chart') this.copyChart(slide);
    }
    this.show();
  }

  copyChart(slide) {
    const chart = document.querySelector(`.st-key-wallchart_${slide.key}`);
    const layers = chart ? [...chart.querySelectorAll('.main-svg')] : [];
    const text = layers.map(layer => layer.outerHTML).join('');
    const known = this.drawings[slide.key];
    if (layers.length && chart.querySelector('.xtick') && !(known && known.text === text)) {
      this.drawings[slide.key] = {text, copies: layers.map(scaled)};
    }
    const drawing = this.drawings[slide.key];
    if (!drawing || slide.drawing === drawing) return;
    slide.drawing = drawing;
    slide.box.querySelector('.slot').replaceChildren(...drawing.copies);
  }

  tick() {
    if (location.pathname !== this.path) return this.leave();
    if (!this.data) return;
    const now = seconds();
    if (this.stopped && now - this.stopped > RESUME) this.go();
    this.show();
    const share = this.stopped ? 1 : this.elapsed() % 1;
    this.line.style.transform = `scaleX(${share.toFixed(3)})`;
    const note = this.stopped ? `Ⅱ ${this.data.words.paused}  ` : '';
    if (this.paused.textContent !== note) this.paused.textContent = note;
    this.shift(now);
    this.night();
    this.watch(now);
  }

  shift(now) {
    const [x, y] = SHIFTS[Math.floor(now / SHIFT) % SHIFTS.length];
    const page = document.documentElement.style;
    if (page.getPropertyValue('--dx') === `${x}px` && page.getPropertyValue('--dy') === `${y}px`) {
      return;
    }
    page.setProperty('--dx', `${x}px`);
    page.setProperty('--dy', `${y}px`);
  }

  night() {
    let dark = false;
    if (this.data.night) {
      const [since, until] = this.data.night, hour = new Date().getHours();
      dark = since < until ? hour >= since && hour < until : hour >= since || hour < until;
    }
    for (const element of [document.documentElement, this.root]) {
      element.classList.toggle('night', dark);
    }
  }

  // The banner needs nobody but the browser; what brings the server back is Streamlit's own
  // connection, and where that hangs, a reload, but only once the server answers.
  watch(now) {
    const silent = now - this.beat, lost = silent > BEAT_LOST;
    this.root.classList.toggle('lost', lost);
    if (lost) {
      this.banner.textContent = this.data.words.lost.replace('{age}', this.age(silent));
      this.probe(now);
    } else {
      this.healthy = 0;
      if (now - this.born > RELOAD) location.reload();
    }
  }

  age(silent) {
    const {words} = this.data;
    if (silent < 90) return words.seconds.replace('{n}', Math.round(silent));
    if (silent < 5400) return words.minutes.replace('{n}', Math.round(silent / 60));
    return words.hours.replace('{n}', Math.round(silent / 3600));
  }

  async probe(now) {
    if (this.probing || now - (this.probed || 0) < 2) return;
    this.probing = true;
    this.probed = now;
    try {
      const base = this.path.replace(/\/[^/]*\/?$/, '/');
      const answer = await fetch(`${base}_stcore/health`,
        {cache: 'no-store', signal: AbortSignal.timeout(4000)});
      this.healthy = answer.ok ? this.healthy || seconds() : 0;
    } catch { this.healthy = 0; }
    this.probing = false;
    const app = document.querySelector('[data-testid=stApp]');
    const joined = app && app.dataset.testConnectionState === 'CONNECTED';
    const patience = joined ? HUNG : STUCK;
    if (this.healthy && seconds() - this.healthy > patience) location.reload();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    const act = KEYS[event.key];
    if (act && this.data) act(this);
  }

  step(by) {
    this.base = this.at() + by;
    this.origin = seconds();
    if (this.stopped) this.stopped = seconds();
    this.tick();
  }

  pause() {
    if (this.stopped) { this.go(); } else {
      this.base = this.at();
      this.stopped = seconds();
    }
    this.tick();
  }

  go() {
    this.stopped = null;
    this.origin = seconds();
  }

  home() {
    if (this.data.television) return;
    const address = new URL(this.path.replace(/\/[^/]*\/?$/, '/'), location.href);
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (['lang', 'period', 'account'].includes(name)) address.searchParams.append(name, value);
    }
    location.assign(address);
  }

  leave() {
    clearInterval(this.timer);
    for (const [place, name, act] of this.listeners) place.removeEventListener(name, act, true);
    this.drawn.disconnect();
    for (const element of [this.root, this.style]) element.remove();
    document.documentElement.classList.remove('wall', 'light', 'night');
    window.opsdataWall = null;
  }
}

export default function (component) {
  if (!component.data) return;
  window.opsdataWall = window.opsdataWall || new Wall();
  window.opsdataWall.take(component.data);
}
