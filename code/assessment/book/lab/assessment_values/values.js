// Shows, in a page opened as a notebook, what readers have in place of each name, and captions under figures.
// Written as JupyterLab loads it (a container with init and get), so that nothing has to be built.
(() => {
  const HERE = document.currentScript.src.replace(/[^/]*$/, '');
  const ROLE = /\{([\w:-]+)\}`([^`]+)`/g;
  const ANSWERED = /^(fact|glue:text|numref|doc|cite(:\w+)?)$/;
  const GLUED = 'application/papermill.record/text/plain';
  const STATES = ['known', 'accepted', 'waiting', 'wrong', 'old'];
  let shared;

  // One of JupyterLab's own modules.
  async function own(name) {
    const [entry] = Object.values(shared[name]);
    return (await entry.get())();
  }

  // A string as Python's repr writes it.
  function unquoted(repr) {
    return repr.slice(1, -1).replace(/\\(?:x(..)|u(.{4})|U(.{8})|(.))/g, (_, x, u, big, one) =>
      one !== undefined ? ({ n: '\n', t: '\t' }[one] ?? one) : String.fromCodePoint(parseInt(x ?? u ?? big, 16)));
  }

  function rolesIn(text) {
    const found = [...text.matchAll(ROLE)].filter(m => ANSWERED.test(m[1]));
    // One citation may name several sources; a name may carry its own words before <...>, which stand as they are.
    return found.flatMap(([, role, inside]) => role.startsWith('cite')
      ? inside.split(',').map(key => [role, key.trim()])
      : [[role, inside.trim()]]).filter(([, name]) => !name.endsWith('>'));
  }

  const captionOf = cell => cell.model.type === 'code' && cell.model.getMetadata('mystnb')?.figure?.caption || '';
  const figureOf = cell => cell.model.getMetadata('mystnb')?.figure?.name;

  class Page {
    constructor(panel, ask, words) {
      Object.assign(this, { panel, ask, words, values: new Map(), names: '', computedFrom: new WeakMap() });
      this.put = new WeakMap();      // node: [name in the file, what stands there now]
      new MutationObserver(() => this.soon()).observe(panel.content.node,
        { childList: true, characterData: true, subtree: true });
      this.soon(true);
    }

    // Once after a burst of changes; fresh: also where no name is new.
    soon(fresh = false) {
      this.fresh ||= fresh;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), 150);
    }

    get cells() { return this.panel.content.widgets; }

    async look() {
      const asked = new Map();
      const ask = (role, name) => asked.set(`${role} ${name}`, [role, name]);
      for (const cell of this.cells) {
        const text = cell.model.type === 'markdown' ? cell.model.sharedModel.getSource() : captionOf(cell);
        for (const [role, name] of rolesIn(text)) ask(role, name);
        if (captionOf(cell) && figureOf(cell)) ask('numref', figureOf(cell));
      }
      const names = [...asked.keys()].join('\n');
      if (this.fresh || names !== this.names) {
        this.fresh = false;
        const found = await this.ask(this.panel.context.path, [...asked.values()]);
        if (!found) return;
        this.names = names;
        this.data = found.data;
        this.values = new Map([...asked.keys()].map((key, n) => [key, found.values[n]]));
        if (found.restart) for (const value of this.values.values()) Object.assign(value, { state: 'old', hint: found.restart });
      }
      this.takeGlued();
      for (const cell of this.cells) {
        if (cell.model.type === 'markdown') this.fill(cell);
        else this.caption(cell);
        if (cell.model.type === 'code') cell.node.classList.toggle('assessment-stale', this.isOld(cell) && cell.model.outputs.length > 0);
      }
    }

    // Whether the data have changed since this cell ran.
    isOld(cell) { return (this.computedFrom.get(cell.model) ?? this.data) !== this.data; }

    // What this notebook's own cells gave stands before what was accepted.
    takeGlued() {
      for (const cell of this.cells) {
        if (cell.model.type !== 'code') continue;
        const old = this.isOld(cell);
        for (let n = 0; n < cell.model.outputs.length; n++) {
          const output = cell.model.outputs.get(n);
          const key = output.metadata?.scrapbook?.name;
          const repr = output.data?.[GLUED];
          if (!key || typeof repr !== 'string') continue;
          this.values.set(`glue:text ${key}`, old
            ? { text: unquoted(repr), state: 'old', hint: this.words.old }
            : { text: unquoted(repr), state: 'known', hint: this.words.computed });
        }
      }
    }

    executed(cell) {
      this.panel.content.widgets.includes(cell) && this.computedFrom.set(cell.model, undefined);
      this.ask(this.panel.context.path, []).then(found => {
        if (found) this.computedFrom.set(cell.model, found.data);
        this.soon(true);
      });
    }

    fill(cell) {
      const named = new Map(rolesIn(cell.model.sharedModel.getSource()).map(pair => [pair[1], pair]));
      const places = '.myst span:not([class]), .myst span.text-yellow-600, .myst .assessment-value, .myst a:not([class])';
      for (const node of cell.node.querySelectorAll(places)) {
        const words = [...node.childNodes].find(child => child.nodeType === Node.TEXT_NODE);
        if (!words) continue;
        const [before, put] = this.put.get(node) ?? [];
        const name = words.nodeValue === put ? before : words.nodeValue.trim();
        const pair = named.get(name);
        const value = pair && this.values.get(pair.join(' '));
        if (value) {
          if (words.nodeValue !== value.text) words.nodeValue = value.text;
          this.put.set(node, [name, value.text]);
          this.mark(node, pair, value);
        } else if (before !== undefined) {
          this.put.delete(node);
          node.classList.remove('assessment-value', ...STATES.map(state => `assessment-${state}`));
          node.removeAttribute('title');
        }
      }
    }

    mark(node, [role, name], value) {
      const title = `{${role}} ${name}${value.hint ? `\n${value.hint}` : ''}`;
      if (node.title === title && node.classList.contains(`assessment-${value.state}`)) return;
      node.classList.remove(...STATES.map(state => `assessment-${state}`));
      node.classList.add('assessment-value', `assessment-${value.state}`);
      node.title = title;
    }

    // The caption as readers have it, under what the cell shows; a double click opens its words.
    caption(cell) {
      const text = captionOf(cell).replace(/\s+/g, ' ').trim();
      let node = cell.node.querySelector(':scope > .assessment-caption');
      if (!text) return node?.remove();
      if (!node) {
        node = document.createElement('div');
        node.className = 'assessment-caption';
        node.title = this.words.edit;
        node.addEventListener('dblclick', event => { event.stopPropagation(); this.edit(cell, node); });
        cell.node.append(node);
      }
      if (node.querySelector('textarea')) return;
      const now = JSON.stringify([text, rolesIn(text).map(pair => this.values.get(pair.join(' '))), this.number(cell)]);
      if (node.dataset.shown === now) return;
      node.dataset.shown = now;
      node.replaceChildren(this.number(cell), ...this.inline(text));
    }

    number(cell) {
      const value = this.values.get(`numref ${figureOf(cell)}`);
      return value ? `${value.text}. ` : '';
    }

    // Words with roles and emphasis, as nodes.
    *inline(text) {
      const part = /\{([\w:-]+)\}`([^`]+)`|\*\*(.+?)\*\*|\*(.+?)\*/g;
      let end = 0;
      for (const found of text.matchAll(part)) {
        yield text.slice(end, found.index);
        end = found.index + found[0].length;
        const [, role, inside, strong, emphasis] = found;
        const node = document.createElement(strong ? 'strong' : emphasis ? 'em' : 'span');
        if (role) {
          node.textContent = inside;
          const pairs = rolesIn(found[0]);
          const values = pairs.map(pair => this.values.get(pair.join(' ')));
          if (pairs.length && values.every(Boolean)) {
            const said = values.map(value => value.text).join('; ');
            node.textContent = role.startsWith('cite') ? `(${said})` : said;
            this.mark(node, [role, inside], values[0]);
          }
        } else node.append(...this.inline(strong ?? emphasis));
        yield node;
      }
      yield text.slice(end);
    }

    edit(cell, node) {
      const box = document.createElement('textarea');
      box.value = captionOf(cell).replace(/\s+/g, ' ').trim();
      const close = keep => {
        box.onblur = null;
        const text = box.value.replace(/\s+/g, ' ').trim();
        if (keep && text && text !== captionOf(cell).replace(/\s+/g, ' ').trim()) {
          const options = structuredClone(cell.model.getMetadata('mystnb'));
          options.figure.caption = text;
          cell.model.setMetadata('mystnb', options);
        }
        box.remove();
        delete node.dataset.shown;
        this.soon();
      };
      box.onblur = () => close(true);
      box.onkeydown = event => {
        event.stopPropagation();
        if (event.key === 'Escape') close(false);
        if (event.key === 'Enter') { event.preventDefault(); close(true); }
      };
      node.replaceChildren(box);
      box.rows = Math.max(2, Math.ceil(box.value.length / 90));
      box.focus();
    }
  }

  async function plugin() {
    const { INotebookTracker, NotebookActions } = await own('@jupyterlab/notebook');
    const { ServerConnection } = await own('@jupyterlab/services');
    const words = {
      computed: 'Computed by this notebook.',
      old: 'Computed before the data changed: choose Run ▸ Run All Cells.',
      edit: 'Double click to change the caption; Enter keeps it, Escape leaves it as it was.',
    };
    function activate(app, tracker) {
      const settings = app.serviceManager.serverSettings;
      const pages = new WeakMap();
      const ask = async (path, asked) => {
        const page = path.replace(/^.*\//, '').replace(/\.md$/, '');
        const request = { method: 'POST', body: JSON.stringify({ page, asked }) };
        const response = await ServerConnection.makeRequest(`${settings.baseUrl}assessment/values`, request, settings);
        if (response.ok) return response.json();
        console.error('Values of names could not be read', response.status, await response.text());
      };
      const follow = panel => panel.context.ready.then(() => {
        if (panel.context.path.endsWith('.md')) pages.set(panel, new Page(panel, ask, words));
      });
      const again = panel => panel && pages.get(panel)?.soon(true);
      tracker.forEach(follow);
      tracker.widgetAdded.connect((_, panel) => follow(panel));
      tracker.currentChanged.connect((_, panel) => again(panel));
      window.addEventListener('focus', () => again(tracker.currentWidget));
      NotebookActions.executed.connect((_, { notebook, cell }) => {
        const panel = tracker.find(one => one.content === notebook);
        if (panel && cell.model.type === 'code') pages.get(panel)?.executed(cell);
      });
      const style = document.createElement('link');
      Object.assign(style, { rel: 'stylesheet', href: `${HERE}values.css` });
      document.head.append(style);
    }
    return { id: 'assessment_values:plugin', autoStart: true, requires: [INotebookTracker], activate };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB.assessment_values = {
    init: scope => { shared = scope; },
    get: async () => {
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
