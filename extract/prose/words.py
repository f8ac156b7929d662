"""Closed classes of survey Japanese: who answers, how answers are reported, what only links or ranks.

Every pattern here works on a piece of a skeleton (see ``extract.prose.sentence``) or on cleaned text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.prose.sentence import ASIDE, LABEL, QUOTE, REFUSED, SAMPLE, VALUES

# Heads that stand for respondents. Bare ones mean everyone who was asked.
BARE = (
    "回答者|調査対象者|調査対象|対象者|対象企業|調査企業|調査参加企業|参加企業|回答企業|企業|会社|法人"
    "|層|人たち|人々|人|方々|方|者|社|事業所|全体|割合|合計|計|世帯|家庭"
)
_GROUP_HEADS = (
    "層|企業|会社|店|組織|工場|支店|拠点|営業所|上司|部下|同僚|消費者|購入者|受講者|都心|郊外|地方"
    "|町村|農村|市街地|[市村街岸陸間]部|[活験卒入研業]生"
    "|大手|ベンチャー|スタートアップ|中堅|中小|老舗|法人|社員|従業員|会社員|職員|公務員|教員|役員"
    "|店員|者|人|方々|人々|客|リピーター|暮らし|級|クラス|男性|女性|男女|夫婦|夫|妻|父親|母親"
    "|親|世代|世代別|"
    "若手|ベテラン|中堅|シニア|管理職|経営層|経営者|マネージャー|リーダー|一般社員|正社員|新入社員"
    "|担当者|責任者|従事者|利用者|経験者|パーソン|専門家|"
    "未経験者|回答者|保有者|ユーザー|バイヤー|会員|学生|大学生|高校生|中学生|小学生|院生|生徒"
    "|児童|保護者|主婦|主夫|世帯|家庭|高齢者|"
    "業|業界|製造|部門|部署|部|課|職|事業者|事業所|自治体|大学|学校|店舗|病院|施設|団体|チーム"
    "|グループ|群|派|組|クラス|"
    "メーカー|ベンダー|商社|銀行|エンジニア|デザイナー|プログラマー|コンサルタント|ドライバー|スタッフ|クルー|オーナー|メンバー|ワーカー|トレーナー"
    "|プレイヤー|パートナー企業|ディレクター|プランナー|アナリスト|エンドユーザー|"
    "(?<=[たるいうくすつぶむ])顧客|(?<=以[上下内]の)顧客|(?<=未満の)顧客|職場|現場|員|師|士|住民|市民|患者|選手|農家|住宅|地区|倉庫|薬局|新郎|新婦|"
    "地域|地方|都市部|圏|都市|都道府県|規模|場合"
    "|ケース|同士|属性|国|勢|フリーランス|個人事業主|アルバイト|パート|無職"
)
_PREFECTURES = (
    "東京|大阪|京都|名古屋|横浜|札幌|仙台|神戸|広島|福岡|青森|岩手|宮城|秋田|山形|福島|茨城|栃木"
    "|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|"
    "山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|山口|徳島|香川|愛媛|高知"
    "|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄"
)
_NO_GROUP = re.compile(
    r"(?:[事副本営作残授卒開休分起創就産失]業|[来開閉出退入]店|[離転退就求在復]職"
    r"|求人|個人|[^た]り方|(?<![たるいうくすつぶむ])(?<!以[上下内]の)(?<!未満の)顧客|[一全内外大細]部|取り組|取組|仕組|番組|[日課]課|[人要定満増欠全]員|全国|[前後]者|それ"
    r"|これ|その他|どの国|場合|見込み?客)$|^一部|^(?:これまで|従来|近年|昨今)の|[前現]職$|^(?:業|部|課|職|国|組|派|群|圏|家庭|規模|地域|国内|チーム|ケース|部門"
    r"|属性)$"
)
_GROUP_END = re.compile(
    rf"(?:{_GROUP_HEADS}|(?<=[たるいのな])方|(?<=[たるいのな])ほう"
    rf"|{QUOTE}層|以上|以下|未満|[都道府県市区町村]|[東西南北]日本|関東|関西|東海|九州|北海道|東北"
    rf"|中部|近畿|四国|中国地方|国内|海外|日本|米国|SaaS|BtoB|BtoC|{_PREFECTURES})(?:たち|ら|全体"
    rf"|別|側|等|など|向け)?$"
)
_AGES = re.compile(
    r"\d+\s?歳?\s?[~～〜-]\s?\d+\s?歳(?:代)?$|\d+\s?歳(?:以上|以下|未満)$|"
    r"[\d,万億]+\s?[名人円]?(?:以上|超)?\s?[~～〜-]\s?[\d,万億]+\s?[名人円](?:未満"
    r"|以下|規模)?$|(?:\d{2}|[二三四五六七]十)\s?(?:歳代?"
    r"|代)(?:以上|以下|未満|前半|後半)?(?:の?(?:男性|女性|男女|社員))?$"
)
_SAMPLE_END = re.compile(r"[（(]?[nN]\s?[=＝]\s?[\d,]+(?:人|名|社)?[)）]?")

CONJUNCTIONS = (
    "にもかかわらず|それにもかかわらず|これに対して"
    "|これに対し|対し|それに対して|それに対し|これと対照的に"
    "|対照的に|その結果|この結果|その中でも|中でも|なかでも|そのうち|このうち|うち|"
    "一方で|一方|他方|反対に|反面|逆に|対して|しかし|しかしながら|ただし|だが|ところが|また|さらに"
    "|さらには|加えて|くわえて|そして|それから|なお|ちなみに|といった|"
    "具体的には|例えば|たとえば|とりわけ|まず|初めに"
    "|はじめに|次に|つぎに|次いで|ついで|続いて|つづいて|最後に|以下、|"
    "および|及び|ならびに|並びに|または|又は|あるいは|もしくは|そのほか|その他では|ほかにも|他にも"
    "|また、|これに|そもそも|同社が|同社は|全体的に|全体として|総じて|つまり|すなわち|"
    "結果として|実に|なんと|わずか|僅か|たった|いずれも"
    "|共に|ともに|それぞれ|各々|同様に|同じく|依然として"
    "|依然|やはり|今回の調査では|本調査では|本調査の結果|調査の結果|"
    "男女とも|男女ともに|合わせて|あわせて|合わせると|あわせると|合計で"
    "|合計すると|合算で|総合すると|上位は|驚くべきことに"
    "|興味深いことに|その一方で|のうち|とはいえ|ここで|"
    "そのほかでは|以降|以下同|次点は|第一に|第二に|その割合は"
)
_CONJUNCTIONS = "|".join(sorted(set(CONJUNCTIONS.split("|")), key=len, reverse=True))
_BEFORE_COMMA = (
    "実際に|実際|結果|計|合計|うち|ほか|他に|他|以下|今回|では|中には|特に|とくに|具体的に|全体で"
    "|全体では|上位|同|このほか|現在|今後|近年"
)
_LEADING = re.compile(
    rf"^(?:(?:{_CONJUNCTIONS})(?:は(?=[、,]))?[、,]?"
    rf"|(?:{_BEFORE_COMMA})(?:は)?(?:[、,]|$|(?=[{QUOTE}]))"
    rf"|[{LABEL}、,・･/／\-–—:：;；|｜>＞→⇒+&＆\s●○■□◆◇▼▽★☆※⚫•◼]+"
    rf"|(?:や|と|で|も|に|が|は|を|の|へ|か|など|等|といった)(?=[{QUOTE}、])|などが|などと|など|等)"
)

# Nouns that measure the item rather than name it: 「A」の割合, Aの利用率は.
METRIC = (
    r"(?:(?:の|という|との|と回答した|と答えた|を選んだ"
    r"|を選択した|を挙げた)?(?:回答者|回答|人|方|企業|声|意見|者|層)?の)?"
    r"(?:割合|比率|率|回答率|回答|回答数|利用率|導入率"
    r"|実施率|認知率|普及率|採用率|使用率|選択率|比重|合計|合計値|シェア|構成比|数値|スコア|声|意見"
    r"|結果|利用|利用割合|実施割合|導入割合)"
)

ANSWER_VERB = (
    r"と(?:いう|の|する|した)?(?:回答|答え|報告|述べ|明かし|評価し|予想し|予測し|判断し|認識し)"
    r"(?:を(?:し|得|寄せ|選)|が(?:得|あ|寄せ|集|多)|した|し|る|され|て|があ|を)?"
)
ANSWERED = re.compile(
    r"(?:と(?:いう|の|する)?(?:回答|答え|報告|述べ|申告|主張|指摘|評価|認識|した|し[てま])|とする"
    r"|を(?:選択し|選ん|挙げ|あげ|回答し))"
)

# The noun phrase names an answer and its givers: 「A」と回答した人, Aしている企業, Aと答えたの.
# Behind a quotation whoever comes next has given it as an answer: 「…」とした工場, 「…」と答えた部署.
QUOTED_GIVERS = re.compile(
    rf"^(?P<answer>.*{QUOTE})(?:と(?:いう|の)?(?:回答|答え|選択|報告)(?:した|をした|た|する|している)"
    rf"|とした|とする|と[一-龥]{{1,3}}(?:した|する|している)|と(?:感じ|考え|思|捉え|認識し)(?:る"
    rf"|う|た|って|て)(?:いる|いた)?|を(?:選んだ|[挙上]げた|あげた|選択した|挙げる))"
    rf"(?P<who>[^{QUOTE}{VALUES}はがをに、]{{1,24}}?)(?P<rest>の(?:割合|比率|回答|合計|数))?(?:{SAMPLE})?$"
)
GIVERS = re.compile(
    rf"^(?P<answer>.+?)(?:(?:と(?:いう|の)?(?:回答|答え|報告|選択|主張|指摘|申告)(?:した|をした"
    rf"|をしている|している|る|たの|があった|が得られた"
    rf"|た)?|とする|とした|(?<!こ)との|といった|という|を(?:選択"
    rf"|回答)した|を選んだ|を[挙上]げた|をあげた|を挙げる|をあげる|(?<![「」])と(?:感じ|考え|思|捉え"
    rf"|認識し)(?:る|う|た|って|て)(?:いる|いた)?))"
    rf"(?P<who>[^{QUOTE}はがをに]{{0,30}}?(?:の|人|方|方々|者|回答者|企業|会社|社|層|割合|比率"
    rf"|回答|声|意見|ところ|世帯|男性|女性|社員|担当者"
    rf"|ケース|若者|高齢者|学生|店|業|(?<=た)[一-龥々ァ-ヶー・]+|(?<=とする)[一-龥々ァ-ヶー・]+))(?P<rest>の(?:割合|比率|回答|合計|数))?(?:{SAMPLE})?$"
)

RELATIVE_GIVERS = re.compile(
    rf"^(?P<answer>.*{QUOTE})(?:と(?:いう|の)?(?:回答|答え|選択|し)(?:した|をした|た|する)?|とする|を(?:選んだ|挙げた|選択した))"
    rf"(?P<who>[^{QUOTE}{VALUES}、]{{4,30}})(?P<rest>)$"
)
# A clause that ends in a verb or an adjective, and the noun behind it: 指標を持たない人.
_RELATIVE = re.compile(
    r"^(?P<clause>.+(?:[るただいなぬうむくぐすつぶ]|の))"
    r"(?P<head>[一-龥々ァ-ヶーA-Za-z0-9・][一-龥々ァ-ヶーA-Za-z0-9・（）()]*(?:たち|ら)?)$"
)
_INTENDING = re.compile(
    r"(?:予定|意向|考え|方針|見込み|つもり|検討中|状態|済み?|未定|賛成|反対|肯定的|否定的|無関心|中立)の$"
)
_NO_CLAUSE = re.compile(r"(?:いわゆる|あらゆる|さまざまな|様々な|主な|大きな|小さな|こうした|そうした)+")

# 習い事, 買い物, 支払い方法: い ends a noun here, no clause.
_NOUN_IN_I = re.compile(r"(?:習|買|扱|払|洗|遣|使|違|祝|願|手伝|見舞|付き合|住ま)い$")
RANKING = re.compile(
    r"^(?:(?:最も|もっとも|一番|次に|次いで|特に|比較的|相対的に|2番目に|続いて|圧倒的に)?(?:[多高少低](?=[いくかめさ水率数、。]|$)|大き|小さ|目立|突出|顕著|上位|(?:最多|最大|最高|最少|最低)(?=[でとのはがだ、。]|$)"
    r"|トップ|首位|主流|中心|過半|大半|半数|拮抗|並|続|占め|挙が|上が|挙げら|見られ|示|得|該当)"
    r"|(?:第)?\d位|[^、]{0,8}で(?:続い|続く|続き|並ん|並び|追う|迫)|[^、]{0,6}(?:最も(?:多|高|少|低)|最多|トップ|首位|突出|上位を))"
)

# What was just shown, and words for answers in general: nothing that was asked about.
BEING = ("ある", "ない", "あった", "なかった", "いる", "いない")  # say nothing without their subject
POINTS_BACK = re.compile(
    r"(?:この|その|これらの|それらの|上記の?|本|今回の)(?:データ|結果|調査|グラフ|図表?|表|数字|数値|設問|質問|傾向)"
    r"|(?!.*[をに][^をに]*[るむす](?:意見|声)$).{0,10}(?:意見|声|回答|結果|傾向|特徴)(?:の一つ)?$"
)

# Nouns that ask rather than answer.
TOPICS = re.compile(
    r"(?:理由|課題|目的|手段|方法|手法|効果|点|要因|条件|情報源|メリット|デメリット|施策|支援策|対策|内容|場所|相手|きっかけ|背景"
    r"|原因|不安|悩み|用途|基準|決め手|情報|媒体|場面|頻度|期間)$"
)

SINCE = re.compile(
    r"\d+\s?(?:年|か月|ヶ月|カ月)前|前回|前年|昨年|昨年度|前年度|前々回|一昨年|前期|前四半期|先月"
    r"|前月|調査開始|初回|去年|(?:19|20)\d\d年|コロナ(?:禍)?(?:以?前)"
)


def strip_leading(text: str) -> str:
    """Without conjunctions, adverbs and list signs at the front."""
    while True:
        shorter = _LEADING.sub("", text, count=1)
        if shorter == text or not shorter:
            return shorter
        text = shorter


@lru_cache(maxsize=8192)  # asked of the same phrase by whoever takes it
def is_group(text: str) -> bool:
    """Whether the noun phrase names respondents: 20代, 効果実感層, 導入している企業, 「はい」層."""
    bare = _SAMPLE_END.sub("", text)
    bare = re.sub(rf"[{SAMPLE}{ASIDE}{VALUES}]|[（(][^（）()]*[)）]", "", bare).strip()
    if not bare or (_NO_GROUP.search(bare) and not re.search(r"(?:の|る|た|い)場合$", bare)):
        return False
    return bool(_GROUP_END.search(bare) or _AGES.search(bare)) or bare.endswith(REFUSED)


def is_bare(text: str) -> bool:
    """Whether the group is everyone who was asked: 企業, 回答者, 全体."""
    return bool(
        re.fullmatch(
            rf"(?:全|今回の|本調査の|調査|回答|対象|大半の|多くの|ほとんどの|一部の|すべての|全ての"
            rf"|いずれの|どの|私たち|我々)*(?:{BARE})(?:全体|たち|のうち|の中)?",
            text.strip(),
        )
    )


@dataclass(frozen=True, slots=True)
class Relative:
    """A clause on a head that names people: 新しい制度を導入している ＋ 企業."""

    clause: str
    head: str


@lru_cache(maxsize=8192)
def relative(text: str) -> Relative | None:
    """The clause and the head of a relative noun phrase; None when the text is none, or its head no group."""
    m = _RELATIVE.match(text.strip())
    if (
        m is None
        or len(m["clause"]) <= 2
        or _NOUN_IN_I.search(m["clause"])
        or _NO_CLAUSE.fullmatch(m["clause"])
        or not is_group(text)
    ):
        return None
    classed = re.search(r"が[^、]*(?:以上|以下|未満|超)の$", m["clause"])
    if m["clause"].endswith("の") and not (_INTENDING.search(m["clause"]) or classed):
        return None
    return Relative(m["clause"], m["head"])


def is_relative(text: str) -> bool:
    """Whether the group is told by a clause: 導入している企業, 指標を持たない人."""
    return relative(text) is not None
