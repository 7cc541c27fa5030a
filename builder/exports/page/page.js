// Search, keys and copying. The page is whole without them: this file adds, and writes text alone, never markup.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const collator = new Intl.Collator("en");
  const SHOWN = 50;

  // ------------------------------------------------------------------------------------------------------------------
  // Elements

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function svg(name, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const number = (value) => value.toLocaleString("en");
  const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

  // ------------------------------------------------------------------------------------------------------------------
  // Turns, as the transcripts show them

  const normal = (text) => text.split(/\s+/u).filter(Boolean).join(" ").normalize("NFC");

  /** What was said in a turn: its paragraphs as the tables hold them. */
  function paragraphsOf(turn) {
    const said = [...turn.querySelectorAll(":scope > p.said")]
      .map((p) => normal([...p.querySelectorAll(".speech, .insertion")].map((span) => span.textContent).join("")))
      .filter(Boolean);
    return said.length ? said : [...turn.querySelectorAll(":scope > p.aside")].map((p) => normal(p.textContent));
  }

  function readTurn(turn, meeting, page) {
    const of = (selector) => turn.querySelector(selector)?.textContent ?? "";
    return {
      id: turn.id,
      text: paragraphsOf(turn).join("\n\n"),
      speaker: turn.dataset.speaker ?? "",
      name: of(".who .name"),
      office: of(".who .office"),
      date: meeting.dataset.date,
      year: meeting.dataset.date.slice(0, 4),
      title: meeting.querySelector("h1").textContent,
      link: `${page}#${turn.id}`,
    };
  }

  function turnsIn(container, page) {
    return [...container.querySelectorAll("article.meeting")].flatMap((meeting) =>
      [...meeting.querySelectorAll(".turn")].map((turn) => readTurn(turn, meeting, page)));
  }

  // ------------------------------------------------------------------------------------------------------------------
  // The index, made when somebody first searches

  const WORD = /[\p{L}\p{N}]+/gu;
  const plain = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => text.match(WORD) ?? [];
  let index = null;
  let turns = [];
  let byId = new Map();

  function load() {
    if (index) return;
    turns = turnsIn(document, "");
    turns.forEach((turn, place) => { turn.place = place; });
    byId = new Map(turns.map((turn) => [turn.id, turn]));
    index = new MiniSearch({ fields: ["text"], tokenize: wordsOf, processTerm: (word) => plain(word) || null });
    index.addAll(turns);
    fill($("by-speaker"), "all speakers", namesBy("speaker", "name"));
    fill($("by-year"), "all years", [...new Set(turns.map((turn) => turn.year))].sort().map((year) => [year, year]));
    fill($("by-office"), "all offices", namesBy("office", "office"));
  }

  function namesBy(key, name) {
    const found = new Map(turns.filter((turn) => turn[key]).map((turn) => [turn[key], turn[name]]));
    return [...found].sort((one, other) => collator.compare(one[1], other[1]));
  }

  function fill(select, all, options) {
    select.replaceChildren(
      element("option", { value: "", textContent: all }),
      ...options.map(([value, text]) => element("option", { value, textContent: text })));
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Queries

  /** The quoted phrases and the other words of a query. */
  function parse(query) {
    const phrases = [...query.matchAll(/["“”]([^"“”]+)["“”]/gu)].map((match) => wordsOf(match[1]).map(plain)).filter((words) => words.length);
    const words = wordsOf(query.replace(/["“”][^"“”]*["“”]/gu, " ")).map(plain);
    return { phrases, words };
  }

  /** Where the query's words stand in a text: ranges of characters, in order. */
  function marksIn(text, { phrases, words }) {
    const found = [...text.matchAll(WORD)].map((match) => ({ start: match.index, end: match.index + match[0].length, word: plain(match[0]) }));
    const ranges = [];
    found.forEach((token, place) => {
      if (words.some((word) => token.word.startsWith(word))) ranges.push([token.start, token.end]);
      for (const phrase of phrases) {
        if (phrase.every((word, step) => found[place + step]?.word === word)) ranges.push([token.start, found[place + phrase.length - 1].end]);
      }
    });
    return ranges.sort((one, other) => one[0] - other[0]);
  }

  const holdsPhrases = (text, { phrases }) => phrases.every((phrase) => marksIn(text, { phrases: [phrase], words: [] }).length);

  const holdsWords = (text, { words }) => words.every((word) => marksIn(text, { phrases: [], words: [word] }).length);
  const passes = (turn, state) => ["speaker", "year", "office"].every((key) => !state[key] || turn[key] === state[key]);

  function find(state) {
    const query = parse(state.q);
    const asked = [...query.words, ...query.phrases.flat()];
    const all = asked.length
      ? index.search(asked.join(" "), { combineWith: "AND", prefix: (term) => query.words.includes(term) }).map((hit) => byId.get(hit.id))
      : state.q ? [] : turns;
    const hits = all.filter((turn) => passes(turn, state) && holdsPhrases(turn.text, query));
    if (state.order || !asked.length) hits.sort((one, other) => (state.order === "new" ? -1 : 1) * (one.place - other.place));
    return { hits, query };
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Hits

  const AROUND = 90;

  /** Passages of a text around its marks, with the marks. */
  function quotes(text, ranges) {
    if (!ranges.length) return [element("p", { className: "quote", textContent: text.length > 320 ? `${text.slice(0, 320).replace(/\s\S*$/u, "")} …` : text })];
    const passages = [];
    for (const [start, end] of ranges) {
      const last = passages.at(-1);
      if (last && start < last.end) { last.marks.push([start, end]); last.end = Math.max(last.end, end + AROUND); }
      else passages.push({ start: Math.max(0, start - AROUND), end: end + AROUND, marks: [[start, end]] });
    }
    const shown = passages.slice(0, 3).map((passage) => quote(text, passage));
    if (passages.length > 3) shown.push(element("p", { className: "when", textContent: `and ${plural(passages.length - 3, "passage", "passages")} more in this turn` }));
    return shown;
  }

  function quote(text, { start, end, marks }) {
    const from = start === 0 ? 0 : text.indexOf(" ", start) + 1 || start;
    const cut = text.indexOf(" ", end);
    const to = cut === -1 ? text.length : cut;
    const line = element("p", { className: "quote" }, from > 0 ? "… " : "");
    let at = Math.min(from, marks[0][0]);
    for (const [begin, stop] of marks) {
      if (begin < at) continue;
      line.append(text.slice(at, begin), element("mark", { textContent: text.slice(begin, stop) }));
      at = stop;
    }
    line.append(text.slice(at, to), to < text.length ? " …" : "");
    return line;
  }

  function hitItem(turn, query) {
    const about = [turn.date, turn.office].filter(Boolean).join(" · ");
    return element("li", {},
      element("p", { className: "when" }, element("a", { href: turn.link, textContent: turn.name }), ` · ${about} · ${turn.title}`),
      ...quotes(turn.text, marksIn(turn.text, query)));
  }

  function facet(title, counts, key) {
    const most = Math.max(...counts.map(([, , count]) => count));
    const rows = counts.map(([value, name, count]) => {
      const choose = value ? element("button", { type: "button", textContent: name, onclick: () => change({ [key]: value }) }) : name;
      const bar = svg("svg", { class: "bar", width: "100%", height: 12, "aria-hidden": "true" }, svg("rect", { class: "f0", width: `${100 * count / most}%`, height: 12 }));
      return element("tr", {}, Object.assign(element("th", {}, choose), { scope: "row" }), element("td", {}, bar), element("td", { className: "number", textContent: number(count) }));
    });
    return element("table", { className: "bars" }, element("caption", { textContent: title }), element("tbody", {}, ...rows));
  }

  function tally(some, key, name) {
    const counts = new Map();
    for (const turn of some) {
      const known = counts.get(turn[key]) ?? [turn[key], turn[key] ? turn[name] : "voices without a name", 0];
      known[2] += 1;
      counts.set(turn[key], known);
    }
    return [...counts.values()];
  }

  // ------------------------------------------------------------------------------------------------------------------
  // The state of the search, in the address

  const KEYS = ["q", "speaker", "year", "office", "order"];
  let shown = SHOWN;
  let hits = [];

  /** The search that the address asks for; null where it asks for none. */
  function stateOfAddress() {
    if (!/^#q=/u.test(location.hash)) return null;
    const asked = new URLSearchParams(location.hash.slice(1));
    return Object.fromEntries(KEYS.map((key) => [key, asked.get(key) ?? ""]));
  }

  function addressOf(state) {
    const asked = new URLSearchParams({ q: state.q });
    for (const key of KEYS.slice(1)) if (state[key]) asked.set(key, state[key]);
    return `#${asked}`;
  }

  function change(changes) {
    const before = stateOfAddress();
    const state = { ...(before ?? Object.fromEntries(KEYS.map((key) => [key, ""]))), ...changes };
    if (before) history.replaceState(history.state, "", addressOf(state));
    else {
      history.pushState({ isSearch: true }, "", addressOf(state));
      scrollTo(0, 0);
    }
    show();
  }

  function show() {
    const state = stateOfAddress();
    const isNew = Boolean(state) && !root.classList.contains("searching");
    root.classList.toggle("searching", Boolean(state));
    if (isNew && !history.state?.isSearch) scrollTo(0, 0);
    if (!state) { if (document.activeElement !== $("q")) $("q").value = ""; return; }
    load();
    if (!folder && !turns.length) { location.href = document.body.dataset.index + location.hash; return; }
    fillIn(state);
    if (folder) { searchFolder(state); return; }
    const found = find(state);
    hits = found.hits;
    showHits(found.query, 0);
  }

  /** Shows in the form what is searched for. */
  function fillIn(state) {
    if ($("q").value !== state.q) $("q").value = state.q;
    if (folder) offer(state);
    for (const key of KEYS.slice(1)) $(`by-${key}`).value = state[key];
  }

  /** In a folder's index, which has no turns: the speakers and years to choose from. */
  function offer(state) {
    const people = [...document.querySelectorAll(".people a")].map((link) => [link.hash.replace("#person:", ""), link.textContent]);
    if (state.speaker && !people.some(([id]) => id === state.speaker)) people.unshift([state.speaker, state.speaker]);
    fill($("by-speaker"), "all speakers", people);
    fill($("by-year"), "all years", [...new Set(folder.parts.map((part) => part.year))].map((year) => [year, year]));
    $("by-order").replaceChildren(element("option", { value: "", textContent: "newest first" }), element("option", { value: "old", textContent: "oldest first" }));
    fill($("by-office"), "all offices", state.office ? [[state.office, state.office]] : []);
  }

  function showHits(query, left) {
    $("scope").hidden = !document.body.dataset.index || Boolean(folder && !left);
    $("scope").textContent = folder ? `${plural(left, "file", "files")} that may hold more not yet read.` : "Only this page’s meetings. The index searches all years.";
    const speakers = tally(hits, "speaker", "name").sort((one, other) => other[2] - one[2]);
    $("count").textContent = hits.length
      ? `${plural(hits.length, "turn", "turns")} by ${plural(speakers.filter(([id]) => id).length, "named speaker", "named speakers")}`
      : left ? "Nothing yet." : "Nothing found. Try fewer letters, or other filters.";
    $("facets").replaceChildren(...(hits.length ? [
      facet("By speaker", speakers.slice(0, 10), "speaker"),
      facet("By year", tally(hits, "year", "year").sort((one, other) => collator.compare(one[0], other[0])), "year")] : []));
    $("hits").replaceChildren(...hits.slice(0, shown).map((turn) => hitItem(turn, query)));
    $("more").hidden = hits.length <= shown && !left;
    document.querySelector(".hit-tools").hidden = !hits.length;
  }

  // ------------------------------------------------------------------------------------------------------------------
  // A large archive: its files are read as a search needs them. Only a server lets a page read another.

  const folder = $("folder-data") ? JSON.parse($("folder-data").textContent) : null;
  const isFromDisk = location.protocol === "file:";
  const PARTS_AT_A_TIME = 4;
  const loaded = new Map();
  let run = { hits: [], left: [] };

  function request(file, type) {
    if (!loaded.has(file)) {
      loaded.set(file, new Promise((resolve, reject) => {
        const asked = new XMLHttpRequest();
        asked.open("GET", file);
        asked.responseType = type;
        asked.onload = () => (asked.status < 400 && asked.response ? resolve(asked.response) : reject(new Error(file)));
        asked.onerror = () => reject(new Error(file));
        asked.send();
      }));
    }
    return loaded.get(file);
  }

  /** The numbers of the meetings that have a word, or words with this beginning; null for all meetings. */
  async function meetingsWith(word, isPrefix) {
    const last = isPrefix ? `${word}\uffff` : word;
    const wanted = folder.words.map((first, place) => [first, folder.words[place + 1], place + 1])
      .filter(([first, next]) => first <= last && (next === undefined || next > word));
    const found = new Set();
    for (const entries of await Promise.all(wanted.map(([, , place]) => request(`page/words-${place}.json`, "json")))) {
      for (const [term, steps] of Object.entries(entries)) {
        if (term !== word && !(isPrefix && term.startsWith(word))) continue;
        if (steps === 0) return null;
        steps.reduce((sum, by) => { found.add(sum + by); return sum + by; }, 0);
      }
    }
    return found;
  }

  async function meetingsFor(state, query) {
    const asked = [
      ...query.words.map((word) => meetingsWith(word, word.length > 1)),
      ...query.phrases.flat().map((word) => meetingsWith(word, false)),
      ...(state.speaker ? [meetingsWith(`@${state.speaker}`, false)] : [])];
    const sets = (await Promise.all(asked)).filter((found) => found !== null);
    return (place) => sets.every((found) => found.has(place));
  }

  async function readPart({ part, places }, state, query) {
    const page = await request(part.file, "document");
    loaded.delete(part.file);
    const meetings = [...page.querySelectorAll("article.meeting")];
    return places.flatMap((place) => [...meetings[place - part.first].querySelectorAll(".turn")].map((turn) => readTurn(turn, meetings[place - part.first], part.file)))
      .filter((turn) => passes(turn, state) && holdsWords(turn.text, query) && holdsPhrases(turn.text, query));
  }

  async function searchFolder(state) {
    const mine = { hits: [], left: [], query: parse(state.q) };
    run = mine;
    $("count").textContent = "Searching …";
    try {
      if (isFromDisk) throw new Error("from disk");
      const has = await meetingsFor(state, mine.query);
      mine.left = folder.parts.filter((part) => !state.year || part.year === state.year)
        .map((part) => ({ part, places: Array.from({ length: part.count }, (_, step) => part.first + step).filter(has) }))
        .filter(({ places }) => places.length);
      if (state.order !== "old") mine.left.reverse();
      await readMore(mine, state);
    } catch {
      if (run === mine) sayWhatCannotBe();
    }
  }

  async function readMore(mine, state) {
    for (let step = 0; step < PARTS_AT_A_TIME && mine.left.length && mine.hits.length < shown; step += 1) {
      const found = await readPart(mine.left.shift(), state, mine.query);
      if (run !== mine) return;
      mine.hits.push(...(state.order === "old" ? found : found.reverse()));
      hits = mine.hits;
      showHits(mine.query, mine.left.length);
    }
    if (run === mine) showHits(mine.query, mine.left.length);
  }

  function sayWhatCannotBe() {
    hits = [];
    showHits(parse(""), 0);
    $("count").textContent = isFromDisk ? "From disk, this page cannot search all years." : "The files of the search could not be read.";
    $("scope").hidden = false;
    $("scope").textContent = isFromDisk
      ? "A browser lets a page from disk read no other file. Open the page of a year and search there, or put the folder behind a server: python -m http.server, run in this folder, is enough."
      : "Open the page of a year and search there.";
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Copying

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = element("textarea", { value: text, readOnly: true });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const before = button.dataset.says ?? button.textContent;
    button.dataset.says = before;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  const cell = (value) => (/[",\r\n]/u.test(value) ? `"${value.replaceAll("\"", "\"\"")}"` : value);

  function csvOf(some) {
    const columns = ["id", "date", "name", "office", "title", "text", "link"];
    const rows = some.map((turn) => columns.map((column) => (column === "link" ? new URL(turn.link, location.href).href : turn[column])));
    const header = ["utterance_id", "date", "speaker", "office", "meeting", "text", "link"];
    return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Keys

  const isVisible = (item) => item.getClientRects().length > 0;

  /** Goes to the turn after (1) or before (-1) the one that is read. */
  function move(by) {
    const all = [...document.querySelectorAll(".turn")].filter(isVisible);
    if (!all.length) return false;
    const now = document.activeElement?.closest(".turn") ?? document.querySelector(".turn:target");
    const at = all.indexOf(now);
    const next = all[at === -1 ? (by > 0 ? 0 : -1) : at + by];
    if (!next) return true;
    location.replace(`#${next.id}`);
    next.focus();
    return true;
  }

  /** Leaves the search for what was there before it. */
  function leave() {
    $("q").blur();
    if (history.state?.isSearch) history.back();
    else location.hash = "overview";
  }

  /** How many turns a key moves: 1, -1, or not at all. Up and down scroll, unless the keyboard is on a turn. */
  function movesBy(key) {
    if (["ArrowRight", "j"].includes(key)) return 1;
    if (["ArrowLeft", "k"].includes(key)) return -1;
    const isOnTurn = document.activeElement?.matches(".turn:focus-visible");
    return isOnTurn ? ({ ArrowDown: 1, ArrowUp: -1 })[key] ?? 0 : 0;
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target.matches?.("input, select, textarea");
    const by = isTyping ? 0 : movesBy(event.key);
    if (event.key === "Escape" && root.classList.contains("searching")) leave();
    else if (event.key === "/" && !isTyping) $("q").select();
    else if (!by || !move(by)) return;
    event.preventDefault();
  }

  // ------------------------------------------------------------------------------------------------------------------

  $("search-form").addEventListener("submit", (event) => { event.preventDefault(); change({ q: $("q").value }); $("hits").querySelector("a")?.focus(); });
  $("q").addEventListener("input", () => { shown = SHOWN; change({ q: $("q").value }); });
  for (const key of KEYS.slice(1)) $(`by-${key}`).addEventListener("change", (event) => { shown = SHOWN; change({ [key]: event.target.value }); });
  $("more").addEventListener("click", () => { shown += SHOWN; if (folder) readMore(run, stateOfAddress()); else show(); });
  $("copy-hits").addEventListener("click", (event) => copy(csvOf(hits), event.target));
  $("copy-link").addEventListener("click", (event) => copy(location.href, event.target));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.copy");
    if (button) copy(button.parentElement.querySelector("pre").textContent, button);
    if (event.target.closest?.(".skip")) { event.preventDefault(); $("main").focus(); }
  });
  document.addEventListener("keydown", onKey);
  addEventListener("popstate", show);
  addEventListener("hashchange", show);
  show();
})();
