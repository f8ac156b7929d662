// The rows of a run beside the places they were read from. All text goes in as textContent: what a
// document says is never markup. `review` is the data (see chosa/review/data.py), words are in words.js.
const review = JSON.parse(document.getElementById("data").textContent);
const BATCH = 100; // rows added to the list at once
const CROP = { width: innerWidth <= 1100 ? 160 : 216, height: 64 }, CLOSEUP = { width: 720, height: 150 }; // CSS pixels
const NAMES = 0.45; // of a chart's width: room its names take beside it
const LARGEST = { page: 2.1, picture: 1.6 }; // CSS pixels per point of a page, per pixel of a picture
const col = Object.fromEntries(review.columns.map((name, i) => [name, i]));
const get = (row, name) => row[col[name]];
const $ = (id) => document.getElementById(id);
const onPlace = new Map(); // place -> the numbers of its rows
review.rows.forEach((row, i) => index(row, i));
let lang = (navigator.language || "").startsWith("ja") ? "ja" : "en";
let shown = [], drawn = 0, current = -1;

function index(row, number) {
  const at = get(row, "place");
  if (onPlace.has(at)) onPlace.get(at).push(number); else onPlace.set(at, [number]);
}
function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === "class") node.className = value; else node[key] = value;
  }
  node.append(...children.filter((child) => child !== "" && child != null));
  return node;
}

// --- pictures of pages: made into blob addresses once, when first shown
const addresses = new Map();
function address(number) {
  const place = review.places[number];
  if (!place || !place.src) return "";
  if (!addresses.has(number)) addresses.set(number, review.served ? `${place.src}?token=${review.token}` : blob(place.src));
  return addresses.get(number);
}
function blob(uri) {
  const [head, body] = uri.split(",");
  const bytes = Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: head.slice(5, head.indexOf(";")) }));
}
const boxOf = (row) => (get(row, "x0") == null ? null : ["x0", "y0", "x1", "y1"].map((name) => get(row, name)));

function crop(row, size = CROP, across = null) { // around the number; `across`: [left, right] to be seen whole, if they fit
  const place = review.places[get(row, "place")], box = boxOf(row);
  const url = box && address(get(row, "place"));
  if (!url) return make("div", { class: "crop words", textContent: get(row, "snippet") });
  const largest = place.scale > 1 ? LARGEST.page : LARGEST.picture;
  const [from, to] = across || [box[0] - 9, box[2] + 9];
  const zoom = Math.min(largest, size.width / Math.max(1, to - from), size.height / Math.max(1, box[3] - box[1] + 8));
  const [x0, y0, x1, y1] = box.map((v) => v * zoom);
  const within = (middle, room, all) => Math.max(0, Math.min(middle - room / 2, all - room));
  const middle = across ? ((from + to) / 2) * zoom : (x0 + x1) / 2;
  const left = within(middle, size.width, place.width * zoom), top = within((y0 + y1) / 2, size.height, place.height * zoom);
  const node = make("div", { class: "crop" });
  node.style.width = `${size.width}px`;
  node.style.height = `${size.height}px`;
  node.style.backgroundImage = `url("${url}")`;
  node.style.backgroundSize = `${place.width * zoom}px ${place.height * zoom}px`;
  node.style.backgroundPosition = `${-left}px ${-top}px`;
  node.append(frame([x0 - left, y0 - top, x1 - left, y1 - top], "px"));
  return node;
}
function frame([x0, y0, x1, y1], unit, kind = "") {
  const node = make("i", { class: kind });
  node.style.left = x0 - (unit === "px" ? 3 : 0) + unit;
  node.style.top = y0 - (unit === "px" ? 3 : 0) + unit;
  node.style.width = x1 - x0 + (unit === "px" ? 6 : 0) + unit;
  node.style.height = y1 - y0 + (unit === "px" ? 6 : 0) + unit;
  return node;
}

// --- the list
function whereOf(row) {
  const file = review.documents[get(row, "document")].file, page = get(row, "page"), image = get(row, "image");
  return file + (page ? ` ${WORDS[lang].page}${page}` : "") + (image ? ` ${image}` : "");
}
const numberOf = (row) => get(row, "value").toLocaleString("en-US", { maximumFractionDigits: 6 });
const unitOf = (row) => [UNITS[get(row, "unit")], QUALIFIERS[lang][get(row, "qualifier")]].filter(Boolean).join(" ");
function testimonies(text) { // "label+echo!names" -> [name, agrees] each; a label read with doubt is no support
  const all = [...text.matchAll(/([+!]?)([^+!]+)/g)].map(([, sign, name]) => [name, sign !== "!"]);
  return text.includes("!label") ? all.filter(([name, agrees]) => name !== "label" || !agrees) : all;
}
function witnessNode(text) {
  const node = make("span", { class: "witnesses" });
  for (const [name, agrees] of testimonies(text)) {
    const said = WITNESSES[name] ? WITNESSES[name][lang][agrees ? 0 : 1] : name;
    node.append(make("span", { class: agrees ? "for" : "against", textContent: (agrees ? "✓ " : "✗ ") + said, title: name }));
  }
  return node;
}
function doubtsOf(row) { // why the row waits for a person
  if (get(row, "status") !== "review") return "";
  const against = testimonies(get(row, "witnesses")).filter(([, agrees]) => !agrees).map(([name]) => `!${name}`).join("");
  if (against) return witnessNode(against);
  return make("span", { class: "witnesses" }, make("span", { class: "against", textContent: WORDS[lang].thin }));
}
function rowNode(place) {
  const row = review.rows[shown[place]], words = WORDS[lang], state = get(row, "status");
  const head = make("div", {},
    make("span", { class: "value", textContent: numberOf(row) }),
    make("span", { class: "unit", textContent: " " + unitOf(row) }),
    make("span", { class: "item", textContent: get(row, "item") }),
    make("span", { class: `chip ${state}`, textContent: words[state] }));
  const node = make("div", { class: "row" + (place === current ? " on" : "") }, crop(row), make("div", {}, head,
    make("div", { class: "question", textContent: `${get(row, "segment") || words.everyone} ｜ ${get(row, "question")}` }),
    make("div", { class: "where", textContent: `${words[get(row, "source")]} · ${whereOf(row)} ` }, doubtsOf(row))));
  node.dataset.place = place;
  return node;
}
function drawMore() {
  const list = $("list"), until = Math.min(shown.length, drawn + BATCH);
  const piece = document.createDocumentFragment();
  for (; drawn < until; drawn++) piece.append(rowNode(drawn));
  list.append(piece);
}
function redraw() {
  $("list").replaceChildren();
  drawn = 0;
  drawMore();
  if (!shown.length) $("list").append(make("div", { class: "none", textContent: WORDS[lang].none }));
  tally();
}
function tally() {
  let left = 0, all = 0;
  for (const row of review.rows) if (row) { all++; left += get(row, "status") === "review"; }
  $("tally").textContent = WORDS[lang].tally(shown.length, all, left) + (review.left_out ? WORDS[lang].out(review.left_out) : "");
}

// --- filters: disputed first, then for review, then the rest in the order of the documents
const FILTERS = ["document", "chart", "source", "status", "note"];
const rank = (row) => (get(row, "status") !== "review" ? 2 : get(row, "witnesses").includes("!") ? 0 : 1);
function filter() {
  const chosen = Object.fromEntries(FILTERS.map((name) => [name, $(name).value]));
  const needle = $("search").value.normalize("NFKC").toLowerCase();
  shown = [];
  review.rows.forEach((row, i) => {
    if (!row) return; // was put together again with another
    if (chosen.document && String(get(row, "document")) !== chosen.document) return;
    if (chosen.chart && String(get(row, "chart")) !== chosen.chart) return;
    if (chosen.source && get(row, "source") !== chosen.source) return;
    if (chosen.status && get(row, "status") !== chosen.status) return;
    if (chosen.note && !(review.places[get(row, "place")]?.notes || []).some((n) => n[0] === chosen.note && touches(n.slice(2), boxOf(row)))) return;
    if (needle && !haystack(row).includes(needle)) return;
    shown.push(i);
  });
  shown.sort((a, b) => rank(review.rows[a]) - rank(review.rows[b]) || a - b);
  current = -1;
  redraw();
  select(0, false);
}
const haystack = (row) => ["item", "item_alt", "segment", "question", "snippet", "value", "observation_id", "item_id"]
  .map((name) => get(row, name)).join(" ").normalize("NFKC").toLowerCase();

// --- one row in full
function select(place, scroll = true) {
  if (place < 0 || place >= shown.length) return void (shown.length || $("detail").replaceChildren());
  while (drawn <= place) drawMore();
  const list = $("list");
  list.children[current]?.classList.remove("on");
  current = place;
  list.children[place].classList.add("on");
  if (scroll) list.children[place].scrollIntoView({ block: "nearest" });
  detail(shown[place]);
}
function line(name, ...cells) {
  return make("tr", {}, make("th", { textContent: name }), ...cells.map((cell) => make("td", { textContent: cell ?? "" })));
}
function factsOf(row) {
  const words = WORDS[lang];
  const facts = make("table", {}, line(words.question, get(row, "question")), line(words.segment, get(row, "segment") || words.everyone),
    line(words.item, [get(row, "item"), get(row, "item_alt")].filter(Boolean).join(" / ")),
    line(words.id, ["item_id", "segment_id", "question_id"].map((name) => get(row, name)).filter(Boolean).join("  ")),
    line(words.runner, get(row, "item_runner_up")), line(words.base, get(row, "base_n") ? `n=${get(row, "base_n")} (${get(row, "base_n_source")})` : ""),
    line(words.snippet, get(row, "snippet")), line(words.citation, get(row, "citation")));
  for (const node of [...facts.rows]) if (!node.cells[1].textContent) node.remove();
  return facts;
}
function readingsOf(row) {
  const names = ["method", "engine", "value", "text", "confidence", "why"], words = WORDS[lang];
  const heard = make("table", {}, make("tr", {}, ...names.map((name) => make("th", { textContent: words[name] }))));
  for (const [method, ...rest] of get(row, "readings"))
    heard.append(make("tr", {}, ...[METHODS[lang][method] || method, ...rest].map((cell) => make("td", { textContent: cell ?? "" }))));
  return get(row, "readings").length ? heard : "";
}
function closeup(row, width) { // the number with its chart from side to side: the name at the one end, its bar, the number
  const [left, right] = review.charts[get(row, "chart")]?.x || [];
  const across = left == null ? null : [Math.max(0, left - NAMES * (right - left)), right];
  return crop(row, { width, height: CLOSEUP.height }, across);
}
function detail(number) {
  const row = review.rows[number], words = WORDS[lang], place = review.places[get(row, "place")];
  const doubts = (place?.notes || []).filter((note) => touches(note.slice(2), boxOf(row))).map(([code, message]) => make("div", { class: "where", textContent: `${words.note} ${code}: ${message}` }));
  const room = $("detail").clientWidth - 34;
  $("detail").replaceChildren(
    review.served ? bench(number) : "",
    make("h2", {}, make("span", { class: "value", textContent: numberOf(row) }), ` ${unitOf(row)} · ${get(row, "item")}`,
      make("span", { class: `chip ${get(row, "status")}`, textContent: words[get(row, "status")] })),
    closeup(row, Math.min(CLOSEUP.width, room)),
    make("div", { class: "said" }, witnessNode(get(row, "witnesses"))), ...doubts,
    factsOf(row), readingsOf(row),
    make("div", { class: "where", textContent: `${whereOf(row)} · ${get(row, "observation_id")}` }), sheet(number));
  $("detail").scrollTop = 0;
}
const touches = (a, b) => !a.length || !b || (a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]);
function sheet(number) {
  const at = get(review.rows[number], "place"), place = review.places[at], url = address(at);
  if (!url) return "";
  const node = make("div", { class: "sheet" }, make("img", { src: url, alt: "" }));
  for (const other of onPlace.get(at)) {
    const row = review.rows[other], box = row && boxOf(row);
    if (!box) continue;
    const share = [box[0] / place.width, box[1] / place.height, box[2] / place.width, box[3] / place.height].map((v) => v * 100);
    const node_ = frame(share, "%", other === number ? "on" : get(row, "status"));
    node_.title = `${get(row, "value")} ${get(row, "item")}`;
    node_.addEventListener("click", () => select(shown.indexOf(other)));
    node.append(node_);
  }
  return node;
}

// --- decisions (in the app only): each is on disk before it is shown
const EDITS = { e: "value", i: "item", s: "segment", q: "question", b: "base_n", d: "item_id" };
const numbers = new Map(review.rows.map((row, i) => [row[0], i])); // observation_id -> its row
let last = []; // ids of rows decided in this sitting, latest last
function bench(number) {
  const words = WORDS[lang], node = make("div", { class: "bench" });
  const button = (text, key, act, kind = "") => node.append(make("button", { type: "button", class: kind, onclick: act }, text, make("kbd", { textContent: key })));
  button(words.accept, "a", () => decide(number, "accept"), "yes");
  button(words.reject, "r", () => decide(number, "reject"), "no");
  for (const [key, field] of Object.entries(EDITS)) button(words[field], key, () => edit(number, field));
  button(words.split, "x", () => split(number));
  button(words.undo, "u", undo);
  return node;
}
function form(number, rows, send) { // one line of labelled inputs per row, then the reason; Enter sends, Escape leaves
  document.querySelector(".bench form")?.remove();
  const words = WORDS[lang];
  const why = make("input", { name: "why", placeholder: words.reason });
  const node = make("form", {}, ...rows, make("div", {}, why, make("button", { textContent: words.submit })));
  node.addEventListener("submit", (event) => { event.preventDefault(); send(why.value); });
  node.addEventListener("keydown", (event) => { if (event.key === "Escape") node.remove(); });
  document.querySelector(".bench").append(node);
  const first = node.querySelector("input");
  first.focus();
  first.select();
}
function edit(number, field) {
  const input = make("input", { name: "after", value: get(review.rows[number], field) ?? "" });
  form(number, [make("div", {}, make("label", {}, WORDS[lang][field], input))], (why) => decide(number, "set", { field, after: input.value, why }));
}
const PARTS = ["item", "value", "segment"];
function split(number) {
  const words = WORDS[lang], row = review.rows[number];
  const parts = words.parts.map(() => Object.fromEntries(PARTS.map((name) => [name, make("input", { name, value: get(row, name) ?? "" })])));
  const lines = parts.map((part, i) => make("div", { class: "part" }, make("b", { textContent: words.parts[i] }), ...PARTS.map((name) => make("label", {}, words[name], part[name]))));
  const texts = () => parts.map((part) => Object.fromEntries(PARTS.map((name) => [name, part[name].value])));
  form(number, lines, (why) => decide(number, "split", { parts: texts(), why }));
}
async function decide(number, action, rest = {}) {
  const id = get(review.rows[number], "observation_id");
  const answer = await fetch("decide", { method: "POST", headers: { "content-type": "application/json", "x-chosa-token": review.token },
    body: JSON.stringify({ id, action, ...rest }) }).catch((error) => ({ ok: false, text: async () => String(error) }));
  if (!answer.ok) return void say(`${WORDS[lang].failed}: ${await answer.text()}`, true);
  take(await answer.json());
  if (action !== "undo") last.push(id); else if (last.includes(id)) last.splice(last.lastIndexOf(id), 1);
  document.activeElement?.blur();
  say(WORDS[lang].kept);
  if (action === "undo" || action === "split") select(Math.min(current, shown.length - 1)); else select(next());
}
function take({ rows, gone }) { // the row as it is now, with rows that a split made or an undo took away
  let before = -1, moved = false;
  for (const row of rows) {
    const known = numbers.get(row[0]);
    if (known === undefined || !review.rows[known]) { // new: after the row it was split off
      const number = known ?? review.rows.length;
      review.rows[number] = row;
      if (known === undefined) index(row, number);
      numbers.set(row[0], number);
      shown.splice(shown.indexOf(before) + 1, 0, number);
      moved = true;
      before = number;
    } else {
      review.rows[known] = row;
      before = known;
    }
  }
  for (const id of gone) {
    const number = numbers.get(id);
    if (number === undefined || !review.rows[number]) continue;
    const place = shown.indexOf(number);
    if (place >= 0) shown.splice(place, 1);
    review.rows[number] = null;
    moved = true;
  }
  if (moved) { const until = drawn; redraw(); while (drawn < Math.min(until, shown.length)) drawMore(); }
  else for (const row of rows) refresh(numbers.get(row[0]));
}
async function undo() {
  const number = last.length ? numbers.get(last[last.length - 1]) : shown[current];
  if (number === undefined || !review.rows[number]) return;
  await decide(number, "undo");
  const place = shown.indexOf(number);
  if (place >= 0) select(place);
}
async function acceptChart(number) { // all rows of its chart that wait, as shown: one decision each
  const chart = get(review.rows[number], "chart");
  const waiting = shown.filter((n) => n === number || (chart >= 0 && get(review.rows[n], "chart") === chart));
  for (const n of waiting) if (get(review.rows[n], "status") === "review") await decide(n, "accept");
}
let working = Promise.resolve();
function inTurn(act) { working = working.then(act, act); } // a key pressed early is about the row that comes next
function next() { // the next row that waits for a person, else the next row
  for (let place = current + 1; place < shown.length; place++) if (get(review.rows[shown[place]], "status") === "review") return place;
  return Math.min(current + 1, shown.length - 1);
}
function refresh(number) {
  const place = shown.indexOf(number), list = $("list");
  if (place >= 0 && place < drawn) list.children[place].replaceWith(rowNode(place));
  tally();
}
function say(text, bad = false) {
  $("said").textContent = text;
  $("said").className = bad ? "rejected" : "accepted";
}

// --- chrome
function option(value, text) { return make("option", { value, textContent: text }); }
function fill(id, title, options) {
  const kept = $(id).value;
  $(id).replaceChildren(option("", `${title}: ${WORDS[lang].all}`), ...options);
  $(id).value = options.some((o) => o.value === kept) ? kept : "";
}
function fillCharts() { // of the document chosen, else of all
  const words = WORDS[lang], chosen = $("document").value;
  const titled = (chart) => [chart.page ? words.page + chart.page : "", chart.title || words.chart].filter(Boolean).join(" ");
  fill("chart", words.charts, review.charts.flatMap((chart, i) => chosen && String(chart.document) !== chosen ? [] : [option(String(i), titled(chart))]));
}
function chrome() {
  const words = WORDS[lang];
  document.documentElement.lang = lang;
  fill("document", words.documents, review.documents.map((d, i) => option(String(i), d.file)));
  fillCharts();
  fill("source", words.sources, ["chart", "table", "prose"].map((name) => option(name, words[name])));
  fill("status", words.states, ["review", "accepted", "corrected", "rejected"].map((name) => option(name, words[name])));
  const codes = [...new Set(review.places.flatMap((place) => place.notes.map(([code]) => code)))].sort();
  fill("note", words.doubts, codes.map((code) => option(code, code)));
  $("search").placeholder = words.search;
  $("language").textContent = words.other;
  $("help").title = words.help;
  const keys = review.served ? words.keys : words.keys.filter(([key]) => ["↑ ↓ / k j", "n", "/", "?"].includes(key));
  $("keys").replaceChildren(make("h2", { textContent: words.help }), make("table", {}, ...keys.map(([key, what]) =>
    make("tr", {}, make("th", {}, ...key.split(" / ").flatMap((k, i) => [i ? " / " : "", make("kbd", { textContent: k })])), make("td", { textContent: what })))),
    make("button", { type: "button", textContent: words.close, onclick: () => $("keys").close() }));
}
$("language").addEventListener("click", () => { lang = lang === "ja" ? "en" : "ja"; chrome(); filter(); });
$("help").addEventListener("click", () => $("keys").showModal());
$("document").addEventListener("change", fillCharts);
for (const id of FILTERS) $(id).addEventListener("change", () => { filter(); $(id).blur(); });
$("search").addEventListener("input", filter);
$("search").addEventListener("keydown", (event) => { if (event.key === "Escape" || event.key === "Enter") { event.preventDefault(); $("search").blur(); } });
$("list").addEventListener("click", (event) => {
  const node = event.target.closest(".row");
  if (node) select(Number(node.dataset.place));
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input,select,textarea") || $("keys").open || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step) { event.preventDefault(); select(current + step); }
  const look = { "/": () => $("search").select(), "?": () => $("keys").showModal(), n: () => select(next()) }[event.key];
  if (look) { event.preventDefault(); look(); }
  if (!review.served || current < 0) return;
  const act = { a: () => decide(shown[current], "accept"), A: () => acceptChart(shown[current]), r: () => decide(shown[current], "reject"),
    u: undo, x: () => split(shown[current]) }[event.key];
  if (act) { event.preventDefault(); inTurn(act); }
  if (EDITS[event.key]) { event.preventDefault(); edit(shown[current], EDITS[event.key]); }
});
addEventListener("resize", () => { if (current >= 0 && !document.querySelector(".bench form")) detail(shown[current]); });
new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && drawMore(), { root: $("rows"), rootMargin: "800px" })
  .observe($("more"));
chrome();
filter();
// review.html#ID, as the Excel workbook links to, opens at that row
const asked = review.rows.findIndex((row) => get(row, "observation_id") === location.hash.slice(1));
if (asked >= 0) { select(shown.indexOf(asked)); document.querySelector(".row.on")?.scrollIntoView({ block: "center" }); }
