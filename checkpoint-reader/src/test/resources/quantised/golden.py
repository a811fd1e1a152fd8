"""Packs small matrices in the layouts of the quantisers and says what they stand for.

An independent calculation for the tests of the readers: every code is drawn at random and packed by the definition of
its layout, one code at a time, and the expected value is computed from the code in double precision.

    python3 golden.py > golden.json      (needs numpy)
"""

import json

import numpy as np

RNG = np.random.default_rng(20261120)
E2M1 = [0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6]
NF4 = [
    -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334,
    -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224,
    0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0]
FP4 = [0.0, 0.005208333, 0.6666667, 1.0, 0.33333334, 0.5, 0.16666667, 0.25,
       0.0, -0.005208333, -0.6666667, -1.0, -0.33333334, -0.5, -0.16666667, -0.25]
DTYPES = {"float32": "F32", "float16": "F16", "int32": "I32", "int64": "I64", "int8": "I8", "uint8": "U8"}
CASES = []


def tensor(values, dtype=None):
    values = np.ascontiguousarray(values)
    return {"dtype": dtype or DTYPES[str(values.dtype)], "shape": list(values.shape), "hex": values.tobytes().hex()}


def case(name, tensors, expected, settings=None, weight="x.weight"):
    expected = np.asarray(expected, dtype=np.float64)
    CASES.append({
        "name": name, "tensors": tensors, "settings": settings or {},
        "expected": {weight: {"shape": list(expected.shape), "values": expected.ravel().tolist()}}})


def bits_down(codes, bits):
    """A stream of codes down each column: code k of a column takes bits k * bits to (k + 1) * bits - 1."""
    rows, columns = codes.shape
    words = np.zeros((rows * bits // 32, columns), dtype=np.uint32)
    for column in range(columns):
        for row in range(rows):
            for bit in range(bits):
                at = row * bits + bit
                words[at // 32, column] |= np.uint32(((int(codes[row, column]) >> bit) & 1) << (at % 32))
    return words.view(np.int32)


def bits_along(codes, bits):
    return np.ascontiguousarray(bits_down(np.ascontiguousarray(codes.T), bits).T)


def halves(shape, low=0.01, high=0.1):
    return RNG.uniform(low, high, shape).astype(np.float16)


def fp8(code, mantissa_bits, bias):
    sign = -1.0 if code & 0x80 else 1.0
    exponent, mantissa = (code & 0x7f) >> mantissa_bits, code & ((1 << mantissa_bits) - 1)
    if exponent == 0:
        return sign * mantissa * 2.0 ** (1 - bias - mantissa_bits)
    return sign * (1 + mantissa / 2 ** mantissa_bits) * 2.0 ** (exponent - bias)


def gptq(name, bits, act_order=False, version=1, inputs=64, outputs=32, group=32):
    groups = inputs // group
    codes = RNG.integers(0, 1 << bits, (inputs, outputs))
    zeros = RNG.integers(1, 1 << bits, (groups, outputs))
    scales = halves((groups, outputs))
    index = np.arange(inputs) // group
    if act_order:
        index = RNG.permutation(index)
    stored = zeros - 1 if version == 1 else zeros
    tensors = {
        "x.qweight": tensor(bits_down(codes, bits)), "x.qzeros": tensor(bits_along(stored, bits)),
        "x.scales": tensor(scales)}
    if act_order or bits == 4:
        tensors["x.g_idx"] = tensor(index.astype(np.int32))
    weight = np.empty((outputs, inputs))
    for o in range(outputs):
        for i in range(inputs):
            weight[o, i] = float(scales[index[i], o]) * (int(codes[i, o]) - int(zeros[index[i], o]))
    settings = {"quant_method": "gptq", "bits": bits, "group_size": group,
                "checkpoint_format": "gptq" if version == 1 else "gptq_v2"}
    case(name, tensors, weight, settings)


def awq(name, inputs=64, outputs=16, group=32):
    order = [0, 2, 4, 6, 1, 3, 5, 7]
    groups = inputs // group
    codes, zeros = RNG.integers(0, 16, (inputs, outputs)), RNG.integers(0, 16, (groups, outputs))
    scales = halves((groups, outputs))

    def packed(values):
        words = np.zeros((values.shape[0], outputs // 8), dtype=np.uint32)
        for row in range(values.shape[0]):
            for column in range(outputs // 8):
                for nibble in range(8):
                    words[row, column] |= np.uint32(int(values[row, column * 8 + order[nibble]]) << (4 * nibble))
        return words.view(np.int32)

    weight = np.empty((outputs, inputs))
    for o in range(outputs):
        for i in range(inputs):
            weight[o, i] = float(scales[i // group, o]) * (int(codes[i, o]) - int(zeros[i // group, o]))
    case(name, {"x.qweight": tensor(packed(codes)), "x.qzeros": tensor(packed(zeros)), "x.scales": tensor(scales)},
         weight, {"quant_method": "awq", "bits": 4, "group_size": group, "version": "gemm"})


def fp8_matrix(name, scales, scale_name, spread, dtype="F8_E4M3", settings=None, rows=6, columns=8):
    mantissa_bits, bias = {"F8_E4M3": (3, 7), "F8_E5M2": (2, 15)}[dtype]
    codes = RNG.integers(0, 0x78, (rows, columns)) | RNG.choice([0, 0x80], (rows, columns))
    weight = np.empty((rows, columns))
    for r in range(rows):
        for c in range(columns):
            weight[r, c] = fp8(int(codes[r, c]), mantissa_bits, bias) * spread(scales, r, c)
    case(name, {"x.weight": tensor(codes.astype(np.uint8), dtype), scale_name: tensor(scales)}, weight, settings)


def bitsandbytes_int8(name, rows=5, columns=8):
    codes, maxima = RNG.integers(-127, 128, (rows, columns)), RNG.uniform(0.1, 2, rows).astype(np.float32)
    case(name, {"x.weight": tensor(codes.astype(np.int8)), "x.SCB": tensor(maxima),
                "x.weight_format": tensor(np.array(0, dtype=np.uint8))},
         codes * maxima.astype(np.float64)[:, None] / 127, {"quant_method": "bitsandbytes", "load_in_8bit": True})


def bitsandbytes_four_bit(name, kind, nested, rows=6, columns=32, block=64, nested_block=2):
    table = np.array(NF4 if kind == "nf4" else FP4, dtype=np.float32)
    codes = RNG.integers(0, 16, rows * columns)
    packed = np.array([codes[i] << 4 | codes[i + 1] for i in range(0, len(codes), 2)], dtype=np.uint8).reshape(-1, 1)
    blocks = len(codes) // block
    state = {"quant_type": kind, "blocksize": block, "dtype": "bfloat16", "shape": [rows, columns]}
    tensors = {"x.weight": tensor(packed), "x.weight.quant_map": tensor(table)}
    if nested:
        nested_table = np.sort(RNG.uniform(-1, 1, 256)).astype(np.float32)
        absmax_codes = RNG.integers(0, 256, blocks).astype(np.uint8)
        nested_absmax = RNG.uniform(0.01, 0.1, -(-blocks // nested_block)).astype(np.float32)
        offset = 0.25
        absmax = [float(nested_table[absmax_codes[b]]) * float(nested_absmax[b // nested_block]) + offset
                  for b in range(blocks)]
        state |= {"nested_blocksize": nested_block, "nested_dtype": "float32", "nested_offset": offset}
        tensors |= {"x.weight.absmax": tensor(absmax_codes), "x.weight.nested_absmax": tensor(nested_absmax),
                    "x.weight.nested_quant_map": tensor(nested_table)}
    else:
        absmax = RNG.uniform(0.1, 2, blocks).astype(np.float32)
        tensors["x.weight.absmax"] = tensor(absmax)
    tensors["x.weight.quant_state.bitsandbytes__" + kind] = tensor(
        np.frombuffer(json.dumps(state).encode(), dtype=np.uint8))
    weight = np.array([float(table[codes[i]]) * float(absmax[i // block]) for i in range(len(codes))])
    case(name, tensors, weight.reshape(rows, columns), {"quant_method": "bitsandbytes", "load_in_4bit": True})


def compressed_packed(name, bits, zero_points, rows=16, columns=64, group=32, act_order=False):
    groups = columns // group
    codes = RNG.integers(0, 1 << bits, (rows, columns))
    scales = halves((rows, groups))
    index = np.arange(columns) // group
    if act_order:
        index = RNG.permutation(index)
    tensors = {"x.weight_packed": tensor(bits_along(codes, bits)), "x.weight_scale": tensor(scales),
               "x.weight_shape": tensor(np.array([rows, columns], dtype=np.int64))}
    zeros = np.full((rows, groups), 1 << (bits - 1))
    if zero_points:
        zeros = RNG.integers(0, 1 << bits, (rows, groups))
        tensors["x.weight_zero_point"] = tensor(bits_down(zeros, bits))
    if act_order:
        tensors["x.weight_g_idx"] = tensor(index.astype(np.int32))
    weight = np.empty((rows, columns))
    for r in range(rows):
        for c in range(columns):
            weight[r, c] = float(scales[r, index[c]]) * (int(codes[r, c]) - int(zeros[r, index[c]]))
    case(name, tensors, weight, {"quant_method": "compressed-tensors", "format": "pack-quantized"})


def compressed_int8(name, rows=6, columns=8):
    codes = RNG.integers(-128, 128, (rows, columns)).astype(np.int8)
    scales, zeros = RNG.uniform(0.01, 0.1, (rows, 1)).astype(np.float32), RNG.integers(-9, 9, (rows, 1)).astype(np.int8)
    case(name, {"x.weight": tensor(codes), "x.weight_scale": tensor(scales), "x.weight_zero_point": tensor(zeros)},
         (codes.astype(np.float64) - zeros) * scales, {"quant_method": "compressed-tensors", "format": "int-quantized"})


def microscaled(name, experts=2, rows=6, groups=2):
    codes = RNG.integers(0, 16, (experts, rows, groups, 32))
    exponents = RNG.integers(118, 128, (experts, rows, groups)).astype(np.uint8)
    blocks = (codes[..., 0::2] | codes[..., 1::2] << 4).astype(np.uint8)
    weight = np.empty((experts, rows, groups * 32))
    for e in range(experts):
        for r in range(rows):
            for c in range(groups * 32):
                weight[e, r, c] = E2M1[codes[e, r, c // 32, c % 32]] * 2.0 ** (int(exponents[e, r, c // 32]) - 127)
    tensors = {"x.experts.gate_up_proj_blocks": tensor(blocks), "x.experts.gate_up_proj_scales": tensor(exponents)}
    expected = {}
    for e in range(experts):
        for part, first in (("gate_proj", 0), ("up_proj", 1)):
            values = weight[e, first::2]
            expected[f"x.experts.{e}.{part}.weight"] = {"shape": list(values.shape), "values": values.ravel().tolist()}
    CASES.append({"name": name, "tensors": tensors, "settings": {"quant_method": "mxfp4"}, "expected": expected})


for width in (2, 3, 4, 8):
    gptq(f"GPTQ {width} bit", width)
gptq("GPTQ 4 bit, act-order", 4, act_order=True)
gptq("GPTQ 4 bit, version 2", 4, version=2)
gptq("GPTQ 3 bit, act-order", 3, act_order=True)
awq("AWQ 4 bit")
ONE = np.array(0.037, dtype=np.float32)
fp8_matrix("FP8 E4M3, one scale", ONE, "x.weight_scale", lambda s, r, c: float(s))
fp8_matrix("FP8 E5M2, one scale", ONE.reshape(1), "x.weight_scale_inv", lambda s, r, c: float(s[0]), dtype="F8_E5M2")
fp8_matrix("FP8 E4M3, a scale for each row", RNG.uniform(0.01, 0.1, (6, 1)).astype(np.float32), "x.weight_scale",
           lambda s, r, c: float(s[r, 0]))
fp8_matrix("FP8 E4M3, blocks with short ends", RNG.uniform(0.01, 0.1, (2, 3)).astype(np.float32), "x.weight_scale_inv",
           lambda s, r, c: float(s[r // 4, c // 3]), settings={"quant_method": "fp8", "weight_block_size": [4, 3]})
bitsandbytes_int8("bitsandbytes INT8")
bitsandbytes_four_bit("NF4", "nf4", nested=False)
bitsandbytes_four_bit("NF4, nested", "nf4", nested=True)
bitsandbytes_four_bit("FP4", "fp4", nested=False)
compressed_packed("compressed-tensors 4 bit", 4, zero_points=False)
compressed_packed("compressed-tensors 4 bit, zero points", 4, zero_points=True)
compressed_packed("compressed-tensors 8 bit", 8, zero_points=False)
compressed_packed("compressed-tensors 4 bit, act-order", 4, zero_points=False, act_order=True)
compressed_int8("compressed-tensors INT8")
microscaled("MXFP4")
for golden in CASES:
    for values in golden["expected"].values():
        values["values"] = [float(f"{value:.8g}") for value in values["values"]]
print(json.dumps(CASES, separators=(",", ":")).replace('{"name"', '\n{"name"'))
