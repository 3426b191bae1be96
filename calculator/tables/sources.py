"""The title and the address of every source that the checks name, so that a copy can stand alone.

They are those of references.bib, which the command line and the reader's browser do not have;
a test compares the two, and says which line is to be written here.
"""

from __future__ import annotations

from dataclasses import dataclass

READ = "read"  # the number was read in the source or in a faithful copy of it
PARTLY = "partly"  # part of the source's table was read, or only pages that quote it
MEMORY = "memory"  # not yet read anywhere

# Where a number is this project's own choice and not a published one.
OUR_OWN = "own-rules"


@dataclass(frozen=True)
class Source:
    """A source's title, and where it is on the web, if it is."""

    title: str
    address: str


# fmt: off
SOURCES: dict[str, Source] = {
    "accessmedicine-hypermagnesaemia": Source("Hypermagnesemia: key features", "https://accessmedicine.mhmedical.com/content.aspx?bookid=2986&sectionid=251096041"),
    "azoulay2001": Source("Comparison of the Mineral Content of Tap Water and Bottled Waters", "https://doi.org/10.1111/j.1525-1497.2001.04189.x"),
    "baystate-rbc": Source("Magnesium, RBC (test MAGRBC)", "https://baystatereferencelaboratories.testcatalog.org/show/MAGRBC-1"),
    "bfr2017": Source("BfR assesses maximum daily level for magnesium in food supplements", "https://www.eurekalert.org/pub_releases/2017-12/bfif-bam121817.php"),
    "ciaaw-weights": Source("Abridged Standard Atomic Weights 2024", "https://www.ciaaw.org/abridged-atomic-weights.htm"),
    "cofid2021": Source("McCance and Widdowson's The Composition of Foods Integrated Dataset 2021", "https://www.gov.uk/government/publications/composition-of-foods-integrated-dataset-cofid"),
    "coma1991": Source("Dietary Reference Values for Food Energy and Nutrients for the United Kingdom", ""),
    "costello2016": Source("Perspective: The Case for an Evidence-Based Reference Interval for Serum Magnesium: The Time Has Come", "https://doi.org/10.3945/an.116.012765"),
    "ctcae5": Source("Common Terminology Criteria for Adverse Events (CTCAE), version 5.0", "https://ctep.cancer.gov/protocoldevelopment/electronic_applications/ctc.htm"),
    "ctcae6": Source("Common Terminology Criteria for Adverse Events (CTCAE), version 6.0", "https://dctd.cancer.gov/research/ctep-trials/for-sites/adverse-events/ctcae-v6.pdf"),
    "d-a-ch2021": Source("D-A-CH-Referenzwerte für Magnesium, Pantothensäure und Ballaststoffe aktualisiert", "https://ernaehrungs-umschau.de/print-artikel/15-12-2021-d-a-ch-referenzwerte-fuer-magnesium-pantothensaeure-und-ballaststoffe-aktualisiert"),
    "dai2013": Source("Modifying effect of calcium/magnesium intake ratio and mortality: a population-based cohort study", "https://doi.org/10.1136/bmjopen-2012-002111"),
    "efsa2015": Source("Scientific Opinion on Dietary Reference Values for magnesium", "https://doi.org/10.2903/j.efsa.2015.4186"),
    "emc-epsom-salts": Source("Epsom Salts BP: summary of product characteristics", "https://medicines.org.uk/emc/product/4841/smpc"),
    "emc-magnesium": Source("Magnesium Kora Healthcare 4 mmol (97 mg) tablets: summary of product characteristics", "https://www.medicines.org.uk/emc/product/12118/smpc"),
    "emc-magnesium-2": Source("Neomag 4mmol chewable tablets: summary of product characteristics", "https://medicines.org.uk/emc/product/2678/smpc"),
    "evm2003": Source("Safe Upper Levels for Vitamins and Minerals", "https://cot.food.gov.uk/sites/default/files/vitmin2003.pdf"),
    "fao-who2004": Source("Vitamin and mineral requirements in human nutrition", ""),
    "fiorentini2021": Source("Magnesium: Biochemistry, Nutrition, Detection, and Social Impact of Diseases Linked to Its Deficiency", "https://doi.org/10.3390/nu13041136"),
    "firoz2001": Source("Bioavailability of US commercial magnesium preparations", "https://pubmed.ncbi.nlm.nih.gov/11794633/"),
    "hrsa-poison-help": Source("Poison Help: Adult Tips", "https://www.poisonhelp.hrsa.gov/what-can-you-do/prevention-tips/adult-tips/index.html"),
    "iom1997": Source("Dietary Reference Intakes for Calcium, Phosphorus, Magnesium, Vitamin D, and Fluoride", "https://doi.org/10.17226/5776"),
    "magnesium-hydroxide-label": Source("Magnesium Hydroxide Mixture 8% w/w oral suspension: UK label", "https://www.drugs.com/uk/magnesium-hydroxide-mixture-8-w-w-oral-suspension-leaflet.html"),
    "medscape-hypermagnesaemia": Source("Hypermagnesemia in Emergency Medicine Clinical Presentation", "https://emedicine.medscape.com/article/766604-clinical"),
    "mhra2012-ppi": Source("Proton pump inhibitors in long-term use: reports of hypomagnesaemia", "https://www.gov.uk/drug-safety-update/proton-pump-inhibitors-in-long-term-use-reports-of-hypomagnesaemia"),
    "michael2022": Source("Variation in Tap Water Mineral Content in the United Kingdom: Is It Relevant for Kidney Stone Disease?", "https://doi.org/10.3390/jcm11175118"),
    "milk-of-magnesia-overdose": Source("Magnesia effervscente: overdose", "https://pill2trip.com/medicine/magnesia-effervscente"),
    "milk-of-magnesia-smpc": Source("Phillips' Milk of Magnesia: summary of medicine characteristics", "https://patient-info.co.uk/phillips-milk-of-magnesia-87784/summary-of-medicine-characteristics"),
    "nhmrc2006": Source("Nutrient Reference Values for Australia and New Zealand: Magnesium", "https://www.eatforhealth.gov.au/nutrient-reference-values/nutrients/magnesium"),
    "nhs-alendronic-acid": Source("Alendronic acid", "https://www.nhs.uk/medicines/alendronic-acid/"),
    "nhs-ayrshire": Source("Management of Hypomagnesaemia", "https://aaamedicines.org.uk/guidelines/electrolyte-disturbances/management-of-hypomagnesaemia"),
    "nhs-bnssg": Source("Hypomagnesaemia", "https://remedy.bnssg.icb.nhs.uk/adults/biochemistry/hypomagnesaemia"),
    "nhs-lothian": Source("Hypomagnesaemia (acute oncology guidelines)", "https://rightdecisions.scot.nhs.uk/acute-oncology-guidelines/systemic-anticancer-treatment-toxicity/step-2-find-the-symptoms/electrolyte-disturbance/hypomagnesaemia"),
    "nhs-poisoning": Source("Poisoning", "https://www.nhs.uk/conditions/poisoning/"),
    "nhs-vitamins": Source("Vitamins and minerals: Others", "https://www.nhs.uk/conditions/vitamins-and-minerals/others/"),
    "nih-ods-magnesium": Source("Magnesium: Fact Sheet for Health Professionals", "https://ods.od.nih.gov/factsheets/Magnesium-HealthProfessional/"),
    "nnr2023": Source("Nordic Nutrition Recommendations 2023", "https://pub.norden.org/nord2023-003/magnesium.html"),
    "npis": Source("National Poisons Information Service", "http://npis.org/npis.html"),
    "own-rules": Source("The rules of the two checks", ""),
    "primary-care-notebook": Source("Hypomagnesaemia", "https://primarycarenotebook.com/en-GB/pages/neurology/hypomagnesaemia"),
    "relis2014": Source("Kan levotyroksin tas samtidig med kalsium og magnesium?", "https://relis.no/Publikasjoner/2014/Kan_levotyroksin_tas_samtidig_med_kalsium_og_magnesium/"),
    "rosanoff2022": Source("Recommendation on an updated standardization of serum magnesium reference ranges", "https://doi.org/10.1007/s00394-022-02916-w"),
    "rylander2014": Source("Bioavailability of Magnesium Salts – A Review", "https://setpublisher.com/pms/index.php/jpans/article/view/1618"),
    "scf2001": Source("Opinion of the Scientific Committee on Food on the Tolerable Upper Intake Level of Magnesium", "https://www.efsa.europa.eu/sites/default/files/efsa_rep/blobserver_assets/ndatolerableuil.pdf"),
    "schwalfenberg2017": Source("The Importance of Magnesium in Clinical Healthcare", "https://doi.org/10.1155/2017/4179326"),
    "spectrum-rbc": Source("Magnesium, Red Blood Cell (test LAB104)", "https://spectrumhealth.testcatalog.org/show/LAB104"),
    "statpearls-hypermagnesaemia": Source("Hypermagnesemia", "https://www.ncbi.nlm.nih.gov/books/NBK549811/"),
    "statpearls-hypomagnesaemia": Source("Hypomagnesemia", "https://statpearls.com/articlelibrary/viewarticle/23271"),
    "uptodate2017": Source("Symptoms of hypermagnesemia", "https://www.uptodate.com/contents/symptoms-of-hypermagnesemia"),
    "usda-sr-legacy": Source("FoodData Central: SR Legacy", "https://fdc.nal.usda.gov/"),
    "usda-sr28": Source("USDA National Nutrient Database for Standard Reference, Release 28 (Slightly revised)", "https://www.ars.usda.gov/ba/bhnrc/ndl"),
    "uwitonze2018": Source("Role of Magnesium in Vitamin D Activation and Function", "https://doi.org/10.7556/jaoa.2018.037"),
    "vkm2016": Source("Risk assessment of magnesium in food supplements", "https://www.vkm.no/english/riskassessments/allpublications/riskassessmentofmagnesiuminfoodsupplements.4.2375207615dac0245aee5130.html"),
}
# fmt: on

# What a source is called in running text; references.bib holds the rest.
SOURCE_NAMES = {
    "accessmedicine-hypermagnesaemia": "AccessMedicine",
    "azoulay2001": "Azoulay 2001",
    "baystate-rbc": "Baystate Reference Laboratories",
    "bfr2017": "BfR 2017",
    "ciaaw-weights": "CIAAW atomic weights",
    "cofid2021": "the UK composition of foods table 2021",
    "coma1991": "UK Department of Health 1991",
    "costello2016": "Costello 2016",
    "ctcae5": "CTCAE v5.0 (2017)",
    "ctcae6": "CTCAE v6.0 (2025)",
    "d-a-ch2021": "D-A-CH 2021",
    "dai2013": "Dai 2013",
    "efsa2015": "EFSA 2015",
    "emc-epsom-salts": "UK product summary for Epsom salts",
    "emc-magnesium": "UK product summary for Magnesium Kora",
    "emc-magnesium-2": "UK product summary for Neomag",
    "evm2003": "UK Expert Group on Vitamins and Minerals 2003",
    "fao-who2004": "FAO/WHO 2004",
    "fiorentini2021": "Fiorentini 2021",
    "firoz2001": "Firoz 2001",
    "hrsa-poison-help": "US Poison Help",
    "iom1997": "Institute of Medicine 1997",
    "magnesium-hydroxide-label": "UK label of a magnesium hydroxide mixture",
    "medscape-hypermagnesaemia": "Medscape",
    "mhra2012-ppi": "MHRA 2012",
    "michael2022": "Michael 2022",
    "milk-of-magnesia-overdose": "UK product text of Milk of Magnesia, overdose",
    "milk-of-magnesia-smpc": "UK product summary for Milk of Magnesia",
    "nhmrc2006": "NHMRC 2006",
    "nhs-alendronic-acid": "NHS on alendronic acid",
    "nhs-ayrshire": "NHS Ayrshire & Arran 2025",
    "nhs-bnssg": "NHS BNSSG",
    "nhs-lothian": "NHS Lothian",
    "nhs-poisoning": "NHS on poisoning",
    "nhs-vitamins": "NHS on vitamins and minerals",
    "nih-ods-magnesium": "NIH Office of Dietary Supplements",
    "nnr2023": "Nordic Nutrition Recommendations 2023",
    "npis": "UK National Poisons Information Service",
    "primary-care-notebook": "Primary Care Notebook",
    "relis2014": "RELIS 2014",
    "rosanoff2022": "Rosanoff 2022",
    "rylander2014": "Rylander 2014",
    "scf2001": "EU Scientific Committee on Food 2001",
    "schwalfenberg2017": "Schwalfenberg 2017",
    "spectrum-rbc": "Spectrum Health laboratory",
    "statpearls-hypermagnesaemia": "StatPearls on raised magnesium, as Klarity's article reports it",
    "statpearls-hypomagnesaemia": "StatPearls on low magnesium",
    "uptodate2017": "UpToDate",
    "usda-sr-legacy": "USDA SR Legacy 2018",
    "usda-sr28": "USDA SR28 2016",
    "uwitonze2018": "Uwitonze 2018",
    "vkm2016": "VKM 2016",
    OUR_OWN: "our own rule",
}


def source_keys() -> frozenset[str]:
    """Every source key the calculator names; each must stand in references.bib."""
    return frozenset(SOURCE_NAMES)
