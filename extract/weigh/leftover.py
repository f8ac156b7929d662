"""Words of a printed sentence that neither the number nor its item and group account for.

子どもが「楽しい」と答えた割合は88.2% read as a share of everyone leaves 子ども over: somebody was not
heard. What every survey sentence says besides (回答した, 割合, 最も多い, 次いで ...) accounts for itself.
"""

from __future__ import annotations

import re

from extract.finding import Finding
from extract.weigh.keys import EVERYONE
from extract.weigh.places import label_reading

# The stock of reporting: asking and answering, shares of people, ranks, sizes, how sentences go on.
STOCK = re.compile(
    r"回答者?|選択|選ん|答え|割合|比率|企業|会社|人々?|方々?|最多|最も|最大|多[いくか]|高[いくか]|低[いくか]"
    r"|少な[いくか]|次い?|続[いくきけ]|順|上位|下位|全体|約|合計|結果|挙[げが]|占[めむ]|上[回るっり]+|下回[るっり]+"
    r"|超え?|以上|以下|未満|程度|前後|半数|過半数|割|強|弱|近[いく]|達[し]|及[びん]|比較的|同[じ率]|共|一方"
    r"|目立[つち]|突出|圧倒的|トップ|首位|[0-9０-９一二三]+位|水準|項目|ポイント|差|倍|反対|逆|対[しす]|組み?合わせ|vs|実施率|利用率|導入率|並[びんぶ]|際立|分か[りっ]|判明|存在|見[らえ]|感じ|考え|層|うち"
)
# Kanji, katakana and Latin carry the content; hiragana holds it together.
CONTENT = re.compile(r"[一-鿿々ァ-ヺーA-Za-z]+")
# Parts of a group's name, as segments are written.
GROUPS = re.compile(r" vs\. | × ")


def leftover(finding: Finding) -> list[str]:
    """The content words of the snippet that nothing accounts for."""
    rest = finding.snippet
    label = label_reading(finding)
    beside = finding.binding.beside if finding.binding is not None else ()
    names = [finding.item, *beside, *GROUPS.split(finding.segment), label.text if label is not None else ""]
    for name in sorted(filter(None, names), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return [word for word in CONTENT.findall(STOCK.sub(" ", rest)) if word not in EVERYONE]
