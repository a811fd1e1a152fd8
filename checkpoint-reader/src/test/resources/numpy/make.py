"""Writes the NumPy files of this folder and golden.csv (see ../pytorch/make.py for its columns)."""
import csv, hashlib, io, zipfile
from pathlib import Path
import numpy as np

HERE = Path(__file__).resolve().parent
random = np.random.default_rng(11)
DTYPES = {"<f4": "F32", "<f2": "F16", "<f8": "F64", "|i1": "I8", "|u1": "U8", "|b1": "BOOL", "<i2": "I16", "<u2": "U16",
          "<i4": "I32", "<u4": "U32", "<i8": "I64", "<u8": "U64"}
arrays = {}
for code in DTYPES:
    values = random.standard_normal((3, 5)) * 100
    arrays["kind." + DTYPES[code]] = (np.abs(values) if "u" in code else values).astype(code)
arrays["layers.0.columns"] = np.asfortranarray(random.standard_normal((4, 6)).astype("<f4"))
arrays["cube"] = np.asfortranarray(random.standard_normal((2, 3, 4)).astype("<f4"))
arrays["scalar"] = np.float32(1.5)
arrays["empty"] = np.zeros((0, 3), "<f4")
np.savez(HERE / "weights.npz", **arrays)
np.savez_compressed(HERE / "compressed.npz", a=arrays["cube"])
with open(HERE / "version3.npy", "wb") as f:
    np.lib.format.write_array(f, arrays["cube"], version=(3, 0))

rows = [["model", "tensor", "dtype", "shape", "sha256"]]
def golden(model, name, values):
    data = np.ascontiguousarray(values, dtype="<f4").tobytes()
    rows.append([model, name, DTYPES[np.asarray(values).dtype.str], "x".join(map(str, np.shape(values))),
                 hashlib.sha256(data).hexdigest()])
for name in sorted(arrays): golden("weights.npz", name, arrays[name])
golden("version3.npy", "version3", arrays["cube"])
with open(HERE / "golden.csv", "w", newline="") as f:
    csv.writer(f, lineterminator="\n").writerows(rows)
