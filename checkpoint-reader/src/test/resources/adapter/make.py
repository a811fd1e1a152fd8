"""Makes small bases with adapters, and says what the two are together.

An independent calculation for the tests of adapters: the sums are those of the LoRA and DoRA papers and of PEFT's
documentation, in double precision, of whole matrices.

    python3 make.py > golden.json      (needs numpy)
"""

import json

import numpy as np

RNG = np.random.default_rng(20261120)
CASES = []


def drawn(*shape):
    return RNG.normal(size=shape).astype(np.float32)


def tensors(named):
    return {name: {"shape": list(values.shape), "hex": np.ascontiguousarray(values).tobytes().hex()}
            for name, values in named.items()}


def config(**fields):
    return {"peft_type": "LORA", "base_model_name_or_path": "org/base", "r": 4, "lora_alpha": 8, **fields}


def case(name, settings, base, adapter, expected):
    CASES.append({
        "name": name, "config": settings, "base": tensors(base),
        "adapter": tensors({"base_model.model." + tensor: values for tensor, values in adapter.items()}),
        "expected": {tensor: {"shape": list(values.shape), "values": values.astype(np.float64).ravel().tolist()}
                     for tensor, values in {**base, **expected}.items()}})


def product(b, a):
    return b.astype(np.float64) @ a.astype(np.float64)


w, v, a, b = drawn(6, 5), drawn(3, 5), drawn(4, 5), drawn(6, 4)
case("plain", config(), {"model.q.weight": w, "model.v.weight": v},
     {"model.q.lora_A.weight": a, "model.q.lora_B.weight": b},
     {"model.q.weight": w + 2 * product(b, a)})
case("bare backbone", config(), {"q.weight": w},
     {"model.q.lora_A.weight": a, "model.q.lora_B.weight": b}, {"q.weight": w + 2 * product(b, a)})
case("base inside another model", config(), {"language_model.model.q.weight": w},
     {"model.q.lora_A.default.weight": a, "model.q.lora_B.default.weight": b},
     {"language_model.model.q.weight": w + 2 * product(b, a)})
case("root of the rank", config(use_rslora=True), {"model.q.weight": w},
     {"model.q.lora_A.weight": a, "model.q.lora_B.weight": b}, {"model.q.weight": w + 4 * product(b, a)})

a2, b2 = drawn(2, 5), drawn(3, 2)
case("patterns", config(rank_pattern={"v": 2}, alpha_pattern={"^model.q": 1, "layers.v": 7, "v": 16, "q": 9}),
     {"model.q.weight": w, "model.v.weight": v},
     {"model.q.lora_A.weight": a, "model.q.lora_B.weight": b, "model.v.lora_A.weight": a2, "model.v.lora_B.weight": b2},
     {"model.q.weight": w + 0.25 * product(b, a), "model.v.weight": v + 8 * product(b2, a2)})

case("fan in, fan out", config(fan_in_fan_out=True), {"h.q.weight": np.ascontiguousarray(w.T)},
     {"transformer.h.q.lora_A.weight": a, "transformer.h.q.lora_B.weight": b},
     {"h.q.weight": w.T + 2 * product(b, a).T})

e, ea, eb = drawn(7, 5), drawn(4, 7), drawn(5, 4)
case("embedding", config(), {"model.embed.weight": e},
     {"model.embed.lora_embedding_A": ea, "model.embed.lora_embedding_B": eb},
     {"model.embed.weight": e + 2 * product(eb, ea).T})

m = np.abs(drawn(6)) + 1
directed = w + 2 * product(b, a)
case("magnitudes", config(use_dora=True), {"model.q.weight": w},
     {"model.q.lora_A.weight": a, "model.q.lora_B.weight": b, "model.q.lora_magnitude_vector": m},
     {"model.q.weight": m[:, None] * directed / np.linalg.norm(directed, axis=1, keepdims=True)})

head, bias = drawn(7, 5), drawn(6)
case("modules saved whole, and a bias", config(modules_to_save=["lm_head"], bias="lora_only"),
     {"lm_head.weight": e, "model.q.weight": w, "model.q.bias": drawn(6)},
     {"lm_head.weight": head, "model.q.base_layer.bias": bias,
      "model.q.lora_A.weight": a, "model.q.lora_B.weight": b},
     {"lm_head.weight": head, "model.q.bias": bias, "model.q.weight": w + 2 * product(b, a)})
case("saved by an old version", config(),
     {"lm_head.weight": e}, {"lm_head.modules_to_save.default.weight": head}, {"lm_head.weight": head})

print(json.dumps(CASES, indent=1))
