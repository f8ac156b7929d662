"use strict";
// The rows of a run beside the places they were read from. All text goes in as textContent: what a
// document says is never markup. `review` is the data (see chosa/review/data.py).
const review = JSON.parse(document.getElementById("data").textContent);
const BATCH = 100; // rows added to the list at once
const CROP = { width: 216, height: 64 }; // CSS pixels
const WORDS = {
  ja: { all: "すべて", search: "検索", documents: "文書", sources: "出所", states: "状態", charts: "図", doubts: "注記",
        chart: "図", table: "表", prose: "本文", accepted: "採用", review: "要確認", corrected: "修正済み", rejected: "却下",
        everyone: "全体", page: "p.", tally: (n, all, left) => `${n} / ${all} 件（要確認 ${left} 件）`, out: (n) => `、ほか ${n} 件は表にあります`, none: "該当する行はありません",
        witnesses: "裏づけ", method: "方法", engine: "読み手", value: "値", text: "読んだ文字", confidence: "確信度", why: "根拠",
        question: "設問", segment: "回答者層", item: "項目", base: "母数", id: "標準ID", runner: "次点", snippet: "前後の文", citation: "引用表記",
        note: "注記", other: "English", unit: "単位", qualifier: "表し方", base_n: "母数 n", item_id: "項目の標準ID",
        accept: "採用 (a)", reject: "却下 (r)", undo: "元に戻す (u)", kept: "保存しました", failed: "保存できません", reason: "理由（任意）",
        edit: { value: "値 (e)", item: "項目 (i)", segment: "層 (s)", question: "設問 (q)", base_n: "母数 (b)", item_id: "ID (d)" } },
  en: { all: "all", search: "search", documents: "documents", sources: "sources", states: "status", charts: "charts", doubts: "notes",
        chart: "chart", table: "table", prose: "text", accepted: "accepted", review: "review", corrected: "corrected", rejected: "rejected",
        everyone: "everyone", page: "p.", tally: (n, all, left) => `${n} of ${all} rows (${left} to review)`, out: (n) => `; ${n} more are in the tables`, none: "no such rows",
        witnesses: "witnesses", method: "method", engine: "engine", value: "value", text: "text seen", confidence: "confidence", why: "why",
        question: "question", segment: "group", item: "item", base: "base", id: "ids", runner: "runner-up", snippet: "printed", citation: "citation",
        note: "note", other: "日本語", unit: "unit", qualifier: "qualifier", base_n: "base n", item_id: "item id",
        accept: "accept (a)", reject: "reject (r)", undo: "undo (u)", kept: "kept", failed: "not kept", reason: "reason (optional)",
        edit: { value: "value (e)", item: "item (i)", segment: "group (s)", question: "question (q)", base_n: "base (b)", item_id: "id (d)" } },
};
const UNITS = { percent: "%", point: "pt", count: "", score: "", ratio: "×", currency_jpy: "円", currency_usd: "USD", age: "歳",
  year: "年", month: "か月", day: "日", hour: "時間", minute: "分" };
const col = Object.fromEntries(review.columns.map((name, i) => [name, i]));
const get = (row, name) => row[col[name]];
let lang = (navigator.language || "").startsWith("ja") ? "ja" : "en";
let shown = [], drawn = 0, current = -1;

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

function crop(row) {
  const place = review.places[get(row, "place")], box = boxOf(row);
  const url = box && address(get(row, "place"));
  if (!url) return make("div", { class: "crop words", textContent: get(row, "snippet") });
  const scale = place.scale;
  const [x0, y0, x1, y1] = box.map((v) => v * scale);
  const zoom = Math.min(1.6, CROP.width / Math.max(1, x1 - x0 + 24), CROP.height / Math.max(1, y1 - y0 + 10));
  const left = Math.max(0, ((x0 + x1) / 2) * zoom - CROP.width / 2), top = Math.max(0, ((y0 + y1) / 2) * zoom - CROP.height / 2);
  const node = make("div", { class: "crop" });
  node.style.backgroundImage = `url("${url}")`;
  node.style.backgroundSize = `${place.width * scale * zoom}px ${place.height * scale * zoom}px`;
  node.style.backgroundPosition = `${-left}px ${-top}px`;
  node.append(frame([x0 * zoom - left, y0 * zoom - top, x1 * zoom - left, y1 * zoom - top], "px"));
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
function witnessNode(text) {
  const node = make("span", { class: "witnesses" });
  for (const part of text.split(/(![^+!]+)/)) node.append(part.startsWith("!") ? make("b", { textContent: part }) : part);
  return node;
}
function rowNode(place) {
  const row = review.rows[shown[place]], words = WORDS[lang], state = get(row, "status");
  const head = make("div", {},
    make("span", { class: "value", textContent: get(row, "value").toLocaleString("en-US", { maximumFractionDigits: 6 }) }),
    make("span", { class: "unit", textContent: " " + UNITS[get(row, "unit")] + (get(row, "qualifier") === "exact" ? "" : ` ${get(row, "qualifier")}`) }),
    make("span", { class: "item", textContent: get(row, "item") }),
    make("span", { class: `chip ${state}`, textContent: words[state] }));
  const node = make("div", { class: "row" + (place === current ? " on" : "") }, crop(row), make("div", {}, head,
    make("div", { class: "question", textContent: `${get(row, "segment") || words.everyone} ｜ ${get(row, "question")}` }),
    make("div", { class: "where", textContent: `${words[get(row, "source")]} · ${whereOf(row)} ` }, witnessNode(get(row, "witnesses")))));
  node.dataset.place = place;
  return node;
}
function drawMore() {
  const list = document.getElementById("list"), until = Math.min(shown.length, drawn + BATCH);
  const piece = document.createDocumentFragment();
  for (; drawn < until; drawn++) piece.append(rowNode(drawn));
  list.append(piece);
}
function redraw() {
  document.getElementById("list").replaceChildren();
  drawn = 0;
  drawMore();
  if (!shown.length) document.getElementById("list").append(make("div", { class: "none", textContent: WORDS[lang].none }));
  tally();
}
function tally() {
  const left = review.rows.reduce((n, row) => n + (get(row, "status") === "review"), 0);
  document.getElementById("tally").textContent =
    WORDS[lang].tally(shown.length, review.rows.length, left) + (review.left_out ? WORDS[lang].out(review.left_out) : "");
}

// --- filters: disputed first, then for review, then the rest in the order of the documents
const rank = (row) => (get(row, "status") !== "review" ? 2 : get(row, "witnesses").includes("!") ? 0 : 1);
function filter() {
  const chosen = Object.fromEntries(["document", "source", "status", "note"].map((name) => [name, document.getElementById(name).value]));
  const needle = document.getElementById("search").value.normalize("NFKC").toLowerCase();
  shown = [];
  review.rows.forEach((row, i) => {
    if (chosen.document && String(get(row, "document")) !== chosen.document) return;
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
  if (place < 0 || place >= shown.length) return void (shown.length || document.getElementById("detail").replaceChildren());
  while (drawn <= place) drawMore();
  const list = document.getElementById("list");
  list.children[current]?.classList.remove("on");
  current = place;
  list.children[place].classList.add("on");
  if (scroll) list.children[place].scrollIntoView({ block: "nearest" });
  detail(shown[place]);
}
function line(name, ...cells) {
  return make("tr", {}, make("th", { textContent: name }), ...cells.map((cell) => make("td", { textContent: cell ?? "" })));
}
function detail(number) {
  const row = review.rows[number], words = WORDS[lang], place = review.places[get(row, "place")];
  const facts = make("table", {}, line(words.question, get(row, "question")), line(words.segment, get(row, "segment") || words.everyone),
    line(words.item, [get(row, "item"), get(row, "item_alt")].filter(Boolean).join(" / ")),
    line(words.id, ["item_id", "segment_id", "question_id"].map((name) => get(row, name)).filter(Boolean).join("  ")),
    line(words.runner, get(row, "item_runner_up")), line(words.base, get(row, "base_n") ? `n=${get(row, "base_n")} (${get(row, "base_n_source")})` : ""),
    line(words.snippet, get(row, "snippet")), line(words.citation, get(row, "citation")));
  for (const node of [...facts.rows]) if (!node.cells[1].textContent) node.remove();
  const heard = make("table", {}, make("tr", {}, ...["method", "engine", "value", "text", "confidence", "why"].map((name) => make("th", { textContent: words[name] }))));
  for (const reading of get(row, "readings")) heard.append(make("tr", {}, ...reading.map((cell) => make("td", { textContent: cell ?? "" }))));
  const doubts = (place?.notes || []).filter((note) => touches(note.slice(2), boxOf(row))).map(([code, message]) => make("div", { class: "where", textContent: `${words.note} ${code}: ${message}` }));
  document.getElementById("detail").replaceChildren(
    review.served ? bench(number) : "",
    make("h2", { textContent: `${get(row, "value")} ${get(row, "unit")} · ${get(row, "item")}` }),
    make("div", { class: "where", textContent: `${whereOf(row)} · ${get(row, "observation_id")}` }),
    facts, make("b", { textContent: words.witnesses + " " }), witnessNode(get(row, "witnesses")), heard, ...doubts, sheet(number));
  document.getElementById("detail").scrollTop = 0;
}
const touches = (a, b) => !a.length || !b || (a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]);
function sheet(number) {
  const at = get(review.rows[number], "place"), place = review.places[at], url = address(at);
  if (!url) return "";
  const node = make("div", { class: "sheet" }, make("img", { src: url, alt: "" }));
  shown.forEach((other, i) => {
    const row = review.rows[other], box = boxOf(row);
    if (get(row, "place") !== at || !box) return;
    const share = [box[0] / place.width, box[1] / place.height, box[2] / place.width, box[3] / place.height].map((v) => v * 100);
    const node_ = frame(share, "%", other === number ? "on" : get(row, "status"));
    node_.title = `${get(row, "value")} ${get(row, "item")}`;
    node_.addEventListener("click", () => select(i));
    node.append(node_);
  });
  return node;
}

// --- decisions (in the app only): each is on disk before it is shown
const EDITS = { e: "value", i: "item", s: "segment", q: "question", b: "base_n", d: "item_id" };
let last = []; // rows decided in this sitting, latest last
function bench(number) {
  const words = WORDS[lang], node = make("div", { class: "bench" });
  const button = (text, act) => node.append(make("button", { type: "button", textContent: text, onclick: act }));
  button(words.accept, () => decide(number, "accept"));
  button(words.reject, () => decide(number, "reject"));
  for (const field of Object.values(EDITS)) button(words.edit[field], () => edit(number, field));
  button(words.undo, undo);
  return node;
}
function edit(number, field) {
  document.querySelector(".bench form")?.remove();
  const words = WORDS[lang], row = review.rows[number];
  const value = make("input", { name: "after", value: get(row, field) ?? "", size: 40 });
  const why = make("input", { name: "why", placeholder: words.reason, size: 24 });
  const form = make("form", {}, make("label", { textContent: words[field] + " " }), value, why, make("button", { textContent: "↵" }));
  form.addEventListener("submit", (event) => { event.preventDefault(); decide(number, "set", field, value.value, why.value); });
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") form.remove(); });
  document.querySelector(".bench").append(form);
  value.focus();
  value.select();
}
async function decide(number, action, field = "", after = "", why = "") {
  const row = review.rows[number];
  const answer = await fetch("decide", { method: "POST", headers: { "content-type": "application/json", "x-chosa-token": review.token },
    body: JSON.stringify({ id: get(row, "observation_id"), action, field, after, why }) }).catch((error) => ({ ok: false, text: async () => String(error) }));
  if (!answer.ok) return void say(`${WORDS[lang].failed}: ${await answer.text()}`, true);
  for (const [name, value] of Object.entries(await answer.json())) row[col[name]] = value;
  if (action === "undo") last = last.filter((n) => n !== number); else last.push(number);
  document.activeElement?.blur();
  refresh(number);
  say(WORDS[lang].kept);
  if (action !== "undo") select(next());
}
function undo() {
  const number = last.length ? last[last.length - 1] : shown[current];
  if (number === undefined) return;
  decide(number, "undo").then(() => { const place = shown.indexOf(number); if (place >= 0) select(place); });
}
function next() { // the next row that waits for a person, else the next row
  for (let place = current + 1; place < shown.length; place++) if (get(review.rows[shown[place]], "status") === "review") return place;
  return Math.min(current + 1, shown.length - 1);
}
function refresh(number) {
  const place = shown.indexOf(number), list = document.getElementById("list");
  if (place >= 0 && place < drawn) list.children[place].replaceWith(rowNode(place));
  tally();
}
function say(text, bad = false) {
  const node = document.getElementById("said");
  node.textContent = text;
  node.className = bad ? "rejected" : "accepted";
}

// --- chrome
function option(value, text) { return make("option", { value, textContent: text }); }
function chrome() {
  const words = WORDS[lang];
  document.documentElement.lang = lang;
  const fill = (id, title, options) => {
    const node = document.getElementById(id), kept = node.value;
    node.replaceChildren(option("", `${title}: ${words.all}`), ...options);
    node.value = kept;
  };
  fill("document", words.documents, review.documents.map((d, i) => option(String(i), d.file)));
  fill("source", words.sources, ["chart", "table", "prose"].map((name) => option(name, words[name])));
  fill("status", words.states, ["review", "accepted", "corrected", "rejected"].map((name) => option(name, words[name])));
  const codes = [...new Set(review.places.flatMap((place) => place.notes.map(([code]) => code)))].sort();
  fill("note", words.doubts, codes.map((code) => option(code, code)));
  document.getElementById("search").placeholder = words.search;
  document.getElementById("language").textContent = words.other;
}
document.getElementById("language").addEventListener("click", () => { lang = lang === "ja" ? "en" : "ja"; chrome(); filter(); });
for (const id of ["document", "source", "status", "note"]) document.getElementById(id).addEventListener("change", filter);
document.getElementById("search").addEventListener("input", filter);
document.getElementById("list").addEventListener("click", (event) => {
  const node = event.target.closest(".row");
  if (node) select(Number(node.dataset.place));
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input,select,textarea")) return;
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step) { event.preventDefault(); select(current + step); }
  if (event.key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
  if (!review.served || event.ctrlKey || event.metaKey || event.altKey || current < 0) return;
  const act = { a: () => decide(shown[current], "accept"), r: () => decide(shown[current], "reject"), u: undo, n: () => select(next()) }[event.key];
  if (act) act();
  if (EDITS[event.key]) { event.preventDefault(); edit(shown[current], EDITS[event.key]); }
});
new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && drawMore(), { root: document.getElementById("rows"), rootMargin: "800px" })
  .observe(document.getElementById("more"));
chrome();
filter();
// review.html#ID, as the Excel workbook links to, opens at that row
const asked = review.rows.findIndex((row) => get(row, "observation_id") === location.hash.slice(1));
if (asked >= 0) { select(shown.indexOf(asked)); document.querySelector(".row.on")?.scrollIntoView({ block: "center" }); }
