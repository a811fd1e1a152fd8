"""Writes the seeds of the corpus and the sound files beside which lies are read. Python's own library only.

What lies beside the seeds stays: inputs named "found-" reached code that no other did. The seeds of reference-file were
written by `forebear reference add` and `import`; those of peer-database hold a small parquet file, which Python cannot
write by itself.

    python3 make.py
"""
import base64, hashlib, io, json, pathlib, pickle, random, shutil, struct, zipfile

CORPUS = pathlib.Path(__file__).resolve().parent
ROOT = CORPUS.parents[1]
SOUND = CORPUS.parent / "src/main/resources/dev/forebear/fuzz"
READER = ROOT / "checkpoint-reader/src/test/resources"
RANDOM = random.Random(20261120)
HIDDEN, MIDDLE, VOCABULARY, LAYERS = 16, 32, 64, 2
DTYPE_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1,
               "F8_E4M3": 1, "F8_E5M2": 1, "F8_E8M0": 1}
NAMES = ["config.json", "tokenizer.json", "tokenizer_config.json", "README.md", "adapter_config.json",
         "model.safetensors", "model.safetensors.index.json", "model-00001-of-00002.safetensors",
         "model-00002-of-00002.safetensors", "pytorch_model.bin", "pytorch_model.bin.index.json",
         "pytorch_model-00001-of-00002.bin", "pytorch_model-00002-of-00002.bin", "model.gguf",
         "model-00001-of-00002.gguf", "model-00002-of-00002.gguf", "model.onnx", "external.data", "weights.npz",
         "weights.npy", "adapter_model.safetensors", "adapter_model.bin"]


def seed(target, name, content):
    folder = CORPUS / target
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def sound(name, content):
    SOUND.mkdir(parents=True, exist_ok=True)
    (SOUND / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def folder(**files):
    """Files by the index of their name, as ModelFolder reads them."""
    out = bytearray()
    for key, content in files.items():
        name = NAMES[int(key[1:])]
        content = content if isinstance(content, bytes) else content.encode()
        assert len(content) < 65536, name
        out += struct.pack("<BH", NAMES.index(name), len(content)) + content
    return bytes(out)


def values(dtype, count):
    if dtype == "F32":
        return struct.pack(f"<{count}f", *(RANDOM.gauss(0, 0.1) for _ in range(count)))
    if dtype == "F64":
        return struct.pack(f"<{count}d", *(RANDOM.gauss(0, 0.1) for _ in range(count)))
    if dtype == "F16":
        return struct.pack(f"<{count}e", *(RANDOM.gauss(0, 0.1) for _ in range(count)))
    if dtype == "BF16":
        return b"".join(struct.pack("<f", RANDOM.gauss(0, 0.1))[2:] for _ in range(count))
    return bytes(RANDOM.randrange(256) for _ in range(count * DTYPE_BYTES[dtype]))


def safetensors(tensors, metadata=None):
    """tensors: name -> (dtype, shape[, bytes])"""
    header, data = ({"__metadata__": metadata} if metadata else {}), bytearray()
    for name, (dtype, shape, *content) in tensors.items():
        count = 1
        for size in shape:
            count *= size
        content = content[0] if content else values(dtype, count)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + bytes(data)


def llama(dtype, prefix="model."):
    tensors = {prefix + "embed_tokens.weight": (dtype, [VOCABULARY, HIDDEN])}
    for layer in range(LAYERS):
        at = f"{prefix}layers.{layer}."
        tensors[at + "input_layernorm.weight"] = (dtype, [HIDDEN])
        for name, rows in (("q", HIDDEN), ("k", HIDDEN // 2), ("v", HIDDEN // 2), ("o", HIDDEN)):
            tensors[at + f"self_attn.{name}_proj.weight"] = (dtype, [rows, HIDDEN])
        tensors[at + "post_attention_layernorm.weight"] = (dtype, [HIDDEN])
        tensors[at + "mlp.gate_proj.weight"] = (dtype, [MIDDLE, HIDDEN])
        tensors[at + "mlp.up_proj.weight"] = (dtype, [MIDDLE, HIDDEN])
        tensors[at + "mlp.down_proj.weight"] = (dtype, [HIDDEN, MIDDLE])
    tensors[prefix + "norm.weight"] = (dtype, [HIDDEN])
    return tensors


CONFIG = {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": HIDDEN,
          "intermediate_size": MIDDLE, "num_hidden_layers": LAYERS, "num_attention_heads": 4,
          "num_key_value_heads": 2, "head_dim": 4, "vocab_size": VOCABULARY, "tie_word_embeddings": True,
          "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "bos_token_id": 0, "eos_token_id": [0, 1],
          "max_position_embeddings": 256, "hidden_act": "silu", "torch_dtype": "bfloat16"}
CARD = "---\nlicense: apache-2.0\nbase_model:\n  - org/base\n  - org/other\nbase_model_relation: merge\ntags: [a, b]\n---\n# A model\n"


def tokenizer(kind):
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)] + ["Ġ", "▁", "1", "2"]
    model = {
        "BPE": {"type": "BPE", "vocab": {w: i for i, w in enumerate(letters + ["th", "the", "qu"])},
                "merges": ["t h", ["th", "e"], "q u"], "byte_fallback": True, "unk_token": "a"},
        "Unigram": {"type": "Unigram", "unk_id": 0, "vocab": [[w, -float(i)] for i, w in enumerate(letters + ["the"])]},
        "WordPiece": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": 100,
                      "vocab": {w: i for i, w in enumerate(["[UNK]"] + letters + ["##he", "##o", "the"])}},
        "WordLevel": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "The": 1, "fox": 2}},
    }[kind]
    added = [{"id": 60, "content": "<|end|>", "single_word": False, "lstrip": True, "rstrip": False,
              "normalized": False, "special": True}]
    splitters = {"type": "Sequence", "pretokenizers": [
        {"type": "Split", "pattern": {"Regex": "\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}]+"}, "behavior": "Isolated", "invert": False},
        {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True},
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        {"type": "Digits", "individual_digits": True}, {"type": "Punctuation", "behavior": "Removed"}]}
    normalizer = {"type": "Sequence", "normalizers": [
        {"type": "NFKC"}, {"type": "Lowercase"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
        {"type": "Prepend", "prepend": "▁"}, {"type": "Strip", "strip_left": True, "strip_right": True}]}
    return json.dumps({"version": "1.0", "added_tokens": added, "normalizer": normalizer,
                       "pre_tokenizer": splitters, "model": model}, ensure_ascii=False)


def text(value):
    return struct.pack("<Q", len(value.encode())) + value.encode()


def gguf(architecture, tensors, extra=(), version=3):
    """tensors: name -> (type, dimensions with the fastest first, bytes)"""
    pairs = [text("general.architecture") + struct.pack("<I", 8) + text(architecture)]
    for key, value in (("embedding_length", HIDDEN), ("block_count", LAYERS), ("feed_forward_length", MIDDLE),
                       ("attention.head_count", 4), ("attention.head_count_kv", 2), ("context_length", 256)):
        pairs.append(text(f"{architecture}.{key}") + struct.pack("<II", 4, value))
    pairs += extra
    out = struct.pack("<4sIQQ", b"GGUF", version, len(tensors), len(pairs)) + b"".join(pairs)
    data = bytearray()
    for name, (kind, dimensions, content) in tensors.items():
        data += b"\0" * (-len(data) % 32)
        out += text(name) + struct.pack("<I", len(dimensions)) + struct.pack(f"<{len(dimensions)}Q", *dimensions)
        out += struct.pack("<IQ", kind, len(data))
        data += content
    out += b"\0" * (-len(out) % 32)
    return out + bytes(data)


def gguf_llama(experts=0):
    plain = lambda *dimensions: (0, list(dimensions), values("F32", __import__("math").prod(dimensions)))
    tensors = {"token_embd.weight": (1, [HIDDEN, VOCABULARY], values("F16", HIDDEN * VOCABULARY))}
    for layer in range(LAYERS):
        at = f"blk.{layer}."
        for name, shape in (("attn_norm", [HIDDEN]), ("attn_q", [HIDDEN, HIDDEN]), ("attn_k", [HIDDEN, HIDDEN // 2]),
                            ("attn_v", [HIDDEN, HIDDEN // 2]), ("attn_output", [HIDDEN, HIDDEN]), ("ffn_norm", [HIDDEN])):
            tensors[at + name + ".weight"] = plain(*shape)
        for name, shape in (("gate", [HIDDEN, MIDDLE]), ("up", [HIDDEN, MIDDLE]), ("down", [MIDDLE, HIDDEN])):
            suffix = "_exps" if experts else ""
            tensors[at + f"ffn_{name}{suffix}.weight"] = plain(*shape, *([experts] if experts else []))
    tensors["output_norm.weight"] = plain(HIDDEN)
    return tensors


def gguf_strings(key, items):
    return text(key) + struct.pack("<IIQ", 9, 8, len(items)) + b"".join(text(i) for i in items)


def gguf_numbers(key, kind, code, items):
    return text(key) + struct.pack("<IIQ", 9, kind, len(items)) + struct.pack(f"<{len(items)}{code}", *items)


def gguf_vocabulary(model):
    tokens = ["<unk>", "<s>", "</s>", "a", "b", "ab", "▁", "<0x0A>"]
    return [text("tokenizer.ggml.model") + struct.pack("<I", 8) + text(model),
            gguf_strings("tokenizer.ggml.tokens", tokens),
            gguf_numbers("tokenizer.ggml.scores", 6, "f", [-float(i) for i in range(len(tokens))]),
            gguf_numbers("tokenizer.ggml.token_type", 5, "i", [2, 3, 3, 1, 1, 1, 1, 6]),
            gguf_strings("tokenizer.ggml.merges", ["a b"]),
            text("tokenizer.ggml.bos_token_id") + struct.pack("<II", 4, 1),
            text("general.license") + struct.pack("<I", 8) + text("mit"),
            text("general.base_model.count") + struct.pack("<II", 4, 1),
            text("general.base_model.0.repo_url") + struct.pack("<I", 8) + text("https://huggingface.co/org/base")]


def avro(schema, named, filled, depth=0):
    """Avro binary of some value of a schema."""
    long = lambda n: bytes(([(n << 1 ^ n >> 63) & 0x7f | 0x80] + [(n << 1) >> 7]) if n << 1 > 0x7f else [n << 1])
    if isinstance(schema, str) and schema in named:
        schema = named[schema]
    if isinstance(schema, list):
        pick = len(schema) - 1 if filled and depth < 12 else 0
        return long(pick) + avro(schema[pick], named, filled, depth + 1)
    kind = schema["type"] if isinstance(schema, dict) else schema
    if isinstance(kind, (dict, list)):
        return avro(kind, named, filled, depth)
    if kind == "record":
        return b"".join(avro(f["type"], named, filled, depth + 1) for f in schema["fields"])
    if kind == "array":
        return (long(2) + avro(schema["items"], named, filled, depth + 1) * 2 if filled else b"") + b"\0"
    if kind == "map":
        return (long(1) + avro("string", named, filled) + avro(schema["values"], named, filled, depth + 1) if filled else b"") + b"\0"
    if kind == "fixed":
        return bytes(schema["size"])
    return {"null": b"", "boolean": b"\1", "int": long(7), "long": long(7), "float": struct.pack("<f", 0.5),
            "double": struct.pack("<d", 0.5), "string": long(5) + b"a/b@1", "bytes": long(3) + b"abc", "enum": long(0)}.get(
        kind) if kind in ("null", "boolean", "int", "long", "float", "double", "string", "bytes", "enum") else avro(
        named[kind.split(".")[-1]] if "." in kind else named[kind], named, filled, depth)


def records():
    named = {}
    for file in (ROOT / "schemas/src/main/avro").glob("*.avsc"):
        schema = json.loads(file.read_text())
        named[schema["name"]] = named["dev.forebear.schemas.wire." + schema["name"]] = schema
    topics = ["ModelUploaded", "ModelChanged", "ObjectChanged", "ListingProgress", "RegistryStatus", "ModelFingerprint",
              "LineageQuery", "LineageCandidates", "ConfirmationRequest", "Confirmation", "ReadInProgress",
              "LineageReport", "LineageAlert", "AlertAction", "AlertDelivery", "DeadLetter"]
    for index, name in enumerate(topics):
        for filled in (False, True):
            seed("record", name + ("-filled" if filled else "-bare"),
                 bytes([index]) + avro(named[name], named, filled))


def statement(predicate_type, listed, **serialization):
    """What a signature says of files, given as (name, content)."""
    digests = [(name, hashlib.sha256(content).hexdigest()) for name, content in listed]
    root = hashlib.sha256(b"".join(bytes.fromhex(digest) for _, digest in digests)).hexdigest()
    signed = predicate_type.endswith("signature/v1.0")
    return json.dumps({
        "_type": "https://in-toto.io/Statement/v1", "predicateType": predicate_type,
        "subject": [{"name": "model", "digest": {"sha256": root}}] if signed
        else [{"name": name, "digest": {"sha256": digest}} for name, digest in digests],
        "predicate": {"resources": [{"name": n, "digest": d, "algorithm": "sha256"} for n, d in digests],
                      "serialization": {"hash_type": "sha256", "allow_symlinks": False, **serialization}}})


def signatures(config, model):
    files = [("config.json", config), ("model.safetensors", model)]
    oms = "https://model_signing/signature/v1.0"
    whole = statement(oms, files, method="files", ignore_paths=[".git", "cache/notes"])
    part = 4096
    parts = [(f"{n}:{at}:{min(len(c), at + part)}", c[at:at + part]) for n, c in files for at in range(0, len(c), part)]
    seed("signature", "files", "\1" + whole)
    seed("signature", "parts", "\1" + statement(oms, parts, method="shards", shard_size=part))
    seed("signature", "digests", "\1" + statement("https://model_signing/Digests/v0.1", files))
    seed("signature", "changed", "\1" + statement(oms, [("config.json", b"{}")] + files[1:], method="files"))
    seed("signature", "outside", "\1" + statement(oms, [("../config.json", b"{}")] + files, method="files"))
    seed("signature", "named-key", "\0" + json.dumps({
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial": {"publicKey": {"hint": "0a1b"}, "tlogEntries": []},
        "dsseEnvelope": {"payload": base64.b64encode(whole.encode()).decode(),
                         "payloadType": "application/vnd.in-toto+json", "signatures": [{"sig": "AAAA", "keyid": None}]}}))
    for signed in sorted((READER / "signature").glob("*/model.sig")):
        bundle = signed.read_bytes()
        seed("signature", signed.parent.name, b"\0" + bundle)
        for certificate in json.loads(bundle)["verificationMaterial"].get("x509CertificateChain", {}).get("certificates", [])[:1]:
            seed("signature", "certificate", b"\2" + base64.b64decode(certificate["rawBytes"]))


def zip_of(method, **entries):
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, method)
    return bytes_.getvalue()


def index(**shards):
    return json.dumps({"metadata": {"total_size": 1}, "weight_map": shards})


def main():
    config = json.dumps(CONFIG)
    model = safetensors(llama("BF16"), {"format": "pt"})
    tensors = list(llama("BF16").items())
    halves = [safetensors(dict(tensors[:8])), safetensors(dict(tensors[8:]))]
    weights = {name: f"model-0000{1 + (i >= 8)}-of-00002.safetensors" for i, (name, _) in enumerate(tensors)}

    sound("model.safetensors", model)
    sound("config.json", config)
    sound("other.safetensors", safetensors({"other.weight": ("F32", [2, 2])}))
    sound("tokenizer_config.json", json.dumps({"bos_token": "<|end|>", "tokenizer_class": "LlamaTokenizerFast"}))
    adapter = safetensors({f"base_model.model.model.layers.{l}.self_attn.{p}_proj.lora_{s}.weight": ("F32", shape)
                           for l in range(LAYERS) for p, rows in (("q", HIDDEN), ("v", HIDDEN // 2))
                           for s, shape in (("A", [2, HIDDEN]), ("B", [rows, 2]))})
    sound("adapter_model.safetensors", adapter)
    shutil.copy(READER / "pytorch/protocol2.pt", SOUND / "pytorch_model.bin")
    shutil.copy(READER / "onnx/external.data", SOUND / "external.data")

    seed("safetensors", "llama", model)
    seed("safetensors", "no-tensors", safetensors({}))
    seed("safetensors", "every-dtype", safetensors({d: (d, [2, 4]) for d in DTYPE_BYTES}))
    seed("safetensors", "scalar-and-empty", safetensors({"scalar": ("F32", []), "empty": ("F32", [0, 4])}))

    seed("shard-index", "two-shards", "\0" + json.dumps({"metadata": {}, "weight_map": {
        **{n: "model-00001-of-00002.safetensors" for n, _ in tensors}, "other.weight": "model-00002-of-00002.safetensors"}}))
    seed("shard-index", "pytorch", "\1" + index(**{
        f"kind.{kind}": "pytorch_model-00001-of-00001.bin"
        for kind in ("F32", "F16", "BF16", "F64", "I8", "U8", "I16", "I32", "I64", "BOOL")}))
    seed("shard-index", "itself", "\0" + index(a="model.safetensors.index.json"))
    seed("shard-index", "outside", "\0" + index(a="../model.safetensors"))
    seed("shard-index", "nested", "\0" + index(a="sub/model-00001-of-00002.safetensors"))

    for golden in json.loads((READER / "quantised/golden.json").read_text()):
        parts = {n: (t["dtype"], t["shape"], bytes.fromhex(t["hex"])) for n, t in golden["tensors"].items()}
        settings = json.dumps({"quantization_config": golden["settings"]})
        name = golden["name"].lower().replace(" ", "-").replace(",", "")
        seed("quantised", name, folder(_0=settings, _5=safetensors(parts)))

    vocabulary = gguf_vocabulary("llama")
    seed("gguf", "llama", gguf("llama", gguf_llama(), vocabulary))
    seed("gguf", "mixtral", gguf("llama", gguf_llama(2), [text("llama.expert_count") + struct.pack("<II", 4, 2)]))
    seed("gguf", "gpt2-vocabulary", gguf("gpt2", {}, gguf_vocabulary("gpt2")))
    seed("gguf", "bert-vocabulary", gguf("qwen2", {}, gguf_vocabulary("bert"), 2))
    seed("gguf", "gemma", gguf("gemma", {"blk.0.attn_norm.weight": (0, [HIDDEN], values("F32", HIDDEN))}))
    blocks = {}
    for golden in json.loads((READER / "gguf/golden.json").read_text()):
        content = bytes.fromhex(golden["hex"])
        blocks.setdefault(golden["type"], (golden["id"], [len(golden["values"])], content))
    seed("gguf", "every-block", gguf("llama", blocks))

    seed("zip", "stored", zip_of(zipfile.ZIP_STORED, **{"a/data.pkl": b"N.", "a/data/0": bytes(64)}))
    seed("zip", "deflated", zip_of(zipfile.ZIP_DEFLATED, a=b"abc" * 40, b=bytes(1000)))
    seed("zip", "bomb", zip_of(zipfile.ZIP_DEFLATED, a=bytes(2 << 20)))
    seed("zip", "empty", zip_of(zipfile.ZIP_STORED))

    for protocol in range(6):
        seed("pickle", f"protocol-{protocol}", pickle.dumps(
            {"a": [1, 2.5, None, True, -70000, 1 << 70], "b": ("x", b"y", "é" * 3), "c": {1, 2}, "d": {}}, protocol))
    seed("pickle", "system", b"cos\nsystem\n(Vid\ntR.")
    seed("pickle", "inst-and-obj", b"(iposix\nsystem\n.")
    for file in sorted((READER / "pytorch").glob("*.pt")):
        seed("pytorch", file.stem, file.read_bytes())
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                name = next(n for n in archive.namelist() if n.endswith("data.pkl"))
                seed("state-dict", file.stem, archive.read(name))

    for file in sorted((READER / "numpy").glob("*.np*")):
        seed(file.suffix[1:], file.stem, file.read_bytes())
    header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    npy = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + values("F32", 6)
    seed("npy", "version1", npy)
    seed("npz", "two-arrays", zip_of(zipfile.ZIP_STORED, **{"a.npy": npy, "b.npy": npy}))
    for file in sorted((READER / "onnx").glob("*.onnx")):
        seed("onnx", file.stem, file.read_bytes())

    seed("config", "llama", config)
    seed("config", "composite", json.dumps({"model_type": "llava", "text_config": CONFIG, "vision_config": {"hidden_size": 8}}))
    seed("config", "experts", json.dumps({**CONFIG, "num_local_experts": 4, "num_experts_per_tok": 2,
                                          "quantization_config": {"quant_method": "gptq", "bits": 4, "group_size": 32}}))
    seed("config", "numbers", '{"hidden_size": 1e400, "vocab_size": -1, "a": NaN, "b": [Infinity, 9223372036854775808]}')
    for kind in ("BPE", "Unigram", "WordPiece", "WordLevel"):
        seed("tokenizer", kind.lower(), tokenizer(kind))
    seed("model-card", "merge", CARD)
    seed("model-card", "aliases", "---\na: &a [x, x]\nb: &b [*a, *a]\nbase_model: *b\n---\n")
    seed("model-card", "single", "---\r\nbase_model: org/base\r\nlicense: [mit]\r\n---\r\ntext")
    for name in ("single", "variants"):
        seed("model-card", "hub-" + name, (READER / f"lineage/README.front-matter.{name}.md").read_bytes())
    lora = (ROOT / "zoo/base-a-lora-adapter/adapter_config.json").read_text()
    plain = json.dumps({"peft_type": "LORA", "base_model_name_or_path": "org/base", "r": 2, "lora_alpha": 4})
    dora = json.dumps({**json.loads(plain), "use_dora": True, "alpha_pattern": {"q_proj": 8}, "rank_pattern": {"v_proj": 3}})
    inside = "base_model.model.model.layers.0.self_attn."
    factors = {inside + "q_proj.lora_A.weight": ("F32", [2, HIDDEN]), inside + "q_proj.lora_B.weight": ("F32", [HIDDEN, 2]),
               inside + "q_proj.lora_magnitude_vector": ("F32", [HIDDEN]),
               inside + "v_proj.lora_A.weight": ("BF16", [3, HIDDEN]), inside + "v_proj.lora_B.weight": ("BF16", [HIDDEN // 2, 3]),
               inside + "v_proj.lora_magnitude_vector": ("F32", [HIDDEN // 2])}
    saved = {"base_model.model.model.embed_tokens.lora_embedding_A": ("F32", [2, VOCABULARY]),
             "base_model.model.model.embed_tokens.lora_embedding_B": ("F32", [HIDDEN, 2]),
             "base_model.model.model.norm.modules_to_save.default.weight": ("F32", [HIDDEN])}
    seed("adapter", "lora", folder(_4=plain, _20=adapter))
    seed("adapter", "dora", folder(_4=dora, _20=safetensors(factors)))
    seed("adapter", "embedding-and-saved", folder(_4=plain, _20=safetensors(saved)))
    seed("adapter-config", "lora", lora)
    seed("adapter-config", "hub", (READER / "lineage/adapter_config.json").read_bytes())

    seed("folder", "llama", folder(_0=config, _1=tokenizer("BPE"), _3=CARD, _5=model))
    seed("folder", "shards", folder(_0=config, _6=index(**weights), _7=halves[0], _8=halves[1]))
    seed("folder", "gguf", folder(_13=gguf("llama", gguf_llama(), vocabulary)))
    seed("folder", "gguf-parts", folder(
        _14=gguf("llama", dict(list(gguf_llama().items())[:4])), _15=gguf("llama", dict(list(gguf_llama().items())[4:]))))
    seed("folder", "pytorch", folder(_0=config, _9=(READER / "pytorch/protocol2.pt").read_bytes()))
    seed("folder", "pytorch-unsafe", folder(_0=config, _9=b"cos\nsystem\n(Vid\ntR."))
    seed("folder", "onnx", folder(_16=(READER / "onnx/external.onnx").read_bytes(), _17=(READER / "onnx/external.data").read_bytes()))
    seed("folder", "numpy", folder(_18=(READER / "numpy/weights.npz").read_bytes()))
    seed("folder", "adapter", folder(_4=lora, _20=adapter))
    nan = llama("F32")
    nan["model.norm.weight"] = ("F32", [HIDDEN], struct.pack("<f", float("nan")) * HIDDEN)
    nan["model.layers.0.mlp.up_proj.weight"] = ("F32", [MIDDLE, HIDDEN], struct.pack("<f", float("inf")) * MIDDLE * HIDDEN)
    seed("folder", "nan-and-inf", folder(_0=config, _5=safetensors(nan)))
    zeros = {n: (d, s, bytes(DTYPE_BYTES[d] * __import__("math").prod(s))) for n, (d, s) in llama("F16").items()}
    seed("folder", "zeros", folder(_0=config, _5=safetensors(zeros)))

    def entry(name, kind, content):
        block = bytearray(512)
        block[:len(name)] = name
        block[100:107], block[124:135], block[156:157], block[257:262] = b"0000644", b"%011o" % len(content), kind, b"ustar"
        block[148:156] = b" " * 8
        block[148:155] = b"%06o\0" % sum(block)
        return bytes(block) + content + b"\0" * (-len(content) % 512)

    seed("image", "dots", b"\1" + entry(b"long", b"L", b"./" * 15000 + b"a") + entry(b"x", b"0", b"1"))
    seed("image", "zeros", b"\1" + entry(b"long", b"L", b"b" + b"\0" * 30000 + b"c") + entry(b"x", b"0", b"1"))
    seed("location", "slashes", "s3://bucket/x" + "/" * 20000 + "x")

    signatures(config.encode(), model)
    records()
    samples = ROOT / "ingest-service/src/test/resources/webhooks"
    # By the order of the kinds of registries; the thirteenth announces nothing, the last one's body is anything.
    kinds = (("hf",), ("mlflow",), ("databricks",), ("aws-01", "aws-03", "minio", "rustfs"), ("aws-04",), ("azureml",),
             ("vertex",), ("oci",), ("harbor",), ("artifactory",), ("gitlab",), ("wandb",), (), ("cloudevents",),
             ("cloudevents-02",))
    for number, prefixes in enumerate(kinds):
        for prefix in prefixes:
            for file in sorted(samples.glob(prefix + "-*.body.json")):
                name = file.name.removesuffix(".body.json")
                seed("webhook", f"mapped-{name}" if number == 14 else name, bytes([number]) + file.read_bytes())


main()
