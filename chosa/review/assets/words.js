"use strict";
// The page's words in both languages.
const WORDS = {
  ja: { all: "すべて", search: "検索（項目・層・設問・値・ID）", documents: "文書", sources: "出所", states: "状態", charts: "図", doubts: "注記",
        chart: "図", table: "表", prose: "本文", accepted: "採用", review: "要確認", corrected: "修正済み", rejected: "却下",
        everyone: "全体", page: "p.", tally: (n, all, left) => `${n} / ${all} 件（要確認 ${left} 件）`, out: (n) => `、ほか ${n} 件は表にあります`, none: "該当する行はありません",
        thin: "裏づけが少ない", witnesses: "裏づけ", readings: "読み取りの内訳", method: "方法", engine: "読み手", value: "値", text: "読んだ文字", confidence: "確信度", why: "根拠",
        question: "設問", segment: "回答者層", item: "項目", base: "母数", id: "標準ID", runner: "次点", snippet: "前後の文", citation: "引用表記",
        note: "注記", other: "English", unit: "単位", qualifier: "表し方", base_n: "母数 n", item_id: "項目の標準ID",
        accept: "採用", reject: "却下", undo: "元に戻す", split: "分割", help: "操作の説明", kept: "保存しました", failed: "保存できません", reason: "理由（任意）",
        parts: ["1行目", "2行目"], submit: "保存 ↵", close: "閉じる",
        keys: [["↑ ↓ / k j", "前の行・次の行"], ["n", "次の要確認の行"], ["a", "採用：この値でよい"], ["A", "同じ図の要確認の行をすべて採用"], ["r", "却下：この行は数値として使わない"], ["e", "値を直す"], ["i", "項目を直す"],
               ["s", "回答者層を直す"], ["q", "設問を直す"], ["b", "母数 n を直す"], ["d", "項目の標準IDを直す"], ["x", "分割：1行に2つの数値・項目があるとき2行にする"],
               ["u", "元に戻す（直前の判断）"], ["/", "検索へ（Esc で一覧へ戻る）"], ["Enter / Esc", "入力を保存・取り消し"], ["?", "この説明"]] },
  en: { all: "all", search: "search item, group, question, value, id", documents: "documents", sources: "sources", states: "status", charts: "charts", doubts: "notes",
        chart: "chart", table: "table", prose: "text", accepted: "accepted", review: "review", corrected: "corrected", rejected: "rejected",
        everyone: "everyone", page: "p.", tally: (n, all, left) => `${n} of ${all} rows (${left} to review)`, out: (n) => `; ${n} more are in the tables`, none: "no such rows",
        thin: "little support", witnesses: "witnesses", readings: "what was read", method: "method", engine: "engine", value: "value", text: "text seen", confidence: "confidence", why: "why",
        question: "question", segment: "group", item: "item", base: "base", id: "ids", runner: "runner-up", snippet: "printed", citation: "citation",
        note: "note", other: "日本語", unit: "unit", qualifier: "qualifier", base_n: "base n", item_id: "item id",
        accept: "accept", reject: "reject", undo: "undo", split: "split", help: "keys", kept: "kept", failed: "not kept", reason: "reason (optional)",
        parts: ["row 1", "row 2"], submit: "keep ↵", close: "close",
        keys: [["↑ ↓ / k j", "previous, next row"], ["n", "next row to review"], ["a", "accept: the number is right"], ["A", "accept all rows of this chart that wait"], ["r", "reject: the row is no result"], ["e", "correct the value"], ["i", "correct the item"],
               ["s", "correct the group"], ["q", "correct the question"], ["b", "correct the base n"], ["d", "correct the item's id"], ["x", "split: the row holds two numbers or items, make two"],
               ["u", "undo the last decision"], ["/", "search (Esc: back to the rows)"], ["Enter / Esc", "keep, leave the form"], ["?", "this help"]] },
};
// What each witness says when it agrees and when it disputes.
const WITNESSES = {
  label: { ja: ["印字された数字", "数字の読み取りが不確か"], en: ["printed label", "label read with doubt"] },
  geometry: { ja: ["図形の長さ・角度と一致", "図形の長さ・角度と合わない"], en: ["fits the drawn length", "does not fit the drawn length"] },
  arithmetic: { ja: ["n 人中 k 人で説明できる", "n 人中の整数では説明できない"], en: ["is k of n", "is no k of n"] },
  sum: { ja: ["合計が100になる", "合計が100にならない"], en: ["parts make 100", "parts do not make 100"] },
  format: { ja: ["小数の桁が周囲と同じ", "小数の桁が周囲と違う"], en: ["decimals as its neighbours", "decimals unlike its neighbours"] },
  echo: { ja: ["文書の別の場所にも同じ値", "別の場所では別の値"], en: ["said elsewhere too", "said otherwise elsewhere"] },
  range: { ja: ["とり得る範囲にある", "とり得ない値"], en: ["a possible value", "no possible value"] },
  chart: { ja: ["図全体と整合", "図の多くの値が図形と合わない"], en: ["fits its chart", "much of the chart does not fit"] },
  binding: { ja: ["項目との対応が確か", "どの項目の値か不確か"], en: ["item is certain", "whose number it is is doubtful"] },
  names: { ja: ["名前が確か", "項目名・層の名前が不確か"], en: ["names are certain", "its names are doubtful"] },
  correction: { ja: ["人の判断", "人の判断"], en: ["a person's decision", "a person's decision"] },
};
const METHODS = {
  ja: { label: "印字", geometry: "図形", arithmetic: "k/n", format: "桁", echo: "別の場所", repair: "補正", correction: "人の判断" },
  en: { label: "label", geometry: "geometry", arithmetic: "k of n", format: "format", echo: "elsewhere", repair: "repair", correction: "person" },
};
const UNITS = { percent: "%", point: "pt", count: "", score: "", ratio: "×", currency_jpy: "円", currency_usd: "USD", age: "歳",
  year: "年", month: "か月", day: "日", hour: "時間", minute: "分" };
const QUALIFIERS = {
  ja: { exact: "", approx: "約", at_least: "以上", at_most: "以下", range_low: "から", range_high: "まで", vague: "おおよそ", measured: "図から測定" },
  en: { exact: "", approx: "approx", at_least: "at least", at_most: "at most", range_low: "from", range_high: "up to", vague: "vague", measured: "measured" },
};
