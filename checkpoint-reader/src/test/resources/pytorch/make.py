"""Writes the PyTorch files of this folder and golden.csv, without PyTorch: numpy and Python's own pickle, zip and tar.

golden.csv: model, tensor, dtype, shape and the SHA-256 of its values as little-endian float32 in row-major order, for
these files and for the PyTorch model of the zoo, which numpy parses here on its own.
"""
import argparse, collections, csv, hashlib, io, json, pickle, struct, sys, tarfile, types, zipfile
from pathlib import Path
import numpy as np

HERE = Path(__file__).resolve().parent
ZOO = HERE.parents[4] / "zoo" / "base-g-sft-bin" / "pytorch_model.bin"


def module(name):
    return sys.modules.setdefault(name, types.ModuleType(name))


torch, utils, _tensor, parameter = (module(n) for n in ("torch", "torch._utils", "torch._tensor", "torch.nn.parameter"))
module("torch.nn")


def named(owner, name):
    def function(*arguments): raise AssertionError("never called")
    function.__module__, function.__qualname__, function.__name__ = owner.__name__, name, name
    setattr(owner, name, function)
    return function


def storage_class(name):
    kind = type(name, (), {"__module__": "torch"})
    setattr(torch, name, kind)
    return kind


class Dtype:
    __module__ = "torch"

    def __init__(self, name): self.name = name
    def __reduce__(self): return self.name


REBUILD, REBUILD_2, REBUILD_3 = (named(utils, "_rebuild_tensor" + n) for n in ("", "_v2", "_v3"))
PARAMETER = named(utils, "_rebuild_parameter")
FROM_TYPE = named(_tensor, "_rebuild_from_type_v2")
SIZE = named(torch, "Size")
TENSOR = type("Tensor", (), {"__module__": "torch"})
torch.Tensor = TENSOR
CLASSES = {k: storage_class(v + "Storage") for k, v in dict(
    F32="Float", F16="Half", BF16="BFloat16", F64="Double", I8="Char", U8="Byte", I16="Short", I32="Int", I64="Long",
    BOOL="Bool", raw="Untyped").items()}
TENSOR_CLASSES = {k: storage_class(v.__name__.replace("Storage", "Tensor")) for k, v in CLASSES.items()}
for n in ("float8_e4m3fn", "uint16"):
    setattr(torch, n, Dtype(n))


class Storage:
    def __init__(self, key, kind, values): self.key, self.kind, self.values = key, kind, values
    def numel(self): return self.values.nbytes if self.kind == "raw" else self.values.size


class Tensor:
    """What torch.save would pickle of a tensor; `how` chooses the function that rebuilds it."""
    def __init__(self, storage, shape, strides, offset=0, how=REBUILD_2, dtype=None):
        self.arguments = (storage, offset, tuple(shape), tuple(strides))
        self.how, self.dtype = how, dtype

    def __reduce__(self):
        hooks = collections.OrderedDict()
        if self.how is REBUILD: return (REBUILD, self.arguments)
        if self.how is REBUILD_3: return (REBUILD_3, self.arguments + (False, hooks, self.dtype))
        if self.how is PARAMETER: return (PARAMETER, (Tensor(*self.arguments[:1], *self.arguments[2:]), True, hooks))
        if self.how is FROM_TYPE:
            return (FROM_TYPE, (REBUILD_2, TENSOR, self.arguments + (False, hooks), {"tag": 1}))
        return (REBUILD_2, self.arguments + (False, hooks))


class TarTensor:
    def __init__(self, kind, storage, shape, strides, offset=0):
        self.kind, self.storage, self.shape, self.strides, self.offset = kind, storage, shape, strides, offset


class Parameter:
    """A parameter, which took the tensor as its only argument."""
    __module__ = "torch.nn.parameter"

    def __init__(self, tensor): self.tensor = tensor
    def __reduce__(self): return (Parameter, (self.tensor,), (True, False, collections.OrderedDict()))


parameter.Parameter = Parameter


class Module(collections.OrderedDict):
    """A state dictionary with the attribute that PyTorch adds to it."""
    def __reduce__(self):
        return (collections.OrderedDict, (), {"_metadata": {"": {"version": 1}}}, None, iter(self.items()))


def dump(value, protocol, stream):
    out = io.BytesIO()
    storages = {}

    class Pickler(pickle._Pickler if protocol < 2 else pickle.Pickler):
        def persistent_id(self, obj):
            if not isinstance(obj, Storage): return None
            storages[obj.key] = obj
            saved = ("storage", CLASSES[obj.kind], obj.key, "cpu", obj.numel())
            return saved + (None,) if stream else saved
    Pickler(out, protocol).dump(value)
    return out.getvalue(), storages


def zipped(value, path, protocol=2, method=zipfile.ZIP_STORED, order=b"little"):
    pkl, storages = dump(value, protocol, False)
    with zipfile.ZipFile(path, "w") as archive:
        def add(name, data, how=zipfile.ZIP_STORED):
            archive.writestr(zipfile.ZipInfo("archive/" + name), data, compress_type=how)
        add("data.pkl", pkl, method)
        if order: add("byteorder", order)
        for key in sorted(storages): add("data/" + key, storages[key].values.tobytes())
        add("version", b"3\n")


def streamed(value, path):
    pkl, storages = dump(value, 2, True)
    machine = dict(protocol_version=1001, little_endian=True, type_sizes=dict(short=2, int=4, long=4))
    with open(path, "wb") as f:
        for head in (0x1950a86a20f9469cfc6c, 1001, machine): pickle.dump(head, f, 2)
        f.write(pkl)
        pickle.dump(sorted(storages), f, 2)
        for key in sorted(storages):
            f.write(struct.pack("<q", storages[key].numel()) + storages[key].values.tobytes())


def address(number): return 0x55d0c0de0000 + 64 * int(number)


def tarred(state, storages, views, path):
    """PyTorch 0.1: tensors and storages lie beside the pickle, which calls them by their addresses."""
    machine = dict(protocol_version=1000, little_endian=True, type_sizes=dict(short=2, int=4, long=4))
    members = {name: io.BytesIO() for name in ("sys_info", "pickle", "tensors", "storages")}
    pickle.dump(machine, members["sys_info"], 2)
    tensors = {}

    class Pickler(pickle.Pickler):
        def persistent_id(self, obj):
            if not isinstance(obj, TarTensor): return None
            return str(address(tensors.setdefault(obj, 1000 + len(tensors))))
    Pickler(members["pickle"], 2).dump(state)
    out = members["tensors"]
    pickle.dump(len(tensors), out, 2)
    for tensor, number in tensors.items():
        storage = None if tensor.storage is None else address(tensor.storage)
        pickle.dump((address(number), storage, TENSOR_CLASSES[tensor.kind]), out, 2)
        shape, strides = tensor.shape, tensor.strides
        out.write(struct.pack("<iI", len(shape), 0xdeadbeef))  # eight bytes were written of a field of four
        out.write(struct.pack(f"<{2 * len(shape) + 1}q", *shape, *strides, tensor.offset))
    out = members["storages"]
    pickle.dump(len(storages), out, 2)
    for key, (kind, values) in storages.items():
        pickle.dump((address(key), "cuda:0" if key % 2 else "cpu", CLASSES[kind]), out, 2)
        out.write(struct.pack("<q", values.size) + values.tobytes())
    pickle.dump([(address(v), address(root), first, size) for v, root, first, size in views], out, 2)
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = content.tell(), 1486000000.5 if name == "pickle" else 0  # an extended header
            content.seek(0)
            archive.addfile(entry, content)


def widened(kind, raw):
    if kind == "BF16": return (raw.astype(np.uint32) << 16).view(np.float32)
    return raw.astype(np.float32)


def dense(shape): return [int(np.prod(shape[i + 1:])) for i in range(len(shape))]


random = np.random.default_rng(7)
rows = []


def golden(model, name, dtype, values):
    data = np.ascontiguousarray(values, dtype="<f4").tobytes()
    rows.append([model, name, dtype, "x".join(map(str, values.shape)), hashlib.sha256(data).hexdigest()])


def raw_values(kind, count):
    if kind in ("F32", "F16", "F64"): return random.standard_normal(count).astype({"F32": "<f4", "F16": "<f2", "F64": "<f8"}[kind])
    if kind == "BOOL": return random.integers(0, 2, count).astype(np.uint8)
    width = {"BF16": "<u2", "I8": "i1", "U8": "u1", "I16": "<i2", "I32": "<i4", "I64": "<i8"}[kind]
    if kind == "BF16": return (random.standard_normal(count).astype("<f4").view("<u4") >> 16).astype(width)
    info = np.iinfo(width)
    return random.integers(max(info.min, -10**6), min(info.max, 10**6), count).astype(width)


def plain_state(model):
    state = Module()
    for number, kind in enumerate(k for k in CLASSES if k != "raw"):
        raw = raw_values(kind, 12)
        state["kind." + kind] = Tensor(Storage(str(number), kind, raw), (3, 4), (4, 1))
        golden(model, "kind." + kind, kind, widened(kind, raw).reshape(3, 4))
    state["steps"] = 12
    return state


for protocol in (2, 3, 4, 5):
    zipped(plain_state(f"protocol{protocol}.pt"), HERE / f"protocol{protocol}.pt", protocol)
zipped(plain_state("deflated.pt"), HERE / "deflated.pt", 2, zipfile.ZIP_DEFLATED, None)
streamed(plain_state("stream.pt"), HERE / "stream.pt")

# Views: transposed, every second column, with a gap at the front, one storage twice, three dimensions in another order.
grid = raw_values("F32", 60)
shared = Storage("0", "F32", grid)
cube = grid[:60].reshape(3, 4, 5)
views = {
    "transposed": (Tensor(shared, (5, 6), (1, 5), 30), grid[30:].reshape(6, 5).T),
    "columns": (Tensor(shared, (6, 5), (10, 2), 0), grid.reshape(6, 10)[:, ::2]),
    "offset": (Tensor(shared, (2, 3), (3, 1), 7), grid[7:13].reshape(2, 3)),
    "permuted": (Tensor(shared, (5, 3, 4), (1, 20, 5)), cube.transpose(2, 0, 1)),
    "scalar": (Tensor(shared, (), (), 5), grid[5].reshape(())),
    "empty": (Tensor(shared, (0, 3), (3, 1)), np.zeros((0, 3), np.float32)),
    "parameter": (Tensor(shared, (4, 15), (15, 1), 0, PARAMETER), grid.reshape(4, 15)),
    "subclass": (Tensor(shared, (60,), (1,), 0, FROM_TYPE), grid),
    "first": (Tensor(shared, (60,), (1,), 0, REBUILD), grid),
}
for name in sorted(views): golden("views.pt", name, "F32", views[name][1])
words = random.integers(0, 65536, 6).astype("<u2")
views["words"] = (Tensor(Storage("1", "raw", words), (2, 3), (3, 1), 0, REBUILD_3, torch.uint16), None)
golden("views.pt", "words", "U16", words.astype(np.float32).reshape(2, 3))
wrapped = collections.OrderedDict(("module." + name, view[0]) for name, view in views.items())
training = {"epoch": 3, "args": argparse.Namespace(rate=0.1, seen={1, 2}), "loss": np.float64(0.5),
            "optimizer": {"state": {0: {"step": Tensor(Storage("9", "F32", grid[:1]), (), ())}}, "kind": None},
            "state_dict": wrapped}
zipped(training, HERE / "views.pt")
streamed({"model": {"a": {"weight": Tensor(shared, (5, 12), (12, 1))}}, "optimizer": {"state": {0: Tensor(
    Storage("3", "I64", raw_values("I64", 2)), (2,), (1,))}}}, HERE / "stream-nested.pt")
golden("stream-nested.pt", "a.weight", "F32", grid.reshape(5, 12))

# The tar layout: each dtype of its time, a tensor twice, views of storages, and one that holds nothing.
tar_state, tar_storages = Module(), {}
for number, kind in enumerate(("F32", "F16", "F64", "I8", "U8", "I16", "I32", "I64")):
    tar_storages[number] = (kind, raw_values(kind, 12))
    tar_state["kind." + kind] = TarTensor(kind, number, (3, 4), (4, 1))
    golden("tar.pt", "kind." + kind, kind, widened(kind, tar_storages[number][1]).reshape(3, 4))
tar_storages[8] = ("F32", grid)
tar_views = {
    "transposed": (TarTensor("F32", 8, (5, 6), (1, 5), 30), grid[30:].reshape(6, 5).T),
    "permuted": (TarTensor("F32", 8, (5, 3, 4), (1, 20, 5)), cube.transpose(2, 0, 1)),
    "second.half": (TarTensor("F32", 9, (3, 5), (10, 2), 1), grid[30:].reshape(3, 10)[:, 1::2]),
}
for name, (tensor, wanted) in tar_views.items():
    tar_state[name] = tensor
    golden("tar.pt", name, "F32", wanted)
tar_state["again"] = tar_state["transposed"]
golden("tar.pt", "again", "F32", tar_views["transposed"][1])
tar_state["parameter"] = Parameter(TarTensor("F32", 8, (4, 15), (15, 1)))
golden("tar.pt", "parameter", "F32", grid.reshape(4, 15))
tar_state["nothing"] = TarTensor("F32", None, (), ())
tar_training = {"epoch": 3, "state_dict": tar_state, "optimizer": {"state": [TarTensor("F32", 8, (60,), (1,))]}}
tarred(tar_training, tar_storages, [(9, 8, 30, 30)], HERE / "tar.pt")


def zoo():
    """The values of the zoo's file: storages in the order in which its pickle names them, all float16."""
    with zipfile.ZipFile(ZOO) as archive:
        top = archive.namelist()[0].split("/")[0]

        class Reader(pickle.Unpickler):
            def find_class(self, owner, name):
                if name == "OrderedDict": return collections.OrderedDict
                return (lambda storage, offset, size, stride, *rest: (storage, offset, size, stride)) \
                    if name == "_rebuild_tensor_v2" else name
            def persistent_load(self, saved): return saved[1], saved[2]
        state = Reader(io.BytesIO(archive.read(top + "/data.pkl"))).load()
        for name in sorted(state):
            (kind, key), offset, size, stride = state[name]
            assert kind == "HalfStorage"
            data = np.frombuffer(archive.read(f"{top}/data/{key}"), "<f2")[offset:]
            strided = np.lib.stride_tricks.as_strided(data, size, [2 * s for s in stride])
            golden("zoo", name, "F16", strided.astype(np.float32))


zoo()
with open(HERE / "golden.csv", "w", newline="") as f:
    csv.writer(f, lineterminator="\n").writerows([["model", "tensor", "dtype", "shape", "sha256"]] + sorted(rows))
