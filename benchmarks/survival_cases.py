"""Two-arm truth cases from the data sets that ship with lifelines, and with SurvSet where that is
installed.
"""

from importlib import resources

import numpy as np
import pandas as pd

# Oncology sets of SurvSet (Drysdale 2022, arXiv:2203.03094) that are not in lifelines.
SURVSET = (
    "LeukSurv",
    "colon",
    "d.oropha.rec",
    "dataOvarian1",
    "e1684",
    "mgus",
    "ova",
    "prostate",
    "veteran",
)


def _read(name, **options):
    with resources.files("lifelines.datasets").joinpath(name).open() as handle:
        return pd.read_csv(handle, **options)


def two_arm_cases(smallest_arm=10):
    """List of (name, durations, observed, treated): real follow-up, arms by treatment or a two-way
    covariate.
    """
    cases = []

    def add(name, frame, time, event, arms):
        for label, arm in arms.items():
            keep = frame[time].notna() & frame[event].notna() & pd.notna(arm) & (frame[time] > 0)
            t, e = frame.loc[keep, time].to_numpy(float), frame.loc[keep, event].to_numpy()
            z = np.asarray(arm)[keep].astype(int)
            e = (e == e.max()).astype(int)
            if (
                min(z.sum(), (1 - z).sum()) >= smallest_arm
                and min(e[z == 1].sum(), e[z == 0].sum()) >= 5
            ):
                cases.append((f"{name}.{label}", t, e, z))

    f = _read("rossi.csv")
    add("rossi", f, "week", "arrest", {c: f[c] for c in ("fin", "race", "wexp", "mar", "paro")})
    f = _read("gbsg2.csv")
    add(
        "gbsg2",
        f,
        "time",
        "cens",
        {
            "hormone": f.horTh == "yes",
            "menopause": f.menostat == "Post",
            "grade": f.tgrade == "III",
            "nodes": f.pnodes > 3,
            "age": f.age > 53,
        },
    )
    f = _read("lymph_node.csv")
    add(
        "lymph_node",
        f,
        "survtime",
        "censdead",
        {
            "hormone": f.hormone == 2,
            "grade": f.grade == 3,
            "nodes": f.nodes > 3,
            "size": f["size"] > 25,
        },
    )
    f = _read("lung.csv")
    add(
        "lung",
        f,
        "time",
        "status",
        {
            "sex": f.sex == 2,
            "ecog": f["ph.ecog"] > 0,
            "age": f.age > 63,
            "weight": f["wt.loss"] > 8,
        },
    )
    f = _read("waltons_dataset.csv")
    add("waltons", f, "T", "E", {"group": f.group == "control"})
    f = _read("anderson.csv", sep=" ")
    add(
        "leukemia",
        f,
        "t",
        "status",
        {"treatment": f.Rx, "sex": f.sex, "white_cells": f.logWBC > 2.8},
    )
    f = _read("larynx.csv")
    add("larynx", f, "time", "death", {"stage": f.Stage_III + f.Stage_IV, "age": f.age > 65})
    f = _read("kidney_transplant.csv")
    add(
        "kidney",
        f,
        "time",
        "death",
        {"age": f.age > 43, "white_male": f.white_male, "black": f.black_male + f.black_female},
    )
    f = _read("lymphoma.csv")
    add("lymphoma", f, "Time", "Censor", {"stage": f.Stage_group == 2})
    f = _read("g3.csv")
    add("glioma", f, "time", "event", {"histology": f.histology == "GBM"})
    f = _read("dd.csv")
    add(
        "regimes",
        f,
        "duration",
        "observed",
        {
            "democracy": f.democracy == "Democracy",
            "africa": f.un_continent_name == "Africa",
            "late": f.start_year > 1980,
        },
    )
    f = _read("ACTG175.csv")
    event, time = "cens", "days"
    add(
        "actg175",
        f,
        time,
        event,
        {
            "treat": f.treat,
            "homo": f.homo,
            "symptom": f.symptom,
            "gender": f.gender,
            "cd4": f.cd40 > 350,
            "prior": f.str2,
        },
    )
    f = _read("regression.csv")
    add("regression", f, "T", "E", {"var2": f.var2 > f.var2.median()})
    f = _read("divorce.dat", sep=r"\s{2,}", engine="python")
    add("divorce", f, "years", "div", {"mixed": f.mixed == "Yes", "heblack": f.heblack == "Yes"})
    return cases


def survset_cases(patients=600):
    """The same of SURVSET, arms by the first two-way factors: none without the package (47 MB, so
    not among the requirements). Larger sets are thinned.
    """
    try:
        from SurvSet.data import SurvLoader
    except ImportError:
        return []
    cases = []
    for name in SURVSET:
        frame = SurvLoader().load_dataset(ds_name=name)["df"]
        frame = frame[frame["time"] > 0]
        frame = frame.iloc[np.random.default_rng(1).permutation(len(frame))[:patients]]
        factors = [c for c in frame if c.startswith("fac_") and frame[c].nunique() == 2]
        for c in factors[:2]:
            known = frame[frame[c].notna()]
            z = (known[c] == max(known[c], key=str)).to_numpy(int)
            e = known["event"].to_numpy(int)
            if min(e[z == 1].sum(), e[z == 0].sum()) >= 12:
                cases.append((f"{name}.{c[4:]}", known["time"].to_numpy(float), e, z))
    return cases


def digitise(curve, last, how, rng):
    """Points (m, 2) as a person or a vector reader takes them from a Kaplan–Meier curve.

    how: "click60", "click120" (0.3 % jitter of both axes), "clean120", "corners" (every step
    corner).
    """
    if how == "corners":
        before = np.concatenate([[1.0], curve.survival[:-1]])
        t = np.concatenate([[0.0], np.repeat(curve.times, 2), [last]])
        s = np.concatenate([[1.0], np.c_[before, curve.survival].ravel(), curve.survival[-1:]])
        return np.c_[t, s]
    m = int(how[5:])
    t = np.linspace(0, last, m)
    s = curve.at(t)
    if how.startswith("click"):
        t = np.clip(t + rng.normal(0, 0.003 * last, m), 0, last)
        s = s + rng.normal(0, 0.003, m)
    return np.c_[t, s]
