"""Magnesium and calcium of common foods, per 100g as the source prints them.

Values: USDA National Nutrient Database for Standard Reference, Release 28, except where a
later correction in SR Legacy replaced one: that row names its own source. A serving's
weight is a convention, not a measurement: ``Food.basis`` says whose.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from calculator.quantities import Mass

HOUSEHOLD = "the source's household weight"
CONVENTION = "a usual UK portion, not yet checked against a source"
CHOSEN = "chosen for this table"


@dataclass(frozen=True)
class Food:
    """A food: amounts in mg per 100g, a serving in words and in grams, its NDB number.

    ``also`` holds other words, British or American, that people call it by.
    """

    id: str
    name: str
    category: str
    magnesium_per_100g: str
    calcium_per_100g: str
    serving: str
    serving_g: str
    basis: str
    ndb: str
    source: str = "usda-sr28"
    also: str = ""

    @property
    def weight(self) -> str:
        """A serving's weight for a reader: ``28.35g``, ``1,000g``."""
        return f"{Decimal(self.serving_g):,f}g"

    def magnesium(self, servings: Fraction = Fraction(1)) -> Mass:
        """Magnesium in ``servings`` servings."""
        return Mass(Fraction(self.magnesium_per_100g) * Fraction(self.serving_g) / 100 * servings)

    def calcium(self, servings: Fraction = Fraction(1)) -> Mass:
        """Calcium in ``servings`` servings."""
        return Mass(Fraction(self.calcium_per_100g) * Fraction(self.serving_g) / 100 * servings)


# fmt: off
FOODS: tuple[Food, ...] = (
    Food("F001", "Pumpkin seeds, roasted, unsalted", "nuts & seeds", "550", "52", "1 oz handful", "28.35", HOUSEHOLD, "12016"),
    Food("F002", "Hemp seeds, hulled", "nuts & seeds", "700", "70", "3 tbsp", "30", HOUSEHOLD, "12012"),
    Food("F003", "Chia seeds, dried", "nuts & seeds", "335", "631", "1 oz", "28.35", HOUSEHOLD, "12006"),
    Food("F004", "Sesame seeds, whole", "nuts & seeds", "351", "975", "1 tbsp", "9", HOUSEHOLD, "12023"),
    Food("F005", "Sunflower seed kernels", "nuts & seeds", "325", "78", "30 g handful", "30", CONVENTION, "12036"),
    Food("F006", "Flaxseed (linseed), ground", "nuts & seeds", "392", "255", "1 tbsp ground", "7", HOUSEHOLD, "12220"),
    Food("F007", "Tahini (stone-ground kernels)", "nuts & seeds", "96", "420", "1 tbsp", "15", HOUSEHOLD, "12198"),
    Food("F008", "Almonds", "nuts & seeds", "270", "269", "1 oz (23 nuts)", "28.35", HOUSEHOLD, "12061"),
    Food("F009", "Almond butter", "nuts & seeds", "279", "347", "1 tbsp", "16", HOUSEHOLD, "12195"),
    Food("F010", "Brazil nuts", "nuts & seeds", "376", "160", "1 oz (6 kernels)", "28.35", HOUSEHOLD, "12078"),
    Food("F011", "Cashews, dry roasted, unsalted", "nuts & seeds", "260", "45", "1 oz", "28.35", HOUSEHOLD, "12085"),
    Food("F012", "Hazelnuts", "nuts & seeds", "163", "114", "1 oz (21 nuts)", "28.35", HOUSEHOLD, "12120", also="filberts"),
    Food("F013", "Walnuts", "nuts & seeds", "158", "98", "1 oz (14 halves)", "28.35", HOUSEHOLD, "12155"),
    Food("F014", "Pecans", "nuts & seeds", "121", "70", "1 oz (19 halves)", "28.35", HOUSEHOLD, "12142"),
    Food("F015", "Pistachios", "nuts & seeds", "121", "105", "1 oz (49 kernels)", "28.35", HOUSEHOLD, "12151"),
    Food("F016", "Pine nuts", "nuts & seeds", "251", "16", "1 tbsp approx", "9", CHOSEN, "12147"),
    Food("F017", "Macadamia nuts", "nuts & seeds", "130", "85", "1 oz (10-12)", "28.35", HOUSEHOLD, "12131"),
    Food("F018", "Peanuts, dry roasted, unsalted", "nuts & seeds", "178", "58", "1 oz", "28.35", HOUSEHOLD, "16390"),
    Food("F019", "Peanut butter, smooth, unsalted", "nuts & seeds", "168", "49", "2 tbsp", "32", HOUSEHOLD, "16398"),
    Food("F020", "Cocoa powder, unsweetened", "chocolate & sweet", "499", "128", "1 tbsp", "5.4", HOUSEHOLD, "19165", also="cacao"),
    Food("F021", "Dark chocolate, 70-85% cocoa", "chocolate & sweet", "228", "73", "1 oz", "28.35", HOUSEHOLD, "19904"),
    Food("F022", "Dark chocolate, 60-69% cocoa", "chocolate & sweet", "176", "62", "1 oz", "28.35", HOUSEHOLD, "19903"),
    Food("F023", "Milk chocolate", "chocolate & sweet", "63", "189", "1 bar (1.55 oz)", "44", HOUSEHOLD, "19120"),
    Food("F024", "Molasses (black treacle type)", "chocolate & sweet", "242", "205", "1 tbsp", "20", HOUSEHOLD, "19304"),
    Food("F025", "Wheat bran", "grains & cereals", "611", "73", "2 tbsp approx", "7", CHOSEN, "20077"),
    Food("F026", "Wheat germ, toasted", "grains & cereals", "320", "45", "2 tbsp approx", "14", CHOSEN, "08084"),
    Food("F027", "Oat bran, dry", "grains & cereals", "235", "58", "1/3 cup approx", "31", CHOSEN, "20033"),
    Food("F028", "Oats, dry", "grains & cereals", "138", "52", "40 g bowl (dry)", "40", CHOSEN, "08120"),
    Food("F029", "Porridge oats cooked with water", "grains & cereals", "27", "9", "1 cup", "234", HOUSEHOLD, "08121", also="oatmeal"),
    Food("F030", "Wheat biscuit cereal (Weetabix, US)", "grains & cereals", "92", "57", "2 biscuits", "35", HOUSEHOLD, "42237"),
    Food("F031", "Bran flakes", "grains & cereals", "229", "44", "3/4 cup", "30", HOUSEHOLD, "08029"),
    Food("F032", "Quinoa, cooked", "grains & cereals", "64", "17", "1 cup", "185", HOUSEHOLD, "20137"),
    Food("F033", "Brown rice, cooked", "grains & cereals", "39", "3", "1 cup", "202", HOUSEHOLD, "20037"),
    Food("F034", "White rice, cooked", "grains & cereals", "12", "10", "1 cup", "158", HOUSEHOLD, "20445"),
    Food("F035", "Wild rice, cooked", "grains & cereals", "32", "3", "1 cup", "164", HOUSEHOLD, "20089"),
    Food("F036", "Bulgur wheat, cooked", "grains & cereals", "32", "10", "1 cup", "182", HOUSEHOLD, "20013"),
    Food("F037", "Buckwheat groats, cooked", "grains & cereals", "51", "7", "1 cup", "168", HOUSEHOLD, "20010"),
    Food("F038", "Couscous, cooked", "grains & cereals", "8", "8", "1 cup", "157", HOUSEHOLD, "20029"),
    Food("F039", "Pearl barley, cooked", "grains & cereals", "22", "11", "1 cup", "157", HOUSEHOLD, "20006"),
    Food("F040", "Millet, cooked", "grains & cereals", "44", "3", "1 cup", "174", HOUSEHOLD, "20032"),
    Food("F041", "Wholewheat pasta, cooked", "grains & cereals", "54", "13", "1 cup spaghetti", "117", HOUSEHOLD, "20125", also="whole wheat"),
    Food("F042", "White pasta, cooked", "grains & cereals", "18", "7", "1 cup spaghetti", "124", HOUSEHOLD, "20121"),
    Food("F043", "Wholemeal bread", "grains & cereals", "75", "161", "1 slice", "32", HOUSEHOLD, "18075", also="whole wheat, wholewheat"),
    Food("F044", "White bread", "grains & cereals", "23", "144", "1 slice", "29", HOUSEHOLD, "18069"),
    Food("F045", "Rye bread", "grains & cereals", "40", "73", "1 slice", "32", HOUSEHOLD, "18060"),
    Food("F046", "Popcorn, air-popped", "grains & cereals", "144", "7", "3 cups", "24", HOUSEHOLD, "19034"),
    Food("F047", "Spinach, boiled", "vegetables", "87", "136", "1 cup", "180", HOUSEHOLD, "11458"),
    Food("F048", "Spinach, raw", "vegetables", "79", "99", "1 cup", "30", HOUSEHOLD, "11457"),
    Food("F049", "Swiss chard, boiled", "vegetables", "86", "58", "1 cup", "175", HOUSEHOLD, "11148", also="silverbeet"),
    Food("F050", "Kale, boiled", "vegetables", "25", "150", "1 cup", "130", HOUSEHOLD, "11234", source="usda-sr-legacy"),
    Food("F051", "Broccoli, boiled", "vegetables", "21", "40", "1/2 cup", "78", HOUSEHOLD, "11091"),
    Food("F052", "Brussels sprouts, boiled", "vegetables", "20", "36", "1/2 cup", "78", HOUSEHOLD, "11099"),
    Food("F053", "Okra, boiled", "vegetables", "36", "77", "1/2 cup", "80", HOUSEHOLD, "11279", also="ladies' fingers"),
    Food("F054", "Globe artichoke, boiled", "vegetables", "42", "21", "1 medium", "120", HOUSEHOLD, "11008"),
    Food("F055", "Garden peas, boiled", "vegetables", "39", "27", "1/2 cup", "80", CONVENTION, "11305", also="green peas"),
    Food("F056", "Green beans, raw", "vegetables", "25", "37", "80 g portion", "80", CONVENTION, "11052", also="French beans, string beans"),
    Food("F057", "Potato, baked, with skin", "vegetables", "28", "15", "1 medium", "173", HOUSEHOLD, "11674", also="jacket"),
    Food("F058", "Potato, boiled, flesh", "vegetables", "22", "5", "1 potato", "136", HOUSEHOLD, "11365"),
    Food("F059", "Sweet potato, baked", "vegetables", "27", "38", "1 medium", "114", HOUSEHOLD, "11508"),
    Food("F060", "Butternut squash, baked", "vegetables", "29", "41", "1 cup cubes", "205", HOUSEHOLD, "11486"),
    Food("F061", "Avocado", "vegetables", "29", "12", "1/2 avocado", "100.5", HOUSEHOLD, "09037"),
    Food("F062", "Tomato, raw", "vegetables", "11", "10", "1 medium", "123", HOUSEHOLD, "11529"),
    Food("F063", "Carrot, raw", "vegetables", "12", "33", "1 medium", "61", HOUSEHOLD, "11124"),
    Food("F064", "Cabbage, raw", "vegetables", "12", "40", "1 cup shredded", "70", HOUSEHOLD, "11109"),
    Food("F065", "Mushrooms, white, raw", "vegetables", "9", "3", "1 cup pieces", "70", HOUSEHOLD, "11260"),
    Food("F066", "Black beans, boiled", "pulses & soya", "70", "27", "1/2 cup", "86", HOUSEHOLD, "16015"),
    Food("F067", "Red kidney beans, boiled", "pulses & soya", "45", "28", "1/2 cup", "88.5", HOUSEHOLD, "16033", also="rajma"),
    Food("F068", "Pinto beans, boiled", "pulses & soya", "50", "46", "1/2 cup", "85.5", HOUSEHOLD, "16043"),
    Food("F069", "Navy (haricot) beans, canned", "pulses & soya", "47", "47", "1/2 cup", "131", HOUSEHOLD, "16039"),
    Food("F070", "Baked beans, canned", "pulses & soya", "27", "34", "1/2 cup", "127", HOUSEHOLD, "16006"),
    Food("F071", "Lentils, boiled", "pulses & soya", "36", "19", "1/2 cup", "99", HOUSEHOLD, "16070"),
    Food("F072", "Chickpeas, boiled", "pulses & soya", "48", "49", "1/2 cup", "82", HOUSEHOLD, "16057", also="garbanzo beans"),
    Food("F073", "Hummus", "pulses & soya", "75", "47", "2 tbsp", "30", HOUSEHOLD, "16158", source="usda-sr-legacy", also="houmous"),
    Food("F074", "Edamame, prepared", "pulses & soya", "64", "63", "1/2 cup", "77.5", HOUSEHOLD, "11212", also="soy beans, soybeans"),
    Food("F075", "Soya beans, boiled", "pulses & soya", "86", "102", "1/2 cup", "86", HOUSEHOLD, "16109", also="soy beans, soybeans"),
    Food("F076", "Tofu, firm, calcium-set", "pulses & soya", "58", "683", "1/2 cup", "126", HOUSEHOLD, "16426"),
    Food("F077", "Tofu, firm, calcium + nigari set", "pulses & soya", "37", "201", "1/2 cup", "126", HOUSEHOLD, "16126"),
    Food("F078", "Tempeh", "pulses & soya", "81", "111", "1/2 cup", "83", HOUSEHOLD, "16114"),
    Food("F079", "Soya milk, unfortified", "dairy & alternatives", "25", "25", "1 cup", "243", HOUSEHOLD, "16120"),
    Food("F080", "Soya milk, unsweetened, calcium-fortified", "dairy & alternatives", "16", "124", "1 cup", "243", HOUSEHOLD, "16222"),
    Food("F081", "Almond drink, unsweetened", "dairy & alternatives", "7", "197", "1 cup", "262", HOUSEHOLD, "14091"),
    Food("F082", "Whole milk", "dairy & alternatives", "10", "113", "1 cup", "244", HOUSEHOLD, "01077"),
    Food("F083", "Skimmed milk", "dairy & alternatives", "11", "122", "1 cup", "245", HOUSEHOLD, "01085"),
    Food("F084", "Yogurt, plain, low fat", "dairy & alternatives", "17", "183", "1 pot (6 oz)", "170", HOUSEHOLD, "01117", also="yoghurt"),
    Food("F085", "Greek yogurt, plain, whole milk", "dairy & alternatives", "11", "100", "150 g", "150", CHOSEN, "01293", also="yoghurt"),
    Food("F086", "Cheddar cheese", "dairy & alternatives", "27", "710", "1 oz slice", "28", HOUSEHOLD, "01009"),
    Food("F087", "Mozzarella, part-skim", "dairy & alternatives", "27", "697", "1 oz slice", "28", HOUSEHOLD, "01029"),
    Food("F088", "Parmesan", "dairy & alternatives", "44", "1184", "20 g grated", "20", CHOSEN, "01033"),
    Food("F089", "Egg, hard-boiled", "meat, fish & eggs", "10", "50", "1 large", "50", HOUSEHOLD, "01129"),
    Food("F090", "Salmon, farmed, cooked", "meat, fish & eggs", "30", "15", "3 oz", "85", HOUSEHOLD, "15237"),
    Food("F091", "Mackerel, Atlantic, cooked", "meat, fish & eggs", "97", "15", "1 fillet", "88", HOUSEHOLD, "15047"),
    Food("F092", "Cod, cooked", "meat, fish & eggs", "42", "14", "3 oz", "85", HOUSEHOLD, "15016"),
    Food("F093", "Halibut, cooked", "meat, fish & eggs", "28", "9", "3 oz", "85", HOUSEHOLD, "15037"),
    Food("F094", "Tuna, canned in water", "meat, fish & eggs", "23", "17", "3 oz", "85", HOUSEHOLD, "15121"),
    Food("F095", "Sardines, canned in oil, with bone", "meat, fish & eggs", "39", "382", "1 can drained", "92", HOUSEHOLD, "15088"),
    Food("F096", "Prawns (shrimp), cooked", "meat, fish & eggs", "37", "91", "3 oz", "85", HOUSEHOLD, "15151"),
    Food("F097", "Chicken breast, roasted", "meat, fish & eggs", "29", "15", "1/2 breast", "86", HOUSEHOLD, "05064"),
    Food("F098", "Turkey breast, roasted", "meat, fish & eggs", "32", "9", "3 oz", "85", HOUSEHOLD, "05220"),
    Food("F099", "Beef mince patty, 10% fat, grilled", "meat, fish & eggs", "22", "13", "3 oz", "85", HOUSEHOLD, "23563", also="ground beef, hamburger"),
    Food("F100", "Pork tenderloin, roasted", "meat, fish & eggs", "29", "6", "3 oz", "85", HOUSEHOLD, "10061"),
    Food("F101", "Banana", "fruit", "27", "5", "1 medium", "118", HOUSEHOLD, "09040"),
    Food("F102", "Figs, dried", "fruit", "68", "162", "3 figs", "25.2", HOUSEHOLD, "09094"),
    Food("F103", "Medjool date", "fruit", "54", "64", "1 date", "24", HOUSEHOLD, "09421"),
    Food("F104", "Prunes", "fruit", "41", "43", "4 prunes", "38", HOUSEHOLD, "09291", also="dried plums"),
    Food("F105", "Raisins", "fruit", "32", "50", "small box", "43", HOUSEHOLD, "09298"),
    Food("F106", "Apricots, dried", "fruit", "32", "55", "8 halves", "28", HOUSEHOLD, "09032"),
    Food("F107", "Apple, with skin", "fruit", "5", "6", "1 medium", "182", HOUSEHOLD, "09003"),
    Food("F108", "Orange", "fruit", "10", "40", "1 fruit", "131", HOUSEHOLD, "09200"),
    Food("F109", "Kiwi", "fruit", "17", "34", "1 fruit", "69", HOUSEHOLD, "09148"),
    Food("F110", "Blackberries", "fruit", "20", "29", "80 g portion", "80", CONVENTION, "09042"),
    Food("F111", "Raspberries", "fruit", "22", "25", "80 g portion", "80", CONVENTION, "09302"),
    Food("F112", "Strawberries", "fruit", "13", "16", "80 g portion", "80", CONVENTION, "09316"),
    Food("F113", "Coffee, filter, black", "drinks", "3", "2", "1 cup (8 fl oz)", "237", HOUSEHOLD, "14209"),
    Food("F114", "Espresso", "drinks", "80", "2", "1 fl oz", "29.6", HOUSEHOLD, "14210"),
    Food("F115", "Black tea", "drinks", "3", "0", "1 cup (8 fl oz)", "237", HOUSEHOLD, "14355"),
    Food("F116", "Orange juice, fresh", "drinks", "11", "11", "1 cup", "248", HOUSEHOLD, "09206"),
    Food("F117", "Red wine", "drinks", "12", "8", "5 fl oz", "147", HOUSEHOLD, "14096"),
    Food("F118", "Beer", "drinks", "6", "4", "1 can", "356", HOUSEHOLD, "14003"),
    Food("F119", "Yeast extract spread", "other", "180", "67", "1 tsp", "6", HOUSEHOLD, "43406", also="Marmite"),
)
# fmt: on

FOOD_BY_ID = {food.id: food for food in FOODS}


def find_foods(word: str) -> tuple[Food, ...]:
    """Foods that are called or grouped by ``word``, or a part of it, in the table's order."""
    wanted = word.casefold().strip()
    called = ((food, f"{food.name}|{food.also}|{food.category}") for food in FOODS)
    return tuple(food for food, names in called if wanted in names.casefold())


def near(amount: Mass, count: int) -> tuple[Food, ...]:
    """The ``count`` foods whose one serving holds nearest to ``amount`` of magnesium."""
    ranked = sorted(FOODS, key=lambda food: (abs(food.magnesium().mg - amount.mg), food.id))
    return tuple(ranked[:count])


def source_keys() -> frozenset[str]:
    """Every source key this table names."""
    return frozenset(food.source for food in FOODS)
