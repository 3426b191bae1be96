"""Compounds of magnesium: how much of each is magnesium, and the medicines that need a gap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from calculator.tables.sources import PARTLY, READ

# Standard atomic weights, abridged, in g/mol.
ATOMIC_WEIGHTS = {
    "Mg": "24.305",
    "H": "1.008",
    "C": "12.011",
    "N": "14.007",
    "O": "15.999",
    "S": "32.06",
    "Cl": "35.45",
    "P": "30.974",
    "Si": "28.085",
}
ATOMIC_WEIGHTS_SOURCE = "ciaaw-weights"


@dataclass(frozen=True)
class Salt:
    """A magnesium compound: its key, name, formula, atoms, class, and absorption in trials.

    ``absorbed`` is ``better``, ``poorer`` or ``unknown``, by ``absorbed_source``.
    """

    key: str
    name: str
    formula: str
    atoms: str
    kind: str
    absorbed: str
    absorbed_source: str | None

    @property
    def salts(self) -> tuple[Salt, ...]:
        """The compounds that it could be, as a family has them: itself."""
        return (self,)

    @property
    def counts(self) -> dict[str, int]:
        """Atoms of each element in one formula unit."""
        parts = re.findall(r"([A-Z][a-z]?)([0-9]+)", self.atoms)
        return {element: int(count) for element, count in parts}

    @property
    def molar_mass(self) -> Fraction:
        """Grams per mole, from the standard atomic weights."""
        weighed = (Fraction(ATOMIC_WEIGHTS[e]) * n for e, n in self.counts.items())
        return sum(weighed, Fraction(0))

    @property
    def magnesium_mass(self) -> Fraction:
        """Grams of magnesium per mole of the compound."""
        return Fraction(ATOMIC_WEIGHTS["Mg"]) * self.counts["Mg"]

    @property
    def fraction(self) -> Fraction:
        """The share of the compound's weight that is magnesium."""
        return self.magnesium_mass / self.molar_mass


# fmt: off
SALTS: tuple[Salt, ...] = (
    Salt("oxide", "Magnesium oxide", "MgO", "Mg1 O1", "inorganic", "poorer", "firoz2001"),
    Salt("hydroxide", "Magnesium hydroxide (milk of magnesia)", "Mg(OH)2", "Mg1 O2 H2", "inorganic", "poorer", "schwalfenberg2017"),
    Salt("carbonate_anhydrous", "Magnesium carbonate, anhydrous", "MgCO3", "Mg1 C1 O3", "inorganic", "unknown", None),
    Salt("carbonate_basic", "Basic magnesium carbonate (hydromagnesite type)", "4MgCO3.Mg(OH)2.5H2O", "Mg5 C4 O19 H12", "inorganic", "unknown", None),
    Salt("citrate_anhydrous", "Trimagnesium dicitrate, anhydrous", "Mg3(C6H5O7)2", "Mg3 C12 H10 O14", "organic", "better", "rylander2014"),
    Salt("citrate_nonahydrate", "Trimagnesium dicitrate nonahydrate", "Mg3(C6H5O7)2.9H2O", "Mg3 C12 H28 O23", "organic", "better", "rylander2014"),
    Salt("citrate_1to1", "Magnesium hydrogen citrate (1:1)", "MgC6H6O7", "Mg1 C6 H6 O7", "organic", "better", "rylander2014"),
    Salt("lactate_anhydrous", "Magnesium lactate, anhydrous", "Mg(C3H5O3)2", "Mg1 C6 H10 O6", "organic", "better", "firoz2001"),
    Salt("lactate_dihydrate", "Magnesium lactate dihydrate", "Mg(C3H5O3)2.2H2O", "Mg1 C6 H14 O8", "organic", "better", "firoz2001"),
    Salt("aspartate_anhydrous", "Magnesium aspartate, anhydrous", "Mg(C4H6NO4)2", "Mg1 C8 H12 N2 O8", "organic", "better", "firoz2001"),
    Salt("aspartate_dihydrate", "Magnesium aspartate dihydrate", "Mg(C4H6NO4)2.2H2O", "Mg1 C8 H16 N2 O10", "organic", "better", "firoz2001"),
    Salt("chloride_anhydrous", "Magnesium chloride, anhydrous", "MgCl2", "Mg1 Cl2", "inorganic", "better", "firoz2001"),
    Salt("chloride_hexahydrate", "Magnesium chloride hexahydrate", "MgCl2.6H2O", "Mg1 Cl2 H12 O6", "inorganic", "better", "firoz2001"),
    Salt("sulfate_anhydrous", "Magnesium sulfate, anhydrous", "MgSO4", "Mg1 S1 O4", "inorganic", "unknown", None),
    Salt("sulfate_heptahydrate", "Magnesium sulfate heptahydrate (Epsom salt)", "MgSO4.7H2O", "Mg1 S1 O11 H14", "inorganic", "unknown", None),
    Salt("bisglycinate", "Magnesium bisglycinate (glycinate), anhydrous", "Mg(C2H4NO2)2", "Mg1 C4 H8 N2 O4", "organic", "unknown", None),
    Salt("malate_1to1", "Magnesium malate (1:1), anhydrous", "MgC4H4O5", "Mg1 C4 H4 O5", "organic", "unknown", None),
    Salt("gluconate_anhydrous", "Magnesium gluconate, anhydrous", "Mg(C6H11O7)2", "Mg1 C12 H22 O14", "organic", "unknown", None),
    Salt("gluconate_dihydrate", "Magnesium gluconate dihydrate", "Mg(C6H11O7)2.2H2O", "Mg1 C12 H26 O16", "organic", "unknown", None),
    Salt("orotate_anhydrous", "Magnesium orotate, anhydrous", "Mg(C5H3N2O4)2", "Mg1 C10 H6 N4 O8", "organic", "unknown", None),
    Salt("orotate_dihydrate", "Magnesium orotate dihydrate", "Mg(C5H3N2O4)2.2H2O", "Mg1 C10 H10 N4 O10", "organic", "unknown", None),
    Salt("taurate", "Magnesium taurate", "Mg(C2H6NO3S)2", "Mg1 C4 H12 N2 O6 S2", "organic", "unknown", None),
    Salt("threonate", "Magnesium L-threonate", "Mg(C4H7O5)2", "Mg1 C8 H14 O10", "organic", "unknown", None),
    Salt("glycerophosphate", "Magnesium glycerophosphate, anhydrous", "MgC3H7O6P", "Mg1 C3 H7 O6 P1", "organic", "unknown", None),
    # An antacid with "varying proportions of water" (usp-trisilicate): without any it holds most.
    Salt("trisilicate", "Magnesium trisilicate, without water", "Mg2Si3O8", "Mg2 Si3 O8", "inorganic", "unknown", None),
    Salt("pidolate", "Magnesium pidolate", "Mg(C5H6NO3)2", "Mg1 C10 H12 N2 O6", "organic", "unknown", None),
)
# fmt: on
SALT_BY_KEY = {salt.key: salt for salt in SALTS}
ELEMENTAL = "elemental"  # the label gives magnesium itself


@dataclass(frozen=True)
class Family:
    """Compounds that a label calls by one name without saying which of them it means."""

    key: str
    name: str
    salts: tuple[Salt, ...]


def _family(stem: str) -> Family:
    salts = tuple(salt for salt in SALTS if salt.key.startswith(f"{stem}_"))
    return Family(f"{stem}_unknown", f"Magnesium {stem}", salts)


_STEMS = dict.fromkeys(salt.key.partition("_")[0] for salt in SALTS)
FAMILY_BY_KEY = {family.key: family for family in map(_family, _STEMS) if len(family.salts) > 1}


@dataclass(frozen=True)
class Spacing:
    """A medicine that magnesium keeps from being absorbed, and the gap a source gives."""

    medicine: str
    gap: str
    source: str
    read: str


# Where sources differ both gaps stand here, the larger first.
SPACINGS: tuple[Spacing, ...] = (
    Spacing(
        "bisphosphonates (such as alendronic acid, for bones)",
        "3 to 4 hours before or after magnesium",
        "emc-magnesium-2",
        READ,
    ),
    Spacing(
        "alendronic acid, by the NHS",
        "on an empty stomach with plain water, usually 30 minutes before breakfast",
        "nhs-alendronic-acid",
        READ,
    ),
    Spacing("levothyroxine (for the thyroid)", "at least 4 hours", "relis2014", READ),
    Spacing(
        "tetracyclines (such as doxycycline)",
        "2 hours before magnesium, or 4 to 6 hours after it",
        "nih-ods-magnesium",
        PARTLY,
    ),
    Spacing(
        "tetracyclines, by UK product information",
        "at least 2 to 3 hours before or after magnesium",
        "emc-magnesium",
        READ,
    ),
    Spacing(
        "quinolones (such as ciprofloxacin)",
        "2 hours before magnesium, or 4 to 6 hours after it",
        "nih-ods-magnesium",
        PARTLY,
    ),
    Spacing(
        "any other medicine (UK product information names gabapentin, phenytoin, rosuvastatin, "
        "mycophenolate, digoxin, fexofenadine, hydroxychloroquine and some medicines for viruses)",
        "2 to 4 hours before or after magnesium: ask a pharmacist",
        "emc-epsom-salts",
        READ,
    ),
)
