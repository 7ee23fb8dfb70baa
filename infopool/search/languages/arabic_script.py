"""Word forms of Arabic, Persian and Pashto: what is written together with a word, before and behind it."""

from __future__ import annotations

from dataclasses import dataclass

from infopool.search.languages.endings import Endings

_ARTICLES = ("بال", "كال", "فال", "وال", "عال", "هال", "لل", "ال")
_ENDINGS = (
    *("تهم", "تكم", "تها", "تنا", "تي", "ته", "تو", "تك", "هما", "ات", "ان", "ون", "ين", "يه"),
    *("ها", "نا", "كم", "هم", "هن", "ه", "ي", "و"),
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NO_ARTICLE = ("والد", "بالغ", "عالم", "فالد")
"""Words that only seem to begin with an article."""
_PREPOSITIONS = ("وب", "ول", "و", "ب", "ل", "ف", "ع")
"""And in, and for; and, in, for, so, at."""

_ASKED_FOR = """
عطله مدرسه بيت شقه غرفه سكن كامب شغل عمل دوام مهنه تدريب كورس دوره لغه الماني المانيا موعد محكمه مشفى مستشفى روضه
حضانه جامعه شهاده اقامه جنسيه لجوء ترجمه مساعده اولاد ولاد اطفال طفل بنت بنات زوج زوجه عائله عيله اهل نساء نسوان
رجال شباب صبايا امتحان فحص تامين طبيب دكتور دكتوره محامي ايجار اجار عقد جواز سفر دراجه بسكليت سياره باص قطار مواصلات
رخصه سواقه انترنت موبايل تلفون هاتف كمبيوتر مسبح سباحه رياضه نادي مكتبه موسيقى غساله براد اثاث عفش ملابس تياب ثياب
اواعي اكل طعام ديون فواتير فاتوره قرض حساب بنك راتب معاش ضريبه وظيفه شركه مشروع تسجيل تعبئه تعبايه طلب اوراق وراق
ورقه رساله رسائل رسايل دائره بلديه حمل ولاده عنف طلاق ادمان كحول سفاره فيزا حرب صحه نفسيه تجديد تعلم تعليم مساء مسا
صباح ليل نهار واجبات وظائف والدين اهالي مهاجرين لاجئين اجانب حجاب كرامه صيف شتاء سبت جمعه كهرباء ماء ورشه وكاله
"""


def arabic(word: str) -> str:
    """A light stemmer for folded Arabic after Larkey's light10: the article, and the prepositions written with it,
    before the word, endings behind it. Prepositions without the article are taken off the words people ask for (بعطلة,
    لاولادي) and "and" off all that do not begin with that letter themselves (وظيفة)."""
    for beginning in _PREPOSITIONS:
        rest = word[len(beginning) :]
        if word.startswith(beginning) and len(rest) >= 3 and (stem := _light(rest)) in _ASKED_FOR_STEMS:
            return stem
    return _light(word)


def _light(word: str) -> str:
    # Twice, because the word for "German" itself begins like the article and may carry another.
    for _ in range(2):
        if word.startswith(_NO_ARTICLE):
            break
        beginning = next((article for article in _ARTICLES if word.startswith(article)), "")
        if len(word) - len(beginning) >= 3:
            word = word[len(beginning) :]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


_ASKED_FOR_STEMS = frozenset(
    _light(word.replace("ء", "").replace("ئ", "ي").replace("ى", "ي")) for word in _ASKED_FOR.split()
)


@dataclass(frozen=True)
class _WithWholeWords:
    """Takes endings off, one after another, until a word remains that is whole though it seems to end in one."""

    endings: Endings
    whole: frozenset[str]
    rounds: int = 2

    def __call__(self, word: str) -> str:
        for _ in range(self.rounds):
            if word in self.whole:
                break
            word = self.endings(word)
        return word


PERSIAN = _WithWholeWords(
    Endings(
        _set(
            "هايي هاي هايم هايمان هايتان هايشان ها هام هات هاش هامون هاتون هاشون هامو هارو اني ات ترين تر مان شان"
            " مون تون شون ست ام اش مو شو يم يد ند ي ان م ش"
        )
    ),
    _set(
        "خانم مردم معلم ورزش اموزش پرورش دانش بخش فروش كفش اتش ارامش سفارش گزارش سازمان چشم فيلم كارمند دارو"
        " خويشاوند فرزند همسر دختر كمتر بهتر بيشتر دفتر شوهر مادر دكتر داكتر مترجم ترجمان متخصص پيش تلاش اسلام اقدام"
        " دورهمي فرميتر فورموند پولند ماليات جوان ترم خياطي معاش ميزند برگردانند سالمند قماش اجاق فرش نقاش درمان سيستم"
        " افغانستان كودكستان تابستان زمستان بيمارستان دبستان شهرستان"
    ),
)
"""Plurals, possession and "is" as people write and say them: دوستم, بچه‌هام, تنهاست, پولشون."""

PASHTO = Endings(
    _set("گانو گان ونه ونو انو ان تونه تونو وي يو ي ه و"),
    roots=_set("ښځ ژب شپ بچ جم"),
)
"""Plurals and the oblique case: ښځه, ښځې, ښځو; ژبه, ژبې; کور, کورونه."""
