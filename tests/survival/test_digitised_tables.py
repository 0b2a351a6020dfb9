"""Files as digitising programs, R and people write them: read rightly, or refused with the cell."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from assessment.evidence import DataError
from assessment.survival import read_numbers_at_risk, read_points

ONE = {"curve 1": [[0, 1], [1.5, 0.95]]}


def read(reader, folder, text, encoding="utf-8"):
    path = folder / "file.csv"
    path.write_text(text, encoding=encoding)
    found = reader(path)
    return {k: v.tolist() for k, v in found.items()} if isinstance(found, dict) else found.tolist()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("0,1\n1.5,0.95\n", ONE),
        ("time,sv\n0,1\n1.5,0.95\n", ONE),
        ("0,0; 1\n1,5; 0,95\n", ONE),
        ("# x;Curve1\n0,0;1,0\n1,5;0,95\n", ONE),
        ("time\tsurv\n0,0\t1,0\n1,5\t0,95\n", ONE),
        ("time surv\n0.0  1.0\n1.5  0.95\n", ONE),
        ('"x", "y"\n"0,0", "1,0"\n"1,5", "0,95"\n', ONE),
        ("sep=;\ntid;overlevelse\n0,0;1,0\n1,5;0,95\n", ONE),
        ("time,surv,,,\n0,1,,,\n\n1.5,0.95,,,\n", ONE),
        ("survival,time\n1,0\n0.95,1.5\n", ONE),
        ('"","time","survival"\n"1",0,1\n"2",1.5,0.95\n', ONE),
        ('"ID" "time" "survival"\n1 0 1\n2 1.5 0.95\n', ONE),
        ('"time" "survival"\n"1" 0 1\n"2" 1.5 0.95\n', ONE),
        ("time,surv\n0,100%\n1.5,95%\n", {"curve 1": [[0, 100], [1.5, 95]]}),
        (
            "a,,b,\nX,Y,X,Y\n0,1,0,1\n1.5,0.9,2,0.8\n3,0.7,,\n",
            {"a": [[0, 1], [1.5, 0.9], [3, 0.7]], "b": [[0, 1], [2, 0.8]]},
        ),
        ("a,,b,\n0,1,0,1\n2,0.9,1,0.8\n", {"a": [[0, 1], [2, 0.9]], "b": [[0, 1], [1, 0.8]]}),
        ("a,,a,\nX,Y,X,Y\n0,1,1,0.8\n", {"a": [[0, 1]], "a (2)": [[1, 0.8]]}),
        ("x,a,b\n0,1,1\n1,0.9,\n", {"a": [[0, 1], [1, 0.9]], "b": [[0, 1]]}),
        (
            "x,a,b,c\n0,1,1,1\n1,0.9,0.8,0.7\n",
            {"a": [[0, 1], [1, 0.9]], "b": [[0, 1], [1, 0.8]], "c": [[0, 1], [1, 0.7]]},
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_curves_are_read_rightly(tmp_path, text, right, encoding):
    assert read(read_points, tmp_path, text, encoding) == right


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n", "no row with two numbers"),
        ("", "no row with two numbers"),
        ("time,surv\n0,NA\n1,0.9\n", "row 2: found 'NA'"),
        ("time,surv\n0,1\n\n1,NA\n", "row 4: found 'NA'.*empty the cell"),
        ("time,surv\n0,1\n1,\n2,0.8\n", "row 3: .* a number in surv, or both cells empty"),
        ("time,surv\n0,1\nJan-24,0.9\n", "row 3: found 'Jan-24'"),
        ("time,surv\n0,1\n1,inf\n", "found 'inf'"),
        ("time,surv\n0,100%\n1,90\n", "found '100%'"),
        (
            'time,s\n"1,234",0.9\n"1,300",0.8\n',
            "row 2: found '1,234'.*without thousands separators",
        ),
        ("time;s\n1.234,5;0,9\n", "found '1.234,5'"),
        ("time,surv\n0,0,1,0\n1,5,0,95\n", "row 2: .* 2 cells, as in the header.*decimal points"),
        ("0,1,1,1\n1,0.9,0.8,0.7\n2,0.8,0.7,0.6\n", "4 columns"),
        ("0,1,1\n1,0.9,0.8\n2,0.8,0.7\n", "3 columns"),
        ("a,b,c,d\n0,1,1,1\n1,0.9,0.8,0.7\n", "found 'a, b, c, d'"),
        ("time,0,6,12\ns,1,0.8,0.6\n", "turn the table"),
        ("0,6,12,18\n1,0.9,0.8,0.7\n", "turn the table"),
        ("survival,n\n1,0\n0.9,1\n", "a column of times first"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(tmp_path, text, says):
    with pytest.raises(DataError, match=says):
        read(read_points, tmp_path, text)


def test_another_encoding_is_refused_with_the_next_step(tmp_path):
    with pytest.raises(DataError, match="file.csv: .*save the file again as 'CSV UTF-8'"):
        read(read_points, tmp_path, "tid (måneder),overlevelse\n0,1\n", "cp1252")


def test_all_wrong_cells_are_told_at_once(tmp_path):
    with pytest.raises(DataError, match="3 problems"):
        read(read_points, tmp_path, "t,s\n0,1\n1,NA\nx,0.8\n2,-\n")


NUMBERS = [[0, 1204], [6, 84]]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("trisk,nrisk\n0,1204\n6,84\n", NUMBERS),
        ("time,n\n0,1 204\n6,84\n", NUMBERS),
        ('"","nrisk"\n"0",1204\n"6",84\n', NUMBERS),
        ("time;n\n0,000;120,000\n6,500;84,000\n", [[0, 120], [6.5, 84]]),
        ("time,n\n0.000,120.000\n6.000,84.000\n", [[0, 120], [6, 84]]),
    ],
)
def test_numbers_at_risk_are_read_rightly(tmp_path, text, right):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(read_numbers_at_risk, tmp_path, text) == right


@pytest.mark.parametrize(
    ("text", "right", "says"),
    [
        ("time,n\n0,1204 (0)\n6,84 (12)\n", NUMBERS, "2 numbers in brackets"),
        ("time,n,events\n0,1204,0\n6,84,3\n", NUMBERS, "not used: events"),
        (
            "Interval\ttime\tlower\tupper\tnrisk\n1\t0\t1\t10\t1204\n2\t6\t11\t20\t84\n",
            NUMBERS,
            "not used: lower, upper",
        ),
    ],
)
def test_what_is_left_out_is_told(tmp_path, text, right, says):
    with pytest.warns(UserWarning, match=says):
        assert read(read_numbers_at_risk, tmp_path, text) == right


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("time,treated,control\n0,120,60\n6,84,30\n", "give one file per arm"),
        ("0,6,12\n120,84,35\n", "3 columns"),
        ("0,6,12,18\n120,84,35,10\n", "4 columns"),
        ("time,0,6,12,18\nn,120,84,35,10\n", "turn the table"),
        ('time,n\n0,"1,204"\n6,842\n', "row 2: found '1,204'"),
        ("time;n\n0;1.204\n6;842\n", "row 2: found '1.204'"),
        ("time;n\n0;2.000\n6;1.000\n", "row 2: found '2.000'"),
        ("time,n\n0,120\n6,84.5\n", "row 3: found '84.5'. Allowed: a whole number"),
        ('"","nrisk"\n"1",120\n"2",84\n', "row numbers"),
    ],
)
def test_numbers_at_risk_that_could_be_others_are_refused(tmp_path, text, says):
    with pytest.raises(DataError, match=says):
        read(read_numbers_at_risk, tmp_path, text)


def test_what_is_read_is_what_numpy_writes(tmp_path):
    points = np.c_[np.linspace(0, 30, 50), np.exp(-np.linspace(0, 3, 50))]
    for between in ",;\t ":
        np.savetxt(tmp_path / "made.csv", points, delimiter=between)
        np.testing.assert_array_equal(read_points(tmp_path / "made.csv")["curve 1"], points)
