"""Random blocks of every GGUF type and the values that they stand for.

An independent calculation for the tests of the reader: value i of a block is looked up by itself, byte by byte, as the
C structures of ggml define it, in double precision.

    python3 golden.py > golden.json      (needs numpy)
"""

import json
import struct

import numpy as np

RNG = np.random.default_rng(20261120)
UNEVEN = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]
E2M1 = [0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6]


def half(block, at):
    return float(np.frombuffer(block[at:at + 2], dtype=np.float16)[0])


def signed(byte):
    return byte - 256 if byte > 127 else byte


def nibble(block, at, i):
    """Value i of 32 codes: the low halves of 16 bytes, then the high halves."""
    return block[at + i] & 15 if i < 16 else block[at + i - 16] >> 4


def bit(block, at, i):
    return (struct.unpack_from("<I", block, at)[0] >> i) & 1


def six_bits(block, at, j):
    """Scale and minimum j of eight, of 6 bits each, in 12 bytes."""
    s = block[at:at + 12]
    if j < 4:
        return s[j] & 63, s[j + 4] & 63
    return (s[j + 4] & 15) | ((s[j - 4] >> 6) << 4), (s[j + 4] >> 4) | ((s[j] >> 6) << 4)


def q3_scale(block, at, j):
    """Scale j of sixteen, of 6 bits each, in 12 bytes."""
    s = block[at:at + 12]
    low = s[j] & 15 if j < 8 else s[j - 8] >> 4
    return (low | (((s[8 + j % 4] >> (2 * (j // 4))) & 3) << 4)) - 32


def q4_0(b, i):
    return half(b, 0) * (nibble(b, 2, i) - 8)


def q4_1(b, i):
    return half(b, 0) * nibble(b, 4, i) + half(b, 2)


def q5_0(b, i):
    return half(b, 0) * ((nibble(b, 6, i) | bit(b, 2, i) << 4) - 16)


def q5_1(b, i):
    return half(b, 0) * (nibble(b, 8, i) | bit(b, 4, i) << 4) + half(b, 2)


def q8_0(b, i):
    return half(b, 0) * signed(b[2 + i])


def q2_k(b, i):
    scale = b[i // 16]
    part, rest = divmod(i, 128)
    code = (b[16 + 32 * part + rest % 32] >> (2 * (rest // 32))) & 3
    return half(b, 80) * (scale & 15) * code - half(b, 82) * (scale >> 4)


def q3_k(b, i):
    part, rest = divmod(i, 128)
    low = (b[32 + 32 * part + rest % 32] >> (2 * (rest // 32))) & 3
    high = (b[i % 32] >> (i // 32)) & 1
    return half(b, 108) * q3_scale(b, 96, i // 16) * (low - (0 if high else 4))


def q4_k(b, i):
    scale, minimum = six_bits(b, 4, i // 32)
    byte = b[16 + 32 * (i // 64) + i % 32]
    return half(b, 0) * scale * (byte & 15 if i % 64 < 32 else byte >> 4) - half(b, 2) * minimum


def q5_k(b, i):
    scale, minimum = six_bits(b, 4, i // 32)
    byte = b[48 + 32 * (i // 64) + i % 32]
    code = (byte & 15 if i % 64 < 32 else byte >> 4) | ((b[16 + i % 32] >> (i // 32)) & 1) << 4
    return half(b, 0) * scale * code - half(b, 2) * minimum


def q6_k(b, i):
    part, rest = divmod(i, 128)
    byte = b[64 * part + rest % 64]
    low = byte & 15 if rest < 64 else byte >> 4
    high = (b[128 + 32 * part + rest % 32] >> (2 * (rest // 32))) & 3
    return half(b, 208) * signed(b[192 + i // 16]) * ((low | high << 4) - 32)


def iq4_nl(b, i):
    return half(b, 0) * UNEVEN[nibble(b, 2, i)]


def iq4_xs(b, i):
    group = i // 32
    low = (b[4 + group // 2] >> (4 * (group % 2))) & 15
    high = (struct.unpack_from("<H", b, 2)[0] >> (2 * group)) & 3
    return half(b, 0) * ((low | high << 4) - 32) * UNEVEN[nibble(b, 8 + 16 * group, i % 32)]


def mxfp4(b, i):
    return 2.0 ** (b[0] - 127) * E2M1[nibble(b, 1, i)]


# id, values and bytes of a block, offsets of its half-precision scales, value i
TYPES = {
    "Q4_0": (2, 32, 18, [0], q4_0), "Q4_1": (3, 32, 20, [0, 2], q4_1), "Q5_0": (6, 32, 22, [0], q5_0),
    "Q5_1": (7, 32, 24, [0, 2], q5_1), "Q8_0": (8, 32, 34, [0], q8_0), "Q2_K": (10, 256, 84, [80, 82], q2_k),
    "Q3_K": (11, 256, 110, [108], q3_k), "Q4_K": (12, 256, 144, [0, 2], q4_k), "Q5_K": (13, 256, 176, [0, 2], q5_k),
    "Q6_K": (14, 256, 210, [208], q6_k), "IQ4_NL": (20, 32, 18, [0], iq4_nl), "IQ4_XS": (23, 256, 136, [0], iq4_xs),
    "MXFP4": (39, 32, 17, [], mxfp4)}

CASES = []
for name, (identity, values, size, halves, value) in TYPES.items():
    blocks = []
    for _ in range(2):
        block = bytearray(RNG.integers(0, 256, size, dtype=np.uint8).tobytes())
        for at in halves:
            block[at:at + 2] = np.float16(RNG.uniform(-0.1, 0.1)).tobytes()
        if name == "MXFP4":
            block[0] = int(RNG.integers(118, 128))
        blocks.append(bytes(block))
    CASES.append({
        "type": name, "id": identity, "blockValues": values, "hex": b"".join(blocks).hex(),
        "values": [float(f"{value(block, i):.8g}") for block in blocks for i in range(values)]})
print(json.dumps(CASES, separators=(",", ":")).replace('{"type"', '\n{"type"'))
