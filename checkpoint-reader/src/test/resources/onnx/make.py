"""Writes the ONNX files of this folder and golden.csv (see ../pytorch/make.py for its columns), field by field as
onnx.proto numbers them."""
import csv, hashlib, struct
from pathlib import Path
import numpy as np

HERE = Path(__file__).resolve().parent
random = np.random.default_rng(13)
rows = [["model", "tensor", "dtype", "shape", "sha256"]]


def varint(value):
    value &= (1 << 64) - 1
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def number(field, value): return varint(field << 3) + varint(value)
def message(field, data): return varint(field << 3 | 2) + varint(len(data)) + data
def text(field, value): return message(field, value.encode())
def packed(field, values): return message(field, b"".join(map(varint, values)))


def tensor(model, name, kind, dtype, values, widened, how):
    """how: raw, typed (fields for floats, doubles and integers), single (one field for each value) or external."""
    dims = b"".join(number(1, size) for size in values.shape) if how == "single" else packed(1, values.shape)
    head = dims + number(2, kind)
    if how == "raw": body = text(8, name) + message(9, values.tobytes())
    elif how == "external":
        with open(HERE / "external.data", "ab") as f:
            offset = f.tell()
            f.write(values.tobytes())
        parts = dict(location="external.data", offset=str(offset), length=str(values.nbytes))
        body = text(8, name) + b"".join(message(13, text(1, k) + text(2, v)) for k, v in parts.items()) + number(14, 1)
    else:
        field = {1: 4, 11: 10, 7: 7, 12: 11, 13: 11}.get(kind, 5)
        if field in (4, 10): body = message(field, values.tobytes()) + text(8, name)
        else:
            whole = [int(v) for v in values.reshape(-1).view(np.uint16 if values.dtype == np.float16 else values.dtype)]
            body = b"".join(number(field, v) for v in whole) if how == "single" else packed(field, whole)
            body += text(8, name)
    data = np.ascontiguousarray(widened, dtype="<f4").tobytes()
    rows.append([model, name, dtype, "x".join(map(str, values.shape)), hashlib.sha256(data).hexdigest()])
    return message(5, head + body)


def model(path, initialisers):
    node = message(1, text(1, "x") + text(2, "y") + text(4, "MatMul") + message(5, text(1, "axis") + number(3, 1)))
    graph = node * 3 + text(2, "graph") + initialisers + message(11, text(1, "x"))
    (HERE / path).write_bytes(number(1, 9) + text(2, "made by hand") + message(7, graph) + message(8, number(2, 17)))


def normal(dtype): return random.standard_normal((3, 4)).astype(dtype)
def whole(dtype): return random.integers(np.iinfo(dtype).min, np.iinfo(dtype).max, (3, 4), dtype=dtype, endpoint=True)


KINDS = [(1, "F32", "<f4"), (2, "U8", "u1"), (3, "I8", "i1"), (4, "U16", "<u2"), (5, "I16", "<i2"), (6, "I32", "<i4"),
         (7, "I64", "<i8"), (10, "F16", "<f2"), (11, "F64", "<f8"), (12, "U32", "<u4"), (13, "U64", "<u8")]
(HERE / "external.data").unlink(missing_ok=True)
for how in ("raw", "typed", "single", "external"):
    path, parts = how + ".onnx", b""
    for kind, dtype, code in KINDS:
        if how == "single" and kind in (1, 11): continue
        values = normal(code) if "f" in code else whole(code)
        parts += tensor(path, "kind." + dtype, kind, dtype, values, values, how)
    if how == "raw":
        bits = (normal("<f4").view("<u4") >> 16).astype("<u2")
        parts += tensor(path, "kind.BF16", 16, "BF16", bits, (bits.astype("<u4") << 16).view("<f4"), how)
        parts += message(5, packed(1, [1]) + number(2, 8) + message(6, b"text") + text(8, "words"))
    model(path, parts)
with open(HERE / "golden.csv", "w", newline="") as f:
    csv.writer(f, lineterminator="\n").writerows(rows[:1] + sorted(rows[1:]))
