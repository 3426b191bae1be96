"""Magnesium and calcium of common foods, per 100g as the source prints them.

Values: USDA National Nutrient Database for Standard Reference, Release 28, except where a
row names its own source: a later correction in SR Legacy, the UK's own table for foods that
are made otherwise in the UK, or a study of waters, whose milligrams a litre are those of
1,000g. A serving's weight is a convention, not a measurement: ``Food.basis`` says whose.
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
    """A food: amounts in mg per 100g, a serving in words and in grams, its number in its source.

    The number is USDA's (NDB) or the UK table's code; a study of waters has none.
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
    Food("F043", "Wholemeal bread", "grains & cereals", "75", "161", "1 slice", "32", HOUSEHOLD, "18075", also="whole wheat, wholewheat, toast"),
    Food("F044", "White bread", "grains & cereals", "23", "144", "1 slice", "29", HOUSEHOLD, "18069", also="toast"),
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
    Food("F120", "Wheat biscuits (Weetabix type), UK", "grains & cereals", "83", "30", "2 biscuits", "38", CONVENTION, "11-773", source="cofid2021", also="wholewheat biscuits, whole wheat, Weetabix"),
    Food("F121", "Shredded wheat", "grains & cereals", "86", "39", "40 g bowl", "40", CHOSEN, "11-775", source="cofid2021"),
    Food("F122", "Bran flakes, UK", "grains & cereals", "121", "44", "30 g bowl", "30", CONVENTION, "11-763", source="cofid2021"),
    Food("F123", "Bran sticks cereal", "grains & cereals", "189", "329", "30 g bowl", "30", CHOSEN, "11-767", source="cofid2021", also="All-Bran"),
    Food("F124", "Cornflakes", "grains & cereals", "12", "3", "30 g bowl", "30", CONVENTION, "11-742", source="cofid2021"),
    Food("F125", "Crisped rice cereal", "grains & cereals", "41", "9", "30 g bowl", "30", CHOSEN, "11-750", source="cofid2021", also="Rice Krispies, puffed rice"),
    Food("F126", "Malted wheat cereal", "grains & cereals", "70", "36", "40 g bowl", "40", CHOSEN, "11-761", source="cofid2021", also="Shreddies"),
    Food("F127", "Fruit and fibre cereal", "grains & cereals", "71", "47", "40 g bowl", "40", CHOSEN, "11-779", source="cofid2021"),
    Food("F128", "Muesli", "grains & cereals", "92", "93", "45 g bowl", "45", CONVENTION, "11-780", source="cofid2021"),
    Food("F129", "Crunchy muesli with nuts", "grains & cereals", "83", "46", "45 g bowl", "45", CONVENTION, "11-939", source="cofid2021", also="granola"),
    Food("F130", "Porridge made with semi-skimmed milk", "grains & cereals", "28", "117", "1 bowl", "250", CONVENTION, "11-789", source="cofid2021", also="oatmeal"),
    Food("F131", "Porridge made with milk and water", "grains & cereals", "20", "69", "1 bowl", "250", CONVENTION, "11-1106", source="cofid2021", also="oatmeal"),
    Food("F132", "Brown bread", "grains & cereals", "45", "186", "1 slice", "32", CHOSEN, "11-971", source="cofid2021", also="toast"),
    Food("F133", "Malted wheat bread", "grains & cereals", "39", "209", "1 slice", "32", CHOSEN, "11-972", source="cofid2021", also="granary, toast"),
    Food("F134", "Seeded bread", "grains & cereals", "80", "150", "1 slice", "32", CHOSEN, "11-947", source="cofid2021", also="toast"),
    Food("F135", "French stick", "grains & cereals", "22", "121", "60 g piece", "60", CHOSEN, "11-978", source="cofid2021", also="baguette"),
    Food("F136", "Wholemeal roll", "grains & cereals", "61", "87", "1 roll", "60", CONVENTION, "11-986", source="cofid2021", also="bap, bun"),
    Food("F137", "White roll, soft", "grains & cereals", "23", "184", "1 roll", "60", CONVENTION, "11-1006", source="cofid2021", also="bap, bun"),
    Food("F138", "Pitta, white", "grains & cereals", "22", "138", "1 pitta", "60", CHOSEN, "11-974", source="cofid2021", also="pita"),
    Food("F139", "Naan", "grains & cereals", "21", "187", "1 naan", "90", CHOSEN, "11-973", source="cofid2021", also="nan bread"),
    Food("F140", "Chapati, wholemeal", "grains & cereals", "56", "36", "1 chapati", "43", HOUSEHOLD, "28285", also="roti, whole wheat"),
    Food("F141", "Tortilla wrap, wheat", "grains & cereals", "22", "146", "1 wrap", "48", HOUSEHOLD, "18364", also="flour tortilla"),
    Food("F142", "Bagel, plain", "grains & cereals", "29", "219", "1 bagel", "99", HOUSEHOLD, "18001"),
    Food("F143", "English muffin, white", "grains & cereals", "20", "123", "1 muffin", "65", CONVENTION, "11-541", source="cofid2021", also="breakfast muffin"),
    Food("F144", "Crumpet, toasted", "grains & cereals", "17", "123", "1 crumpet", "55", CONVENTION, "11-989", source="cofid2021"),
    Food("F145", "Currant bun", "grains & cereals", "27", "110", "1 bun", "70", CONVENTION, "11-1009", source="cofid2021", also="teacake, hot cross bun"),
    Food("F146", "Malt loaf, fruited", "grains & cereals", "37", "104", "1 slice", "35", CHOSEN, "11-462", source="cofid2021"),
    Food("F147", "Croissant", "grains & cereals", "19", "75", "1 croissant", "60", CONVENTION, "11-988", source="cofid2021"),
    Food("F148", "Yorkshire pudding", "grains & cereals", "16", "119", "2 puddings", "40", CONVENTION, "11-960", source="cofid2021"),
    Food("F149", "Oatcakes", "grains & cereals", "101", "57", "30 g", "30", CHOSEN, "11-823", source="cofid2021"),
    Food("F150", "Rye crispbread", "grains & cereals", "89", "38", "2 slices", "20", CHOSEN, "11-822", source="cofid2021", also="crackers"),
    Food("F151", "Rice cakes, brown rice", "grains & cereals", "131", "11", "2 cakes", "18", HOUSEHOLD, "19816"),
    Food("F152", "Egg noodles, cooked", "grains & cereals", "21", "12", "1 cup", "160", HOUSEHOLD, "20110"),
    Food("F153", "Rice noodles, cooked", "grains & cereals", "3", "4", "1 cup", "176", HOUSEHOLD, "20134"),
    Food("F154", "Spelt, cooked", "grains & cereals", "49", "10", "1 cup", "194", HOUSEHOLD, "20141"),
    Food("F155", "Potato, baked, flesh only", "vegetables", "25", "5", "1 potato", "156", HOUSEHOLD, "11363", also="jacket"),
    Food("F156", "Potato, boiled without skin", "vegetables", "20", "8", "1 medium", "167", HOUSEHOLD, "11367"),
    Food("F157", "Mashed potato, made with milk", "vegetables", "18", "24", "1 cup", "210", HOUSEHOLD, "11657", also="mash"),
    Food("F158", "Oven chips", "vegetables", "31", "14", "165 g portion", "165", CONVENTION, "13-487", source="cofid2021", also="French fries"),
    Food("F159", "Chips, fish and chip shop", "vegetables", "32", "16", "250 g portion", "250", CONVENTION, "13-485", source="cofid2021", also="French fries"),
    Food("F160", "Spinach, boiled, UK", "vegetables", "34", "160", "80 g portion", "80", CONVENTION, "13-573", source="cofid2021"),
    Food("F161", "Spinach, frozen, boiled", "vegetables", "31", "150", "80 g portion", "80", CONVENTION, "13-458", source="cofid2021"),
    Food("F162", "Spring greens, boiled", "vegetables", "8", "75", "80 g portion", "80", CONVENTION, "13-350", source="cofid2021"),
    Food("F163", "Peas, frozen, boiled", "vegetables", "22", "24", "1/2 cup", "80", HOUSEHOLD, "11313", also="green peas, petits pois"),
    Food("F164", "Broad beans, young, boiled", "vegetables", "31", "18", "80 g portion", "80", CONVENTION, "11089", also="fava beans"),
    Food("F165", "Green beans, boiled", "vegetables", "18", "44", "1/2 cup", "62.5", HOUSEHOLD, "11053", also="French beans, string beans"),
    Food("F166", "Sweetcorn, frozen, boiled", "vegetables", "28", "3", "1/2 cup", "82.5", HOUSEHOLD, "11179", also="corn"),
    Food("F167", "Sweetcorn, canned", "vegetables", "13", "3", "1/2 cup", "82", HOUSEHOLD, "11172", also="corn, tinned"),
    Food("F168", "Parsnips, boiled", "vegetables", "29", "37", "1/2 cup", "78", HOUSEHOLD, "11299"),
    Food("F169", "Carrots, boiled", "vegetables", "10", "30", "1/2 cup", "78", HOUSEHOLD, "11125"),
    Food("F170", "Swede, boiled, mashed", "vegetables", "10", "18", "1/2 cup", "120", HOUSEHOLD, "11436", also="rutabaga, neeps"),
    Food("F171", "Cauliflower, boiled", "vegetables", "9", "16", "1/2 cup", "62", HOUSEHOLD, "11136"),
    Food("F172", "Cabbage, boiled", "vegetables", "15", "48", "1/2 cup", "75", HOUSEHOLD, "11110"),
    Food("F173", "Savoy cabbage, boiled", "vegetables", "24", "30", "1/2 cup", "72.5", HOUSEHOLD, "11115"),
    Food("F174", "Leek, boiled", "vegetables", "14", "30", "1 leek", "124", HOUSEHOLD, "11247"),
    Food("F175", "Onion, raw", "vegetables", "10", "23", "1 medium", "110", HOUSEHOLD, "11282"),
    Food("F176", "Spring onion, raw", "vegetables", "20", "72", "1 medium", "15", HOUSEHOLD, "11291", also="scallion"),
    Food("F177", "Beetroot, boiled", "vegetables", "23", "16", "1/2 cup", "85", HOUSEHOLD, "11081", also="beets"),
    Food("F178", "Courgette, boiled", "vegetables", "19", "18", "1/2 cup", "90", HOUSEHOLD, "11478", also="zucchini"),
    Food("F179", "Aubergine, boiled", "vegetables", "11", "6", "1 cup", "99", HOUSEHOLD, "11210", also="eggplant"),
    Food("F180", "Red pepper, raw", "vegetables", "12", "7", "1 medium", "119", HOUSEHOLD, "11821", also="bell pepper, capsicum"),
    Food("F181", "Green pepper, raw", "vegetables", "10", "10", "1 medium", "119", HOUSEHOLD, "11333", also="bell pepper, capsicum"),
    Food("F182", "Asparagus, boiled", "vegetables", "14", "23", "4 spears", "60", HOUSEHOLD, "11012"),
    Food("F183", "Lettuce, cos, raw", "vegetables", "14", "33", "1 cup", "47", HOUSEHOLD, "11251", also="romaine"),
    Food("F184", "Cucumber, raw", "vegetables", "13", "16", "1/2 cup slices", "52", HOUSEHOLD, "11205"),
    Food("F185", "Celery, raw", "vegetables", "11", "40", "1 medium stick", "40", HOUSEHOLD, "11143"),
    Food("F186", "Watercress, raw", "vegetables", "21", "120", "1 cup", "34", HOUSEHOLD, "11591"),
    Food("F187", "Rocket, raw", "vegetables", "47", "160", "1/2 cup", "10", HOUSEHOLD, "11959", also="arugula"),
    Food("F188", "Tomatoes, canned", "vegetables", "10", "33", "1/2 cup", "120", HOUSEHOLD, "11531", also="tinned, chopped tomatoes"),
    Food("F189", "Tomato purée", "vegetables", "42", "36", "1 tbsp", "16", HOUSEHOLD, "11546", also="tomato paste, puree"),
    Food("F190", "Red lentils, boiled", "pulses & soya", "18", "10", "1/2 cup", "99", CHOSEN, "13-658", source="cofid2021", also="dal, dahl, masoor"),
    Food("F191", "Green or brown lentils, boiled", "pulses & soya", "25", "21", "1/2 cup", "99", CHOSEN, "13-661", source="cofid2021", also="dal, dahl, puy"),
    Food("F192", "Split peas, boiled", "pulses & soya", "36", "14", "1/2 cup", "98", HOUSEHOLD, "16086", also="dal, dahl"),
    Food("F193", "Butter beans, boiled", "pulses & soya", "43", "17", "1/2 cup", "94", HOUSEHOLD, "16072", also="lima beans"),
    Food("F194", "White beans, boiled", "pulses & soya", "63", "90", "1/2 cup", "89.5", HOUSEHOLD, "16050", also="cannellini"),
    Food("F195", "Black-eyed beans, boiled", "pulses & soya", "53", "24", "1/2 cup", "85.5", HOUSEHOLD, "16063", also="cowpeas, black-eyed peas"),
    Food("F196", "Aduki beans, boiled", "pulses & soya", "52", "28", "1/2 cup", "115", HOUSEHOLD, "16002", also="adzuki"),
    Food("F197", "Chickpeas, canned", "pulses & soya", "24", "43", "1/2 cup", "76", HOUSEHOLD, "16359", also="garbanzo beans, tinned"),
    Food("F198", "Red kidney beans, canned", "pulses & soya", "29", "58", "1/2 cup", "79", HOUSEHOLD, "16335", also="tinned"),
    Food("F199", "Falafel", "pulses & soya", "82", "54", "3 pieces", "51", HOUSEHOLD, "16138"),
    Food("F200", "Tofu, soft, calcium + nigari set", "pulses & soya", "27", "111", "1/2 cup", "124", HOUSEHOLD, "16127", also="bean curd"),
    Food("F201", "Tofu, silken", "pulses & soya", "29", "31", "1 slice", "84", HOUSEHOLD, "16161", also="bean curd"),
    Food("F202", "Tofu, fried", "pulses & soya", "60", "372", "1 oz", "28.35", HOUSEHOLD, "16129", also="bean curd"),
    Food("F203", "Miso", "pulses & soya", "48", "57", "1 tbsp", "17", HOUSEHOLD, "16112"),
    Food("F204", "Peanut butter, crunchy, unsalted", "nuts & seeds", "160", "45", "2 tbsp", "32", HOUSEHOLD, "16397"),
    Food("F205", "Cashew butter", "nuts & seeds", "258", "43", "1 tbsp", "16", HOUSEHOLD, "12088"),
    Food("F206", "Sunflower seed butter", "nuts & seeds", "311", "64", "1 tbsp", "16", HOUSEHOLD, "12040", also="sunflower spread"),
    Food("F207", "Tahini paste, UK", "nuts & seeds", "380", "680", "1 tbsp", "15", CHOSEN, "14-847", source="cofid2021", also="sesame"),
    Food("F208", "Mixed nuts, dry roasted, unsalted", "nuts & seeds", "227", "87", "1 oz", "28.35", HOUSEHOLD, "12135"),
    Food("F209", "Chestnuts, roasted", "nuts & seeds", "33", "29", "10 kernels", "84", HOUSEHOLD, "12167"),
    Food("F210", "Poppy seeds", "nuts & seeds", "347", "1438", "1 tsp", "2.8", HOUSEHOLD, "02033"),
    Food("F211", "Trail mix", "nuts & seeds", "158", "78", "1 oz", "28.35", HOUSEHOLD, "19059", also="nuts and raisins"),
    Food("F212", "Bombay mix", "nuts & seeds", "100", "58", "30 g handful", "30", CHOSEN, "17-764", source="cofid2021"),
    Food("F213", "Dark chocolate, 70-85% cocoa, by the square", "chocolate & sweet", "228", "73", "1 square (10 g)", "10", CHOSEN, "19904", also="plain chocolate"),
    Food("F214", "Dark chocolate, 45-59% cocoa, by the square", "chocolate & sweet", "146", "56", "1 square (10 g)", "10", CHOSEN, "19902", also="plain chocolate"),
    Food("F215", "Chocolate and hazelnut spread", "chocolate & sweet", "64", "108", "2 tbsp", "37", HOUSEHOLD, "19125", also="Nutella"),
    Food("F216", "Digestive biscuits", "chocolate & sweet", "31", "95", "2 biscuits", "30", CONVENTION, "11-799", source="cofid2021"),
    Food("F217", "Chocolate digestive biscuits", "chocolate & sweet", "37", "100", "2 biscuits", "34", CONVENTION, "11-807", source="cofid2021"),
    Food("F218", "Oat biscuits", "chocolate & sweet", "60", "34", "2 biscuits", "30", CHOSEN, "11-803", source="cofid2021", also="Hobnobs"),
    Food("F219", "Wholemeal biscuits, homemade", "chocolate & sweet", "82", "104", "30 g", "30", CHOSEN, "11-1034", source="cofid2021", also="wholewheat biscuits"),
    Food("F220", "Ginger nuts", "chocolate & sweet", "18", "43", "2 biscuits", "20", CHOSEN, "11-798", source="cofid2021", also="ginger biscuits"),
    Food("F221", "Fig rolls", "chocolate & sweet", "27", "64", "2 biscuits", "32", HOUSEHOLD, "18170", also="fig bars"),
    Food("F222", "Granola bar, plain", "chocolate & sweet", "97", "61", "1 bar", "21", HOUSEHOLD, "19015", also="cereal bar, oat bar"),
    Food("F223", "Honey", "chocolate & sweet", "2", "6", "1 tbsp", "21", HOUSEHOLD, "19296"),
    Food("F224", "Jam", "chocolate & sweet", "4", "20", "1 tbsp", "20", HOUSEHOLD, "19297", also="preserves"),
    Food("F225", "Marmalade", "chocolate & sweet", "2", "38", "1 tbsp", "20", HOUSEHOLD, "19303"),
    Food("F226", "Golden syrup", "chocolate & sweet", "3", "16", "1 tbsp", "20", CHOSEN, "17-065", source="cofid2021"),
    Food("F227", "Maple syrup", "chocolate & sweet", "21", "102", "1 tbsp", "20", HOUSEHOLD, "19353"),
    Food("F228", "Semi-skimmed milk (2% fat)", "dairy & alternatives", "11", "120", "1 cup", "244", HOUSEHOLD, "01079", also="reduced fat milk"),
    Food("F229", "Goats' milk", "dairy & alternatives", "14", "134", "1 cup", "244", HOUSEHOLD, "01106"),
    Food("F230", "Rice drink, unsweetened", "dairy & alternatives", "11", "118", "1 cup", "240", HOUSEHOLD, "14639", also="rice milk"),
    Food("F231", "Coconut milk, canned", "dairy & alternatives", "46", "18", "1/2 cup", "113", HOUSEHOLD, "12118", also="tinned"),
    Food("F232", "Yogurt, plain, whole milk", "dairy & alternatives", "12", "121", "1 pot (6 oz)", "170", HOUSEHOLD, "01116", also="yoghurt"),
    Food("F233", "Yogurt, fruit, low fat", "dairy & alternatives", "15", "152", "1 pot (6 oz)", "170", HOUSEHOLD, "01121", also="yoghurt"),
    Food("F234", "Cottage cheese", "dairy & alternatives", "8", "83", "4 oz", "113", HOUSEHOLD, "01012"),
    Food("F235", "Cream cheese", "dairy & alternatives", "9", "97", "1 tbsp", "14.5", HOUSEHOLD, "01017", also="soft cheese"),
    Food("F236", "Feta", "dairy & alternatives", "19", "493", "1 oz", "28.35", HOUSEHOLD, "01019"),
    Food("F237", "Brie", "dairy & alternatives", "20", "184", "1 oz", "28.35", HOUSEHOLD, "01006"),
    Food("F238", "Edam", "dairy & alternatives", "30", "731", "1 oz", "28.35", HOUSEHOLD, "01018"),
    Food("F239", "Blue cheese", "dairy & alternatives", "23", "528", "1 oz", "28.35", HOUSEHOLD, "01004", also="Stilton type"),
    Food("F240", "Butter, salted", "dairy & alternatives", "2", "24", "1 tbsp", "14.2", HOUSEHOLD, "01001"),
    Food("F241", "Ice cream, vanilla", "dairy & alternatives", "14", "128", "1/2 cup", "66", HOUSEHOLD, "19095"),
    Food("F242", "Rice pudding", "dairy & alternatives", "8", "95", "1 pot (4 oz)", "113", HOUSEHOLD, "19193"),
    Food("F243", "Egg, scrambled", "meat, fish & eggs", "11", "66", "1 large", "61", HOUSEHOLD, "01132"),
    Food("F244", "Egg, fried", "meat, fish & eggs", "13", "62", "1 large", "46", HOUSEHOLD, "01128"),
    Food("F245", "Ham, sliced", "meat, fish & eggs", "22", "24", "1 slice", "28", HOUSEHOLD, "07029"),
    Food("F246", "Bacon, fried (US streaky)", "meat, fish & eggs", "31", "11", "3 rashers", "34.5", HOUSEHOLD, "10862"),
    Food("F247", "Pork sausages, fried", "meat, fish & eggs", "16", "9", "2 sausages", "46", HOUSEHOLD, "07064"),
    Food("F248", "Pork chop, grilled, lean", "meat, fish & eggs", "26", "23", "3 oz", "85", HOUSEHOLD, "10042"),
    Food("F249", "Lamb, leg, roast, lean", "meat, fish & eggs", "26", "8", "3 oz", "85", HOUSEHOLD, "17014"),
    Food("F250", "Beef steak, sirloin, grilled, lean", "meat, fish & eggs", "26", "20", "3 oz", "85", HOUSEHOLD, "13454"),
    Food("F251", "Chicken thigh, roasted, without skin", "meat, fish & eggs", "24", "9", "1 thigh", "116", HOUSEHOLD, "05098"),
    Food("F252", "Haddock, cooked", "meat, fish & eggs", "26", "14", "1 fillet", "150", HOUSEHOLD, "15034"),
    Food("F253", "Tuna, canned in oil", "meat, fish & eggs", "31", "13", "3 oz", "85", HOUSEHOLD, "15119", also="tinned"),
    Food("F254", "Salmon, pink, canned", "meat, fish & eggs", "32", "283", "3 oz", "85", HOUSEHOLD, "15260", also="tinned"),
    Food("F255", "Salmon, smoked", "meat, fish & eggs", "18", "11", "3 oz", "85", HOUSEHOLD, "15077"),
    Food("F256", "Kipper", "meat, fish & eggs", "46", "84", "1 medium fillet", "40", HOUSEHOLD, "15042", also="smoked herring"),
    Food("F257", "Trout, rainbow, cooked", "meat, fish & eggs", "30", "30", "1 fillet", "71", HOUSEHOLD, "15241"),
    Food("F258", "Sea bass, cooked", "meat, fish & eggs", "53", "13", "1 fillet", "101", HOUSEHOLD, "15092"),
    Food("F259", "Fish fingers", "meat, fish & eggs", "25", "16", "3 fingers", "84", HOUSEHOLD, "15027", also="fish sticks"),
    Food("F260", "Crab, cooked", "meat, fish & eggs", "36", "91", "3 oz", "85", HOUSEHOLD, "15140"),
    Food("F261", "Mussels, cooked", "meat, fish & eggs", "37", "33", "3 oz", "85", HOUSEHOLD, "15165"),
    Food("F262", "Pear", "fruit", "7", "9", "1 medium", "178", HOUSEHOLD, "09252"),
    Food("F263", "Grapes", "fruit", "7", "10", "1 cup", "151", HOUSEHOLD, "09132"),
    Food("F264", "Plum", "fruit", "7", "6", "1 fruit", "66", HOUSEHOLD, "09279"),
    Food("F265", "Peach", "fruit", "9", "6", "1 medium", "150", HOUSEHOLD, "09236"),
    Food("F266", "Satsuma or tangerine", "fruit", "12", "37", "1 medium", "88", HOUSEHOLD, "09218", also="clementine, mandarin"),
    Food("F267", "Grapefruit, pink", "fruit", "9", "22", "1/2 fruit", "123", HOUSEHOLD, "09112"),
    Food("F268", "Mango", "fruit", "10", "11", "1 cup pieces", "165", HOUSEHOLD, "09176"),
    Food("F269", "Pineapple", "fruit", "12", "13", "1 cup chunks", "165", HOUSEHOLD, "09266"),
    Food("F270", "Melon, cantaloupe", "fruit", "12", "9", "1 cup cubes", "160", HOUSEHOLD, "09181"),
    Food("F271", "Watermelon", "fruit", "10", "7", "1 cup diced", "152", HOUSEHOLD, "09326"),
    Food("F272", "Blueberries", "fruit", "6", "6", "1 cup", "148", HOUSEHOLD, "09050"),
    Food("F273", "Cherries", "fruit", "11", "13", "1 cup", "138", HOUSEHOLD, "09070"),
    Food("F274", "Apricots, fresh", "fruit", "10", "13", "3 apricots", "105", HOUSEHOLD, "09021"),
    Food("F275", "Passion fruit", "fruit", "29", "12", "1 fruit", "18", HOUSEHOLD, "09231"),
    Food("F276", "Dates, dried", "fruit", "43", "39", "3 dates", "21.3", HOUSEHOLD, "09087", also="deglet noor"),
    Food("F277", "Sultanas", "fruit", "35", "53", "30 g handful", "30", CHOSEN, "09297", also="golden raisins"),
    Food("F278", "Coconut, fresh", "fruit", "32", "14", "1 piece", "45", HOUSEHOLD, "12104"),
    Food("F279", "Coconut, desiccated", "fruit", "90", "26", "1 oz", "28.35", HOUSEHOLD, "12108", also="dried coconut"),
    Food("F280", "Tea with milk", "drinks", "3", "16", "1 cup (8 fl oz)", "237", CHOSEN, "17-169", source="cofid2021", also="English breakfast tea"),
    Food("F281", "Green tea", "drinks", "1", "0", "1 cup", "245", HOUSEHOLD, "14278"),
    Food("F282", "Herbal tea", "drinks", "1", "2", "1 cup (8 fl oz)", "237", HOUSEHOLD, "14381", also="fruit tea"),
    Food("F283", "Coffee, instant, black", "drinks", "4", "4", "1 cup (6 fl oz)", "179", HOUSEHOLD, "14215", also="Nescafé"),
    Food("F284", "Hot chocolate, made with cocoa and milk", "drinks", "23", "114", "1 cup", "250", HOUSEHOLD, "01105", also="hot cocoa, drinking chocolate"),
    Food("F285", "Malted drink, made with whole milk", "drinks", "17", "117", "1 cup (8 fl oz)", "265", HOUSEHOLD, "14312", also="Horlicks"),
    Food("F286", "Apple juice", "drinks", "5", "8", "1 cup", "248", HOUSEHOLD, "09016"),
    Food("F287", "Tomato juice", "drinks", "11", "10", "1 cup", "243", HOUSEHOLD, "11540"),
    Food("F288", "Prune juice", "drinks", "14", "12", "1 cup", "256", HOUSEHOLD, "09294"),
    Food("F289", "Coconut water", "drinks", "6", "7", "1 cup", "245", HOUSEHOLD, "14090"),
    Food("F290", "Cola", "drinks", "1", "6", "1 can", "330", CHOSEN, "17-175", source="cofid2021", also="fizzy drink, soda"),
    Food("F291", "White wine", "drinks", "10", "9", "5 fl oz", "147", HOUSEHOLD, "14106"),
    Food("F292", "Stout", "drinks", "8", "4", "1/2 pint", "284", CHOSEN, "17-767", source="cofid2021", also="Guinness"),
    Food("F293", "Cider", "drinks", "3", "4", "12 fl oz", "355", HOUSEHOLD, "14250"),
    Food("F294", "Tap water, UK, middle of 66 cities", "drinks", "0.362", "3.046", "1 litre", "1000", CHOSEN, "", source="michael2022", also="hard water, soft water"),
    Food("F295", "Tap water, UK, least of 66 cities", "drinks", "0.059", "0.535", "1 litre", "1000", CHOSEN, "", source="michael2022", also="hard water, soft water"),
    Food("F296", "Tap water, UK, most of 66 cities", "drinks", "3.18", "12.8", "1 litre", "1000", CHOSEN, "", source="michael2022", also="hard water, soft water"),
    Food("F297", "Mineral water (Evian)", "drinks", "2.4", "7.8", "1 litre", "1000", CHOSEN, "", source="azoulay2001", also="bottled water"),
    Food("F298", "Mineral water (San Pellegrino)", "drinks", "5.7", "20.4", "1 litre", "1000", CHOSEN, "", source="azoulay2001", also="bottled water"),
    Food("F299", "Mineral water, high in magnesium (Gerolsteiner)", "drinks", "11", "33", "1 litre", "1000", CHOSEN, "14075", also="bottled water"),
    Food("F300", "Tomato soup, canned", "other", "7", "8", "1 cup", "248", HOUSEHOLD, "06559", also="tinned"),
    Food("F301", "Pea soup, canned", "other", "15", "12", "1 cup", "259", HOUSEHOLD, "06449", also="tinned"),
    Food("F302", "Lentil soup with ham, canned", "other", "9", "17", "1 cup (8 fl oz)", "248", HOUSEHOLD, "06037", also="tinned"),
    Food("F303", "Vegetable soup, chunky, canned", "other", "10", "18", "1 cup", "230", HOUSEHOLD, "06067", also="tinned"),
    Food("F304", "Chicken noodle soup, canned", "other", "4", "5", "1 cup", "248", HOUSEHOLD, "06419", also="tinned"),
    Food("F305", "Tomato pasta sauce", "other", "18", "26", "1/2 cup", "132", HOUSEHOLD, "06931", also="marinara"),
    Food("F306", "Tomato ketchup", "other", "13", "15", "1 tbsp", "17", HOUSEHOLD, "11935", also="catsup"),
    Food("F307", "Soy sauce", "other", "74", "33", "1 tbsp", "16", HOUSEHOLD, "16123", also="soya sauce, shoyu"),
    Food("F308", "Mustard", "other", "48", "63", "1 tsp", "5", HOUSEHOLD, "02046"),
    Food("F309", "Crisps, plain", "other", "63", "21", "1 oz", "28", HOUSEHOLD, "19411", also="potato chips"),
    Food("F310", "Tortilla chips", "other", "84", "106", "1 oz", "28.35", HOUSEHOLD, "19056"),
)
# fmt: on

# Worked out once: every answer ranks them all.
_ONE_SERVING = tuple((food, food.magnesium().mg) for food in FOODS)
FOOD_BY_ID = {food.id: food for food in FOODS}


def find_foods(word: str) -> tuple[Food, ...]:
    """Foods that are called or grouped by ``word``, or a part of it, in the table's order."""
    wanted = word.casefold().strip()
    names = ((food, (food.name, food.also, food.category)) for food in FOODS)
    return tuple(food for food, called in names if any(wanted in one.casefold() for one in called))


def near(amount: Mass, count: int) -> tuple[Food, ...]:
    """The ``count`` foods whose one serving holds nearest to ``amount`` of magnesium."""
    ranked = sorted(_ONE_SERVING, key=lambda row: (abs(row[1] - amount.mg), row[0].id))
    return tuple(food for food, _ in ranked[:count])


def source_keys() -> frozenset[str]:
    """Every source key this table names."""
    return frozenset(food.source for food in FOODS)
